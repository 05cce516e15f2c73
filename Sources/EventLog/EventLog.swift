public import Files
public import Keyring
public import LMDB
import Synchronization

/// The append-only log of one store: the only truth, from which everything else is derived.
///
/// A store is a folder with `log` (an LMDB environment), `keys` (see `Keyring`) and `views`. The
/// log is opened once in a process; any number of processes read it, one writes.
public final class EventLog: Sendable {
  /// The folder of the store.
  public let path: String
  /// The name of this log in proofs and certificates: random, made with the store.
  public let origin: String
  /// The keys that open it; others after an erasure.
  public var keyring: Keyring { keys.withLock { $0.keyring } }
  /// Whether the store holds made-up data.
  public let isSimulated: Bool

  let keys: Mutex<Keys>
  /// The file of the root key.
  let rootKeyPath: String
  let environment: Environment
  let tables: Tables
  let now: @Sendable () -> Int64
  let queue = AppendQueue()
  /// The log of who read what, once it was needed.
  let access = Mutex<AccessLog?>(nil)
  // Held for as long as the log is open for writing: another program is refused, not kept waiting.
  private let writerLock: WriterClaim?

  /// The version of the store that this program writes; it reads and continues earlier ones, too.
  public static let version: UInt32 = 2

  /// How to open a log.
  public enum Access: Sendable {
    /// Reading, beside any writer.
    case read
    /// Reading and writing; refused while another program writes.
    case write(waitingAtMost: Duration)
  }

  /// The named databases of the environment.
  struct Tables: Sendable {
    /// The folder they lie in, for messages.
    let path: String
    /// position u64 → record.
    let records: Database
    /// stream kind u8, ref u32 → version u32, last position u64.
    let streams: Database
    /// level u8, index u64 → up to 256 hashes; see `keepsLeaves`.
    let tree: Database
    /// idempotency key → first position u64, count u32, keyed digest.
    let requests: Database
    /// keyed digest of a code or external id → ref u32.
    let participants: Database
    /// name → value.
    let meta: Database
    /// Whether full tiles of leaves are stored, as in version 1; otherwise records give their hashes.
    let keepsLeaves: Bool
  }

  /// The keys in use, and whether the root key that opened them still waits beside the old one.
  struct Keys: Sendable {
    var keyring: Keyring
    var usesSuccessor: Bool
  }

  /// A class around the noncopyable lock, so that the log can hold it as long as it lives.
  final class WriterClaim: Sendable {
    let lock: WriterLock
    init(_ lock: consuming WriterLock) { self.lock = lock }
  }

  /// Opens the log of a store.
  ///
  /// Opening it for writing carries out erasures that a crash interrupted, or that keys from an older
  /// copy do not know; opening it for reading refuses then.
  ///
  /// - Throws: `LogError` when there is no store, it is newer or damaged, keys are missing, another
  ///   program writes it, or log and keys do not belong together.
  public convenience init(
    store path: String, access: Access, rootKey: RootKeySource,
    now: @escaping @Sendable () -> Int64 = SystemClock.microseconds
  ) throws(LogError) {
    try self.init(unsettled: path, access: access, rootKey: rootKey, now: now)
    try settleInterruptedTransfers()
    // Keys of roles destroy nothing.
    guard isWritable, keyring.hasRootKey else {
      try refuseUnsettledKeys()
      return
    }
    try carryOutOrders()
    try tidyKeyFile()
    do throws(KeyringError) { try keyring.mendRoleRings() } catch { throw .keys(error) }
  }

  /// Removes what a killed change of the key file left, and notes which store the file serves.
  private func tidyKeyFile() throws(LogError) {
    do throws(FileError) {
      try Folder.destroyUnfinishedReplacements(of: rootKeyPath)
    } catch { throw .file(error) }
    keyring.noteKeyFile(rootKeyPath, serves: path)
  }

  /// Opens the log whatever stands between it and its keys: for settling just that.
  init(
    unsettled path: String, access: Access, rootKey: RootKeySource,
    now: @escaping @Sendable () -> Int64
  ) throws(LogError) {
    let folder = "\(path)/log"
    do {
      guard Folder.exists(path) else { throw LogError.noStore(path: path) }
      guard Folder.exists("\(folder)/data.mdb") else { throw LogError.notAStore(path: path) }
      var claim: WriterClaim?
      if case .write(let patience) = access {
        claim = WriterClaim(try WriterLock(directory: folder, waitingAtMost: patience))
      }
      self.writerLock = claim
      // A reader opens read-only: opening names in a writable environment waits for its writer.
      let environment = try Environment(
        path: folder, options: claim == nil ? .reading : EventLog.options(create: false))
      // LMDB would be killed by the system at the first page behind the end of the file.
      let used = try environment.information().usedBytes
      guard try used <= Folder.size(ofFile: "\(folder)/data.mdb") else {
        throw LogError.truncated(path: path, what: "data.mdb")
      }
      self.environment = environment
      self.tables = try EventLog.openTables(environment, path: path)
      self.path = path
      let facts = try EventLog.readFacts(environment, tables, path: path)
      self.origin = facts.origin
      self.isSimulated = facts.isSimulated
      self.rootKeyPath = rootKey.path(facts.origin)
      let opened = try Keyring.open(
        folder: "\(path)/keys", rootKey: rootKeyPath, origin: facts.origin,
        passphrase: rootKey.passphrase)
      self.keys = Mutex(Keys(keyring: opened.keyring, usesSuccessor: opened.usesSuccessor))
      if claim != nil { try opened.keyring.require([.writing]) }
      self.now = now
    } catch { throw LogError(wrapping: EventLog.refined(error, path)) }
  }

  /// Whether the log may be appended to.
  public var isWritable: Bool { writerLock != nil }

  /// Facts about the environment: map size, bytes used, readers.
  public func environmentInformation() throws(LogError) -> EnvironmentInfo {
    do { return try environment.information() } catch { throw .store(error) }
  }

  static func options(create: Bool) -> EnvironmentOptions {
    var options = EnvironmentOptions()
    options.create = create
    options.maxDatabases = 16
    return options
  }

  static func openTables(_ environment: Environment, path: String) throws -> Tables {
    do {
      // A foreign environment has no records, and is told by that.
      let records = try environment.database("records")
      let meta = try environment.database("meta")
      let format = try environment.read { try $0.value(for: formatName.span, in: meta)?.copied() }
      return Tables(
        path: path, records: records,
        streams: try environment.database("streams"), tree: try environment.database("tree"),
        requests: try environment.database("requests"),
        participants: try environment.database("participants"), meta: meta,
        keepsLeaves: format == [0, 0, 0, 1])
    } catch LMDBError.missingDatabase(let name) {
      throw name == "records"
        ? LogError.notAStore(path: path) : LogError.truncated(path: path, what: name)
    }
  }

  /// The name in `meta` of the store's version.
  private static let formatName = Array("format".utf8)

  static func readFacts(
    _ environment: Environment, _ tables: Tables, path: String
  ) throws -> (origin: String, isSimulated: Bool) {
    try environment.read { transaction in
      guard let format = try meta("format", transaction, tables), format.count == 4 else {
        throw LogError.notAStore(path: path)
      }
      let version = format.bigEndian32(at: 0)
      guard version <= EventLog.version else {
        throw LogError.newerVersion(path: path, version: version)
      }
      guard let origin = try meta("origin", transaction, tables) else {
        throw LogError.truncated(path: path, what: "origin")
      }
      let simulated = try meta("simulated", transaction, tables)
      // Older stores have no checksum over their facts.
      if let stored = try meta("facts", transaction, tables) {
        let found = try Tables.checksum(ofFacts: { try meta($0, transaction, tables) })
        guard stored == found else { throw LogError.damaged(path: path, what: "meta") }
      }
      return (String(decoding: origin, as: UTF8.self), simulated == [1])
    }
  }

  static func meta(
    _ name: String, _ transaction: borrowing some Transaction & ~Copyable, _ tables: Tables
  ) throws(LMDBError) -> [UInt8]? {
    let key = Array(name.utf8)
    return try transaction.value(for: key.span, in: tables.meta)?.copied()
  }

  static func refined(_ error: any Error, _ path: String) -> any Error {
    switch error {
    case LMDBError.notAStore, LMDBError.missingStore: LogError.notAStore(path: path)
    case LMDBError.incompatibleVersion: LogError.newerVersion(path: path, version: 0)
    case LMDBError.corrupted: LogError.truncated(path: path, what: "data.mdb")
    default: error
    }
  }
}

/// Where the key comes from: the root key, or the key of a role.
public struct RootKeySource: Sendable {
  /// The path of the key file of a store, by its origin.
  public let path: @Sendable (_ origin: String) -> String
  /// Asks for the passphrase of a key file that is sealed under one.
  public let passphrase: PassphraseSource

  /// A key file at a path that depends on the store's origin.
  public init(
    path: @escaping @Sendable (_ origin: String) -> String,
    passphrase: @escaping PassphraseSource = { (_: String) throws(KeyringError) in nil }
  ) {
    self.path = path
    self.passphrase = passphrase
  }

  /// A key file.
  public static func file(_ path: String) -> RootKeySource { RootKeySource(path: { _ in path }) }

  func read(origin: String) throws(KeyringError) -> StoreKey {
    try StoreKey.read(at: path(origin), origin: origin, passphrase: passphrase)
  }

  func create(origin: String) throws(KeyringError) -> RootKey {
    try RootKey.create(at: path(origin), origin: origin)
  }
}
