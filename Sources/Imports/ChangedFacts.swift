import EventLog
import Interchange
import Journey

/// Finds what an earlier import stored and a file now states otherwise.
///
/// A corrected cell looks like a new fact beside the old one; only a person can say which holds.
enum ChangedFacts {
  /// Warnings for new events in whose place the store has an imported one of the same type that no
  /// row of the participant states any more and that nobody has corrected or taken back.
  ///
  /// - Parameters:
  ///   - isNew: Of each planned event, whether the store lacks it.
  ///   - stream: What the store has of the participant.
  ///   - batch: The import whose own events are left out.
  static func warnings(
    _ person: PlannedPerson, _ isNew: [Bool], _ stream: [ReadEvent], except batch: Position?,
    file: String
  ) -> [RowDiagnostic] {
    let touched = Set(stream.compactMap { $0.event?[Fields.target] })
    let stated = Set(person.events.map { StoredContent.content(of: $0.event) })
    var gone: [(event: JourneyEvent, position: Position)] = []
    for read in stream {
      guard let event = read.event, event[Fields.target] == nil,
        !touched.contains(Int(read.header.position.number)),
        event[Fields.source] == .fileImport || event[Fields.source] == .simulation,
        batch.map({ event[Fields.batch] != Int($0.number) }) ?? true,
        !stated.contains(StoredContent.content(of: event))
      else { continue }
      gone.append((event, read.header.position))
    }
    var found: [RowDiagnostic] = []
    for (planned, isNew) in zip(person.events, isNew) where isNew && !gone.isEmpty {
      let day = planned.event.occurredOn.day.number
      let nearest = gone.indices.filter { mayBeSame(gone[$0].event, planned.event) }.min {
        abs(gone[$0].event.occurredOn.day.number - day)
          < abs(gone[$1].event.occurredOn.day.number - day)
      }
      guard let nearest else { continue }
      let old = gone.remove(at: nearest)
      found.append(
        warning(old.event, old.position, planned.event, file, person.rows[planned.row].line))
    }
    return found
  }

  /// Whether one may be the other before a correction.
  private static func mayBeSame(_ old: JourneyEvent, _ new: JourneyEvent) -> Bool {
    guard old.type == new.type else { return false }
    switch old.type {
    // Every export says anew until when people were observed.
    case .statusConfirmed: return false
    // Attributes of another day are a later state, not a correction.
    case .attributesRecorded: return old.occurredOn == new.occurredOn
    default:
      guard let one = old[Fields.spell], let other = new[Fields.spell] else { return true }
      return one == other
    }
  }

  private static func warning(
    _ old: JourneyEvent, _ position: Position, _ new: JourneyEvent, _ file: String, _ line: Int
  ) -> RowDiagnostic {
    let name = old.type.label
    let isSameDay = old.occurredOn == new.occurredOn
    let other = LocalizedText(
      en: isSameDay ? " with other details" : "",
      de: isSameDay ? " mit anderen Angaben" : "")
    return RowDiagnostic(
      .warning, file: file, line: line, column: nil, code: "W-CHANGED",
      LocalizedText(
        en: "Stored is \(name.en) (\(old.occurredOn), position \(position.number)); the file says"
          + " \(name.en) (\(new.occurredOn))\(other.en). Both now stand side by side; please"
          + " check.",
        de: "Gespeichert ist \(name.de) (\(old.occurredOn.german), Position \(position.number));"
          + " die Datei sagt \(name.de) (\(new.occurredOn.german))\(other.de). Beides steht jetzt"
          + " nebeneinander; bitte prüfen."))
  }
}
