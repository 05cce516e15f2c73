import Interchange
import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of an answer of one kind, beside what all of them have in common.
protocol AnswerBody {
  /// The language of the words.
  var language: Language { get }
  /// The figure that matters most, as a sentence; nil when no single one does.
  var lead: String? { get }
  /// What is counted.
  var unit: AnalysisUnit { get }
  /// What was chosen, beside clock, window and groups.
  var parameters: [String] { get }
  /// The tables of a page for reading, each with its caption.
  var tables: [(caption: String, table: TerminalTable)] { get }
  /// What must be said below the tables.
  var remarks: [String] { get }
  /// Charts and tables, one after the other.
  func sections(for style: TerminalStyle) -> [String]
}

extension AnswerBody {
  /// The picture of an answer for a terminal, with a blank line before it; nothing without one, and
  /// where it is one a group: those fill screens, and the tables follow.
  func pictures(of answer: any QuestionAnswer, for style: TerminalStyle) -> [String] {
    guard let chart = AnswerPicture(answer: answer, language: language).plainChart,
      !(chart is ChartStack)
    else { return [] }
    return ["", chart.terminalText(for: style, columns: min(style.width ?? 76, 76), rows: 11)]
  }

  var unit: AnalysisUnit { .person }
  var remarks: [String] { [] }

  func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }

  /// What stands in place of a sentence where no horizon has enough people for one.
  var fewObserved: String { AnswerPage.fewObserved(language) }
}

/// An answer as people read it.
struct AnswerPage {
  let answer: any QuestionAnswer
  let body: any AnswerBody
  let basis: LocalizedText
  let console: Console
  /// How far the data are complete, where there is something to say.
  let maturity: MaturityText?
  /// The question as it was asked for: a name, or the path of a file.
  let question: String

  /// Fewer people under observation than this tell nothing that a sentence should quote.
  static let fewestToQuote = CurveComparison.fewestAtRisk

  /// What stands in place of a sentence where no horizon has enough people for one.
  static func fewObserved(_ language: Language) -> String {
    LocalizedText(
      en: "Too few are observed for a sentence: fewer than \(fewestToQuote) at every horizon.",
      de:
        "Zu wenige unter Beobachtung für einen Satz: weniger als \(fewestToQuote) zu jedem Termin.")(
        language)
  }

  /// The page of an answer of any kind.
  ///
  /// - Parameter question: How it was asked for, where that is not by the name of the definition.
  init(
    answer: any QuestionAnswer, basis: LocalizedText, console: Console, saysBounds: Bool = false,
    question: String? = nil
  ) {
    self.question = question ?? answer.definition.name
    self.answer = answer
    self.basis = basis
    self.console = console
    maturity = MaturityText(answer, console.language)
    body =
      switch answer {
      case let answer as ShareAnswer:
        ShareBody(answer: answer, language: console.language, saysBounds: saysBounds)
      case let answer as StateAnswer: StateBody(answer: answer, language: console.language)
      case let answer as TimeToEventAnswer: CurveBody(answer: answer, language: console.language)
      case let answer as SequenceAnswer: SequenceBody(answer: answer, language: console.language)
      case let answer as CohortTableAnswer: CohortBody(answer: answer, language: console.language)
      default: preconditionFailure("an answer of a kind without a page")
      }
  }

  private var language: Language { console.language }
  private var numbers: NumberStyle { NumberStyle(console.language) }

  var text: String {
    get throws {
      let style = console.output.page(ofColumns: 80)
      let width = style.proseWidth
      var lines = answer.definition.title(language).wrapped(to: width).lines {
        style.paint($0, .bold)
      }
      if let lead = body.lead { lines += lead.wrapped(to: width).lines { $0 } }
      lines.append(population.flowed(to: width))
      if answer.certificate.isSimulated {
        lines.append(style.paint(Knowledge.simulated(language), .yellow))
      }
      lines.append(parameters.flowed(to: width))
      if let heading = maturity?.heading {
        lines += heading.wrapped(to: width).lines { style.paint($0, .yellow) }
      }
      lines +=
        answer.attrition.counted == 0
        ? [LocalizedText(en: "Nobody counts.", de: "Niemand zählt.")(language)]
        : body.sections(for: style)
      lines += try footer()
      return lines.joined(separator: "\n")
    }
  }

  private func word(_ en: String, _ de: String) -> String { body.word(en, de) }

  var population: String {
    let attrition = answer.attrition
    let (counted, people) = (
      numbers.integer(attrition.counted), numbers.integer(attrition.participants)
    )
    var parts =
      switch body.unit {
      case .person: [word("n = \(counted) of \(people)", "n = \(counted) von \(people)")]
      case .participation:
        [
          word(
            "n = \(counted) participations of \(people) people",
            "n = \(counted) Teilnahmen von \(people) Personen")
        ]
      case .spell:
        [
          word(
            "n = \(counted) spells of \(people) people",
            "n = \(counted) Episoden von \(people) Personen")
        ]
      case .record:
        [
          word(
            "n = \(counted) records of \(people) people",
            "n = \(counted) Einträge von \(people) Personen")
        ]
      }
    let reasons: [(Int, String)] = [
      (attrition.withoutEntry, word("without entry", "ohne Eintritt")),
      (attrition.withoutIndexEvent, word("without index event", "ohne Startereignis")),
      (attrition.outsidePopulation, word("not in the population", "nicht im Personenkreis")),
      (attrition.populationUnknown, word("perhaps in it", "vielleicht darin")),
      (attrition.notObserved, word("not observed afterwards", "danach nicht beobachtet")),
      (attrition.withoutWeight, word("without a weight", "ohne Gewicht")),
      (attrition.tooLate, word("too late to know", "zu spät für ein Urteil")),
      (attrition.leftOut, word("left out (Art. 18)", "ausgenommen (Art. 18)")),
    ]
    for (count, reason) in reasons where count > 0 {
      parts.append("\(numbers.integer(count)) \(reason)")
    }
    return parts.joined(separator: " · ")
  }

  var parameters: String {
    let chosen = answer.parameters
    let clock = ClockUnit(rawValue: chosen.clock) ?? .day
    var parts = [word("clock: ", "Uhr: ") + clock.label(language)]
    if let window = answer.window {
      let words = EventText(language)
      parts.append("\(words.date(window.lowerBound))–\(words.date(window.upperBound))")
    }
    if !chosen.by.isEmpty { parts.append(GroupName.grouping(chosen.by)(language)) }
    return (parts + body.parameters).joined(separator: " · ")
  }

  private func footer() throws -> [String] {
    let definition = answer.definition
    let style = console.output
    let digest = try answer.digest().prefix(12)
    let name = "\(definition.name) v\(definition.version) (\(definition.digest.prefix(8)))"
    let log = answer.certificate
    let facts =
      leftOut + (maturity?.basis ?? []) + [
        word("Definition \(name)", "Definition \(name)") + .middot + basis(language),
        "\(log.origin) · \(word("root", "Wurzel")) \(log.root.prefix(12))"
          + " · \(word("digest", "Prüfsumme")) \(digest)",
        word("More: ", "Genauer: ") + "wegmarke questions show \(ShellWords.line([question]))",
      ]
    return facts.flatMap { $0.flowed(to: style.proseWidth).lines { style.paint($0, .dim) } }
  }

  /// Whom the answer must not count, where there is anybody.
  private var leftOut: [String] {
    let count = answer.attrition.leftOut
    guard count > 0 else { return [] }
    let (number, one) = (numbers.integer(count), count == 1)
    return [
      word(
        "\(number) \(one ? "person is" : "people are") left out: their processing is restricted"
          + " and they are not to stand in statistics (Art. 18 GDPR).",
        "\(number) \(one ? "Person ist" : "Personen sind") ausgenommen: Die Verarbeitung ist"
          + " eingeschränkt, Statistiken eingeschlossen (Art. 18 DSGVO).")
    ]
  }
}

extension ClockUnit {
  /// So many of the unit, in words that stand alone: `12 Monate`.
  func words(_ time: Double, _ language: Language) -> String {
    guard language == .german, time != 1 else { return counted(time, language) }
    let number = NumberStyle(language).decimal(time, places: time == time.rounded() ? 0 : 1)
    return "\(number) \(self == .day ? "Tage" : "Monate")"
  }

  /// So many of the unit, in words that follow “nach” and “von”: `12 Monaten`.
  var counted: (_ time: Double, _ language: Language) -> String {
    { time, language in
      let number = NumberStyle(language).decimal(time, places: time == time.rounded() ? 0 : 1)
      let isOne = time == 1
      return switch (self, language) {
      case (.day, .english): "\(number) \(isOne ? "day" : "days")"
      case (.day, .german): "\(number) \(isOne ? "Tag" : "Tagen")"
      case (.month, .english): "\(number) \(isOne ? "month" : "months")"
      case (.month, .german): "\(number) \(isOne ? "Monat" : "Monaten")"
      }
    }
  }
}

extension QuestionAnswer {
  /// The figures as RFC 4180 in full precision.
  var csv: String {
    get throws {
      var writer = CSVWriter(.csv)
      let table = try table
      writer.header(table.columns)
      for row in table.rows {
        for cell in row { writer.text(cell) }
        writer.endRow()
      }
      return String(decoding: writer.take(), as: UTF8.self)
    }
  }
}
