import Journey

/// Files of one kind in one import: last month's list beside this month's, or the same file twice.
///
/// Nothing of an import is compared with what the same import stored, so that a file is compared here
/// with what files before it said: by digests, since only whether it is the same is asked.
extension PersonRows {
  /// Passes over rows that say what another file of the kind says of the participant, and rejects those
  /// that say something else where there is one row a participant.
  mutating func compareWithOtherFiles(_ people: PersonTable) {
    guard people.comparesFiles else { return }
    let isKnown = shape == .participant && people.isStated(digest(nil))
    for row in planned.rows.indices where planned.rows[row].fate == .accepted {
      let events = planned.events.filter { $0.row == row }
      if events.isEmpty && !isKnown { continue }
      if events.allSatisfy({ people.isStated(digest($0.content)) }) {
        if observed?.row == row { observed = nil }
        skip(
          row,
          LocalizedText(
            en: "The row says what another file of this import says; it is skipped.",
            de: "Die Zeile sagt dasselbe wie eine andere Datei dieses Imports; sie wird übergangen."
          ))
      } else if isKnown {
        reject(
          row,
          RowFault(
            code: "E-CONTRADICTION", column: nil,
            message: LocalizedText(
              en: "The row contradicts another file of this import: the same participant with other"
                + " content.",
              de: "Die Zeile widerspricht einer anderen Datei dieses Imports: dieselbe Kennung mit"
                + " anderen Angaben."),
            hint: LocalizedText(
              en: "Import the files one after the other, the older one first: then the later one"
                + " corrects it.",
              de: "Bitte die Dateien nacheinander einlesen, die ältere zuerst: Dann berichtigt die"
                + " spätere.")))
      }
    }
  }

  /// Takes once what a list of states and a list of events both say: the same begin or end on the same day.
  mutating func dropWhatIsShared(_ people: PersonTable) {
    guard !people.sharedTypes.isEmpty else { return }
    let twice = planned.events.filter { planned in
      people.sharedTypes.contains(planned.event.type)
        && people.isStated(digest(ofBegin: planned.event))
    }
    for planned in twice {
      let label = planned.event.type.label
      let day = planned.event.occurredOn
      findings.append(
        Finding(
          place: self.planned.rows[planned.row].place,
          fault: RowFault(
            code: "W-TWICE", column: nil,
            message: LocalizedText(
              en:
                "“\(label.en)” on \(day) stands in another file of this import; it is taken once.",
              de: "„\(label.de)“ am \(day.german) steht in einer anderen Datei dieses Imports und"
                + " zählt einmal."), isWarning: true)))
    }
    planned.events.removeAll { twice.contains($0) }
  }

  /// What tells one begin or end of one participant from others, in whatever file it stands.
  private func digest(ofBegin event: JourneyEvent) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(person)
    hasher.combine(event.type)
    hasher.combine(event.occurredOn)
    hasher.combine(event[Fields.placementKind])
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// Notes what the rows say, for the files that follow.
  func noteForOtherFiles(_ people: PersonTable) {
    guard people.comparesFiles, !planned.events.isEmpty else { return }
    people.noteStated(digest(nil))
    for event in planned.events {
      people.noteStated(digest(event.content))
      if people.sharedTypes.contains(event.event.type) {
        people.noteStated(digest(ofBegin: event.event))
      }
    }
  }

  /// What tells one statement of one participant from others; nil stands for the participant alone.
  private func digest(_ content: PlannedEvent.Content?) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(person)
    hasher.combine(content)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
