public import Journey

/// The place of a record in the log: dense from 0, assigned in the commit that writes it.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number of records before this one.
  public let number: UInt64
  /// Creates a position.
  public init(_ number: UInt64) { self.number = number }
  /// The position as people read it: `#17`.
  public var description: String { "#\(number)" }
  /// Whether the left record was written before the right one.
  public static func < (left: Position, right: Position) -> Bool { left.number < right.number }
}

/// The stream that a record belongs to.
public struct StreamID: Hashable, Sendable {
  /// What a stream is about.
  public enum Kind: UInt8, Sendable, CaseIterable {
    /// One participant.
    case participant = 1
    /// One network with its sub-projects and authorities.
    case network = 2
    /// Released tables.
    case release = 3
    /// The store itself: imports, definitions, erasures.
    case system = 4
  }

  /// What the stream is about.
  public let kind: Kind
  /// The number of the participant or network; 0 for the release and system streams.
  public let ref: UInt32

  /// Creates a stream id.
  public init(_ kind: Kind, _ ref: UInt32 = 0) {
    self.kind = kind
    self.ref = ref
  }

  /// The stream of a participant.
  public static func participant(_ ref: ParticipantRef) -> StreamID {
    StreamID(.participant, ref.number)
  }
  /// The stream of the store itself.
  public static let system = StreamID(.system)
  /// The stream of released tables.
  public static let releases = StreamID(.release)
}

/// What an append expects of a stream.
public enum ExpectedVersion: Hashable, Sendable {
  /// The stream must not exist yet.
  case none
  /// The stream must hold exactly this many records.
  case exact(UInt32)
  /// Whatever the stream holds is fine.
  case any
}

/// The coarse kind of a record, readable without a key.
public enum RecordKind: UInt8, Sendable, CaseIterable {
  /// A fact.
  case fact = 1
  /// Replaces an earlier record.
  case correction = 2
  /// Takes an earlier record back.
  case retraction = 3
  /// Begins or ends an import.
  case batch = 4
  /// Keys and erasure.
  case key = 5
  /// Publication.
  case release = 6
  /// A definition text.
  case definition = 7
}
