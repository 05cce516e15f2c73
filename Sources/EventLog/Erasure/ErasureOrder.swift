import Files
public import Journey
import Keyring

/// An order that the log gave to destroy keys, and what became of it.
public struct ErasureOrder: Sendable, Hashable {
  /// Whose keys are to end.
  public enum Subject: Sendable, Hashable {
    /// A person's.
    case participant(ParticipantRef)
    /// A field group's, for everybody.
    case group(FieldGroup)
    /// Nobody's: all are written anew under fresh keys.
    case rotation
  }

  /// What became of an order.
  public enum State: UInt8, Sendable, Hashable {
    /// Not carried out yet, or not to its end.
    case open = 1
    /// Carried out.
    case completed = 2
    /// Decided against; nothing was destroyed.
    case refused = 3
  }

  /// Where the order stands in the log.
  public let position: Position
  /// Whose keys are to end.
  public let subject: Subject
  /// What became of it.
  public internal(set) var state = State.open
  /// Where the log says what became of it.
  public internal(set) var closed: Position?
}

/// All orders of a log, folded from its events.
///
/// The log keeps them in a table of its own, `erasures`, written in the commit that writes the
/// events; `verify` folds them anew and compares.
struct ErasureLedger: Sendable, Equatable {
  private(set) var orders: [UInt64: ErasureOrder] = [:]

  /// Types of events that only the log itself writes.
  static let ownTypes: Set<EventType> = [
    .erasureRequested, .erasureDecided, .erasureCompleted, .erasureReasonRecorded,
    .fieldGroupDropOrdered, .fieldGroupDropped, .keyRotationOrdered, .keyEpochWritten,
    .erasuresReapplied, .olderLogAccepted,
  ]

  /// What an event of the system stream does to the orders, as the one order that it changes.
  ///
  /// - Parameter known: The order at a position, as it stands before the event.
  static func change(
    by event: JourneyEvent, at position: Position, known: (Position) throws -> ErasureOrder?
  ) rethrows -> ErasureOrder? {
    func closed(_ state: ErasureOrder.State) throws -> ErasureOrder? {
      guard let target = event[Fields.target].flatMap({ UInt64(exactly: $0) }),
        var order = try known(Position(target)), order.state == .open
      else { return nil }
      order.state = state
      order.closed = position
      return order
    }
    switch event.type {
    case .erasureRequested:
      return event[Fields.participant].flatMap { UInt32(exactly: $0) }.map {
        ErasureOrder(position: position, subject: .participant(ParticipantRef($0)))
      }
    case .fieldGroupDropOrdered:
      return event[Fields.fieldGroup].flatMap { FieldGroup(name: $0) }.map {
        ErasureOrder(position: position, subject: .group($0))
      }
    case .keyRotationOrdered: return ErasureOrder(position: position, subject: .rotation)
    case .erasureDecided:
      return event[Fields.erasureOutcome] == .refused ? try closed(.refused) : nil
    case .erasureCompleted, .fieldGroupDropped: return try closed(.completed)
    case .keyEpochWritten:
      guard let order = try closed(.completed), order.subject == .rotation else { return nil }
      return order
    default: return nil
    }
  }

  mutating func take(_ event: JourneyEvent, at position: Position) {
    if let order = ErasureLedger.change(by: event, at: position, known: { orders[$0.number] }) {
      orders[order.position.number] = order
    }
  }

  /// Everything that the table holds.
  var entries: [[UInt8]: [UInt8]] {
    var entries: [[UInt8]: [UInt8]] = [:]
    for order in orders.values.sorted(by: { $0.position < $1.position }) {
      for (key, value) in order.entries { entries[key] = value }
    }
    return entries
  }
}

extension ErasureOrder {
  /// The key of an order: 1, then its position.
  static func key(_ position: Position) -> [UInt8] {
    var key: [UInt8] = [1]
    key.appendBigEndian(position.number)
    return key
  }

  /// The key under which the order for a subject is found: 2 and the ref, or 3 and the group.
  static func key(of subject: Subject) -> [UInt8]? {
    switch subject {
    case .participant(let ref):
      var key: [UInt8] = [2]
      key.appendBigEndian(ref.number)
      return key
    case .group(let group): return [3, group.rawValue]
    case .rotation: return nil
    }
  }

  /// What the table holds of the order: the order itself, and that it is the one for its subject.
  ///
  /// A refused one stands for nobody: the entry of the subject then names no position.
  var entries: [(key: [UInt8], value: [UInt8])] {
    let (kind, number): (UInt8, UInt32) =
      switch subject {
      case .participant(let ref): (1, ref.number)
      case .group(let group): (2, UInt32(group.rawValue))
      case .rotation: (3, 0)
      }
    var value: [UInt8] = [kind, state.rawValue]
    value.appendBigEndian(number)
    value.appendBigEndian(closed?.number ?? UInt64.max)
    var entries = [(ErasureOrder.key(position), value)]
    if let key = ErasureOrder.key(of: subject) {
      var place: [UInt8] = []
      place.appendBigEndian(state == .refused ? UInt64.max : position.number)
      entries.append((key, place))
    }
    return entries
  }

  /// Reads an order of the table; nil when it is none.
  init?(key: [UInt8], value: [UInt8]) {
    guard key.count == 9, key[0] == 1, value.count == 14, let state = State(rawValue: value[1])
    else { return nil }
    let number = value.bigEndian32(at: 2)
    switch value[0] {
    case 1: subject = .participant(ParticipantRef(number))
    case 2:
      guard let group = UInt8(exactly: number).flatMap({ FieldGroup(rawValue: $0) }) else {
        return nil
      }
      subject = .group(group)
    case 3: subject = .rotation
    default: return nil
    }
    position = Position(key.bigEndian64(at: 1))
    self.state = state
    let closed = value.bigEndian64(at: 6)
    self.closed = closed == UInt64.max ? nil : Position(closed)
  }
}

extension FieldGroup {
  /// Finds a group by its name.
  public init?(name: String) {
    guard let group = FieldGroup.allCases.first(where: { $0.name == name }) else { return nil }
    self = group
  }

  /// Whether the group can be dropped: the journey itself and what stands in clear cannot.
  public var canBeDropped: Bool { self != .clear && self != .record }
}
