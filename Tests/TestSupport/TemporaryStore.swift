public import EventLog
import Files
public import Journey
import Keyring
import Synchronization

/// A clock that tests set by hand; every look at it takes a millisecond.
public final class ManualClock: Sendable {
  private let time: Mutex<Int64>

  /// Creates a clock that shows 1 March 2026, 09:00 UTC.
  public init(microseconds: Int64 = 1_772_355_600_000_000) { time = Mutex(microseconds) }

  /// The time now, in microseconds since 1970 UTC.
  public func now() -> Int64 {
    time.withLock { time in
      time += 1000
      return time
    }
  }

  /// Sets the time, to the past too.
  public func set(_ microseconds: Int64) { time.withLock { $0 = microseconds } }
}

/// A store in a folder of its own, with its root key beside it.
///
/// The log is opened at the first use, and again at the first use after ``close()``. A test that
/// keeps the log in a variable must let it go before it closes the store: no environment is open
/// twice in a process.
public final class TemporaryStore {
  /// The folder that holds everything; removed at the end.
  public let folder: String
  /// The clock of the log.
  public let clock = ManualClock()
  /// The store.
  public var path: String { "\(folder)/store" }
  /// The root key file.
  public var rootKeyPath: String { "\(folder)/root.key" }

  private var opened: EventLog?

  /// Creates a store.
  ///
  /// - Parameter inMemory: Whether it lies in memory, where flushes cost nothing.
  public convenience init(isSimulated: Bool = false, inMemory: Bool = false) throws {
    try self.init(
      folder: inMemory
        ? MemoryFolder.make("wegmarke-test") : Folder.temporary("wegmarke-test"))
    try EventLog.create(store: path, rootKey: .file(rootKeyPath), isSimulated: isSimulated)
  }

  private init(folder: String) { self.folder = folder }

  deinit { try? Folder.remove(folder) }

  /// The log, open for writing.
  public var log: EventLog {
    get throws {
      if let opened { return opened }
      let log = try open(.write(waitingAtMost: .zero))
      opened = log
      return log
    }
  }

  /// Opens the log as another program would; the caller lets it go.
  public func open(_ access: EventLog.Access) throws -> EventLog {
    let clock = clock
    return try EventLog(
      store: path, access: access, rootKey: .file(rootKeyPath), now: { clock.now() })
  }

  /// Lets the log go; the next use opens it again.
  public func close() { opened = nil }

  /// Closes the log and checks it, every seal included.
  public func verify() throws {
    close()
    let report = try open(.read).verify(deep: true)
    guard report.isIntact else { throw DamagedStore(report: report) }
  }

  /// Runs a body on a copy of the store, which may be damaged: it is not verified.
  public func withCopy<R>(_ body: (TemporaryStore) throws -> R) throws -> R {
    close()
    let copy = TemporaryStore(folder: try Folder.temporary("wegmarke-test"))
    try TemporaryStore.copy(path, to: copy.path)
    try TemporaryStore.copy(rootKeyPath, to: copy.rootKeyPath)
    return try body(copy)
  }

  /// Makes a temporary store of files that lie elsewhere: a fixture.
  public static func copying(store: String, rootKey: String) throws -> TemporaryStore {
    let copy = TemporaryStore(folder: try Folder.temporary("wegmarke-test"))
    try TemporaryStore.copy(store, to: copy.path)
    try TemporaryStore.copy(rootKey, to: copy.rootKeyPath)
    return copy
  }

  /// Copies a file, or a folder with everything in it; files come out with mode 0600.
  public static func copy(_ source: String, to target: String) throws {
    let isFolder = try File(source, .read).isFolder()
    if isFolder {
      try Folder.create(target)
      for name in try Folder.names(source) {
        try copy("\(source)/\(name)", to: "\(target)/\(name)")
      }
    } else {
      let bytes = try Folder.contents(of: source)
      try File(target, .createNew).write(bytes.span, at: 0)
    }
  }

  /// Admits a participant with their first events.
  @discardableResult
  public func admit(
    _ externalID: String?, _ events: [JourneyEvent], idempotencyKey: [UInt8]? = nil
  ) throws -> ParticipantRef {
    let result = try log.append(
      AppendRequest(
        [.init(.admitted(0), expecting: .none, events)],
        admitting: [AppendRequest.Admission(externalID: externalID)],
        idempotencyKey: idempotencyKey))
    guard let ref = result.firstAdmitted else { throw NothingAdmitted() }
    return ref
  }

  /// Appends events to one stream.
  @discardableResult
  public func append(
    _ events: [JourneyEvent], to stream: StreamID, expecting expected: ExpectedVersion = .any,
    idempotencyKey: [UInt8]? = nil
  ) throws -> AppendResult {
    try log.append(
      AppendRequest(
        [.init(.stream(stream), expecting: expected, events)], idempotencyKey: idempotencyKey))
  }

  private struct NothingAdmitted: Error {}
}

/// A store that a test left damaged.
public struct DamagedStore: Error, CustomStringConvertible {
  /// What is wrong with it.
  public let report: VerificationReport
  /// The findings, for the test's output.
  public var description: String {
    "\(report.findingCount) findings: "
      + report.findings.prefix(10).map { "\($0)" }.joined(separator: "; ")
  }
}

/// Runs a test on a store of its own and verifies the whole log at the end, every seal included.
public func withTemporaryStore<R>(
  isSimulated: Bool = false, _ body: (TemporaryStore) throws -> R
) throws -> R {
  let store = try TemporaryStore(isSimulated: isSimulated)
  let result = try body(store)
  try store.verify()
  return result
}
