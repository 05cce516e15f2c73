import EventLog
import Journey
import Presentation
import ProjectionEngine

/// A comparison of two states of knowledge as text.
struct ComparePage {
  let comparison: KnowledgeComparison
  let definition: QuestionDefinition
  let question: TimeToEventQuestion
  /// The earlier and the later one.
  let states: [Knowledge]
  let limit: Int
  let console: Console
  let name: (ParticipantRef) -> String?

  private var language: Language { console.language }
  private var words: EventText { EventText(language) }
  private var numbers: NumberStyle { NumberStyle(language) }

  var text: String {
    let style = console.output
    var lines = [style.paint(definition.title(language), .bold)]
    for (label, state) in zip(["A", "B"], states) {
      lines += "\(label): \(state.basis(language))".flowed(to: style.proseWidth).lines { $0 }
    }
    for group in comparison.groups {
      lines += ["", summary(of: group)]
      if group.rest.counted != 0 || group.rest.survival.contains(where: { abs($0) > 1e-9 }) {
        lines.append(
          LocalizedText(
            en: "Part of the difference belongs to no event: other rules leave people out.",
            de: "Ein Teil der Differenz gehört zu keinem Ereignis: Andere Regeln lassen Personen"
              + " weg.")(language))
      }
    }
    if comparison.groups.isEmpty {
      lines += ["", LocalizedText(en: "Nobody counts.", de: "Niemand zählt.")(language)]
    }
    lines += ["", movements]
    if !comparison.erasures.isEmpty {
      lines += LocalizedText(
        en:
          "\(comparison.erasures.count) person(s) were erased in between; both figures are derived"
          + " with today's keys, so this moves neither. What was published then may differ.",
        de: "Dazwischen wurden \(comparison.erasures.count) Personen gelöscht; beide Zahlen beruhen"
          + " auf den heutigen Schlüsseln, das verschiebt also keine. Damals Veröffentlichtes kann"
          + " abweichen.")(language).wrapped(to: style.proseWidth).lines { $0 }
    }
    return lines.joined(separator: "\n")
  }

  private func label(_ group: [String?]) -> String {
    group.isEmpty
      ? LocalizedText(en: "all", de: "alle")(language)
      : group.map { $0 ?? LocalizedText(en: "(not stated)", de: "(ohne Angabe)")(language) }
        .joined(separator: ", ")
  }

  /// Figures at A, what moved them, figures at B: the column adds up.
  private func summary(of group: KnowledgeComparison.Group) -> String {
    var table = TerminalTable(
      [
        .text(label(group.values), minimum: 16),
        .number(LocalizedText(en: "EVENTS", de: "EREIGNISSE")(language)), .number("n"),
      ]
        + comparison.horizons.map { .number(horizon($0)) })
    func add(
      _ title: LocalizedText, _ count: Int?, _ figures: KnowledgeComparison.Figures, _ isSum: Bool
    ) {
      table.append(
        [
          TableCell(title(language)), TableCell(count.map { numbers.integer($0) } ?? ""),
          TableCell(isSum ? numbers.integer(figures.counted) : signed(figures.counted)),
        ]
          + figures.survival.map {
            TableCell(isSum ? numbers.decimal($0 * 100, places: 1) + " %" : points($0))
          })
    }
    add(.init(en: "A", de: "A"), nil, group.before, true)
    if !group.passing.isZero {
      add(.init(en: "time passing", de: "Zeitablauf"), nil, group.passing, false)
    }
    for kind in KnowledgeComparison.Kind.allCases {
      let (count, change) = comparison.total(of: kind, group: group.values)
      if count > 0 { add(kind.label, count, change, false) }
    }
    add(.init(en: "B", de: "B"), nil, group.after, true)
    let text = table.text(for: console.output)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  private func horizon(_ time: Double) -> String {
    let unit =
      question.clock == .day
      ? LocalizedText(en: "d", de: "T") : LocalizedText(en: "mo", de: "M")
    return numbers.decimal(time, places: time == time.rounded() ? 0 : 1) + " \(unit(language))"
  }

  private func signed(_ number: Int) -> String {
    number == 0 ? "0" : (number > 0 ? "+" : "−") + numbers.integer(abs(number))
  }

  /// Percentage points.
  private func points(_ change: Double) -> String {
    let shown = numbers.decimal(abs(change) * 100, places: 2)
    if abs(change) < 0.000_05 { return "0" }
    return (change > 0 ? "+" : "−") + shown
  }

  /// The events that moved the figures most, in the order of the log.
  private var movements: String {
    func size(_ movement: KnowledgeComparison.Movement) -> Double {
      movement.change.survival.map { abs($0) }.max() ?? 0
    }
    let all = comparison.movements
    guard !all.isEmpty else {
      return LocalizedText(
        en: "No event moved a figure.", de: "Kein Ereignis hat eine Zahl verschoben.")(language)
    }
    let most = limit > 0 ? limit : all.count
    let chosen = all.indices.sorted { (-size(all[$0]), $0) < (-size(all[$1]), $1) }.prefix(most)
      .sorted()
    let last = comparison.horizons.indices.last
    let column = last.map { index in
      // The horizon that moved most is the one to show.
      comparison.horizons.indices.max { left, right in
        let moved = { (at: Int) in all.reduce(0) { $0 + abs($1.change.survival[at]) } }
        return moved(left) < moved(right)
      } ?? index
    }
    var columns: [TerminalTable.Column] = [
      .code(LocalizedText(en: "EVENT", de: "EREIGNIS")(language)),
      .code(LocalizedText(en: "PERSON", de: "PERSON")(language)),
      .text(LocalizedText(en: "WHAT", de: "WAS")(language), minimum: 12),
      .text(LocalizedText(en: "WHY IT MOVED", de: "WARUM")(language), minimum: 9),
    ]
    if !question.groupedBy.isEmpty {
      columns.append(.text(LocalizedText(en: "GROUP", de: "GRUPPE")(language)))
    }
    columns.append(.number("n"))
    if let column { columns.append(.number(horizon(comparison.horizons[column]))) }
    var table = TerminalTable(columns)
    for index in chosen {
      let movement = all[index]
      var cells = [
        TableCell(movement.position.description),
        TableCell(name(movement.participant) ?? NumberStyle.undefined),
        TableCell(
          "\(movement.event.type.label(language)), \(words.date(movement.event.occurredOn))"),
        TableCell(movement.kind.label(language)),
      ]
      if !question.groupedBy.isEmpty { cells.append(TableCell(label(movement.group))) }
      cells.append(TableCell(signed(movement.change.counted)))
      if let column { cells.append(TableCell(points(movement.change.survival[column]))) }
      table.append(cells)
    }
    var text = table.text(for: console.output)
    if chosen.count < all.count {
      text += LocalizedText(
        en: "The \(chosen.count) largest of \(all.count); --limit 0 shows all, -f json too.",
        de: "Die \(chosen.count) größten von \(all.count); --limit 0 zeigt alle, -f json auch.")(
          language)
    }
    return text
      + "\n"
      + LocalizedText(
        en: "In the order of the log; each with all earlier ones known, in percentage points: they"
          + " add up.",
        de: "In der Reihenfolge des Protokolls, je mit allen früheren bekannt, in Prozentpunkten:"
          + " Sie gehen auf.")(language).wrapped(to: console.output.proseWidth)
  }
}

extension KnowledgeComparison.Kind {
  /// What a person reads.
  var label: LocalizedText {
    switch self {
    case .new: .init(en: "new", de: "neu")
    case .late: .init(en: "recorded late", de: "spät erfasst")
    case .corrected: .init(en: "corrected", de: "berichtigt")
    case .retracted: .init(en: "taken back", de: "zurückgenommen")
    case .merged: .init(en: "merged", de: "zusammengeführt")
    case .parted: .init(en: "parted", de: "getrennt")
    case .restricted: .init(en: "left out, Art. 18", de: "Art. 18: zählt nicht")
    case .readmitted: .init(en: "counted again", de: "zählt wieder")
    }
  }
}
