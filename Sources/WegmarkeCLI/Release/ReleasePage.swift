import Disclosure
import EventLog
import Journey
import Presentation
import ProjectionEngine
import Projections
import Releases

/// A table with what is said beside it: for everybody, or with all intervals for the steward.
struct ReleasePage {
  let request: ReleaseRequest
  /// The question that was asked; nil for a count of entries, and where it cannot be read.
  let question: QuestionDefinition?
  let table: Release.Table
  /// The number, nil before it has one.
  let number: Int?
  /// Who got it, in order.
  let deliveries: [Release.Delivery]
  /// Whom the public report is for; nil for whoever alone has the table.
  var recipient: String? = nil
  let approvals: [String]
  /// Cells that are printed although a rule would hide them.
  var waivers: [GrantedWaiver] = []
  var isWithdrawn = false
  /// What was taken off what was asked for.
  let coarsening: Coarsening?
  /// The Merkle root of the log as the table knows it, in hex.
  let root: String
  let isSimulated: Bool

  private var shape: TableShape { table.people.shape }
  private var printed: [Int64?] { table.printed }
  private var isPerturbed: Bool { table.perturbed != nil }
  /// Whether every cell is printed as it is.
  private var isExact: Bool { !isPerturbed && table.rules.minimum == 1 }

  // MARK: For everybody

  /// Title, table, method: nothing that depends on a hidden value.
  func summary(_ language: Language, style: TerminalStyle) -> String {
    body(language, style: style, isForSteward: false)
  }

  private func body(_ language: Language, style: TerminalStyle, isForSteward: Bool) -> String {
    title(language) + "\n\n" + printedTable(language).text(for: style) + "\n"
      + facts(language, isForSteward: isForSteward).map {
        "\($0.name): \($0.value)".wrapped(to: 80) + "\n"
      }.joined()
  }

  /// The same as a page for reading and printing.
  func page(_ language: Language) -> ReportPage {
    var page = ReportPage(
      title: title(language),
      lead: [question?.sentence(language), counted(language)].compactMap(\.self),
      language: language)
    if isSimulated { page.warnings.append(Knowledge.simulated(language)) }
    if isWithdrawn { page.warnings.append(withdrawn(language)) }
    page.sections.append(
      .init(
        LocalizedText(en: "Table", de: "Tabelle")(language),
        [.table(printedTable(language), caption: signs(language))]))
    let all = facts(language)
    page.sections.append(
      .init(
        LocalizedText(en: "How it was protected", de: "Wie sie geschützt ist")(language),
        [.facts(all.filter { !$0.isCode })]))
    page.certificate = all.filter(\.isCode)
    return page
  }

  private func title(_ language: Language) -> String {
    let names = shape.dimensions.prefix(groupCount).map(\.name)
    let by = names.joined(separator: ", ")
    let what = request.question ?? LocalizedText(en: "entries", de: "Eintritte")(language)
    let name = number.map { number in
      LocalizedText(en: "Release \(number)", de: "Freigabe \(number)")(language)
    }
    let text =
      names.isEmpty
      ? LocalizedText(en: "\(what), everybody", de: "\(what), alle")(language)
      : LocalizedText(en: "\(what) by \(by)", de: "\(what) nach \(by)")(language)
    return (name ?? LocalizedText(en: "Preview", de: "Vorschau")(language)) + ": " + text
  }

  private func printedTable(_ language: Language) -> TerminalTable {
    if request.figure != nil, let figures = FigureTable(table.file) {
      var text = TerminalTable(
        figures.header.enumerated().map { place, name in
          place < groupCount
            ? .code(name) : .number(ReleaseWords.head(ofColumn: name, unit)(language))
        })
      for row in figures.rows { text.append(row.map { TableCell($0) }) }
      return text
    }
    var text = TerminalTable(
      shape.dimensions.map { .code($0.name) }
        + [.number(ReleaseWords.head(unit)(language))])
    let outcomes = request.row == nil ? nil : shape.dimensions.firstIndex { $0.name == "outcome" }
    let numbers = NumberStyle(language)
    for (cell, value) in printed.enumerated() {
      text.append(
        shape.codes(of: cell).enumerated().map { place, code in
          TableCell(place == outcomes ? ReleaseWords.outcome(code)(language) : code)
        }
          + [TableCell(value.map { numbers.integer(Int($0)) } ?? PublishedFile.secret)])
    }
    return text
  }

  private var unit: AnalysisUnit { question?.unit ?? .person }

  /// How many columns say which group a row is about.
  private var groupCount: Int {
    switch request.figure {
    case .rate: shape.dimensions.count - 1
    case .curve: shape.dimensions.count - 2
    case .mean, .median, nil: shape.dimensions.count
    }
  }

  /// What the reader got, and what for: what others got is not for everybody to read.
  private var ownDeliveries: [Release.Delivery] {
    if let recipient { return deliveries.filter { $0.recipient == recipient } }
    return Set(deliveries.map(\.recipient)).count == 1 ? deliveries : []
  }

  /// How many numbers the table has, and how many of them are not printed.
  private var extent: (hidden: Int, all: Int) {
    guard request.figure != nil, let figures = FigureTable(table.file) else {
      return (table.marks.count(where: \.isHidden), table.marks.count)
    }
    let numbers = figures.rows.flatMap { $0.dropFirst(groupCount) }
    return (numbers.count { $0 == PublishedFile.secret }, numbers.count)
  }

  private func facts(_ language: Language, isForSteward: Bool = false) -> [ReportPage.Fact] {
    let numbers = NumberStyle(language)
    let (hidden, all) = extent
    let share = numbers.percent(Double(all - hidden) / Double(max(all, 1)), places: 0)
    func fact(_ en: String, _ de: String, _ value: String, isCode: Bool = false)
      -> ReportPage.Fact
    {
      .init(LocalizedText(en: en, de: de)(language), value, isCode: isCode)
    }
    var facts: [ReportPage.Fact] = []
    if isSimulated { facts.append(fact("Note", "Hinweis", Knowledge.simulated(language))) }
    if isWithdrawn { facts.append(fact("Note", "Hinweis", withdrawn(language))) }
    if let mark = table.mark { facts.append(fact("Marked", "Vermerk", mark)) }
    if table.isConfidential {
      facts.append(
        fact(
          "Note", "Hinweis",
          LocalizedText(
            en: "Not to be passed on.", de: "Darf nicht weitergegeben werden.")(language)))
    }
    for delivery in isForSteward ? deliveries : ownDeliveries {
      let law = delivery.legalBasis.map { "; \($0)" } ?? ""
      facts.append(fact("For", "Für", "\(delivery.recipient) (\(delivery.purpose)\(law))"))
    }
    facts.append(fact("Counted", "Gezählt", counted(language)))
    if let question {
      let row = question.label(ofRow: request.row).map { ": " + $0(language) } ?? ""
      facts.append(fact("Question", "Frage", question.title(language) + row))
      facts.append(fact("Unit", "Einheit", DefinitionText.label(unit)(language)))
    }
    facts.append(
      isPerturbed
        ? fact("Method", "Verfahren", moved(language))
        : fact(
          "Hidden", "Geheim",
          LocalizedText(
            en: "\(hidden) of \(all) cells, \(share) printed",
            de: "\(hidden) von \(all) Feldern, \(share) gedruckt")(language)))
    if let coarsening {
      facts.append(
        fact("Coarser than asked for", "Gröber als angefragt", coarsening.words(language)))
    }
    if !isPerturbed { facts.append(fact("Signs", "Zeichen", signs(language))) }
    facts.append(fact("Profile", "Profil", "\(request.profile) \(request.profileVersion)"))
    if !isPerturbed, !isExact {
      facts.append(
        fact("Smallest number printed", "Kleinste gedruckte Zahl", "\(table.rules.minimum)"))
    }
    facts.append(fact("State of the data", "Datenstand", state(language)))
    if !BuiltInFiles.profiles.contains(where: { $0.name == request.profile }) {
      facts.append(
        fact(
          "Profile of one's own", "Eigenes Profil", "sha256:\(request.profileDigest)", isCode: true)
      )
    }
    facts.append(fact("Log root", "Wurzel des Protokolls", root, isCode: true))
    facts.append(fact("Request", "Anfrage", "sha256:\(request.digest)", isCode: true))
    facts.append(
      fact("Digest of the table", "Prüfsumme der Tabelle", "sha256:\(table.digest)", isCode: true))
    return facts
  }

  private func counted(_ language: Language) -> String {
    let row = request.row.map { " · \($0)" } ?? ""
    let horizon = request.horizon.map { " · \($0)" } ?? ""
    let window = request.window.map { " · \($0)" } ?? ""
    let figure = request.figure.map { figure in
      let value = request.value.map { " \($0)" } ?? ""
      return " · " + figure.label(language) + value
    }
    let what =
      request.question
      ?? LocalizedText(
        en: "people, at their first entry", de: "Personen, bei ihrem ersten Eintritt")(language)
    return what + row + horizon + (figure ?? "") + window
  }

  private func state(_ language: Language) -> String {
    let day = (try? CivilDate.parse(request.referenceDay))?.german ?? request.referenceDay
    return LocalizedText(
      en: "#\(max(request.logSize, 1) - 1), reference day \(request.referenceDay)",
      de: "#\(max(request.logSize, 1) - 1), Stichtag \(day)")(language)
  }

  private func signs(_ language: Language) -> String {
    LocalizedText(en: ". secret, 0 exactly zero", de: ". geheim, 0 genau null")(language)
  }

  /// What was done to numbers that are a little off; says nothing of by how much.
  private func moved(_ language: Language) -> String {
    LocalizedText(
      en: "numbers are a little off, in the way that the profile names",
      de: "Zahlen sind etwas verschoben, auf die Weise, die das Profil nennt")(language)
  }

  private func withdrawn(_ language: Language) -> String {
    LocalizedText(en: "Withdrawn.", de: "Zurückgezogen.")(language)
  }

  // MARK: For the steward

  /// Every hidden cell with its value, reason and interval.
  func steward(_ language: Language, style: TerminalStyle) -> String {
    let warning = LocalizedText(
      en: "FOR THE STEWARD ONLY: this page shows what the table hides.\n\n",
      de: "NUR FÜR DIE DATENTREUHAND: diese Seite zeigt, was die Tabelle verbirgt.\n\n")(language)
    let counts = table.people.counts
    var text = TerminalTable(
      language == .english
        ? [.text("CELL", minimum: 20), .number("VALUE"), .text("REASON"), .number("POSSIBLE")]
        : [.text("FELD", minimum: 20), .number("WERT"), .text("GRUND"), .number("MÖGLICH")])
    for found in table.audit.cells {
      let upper = found.upper.map { String($0) } ?? "∞"
      text.append([
        TableCell(shape.codes(of: found.cell).joined(separator: "/")),
        TableCell("\(counts[found.cell])"), TableCell(reason(found, language)),
        TableCell("\(found.lower)–\(upper)"),
      ])
    }
    // Figures are withheld by rules of their own, beside counts that are all printed.
    let withheld = extent.hidden
    let nothing =
      withheld == 0
      ? LocalizedText(en: "Nothing is hidden.\n", de: "Nichts ist geheim.\n")
      : LocalizedText(
        en: "No count is hidden; \(withheld) figures are withheld by the profile's rules.\n",
        de: "Keine Anzahl ist geheim; \(withheld) Werte hält das Profil zurück.\n")
    let cells = table.audit.cells.isEmpty ? nothing(language) : text.text(for: style)
    let with = table.audit.with.map(String.init).joined(separator: ", ")
    let audit = LocalizedText(
      en: """

        \(table.audit.proved) intervals proved by two populations each, \
        \(with.isEmpty ? "no release before" : "with releases \(with)"); digest:
        \(table.audit.proof)

        """,
      de: """

        \(table.audit.proved) Spannen durch je zwei Populationen belegt, \
        \(with.isEmpty ? "keine Freigabe davor" : "mit den Freigaben \(with)"); Prüfsumme:
        \(table.audit.proof)

        """)(language)
    let agreed = LocalizedText(en: "Agreed: ", de: "Zugestimmt: ")(language)
    return warning + body(language, style: style, isForSteward: true) + "\n" + cells
      + audit.wrapped(to: 80)
      + (approvals.isEmpty ? "" : agreed + approvals.joined(separator: ", ") + "\n")
      + waivers.map { waiver in
        LocalizedText(en: "Printed by waiver: ", de: "Gedruckt durch Ausnahme: ")(language)
          + "\(waiver.cell.joined(separator: ", ")): \(waiver.reason)\n"
      }.joined()
  }

  private func reason(_ cell: ReleaseAudit.Cell, _ language: Language) -> String {
    let minimum = table.rules.minimum
    switch table.marks[cell.cell] {
    case .primary: return LocalizedText(en: "below \(minimum)", de: "unter \(minimum)")(language)
    case .bound: return LocalizedText(en: "hidden before", de: "früher geheim")(language)
    case .printed, .waived, .perturbed: return ""
    case .secondary:
      let own = cell.protects.filter { $0.first == 0 }.compactMap(\.last)
      let names = own.map { shape.codes(of: $0).joined(separator: "/") }
      let others = Set(cell.protects.compactMap(\.first).filter { $0 > 0 }).sorted()
      let releases = others.map(String.init).joined(separator: ", ")
      var parts: [String] = []
      if !names.isEmpty {
        let list = names.joined(separator: ", ")
        parts.append(LocalizedText(en: "protects \(list)", de: "schützt \(list)")(language))
      }
      if cell.protects.contains(where: { $0.first == -1 }) {
        parts.append(
          LocalizedText(
            en: "protects who lies below a median", de: "schützt, wer unter einem Median liegt")(
              language))
      }
      if !others.isEmpty {
        parts.append(
          LocalizedText(
            en: "ledger: computable with release \(releases)",
            de: "Verzeichnis: mit Freigabe \(releases) berechenbar")(language))
      }
      return parts.joined(separator: "; ")
    }
  }
}

extension ReleaseFigure {
  /// What a person reads.
  func label(_ language: Language) -> String {
    let text: LocalizedText =
      switch self {
      case .rate: .init(en: "rate", de: "Anteil")
      case .mean: .init(en: "mean", de: "Mittelwert")
      case .median: .init(en: "median", de: "Median")
      case .curve: .init(en: "curve", de: "Kurve")
      }
    return text(language)
  }
}

extension ReleasePage {
  /// A release of the ledger.
  init(_ release: Release, _ table: Release.Table, in log: EventLog) throws {
    let isWithdrawn = if case .withdrawn = release.state { true } else { false }
    self.init(
      request: release.request, question: try? ReleaseDraft.question(of: release.request, in: log),
      table: table, number: release.number,
      deliveries: release.deliveries, approvals: release.approvals, waivers: release.waivers,
      isWithdrawn: isWithdrawn,
      coarsening: table.coarsening,
      root: ContentDigest.hex(try log.root(size: release.request.logSize)),
      isSimulated: try Knowledge.includesMadeUpPeople(log, size: release.request.logSize) ?? false)
  }
}
