public import Journey

/// A made-up person with everything that goes on record about them.
public struct SimulatedJourney: Hashable, Sendable {
  /// The place of the participant in the programme, from 0; entry days ascend with it.
  public let index: Int
  /// The events in the order in which they go on record.
  public let events: [SimulatedEvent]

  /// The number under which the made-up office keeps the person: `S-0000001` for index 0.
  public var externalID: String { Self.externalID(of: index) }

  /// The number of the participant at an index; longer than seven digits from ten million on.
  public static func externalID(of index: Int) -> String {
    let digits = String(index + 1)
    return "S-" + String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits
  }
}

/// One event of a made-up journey.
public struct SimulatedEvent: Hashable, Sendable {
  /// What happened; of a correction, what takes the place of the earlier event.
  ///
  /// A retraction is an `EventRetracted` event dated on the day it goes on record. The `target`
  /// field of corrections and retractions is left to whoever knows log positions.
  public let event: JourneyEvent
  /// When it goes on record: microseconds since 1970, UTC.
  public let recordedAt: Int64
  /// What it is to an earlier event of the same journey.
  public let role: Role

  /// What an event is to an earlier one.
  public enum Role: Hashable, Sendable {
    /// It tells something new.
    case fact
    /// It replaces an earlier event, named by its place in the journey.
    case correction(of: Int)
    /// It takes back an earlier event, named by its place in the journey.
    case retraction(of: Int)
  }

  /// Whether it tells something new.
  public var isFact: Bool { role == .fact }
}

extension SimulatedJourney {
  /// The events as they stand at the data cut: corrected, without what was retracted.
  ///
  /// In the order in which they were first told, not in the order of their days.
  public var effectiveEvents: [JourneyEvent] {
    var standing: [JourneyEvent?] = []
    standing.reserveCapacity(events.count)
    for told in events {
      switch told.role {
      case .fact: standing.append(told.event)
      case .correction(let place):
        standing[place] = told.event
        standing.append(nil)
      case .retraction(let place):
        standing[place] = nil
        standing.append(nil)
      }
    }
    return standing.compactMap(\.self)
  }
}
