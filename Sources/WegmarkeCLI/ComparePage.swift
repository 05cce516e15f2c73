import EventLog
import Journey
import Presentation
import ProjectionEngine

/// A comparison of two states of knowledge as text.
struct ComparePage {
  let result: QuestionDefinition.Comparison
  let definition: QuestionDefinition
  let groupedBy: [String]
  /// The earlier and the later one.
  let states: [Knowledge]
  let limit: Int
  let console: Console
  let name: (ParticipantRef) -> String?

  private var comparison: KnowledgeComparison { result.comparison }
  private var style: TerminalStyle { console.output.page(ofColumns: 80) }
  private var language: Language { console.language }
  private var words: EventText { EventText(language) }
  private var numbers: NumberStyle { NumberStyle(language) }

  var text: String {
    var lines = definition.title(language).wrapped(to: style.proseWidth).lines {
      style.paint($0, .bold)
    }
    for (label, state) in zip(["A", "B"], states) {
      lines += "\(label): \(state.basis(language))".flowed(to: style.proseWidth).lines { $0 }
    }
    if case .timeToEvent(let content) = definition.content {
      let figures =
        content.competing.isEmpty
        ? LocalizedText(
          en: "Figures: the share without the event so far.",
          de: "Zahlen: der Anteil bisher ohne das Ereignis.")
        : LocalizedText(
          en: "Figures: first the share to whom nothing has happened so far, neither the event nor"
            + " one that competes with it; then for each event the share to whom it happened.",
          de: "Zahlen: zuerst der Anteil, dem bisher nichts geschah, weder das Ereignis noch ein"
            + " konkurrierendes; dann je Ereignis der Anteil, dem es geschah.")
      lines += figures(language).wrapped(to: style.proseWidth).lines { $0 }
    }
    for group in comparison.groups {
      lines += ["", summary(of: group)]
      let rest = group.rest
      if rest.counted != 0
        || (rest.survival + rest.incidence + rest.cells.map(\.known) + rest.numbers)
          .contains(where: { abs($0) > 1e-9 })
      {
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

  /// Whether there is more than one group: by attributes, or by the file's own.
  private var isGrouped: Bool { comparison.groups.contains { !$0.values.isEmpty } }

  private func label(_ group: [String?]) -> String {
    group.isEmpty
      ? LocalizedText(en: "all", de: "alle")(language)
      : group.map { $0 ?? LocalizedText(en: "(not stated)", de: "(ohne Angabe)")(language) }
        .joined(separator: ", ")
  }

  private func summary(of group: KnowledgeComparison.Group) -> String {
    let layout = CompareSummary(result: result, language: language)
    let table =
      isCurve ? layout.curve(group, label(group.values)) : layout.shares(group, label(group.values))
    let tables = [table] + layout.causes(group)
    return tables.map { table in
      let text = table.text(for: style)
      return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }.joined(separator: "\n\n")
  }

  private var isCurve: Bool { result.isCurve }

  /// The events that moved the figures most, in the order of the log.
  private var movements: String {
    let all = comparison.movements
    guard !all.isEmpty else {
      return LocalizedText(
        en: "No event moved a figure.", de: "Kein Ereignis hat eine Zahl verschoben.")(language)
    }
    let most = limit > 0 ? limit : all.count
    let chosen = all.indices.sorted {
      (-all[$0].change.largestMove, $0) < (-all[$1].change.largestMove, $1)
    }.prefix(most)
      .sorted()
    let layout = CompareSummary(result: result, language: language)
    // The horizon that moved most is the one to show.
    let column = result.horizons.indices.max { left, right in
      let moved = { (at: Int) in all.reduce(0) { $0 + abs($1.change.survival[at]) } }
      return isCurve && moved(left) < moved(right)
    }
    var columns: [TerminalTable.Column] = [
      .code(LocalizedText(en: "EVENT", de: "EREIGNIS")(language)),
      .code(LocalizedText(en: "PERSON", de: "PERSON")(language)),
      .text(LocalizedText(en: "WHAT", de: "WAS")(language), minimum: 12),
      .text(LocalizedText(en: "WHY IT MOVED", de: "WARUM")(language), minimum: 9),
    ]
    if isGrouped {
      columns.append(.text(LocalizedText(en: "GROUP", de: "GRUPPE")(language)))
    }
    columns.append(.number("n"))
    if !isCurve {
      columns.append(
        .sentence(LocalizedText(en: "MOVED", de: "VERSCHOBEN")(language), minimum: 20))
    } else if let column {
      columns.append(.number(layout.horizon(result.horizons[column])))
    }
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
      if isGrouped { cells.append(TableCell(label(movement.group))) }
      cells.append(TableCell(layout.signed(movement.change.counted)))
      if !isCurve {
        cells.append(TableCell(layout.moved(movement.change)))
      } else if let column {
        cells.append(TableCell(layout.points(movement.change.survival[column])))
      }
      table.append(cells)
    }
    var text = table.text(for: style)
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
