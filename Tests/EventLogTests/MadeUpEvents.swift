import Dispatch
import EventLog
import Journey
import TestSupport

/// Short ways to say what happened.
extension JourneyEvent {
  static func entered(_ day: String = "2026-01-12") -> JourneyEvent {
    JourneyEvent(.participationEntered, on: date(day)).with(Fields.operation, "V-1")
  }

  static func jobStarted(_ day: String = "2026-03-02") -> JourneyEvent {
    JourneyEvent(.employmentStarted, on: date(day)).with(Fields.placementKind, .svp)
  }

  static func counselled(_ day: String = "2026-02-03", note: String? = nil) -> JourneyEvent {
    JourneyEvent(.counsellingHeld, on: date(day)).with(Fields.note, note)
  }

  static func networkRegistered(_ code: String) -> JourneyEvent {
    JourneyEvent(.networkRegistered, on: date("2026-01-01")).with(Fields.code, code)
  }

  static func retracted(_ position: Position) -> JourneyEvent {
    JourneyEvent(.eventRetracted, on: date("2026-03-05"))
      .with(Fields.retractionReason, .duplicate).with(Fields.target, Int(position.number))
  }

  private static func date(_ text: String) -> CivilDate {
    guard let date = try? CivilDate.parse(text) else { preconditionFailure("no date: \(text)") }
    return date
  }
}

/// Runs bodies on threads of their own, all at once.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for index in 0..<count {
    // A serial queue each: the concurrent pool has only as many threads as cores.
    DispatchQueue(label: "thread \(index)").async(group: group) { body(index) }
  }
  group.wait()
}

/// Runs a body on a thread of its own and does not wait for it.
func onNewThread(_ body: @escaping @Sendable () -> Void) {
  DispatchQueue(label: "thread").async { body() }
}

/// What `body` throws, or nil.
func failure<E: Error>(_ type: E.Type = E.self, of body: () throws -> Void) -> E? {
  do {
    try body()
    return nil
  } catch { return error as? E }
}
