import EventLog
import Journey
import Recording
import TestSupport

/// A store with one participant, and somebody who records.
struct Bench {
  let store: TemporaryStore
  let ref: ParticipantRef

  init(_ store: TemporaryStore, _ events: [JourneyEvent] = [.at("2024-01-10", .privacyNoticeGiven)])
    throws
  {
    self.store = store
    ref = try store.admit("test:1", events)
  }

  func recorder(_ author: String = "anna") throws -> Recorder {
    let clock = store.clock
    return Recorder(try store.log, by: .init(author: author), now: { clock.now() })
  }

  @discardableResult
  func record(_ event: JourneyEvent, about ref: ParticipantRef? = nil) throws -> RecordedPlan {
    let recorder = try recorder()
    return try recorder.store(try recorder.plan(event, about: .known(ref ?? self.ref)))
  }
}

extension JourneyEvent {
  static func at(_ day: String, _ type: EventType) -> JourneyEvent {
    JourneyEvent(type, on: .test(day))
  }

  static func job(_ day: String, _ spell: Int? = nil) -> JourneyEvent {
    .at(day, .employmentStarted).with(Fields.placementKind, .svp).with(Fields.spell, spell)
  }

  static func entered(_ day: String, _ operation: String? = nil) -> JourneyEvent {
    .at(day, .participationEntered).with(Fields.operation, operation)
  }
}

extension CivilDate {
  static func test(_ text: String) -> CivilDate {
    guard let date = try? CivilDate.parse(text) else { preconditionFailure("no date: \(text)") }
    return date
  }
}
