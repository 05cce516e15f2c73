import Files
import Journey
public import Keyring
import LMDB

/// The environment of a log without the store around it: that of a store, or a copy in a backup.
///
/// Everything that needs no key can be asked of it, so that a backup can be checked by whoever
/// keeps it.
public struct LogImage: Sendable {
  /// The folder that holds `data.mdb`.
  public let folder: String
  /// The name of the log.
  public let origin: String
  /// Whether the store holds made-up data.
  public let isSimulated: Bool

  let environment: Environment
  let tables: EventLog.Tables
  /// The keys of the store, where they are at hand.
  let keyring: Keyring?

  init(
    folder: String, origin: String, isSimulated: Bool, environment: Environment,
    tables: EventLog.Tables, keyring: Keyring?
  ) {
    self.folder = folder
    self.origin = origin
    self.isSimulated = isSimulated
    self.environment = environment
    self.tables = tables
    self.keyring = keyring
  }

  /// Opens a copy of a log.
  ///
  /// - Parameters:
  ///   - folder: The folder that holds `data.mdb`; LMDB puts its `lock.mdb` beside it.
  ///   - isWritable: Whether increments shall be applied to it.
  ///   - keyring: The keys of the store it came from, for checking signatures.
  /// - Throws: `LogError` when it is no log, newer, or damaged.
  public init(
    folder: String, isWritable: Bool = false, keyring: Keyring? = nil
  ) throws(LogError) {
    do {
      let environment = try Environment(
        path: folder, options: isWritable ? EventLog.options(create: false) : .reading)
      let used = try environment.information().usedBytes
      guard try used <= Folder.size(ofFile: "\(folder)/data.mdb") else {
        throw LogError.truncated(path: folder, what: "data.mdb")
      }
      let tables = try EventLog.openTables(environment, path: folder)
      let facts = try EventLog.readFacts(environment, tables, path: folder)
      self.init(
        folder: folder, origin: facts.origin, isSimulated: facts.isSimulated,
        environment: environment, tables: tables, keyring: keyring)
    } catch { throw LogError(wrapping: EventLog.refined(error, folder)) }
  }

  /// Closes the environment; nothing may be asked of it afterwards.
  public func close() throws(LogError) {
    do { try environment.close() } catch { throw .store(error) }
  }

  /// The number of records.
  public func size() throws(LogError) -> UInt64 {
    try reading { try tables.size($0) }
  }

  static func size(
    _ transaction: borrowing some Transaction & ~Copyable, _ tables: EventLog.Tables
  ) throws -> UInt64 {
    var cursor = try transaction.cursor(tables.records)
    guard let last = try cursor.last() else { return 0 }
    guard let position = last.uint64Key, position < .max else {
      throw LogError.damaged(path: tables.path, what: tables.records.name)
    }
    return position + 1
  }

  /// The number of participants ever admitted.
  public func participantCount() throws(LogError) -> UInt32 {
    try reading { try tables.participantCount($0) }
  }

  /// The Merkle root over the first records, from the tree.
  public func root(size: UInt64) throws(LogError) -> [UInt8] {
    try reading { try tables.confirmedRoot(size: size, $0) }
  }

  /// Shows that the log as it was at a size begins as it was at an earlier one.
  func consistencyProof(from: UInt64, to: UInt64) throws(LogError) -> ConsistencyProof {
    try reading { transaction in
      try MerkleTiles.consistency(from: from, to: to) { level, index in
        try tables.tile(level, index, transaction)
      }
    }
  }

  /// When the last record was taken in, in microseconds since 1970 UTC; nil when there is none.
  public func recordedUntil() throws(LogError) -> Int64? {
    try reading { transaction in
      var cursor = try transaction.cursor(tables.records)
      guard let last = try cursor.last() else { return nil }
      return try EventLog.header(last.value, at: last.uint64Key ?? .max).recordedAt
    }
  }

  /// Checks the whole image: see `EventLog.verify`.
  ///
  /// Without keys the signatures on checkpoints play no part, and nothing can be deep.
  public func verify(
    deep: Bool = false, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(LogError) -> VerificationReport {
    var verification: LogVerification
    do throws(LMDBError) { verification = try LogVerification(self, deep: deep) } catch {
      throw .store(error)
    }
    while true {
      // A log that lost its end has no size, but can be looked at.
      let total = (try? size()) ?? 0
      let isDone = try reading { transaction in
        guard try verification.readBatch(transaction) else { return false }
        try verification.finish(transaction)
        return true
      }
      progress(verification.next, max(total, verification.next))
      if isDone { return verification.report }
    }
  }

  func reading<R>(_ body: (borrowing ReadTransaction) throws -> R) throws(LogError) -> R {
    do { return try environment.read(body) } catch { throw LogError(wrapping: error) }
  }
}

// What verification asks of a log.
extension LogImage {
  /// The public key that checkpoints are signed with; nil where no key is at hand.
  var verifierKey: NoteKey? {
    keyring?.verifyingKey.flatMap { NoteKey(name: origin, key: $0) }
  }

  /// The database of signed checkpoints; nil where nothing was signed yet.
  func checkpoints() throws(LMDBError) -> Database? {
    do throws(LMDBError) { return try environment.database(EventLog.checkpointTable) } catch {
      if case .missingDatabase = error { return nil }
      throw error
    }
  }

  /// The table of orders to destroy keys; nil where nobody was ever to be erased.
  func erasures() throws(LMDBError) -> Database? {
    do throws(LMDBError) { return try environment.database(EventLog.erasureTable) } catch {
      if case .missingDatabase = error { return nil }
      throw error
    }
  }

  /// What is wrong with a checkpoint by a reader of the tree; without a key the signature plays no
  /// part.
  func problem<Failure>(
    of signed: SignedCheckpoint, logSize: UInt64, root: (UInt64) throws(Failure) -> [UInt8]
  ) throws(Failure) -> CheckpointProblem? {
    let checkpoint = signed.checkpoint
    guard checkpoint.origin == origin else { return .otherOrigin(checkpoint.origin) }
    switch verifierKey.map(signed.note.verdict) {
    case .unsigned?: return .unsigned
    case .invalid?: return .wrongSignature
    case .valid?, nil: break
    }
    guard checkpoint.size <= logSize else { return .beyondEnd(logSize: logSize) }
    let found = try root(checkpoint.size)
    return found == checkpoint.root ? nil : .otherRoot(found: found)
  }

  func codeTag(_ code: ParticipantCode) throws(KeyringError) -> [UInt8]? {
    try keyring?.lookupTag("code", code.description)
  }

  func externalTag(_ id: String) throws(KeyringError) -> [UInt8]? {
    try keyring?.lookupTag("external", id)
  }
}

extension EventLog {
  /// The environment of this log with its keys: what backups are made of.
  public var image: LogImage {
    LogImage(
      folder: "\(path)/log", origin: origin, isSimulated: isSimulated, environment: environment,
      tables: tables, keyring: keyring)
  }
}

extension LogImage {
  /// Writes a compact copy of the environment into a folder, while others go on writing.
  ///
  /// The copy is one long reader: pages that are freed meanwhile are used again only after it.
  ///
  /// - Throws: `LogError.store` as `Environment.copy` says.
  public func copy(to folder: String) throws(LogError) {
    do { try environment.copy(toDirectory: folder) } catch { throw .store(error) }
  }
}
