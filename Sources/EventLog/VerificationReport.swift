public import Journey
public import Keyring

/// What a verification looked at, and everything it found wrong.
public struct VerificationReport: Sendable, Equatable {
  /// The most findings that are kept; further ones are only counted.
  public static let keptFindings = 1000

  /// Whether every seal was opened and every event decoded.
  public let isDeep: Bool
  /// The number of positions looked at.
  public internal(set) var size: UInt64 = 0
  /// The number of participants that the store counts.
  public internal(set) var participants: UInt32 = 0
  /// The number of streams that hold records.
  public internal(set) var streams: UInt64 = 0
  /// The number of events opened and decoded; 0 unless deep.
  public internal(set) var opened: UInt64 = 0
  /// The number of records whose participant's key was destroyed; 0 unless deep.
  public internal(set) var erased: UInt64 = 0
  /// The number of records whose field group was dropped for everybody; 0 unless deep.
  public internal(set) var dropped: UInt64 = 0
  /// The number of orders to destroy keys.
  public internal(set) var orders: UInt64 = 0
  /// The number of checkpoints that the log signed so far.
  public internal(set) var checkpoints: UInt64 = 0
  /// The Merkle root computed from the records alone; nil when positions are missing.
  public internal(set) var root: [UInt8]?
  /// What is wrong, in the order in which it was met.
  public internal(set) var findings: [VerificationFinding] = []
  /// The number of findings, those included that were not kept.
  public internal(set) var findingCount: UInt64 = 0

  /// Whether nothing is wrong.
  public var isIntact: Bool { findingCount == 0 }

  init(isDeep: Bool) { self.isDeep = isDeep }

  mutating func add(_ finding: VerificationFinding) {
    findingCount += 1
    if findings.count < VerificationReport.keptFindings { findings.append(finding) }
  }
}

/// One thing that is wrong with a log.
///
/// Damage is met where it shows: a changed record shows as its checksum, as its leaf hash and as
/// the root.
public enum VerificationFinding: Equatable, Sendable {
  /// A table of the log that is not the records: what its entries are.
  public enum Table: String, Sendable {
    /// position → record.
    case records
    /// stream → version and last position.
    case streams
    /// level and index → hashes.
    case tree
    /// idempotency key → where its events stand.
    case requests
    /// keyed digest → participant.
    case participants
    /// size → signed checkpoint.
    case checkpoints
    /// position → order to destroy keys.
    case erasures
    /// name → fact about the store.
    case meta
  }

  /// There are no records from the first position up to, but not including, the second.
  case missing(from: Position, upTo: Position)
  /// A record cannot be read.
  case record(Position, RecordProblem)
  /// A record says that it stands elsewhere.
  case position(Position, stated: Position)
  /// A record was taken in before the record in front of it.
  case time(Position, recordedAt: Int64, before: Int64)
  /// A record is not the next one of its stream.
  case streamVersion(Position, StreamID, expected: UInt32, found: UInt32)
  /// A record names another predecessor in its stream than there is.
  case previous(Position, StreamID, expected: Position?, found: Position?)
  /// A record belongs to a participant that the store does not count.
  case participant(Position, ref: UInt32, participants: UInt32)
  /// A record's hash differs from the one that the tree keeps.
  case leaf(Position)
  /// A hash in a higher tile of the tree differs from what the tile below gives.
  case node(level: UInt8, index: UInt64)
  /// A tile of the tree is missing or has not as many hashes as it should.
  case tile(level: UInt8, index: UInt64, hashes: Int, expected: Int)
  /// The root that the tree's tiles give differs from the root of the records.
  case root(tiles: [UInt8], records: [UInt8])
  /// The table of streams says something else than the records; version 0 stands for nothing.
  case head(
    StreamID, version: UInt32, last: Position?, expectedVersion: UInt32, expectedLast: Position?)
  /// A table has entries that mean nothing, or too many of them.
  case entries(Table, surplus: UInt64)
  /// Entries of a table are not what was written.
  case checksum(Table, entries: UInt64)
  /// An idempotency key names positions outside the log.
  case request(first: Position, count: UInt32, size: UInt64)
  /// A participant is not found by code, or found by another's.
  case index(ParticipantRef)
  /// The table of orders to destroy keys says something else than the records.
  case orders(differing: UInt64)
  /// A checkpoint that the log signed does not hold.
  case checkpoint(size: UInt64, CheckpointProblem)
  /// A seal does not open, or there is no key for it.
  case seal(Position, KeyringError)
  /// A record opens but is not an event this program knows.
  case payload(Position, PayloadProblem)
  /// An event does not fit its schema.
  case event(Position, EventProblem)
  /// The kind or field group in the header is not that of the event.
  case header(Position, kind: RecordKind, group: FieldGroup)
  /// A correction names something else than an earlier record of its stream.
  case target(Position, target: Int)
  /// The slots of a participant's key and identity are not as they should be.
  case slot(SlotProblem)
  /// A participant's key is gone, and no order of the log says so.
  case erasedWithoutOrder(ParticipantRef)
  /// A participant's erasure was carried out by the log, and the key is still there.
  case keyOutlivesErasure(ParticipantRef)
  /// The code or external id of a participant cannot be opened.
  case identity(ParticipantRef, KeyringError)
}
