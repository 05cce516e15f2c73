public import Files
public import Journey
public import Keyring
public import LMDB

/// Why the log cannot do what it was asked.
public indirect enum LogError: Error, Equatable, Sendable {
  /// There is no store at the path.
  case noStore(path: String)
  /// Something is at the path, but it is not a Wegmarke store.
  case notAStore(path: String)
  /// A store is there already.
  case storeExists(path: String)
  /// The store was written by a newer program.
  case newerVersion(path: String, version: UInt32)
  /// The log ends in the middle, or parts of it are missing.
  case truncated(path: String, what: String)
  /// An entry of a table other than the records is not what was written.
  case damaged(path: String, what: String)
  /// A stored record cannot be read.
  case record(Position, RecordProblem)
  /// A record opens but is not an event this program knows.
  case payload(Position, PayloadProblem)
  /// There is no record at the position.
  case noSuchPosition(Position, size: UInt64)
  /// A seal does not open, or a key is missing.
  case keys(KeyringError)
  /// The operating system refused.
  case file(FileError)
  /// The database refused.
  case store(LMDBError)
  /// The log is open for reading only.
  case readOnly
  /// Recorded times may be given only for a store that was created as simulated.
  case timesNotInjectable
  /// The log does not continue the checkpoint that it signed last.
  case forked(signed: UInt64, size: UInt64)
  /// So many orders to destroy keys were begun and not carried out to their end.
  case erasureUnfinished(Int)
  /// The keys come from a copy that is older than so many erasures of the log.
  case keysBehind(Int)
  /// The keys followed the erasures of a longer log: this one comes from an older copy.
  case keysAhead(followed: UInt64, log: UInt64)
  /// The keys followed the erasures of a log that had other records.
  case keysOfAnotherHistory(followed: UInt64)
  /// Keys are damaged or gone without an order, so that no renewal gets past them.
  case keysDamaged(KeyCondition)
  /// There is no room for a renewal of keys: bytes needed, and free.
  case noRoom(path: String, needed: Int, free: UInt64)
  /// Somebody was to be given up whose key and identity open.
  case keyIsWhole(ParticipantRef)
  /// Data were to be shown, and that could not be written down first.
  case accessNotRecorded(LogError)
}

/// Why events were not appended; nothing of the request is in the log.
public enum AppendError: Error, Equatable, Sendable {
  /// A stream is not at the expected version; carries what was written since.
  case wrongExpectedVersion(
    stream: StreamID, expected: ExpectedVersion, actual: UInt32, since: [ReadEvent])
  /// The idempotency key was used before with other content.
  case idempotencyConflict(firstPosition: Position)
  /// An event does not fit its schema.
  case event(JourneyEvent, EventProblem)
  /// A stream names a participant that the store does not have.
  case noSuchParticipant(ref: UInt32)
  /// A public code belongs to a participant already, or was given twice in the request.
  case codeTaken(ParticipantCode)
  /// An external id belongs to a participant already, or was given twice in the request.
  case externalIDTaken(String)
  /// The person was erased, or is to be, by an order at a position.
  case erased(ref: UInt32, by: Position)
  /// The field group was dropped for everybody, by an order at a position.
  case groupDropped(FieldGroup, by: Position)
  /// Only the log itself writes events of this type.
  case reserved(EventType)
  /// A correction or retraction names a position that is not an earlier record of the stream.
  case badTarget(Position)
  /// A request before it in the same pipeline was refused, so this one was not tried.
  case notTried
  /// The log refused.
  case log(LogError)

  /// Sorts an error of a lower layer into this one.
  init(wrapping error: any Error) {
    self = error as? AppendError ?? .log(LogError(wrapping: error))
  }
}

extension LogError {
  /// Whether the disk or the quota is full; then nothing was changed.
  public var isDiskFull: Bool {
    switch self {
    case .store(let error): error.isDiskFull
    case .noRoom: true
    case .file(let error): error.isDiskFull
    case .keys(.file(let error)): error.isDiskFull
    case .accessNotRecorded(let error): error.isDiskFull
    default: false
    }
  }

  /// Sorts an error of a lower layer into this one.
  init(wrapping error: any Error) {
    switch error {
    case let error as LogError: self = error
    case let error as LMDBError: self = .store(error)
    case let error as KeyringError: self = .keys(error)
    case let error as FileError: self = .file(error)
    default: self = .truncated(path: "", what: "\(error)")
    }
  }
}
