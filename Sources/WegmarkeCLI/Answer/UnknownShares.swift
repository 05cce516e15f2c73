import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What `--bounds` adds to a page of shares: limits whatever the unknown say, and when a comparison tips.
struct UnknownShares {
  let answer: ShareAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var isCompared: Bool { answer.groups.count > 1 }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The table, and what its columns mean.
  func sections(for style: TerminalStyle) -> [String] {
    var columns: [TerminalTable.Column] = [
      .number(word("UNKNOWN", "UNBEK.")), .number(word("IN ANY CASE", "JEDENFALLS")),
    ]
    if isCompared {
      columns += [
        .number(word("NOT LOWER", "NICHT TIEFER")), .number(word("EQUAL", "GLEICH")),
        .number(word("HIGHER", "HÖHER")),
      ]
    }
    let table = ShareRows(answer: answer, language: language).table(columns) { group, row in
      let cell = answer.groups[group].cells[row]
      guard cell.shares.due > 0 else { return nil }
      let limits = cell.limitsInAnyCase
      var cells = [
        TableCell(numbers.integer(cell.shares.unknown)),
        TableCell(numbers.limits(limits)),
      ]
      if let path = answer.groups[group].tippings?[row] ?? nil {
        cells += [path.notLower, path.equal, path.higher].map { TableCell(text($0)) }
      }
      return cells
    }
    return [table.text(for: style), note.wrapped(to: style.proseWidth)]
  }

  private var note: String {
    let level = numbers.percent(answer.level, places: 0)
    var text = word(
      "IN ANY CASE: \(level) limits of the share, whatever the unknown would say.",
      "JEDENFALLS: \(level)-Grenzen des Anteils, was die Unbekannten auch sagen würden.")
    if isCompared {
      text += word(
        " NOT LOWER, EQUAL, HIGHER: from which share (and number) of yes among the group's unknown on"
          + " it is no longer significantly lower than, equal to, significantly higher than all others,"
          + " whose unknown answer like their known.",
        " NICHT TIEFER, GLEICH, HÖHER: ab welchem Anteil (welcher Zahl) von Ja unter den Unbekannten der"
          + " Gruppe sie nicht mehr signifikant unter, gleichauf mit, signifikant über allen anderen liegt,"
          + " deren Unbekannte wie ihre Bekannten antworten.")
    }
    return text
  }

  private func text(_ tipping: Tipping) -> String {
    switch tipping {
    case .always: word("always", "immer")
    case .never: word("never", "nie")
    case .from(let share, let people):
      "\(numbers.percent(share, places: 0)) (\(numbers.integer(people)))"
    }
  }
}
