import EventLog
import Journey

/// Requests about nobody.
enum MadeUp {
  /// A request that admits one person with an entry and counselling events.
  static func request(_ id: String, events: Int) throws -> AppendRequest {
    let day = try CivilDate.parse("2026-03-02")
    let all =
      [JourneyEvent(.participationEntered, on: day).with(Fields.operation, "V-1")]
      + (1..<max(1, events)).map { number in
        JourneyEvent(.counsellingHeld, on: day).with(Fields.note, "note \(number) of \(id)")
      }
    return AppendRequest(
      [.init(.admitted(0), expecting: .none, all)],
      admitting: [AppendRequest.Admission(externalID: "made-up:\(id)")],
      idempotencyKey: Array(id.utf8))
  }
}
