import Files
import Keyring
import LMDB
import Synchronization

/// What is wrong with a checkpoint that says it is of this log.
public enum CheckpointProblem: Error, Equatable, Sendable {
  /// It is not a signed checkpoint.
  case unreadable(ProofFormatError)
  /// It is of another log.
  case otherOrigin(String)
  /// The key of this log did not sign it.
  case unsigned
  /// The keys at hand hold none that signs checkpoints, so nobody can tell.
  case noKey
  /// A signature says it is of this log's key, and is wrong.
  case wrongSignature
  /// The log has fewer records: its end is missing.
  case beyondEnd(logSize: UInt64)
  /// The log had another root at this size: what stood there then was changed.
  case otherRoot(found: [UInt8])
}

extension EventLog {
  /// The public key that checkpoints are signed with; nil before the first one of an old store.
  public var verifierKey: NoteKey? {
    keyring.verifyingKey.flatMap { NoteKey(name: origin, key: $0) }
  }

  // MARK: Checkpoints

  /// The name of the database: size u64 → signed note; made at the first checkpoint.
  static let checkpointTable = "checkpoints"

  /// The database of signed checkpoints; nil where nothing was signed yet.
  func checkpoints() throws(LMDBError) -> Database? { try image.checkpoints() }

  /// The checkpoint that was signed last; nil where nothing was signed yet.
  ///
  /// - Throws: `LogError.truncated` when what is stored is no checkpoint.
  public func lastCheckpoint() throws(LogError) -> SignedCheckpoint? {
    let bytes: [UInt8]?
    do {
      guard let table = try checkpoints() else { return nil }
      bytes = try reading { transaction in
        var cursor = try transaction.cursor(table)
        return try cursor.last()?.value.copied()
      }
    } catch { throw LogError(wrapping: error) }
    return try bytes.map { bytes throws(LogError) in try signed(bytes) }
  }

  /// The checkpoint that was signed at a size; nil where none was.
  ///
  /// - Throws: `LogError.truncated` when what is stored is no checkpoint.
  public func checkpoint(size: UInt64) throws(LogError) -> SignedCheckpoint? {
    let bytes: [UInt8]?
    do {
      guard let table = try checkpoints() else { return nil }
      bytes = try reading { try $0.value(for: size, in: table)?.copied() }
    } catch { throw LogError(wrapping: error) }
    return try bytes.map { bytes throws(LogError) in try signed(bytes) }
  }

  /// The sizes at which a checkpoint was signed, smallest first.
  public func signedSizes() throws(LogError) -> [UInt64] {
    do {
      guard let table = try checkpoints() else { return [] }
      return try reading { transaction in
        var sizes: [UInt64] = []
        var cursor = try transaction.cursor(table)
        var entry = try cursor.first()
        while let current = entry {
          if let size = current.uint64Key { sizes.append(size) }
          entry = try cursor.next()
        }
        return sizes
      }
    } catch { throw LogError(wrapping: error) }
  }

  private func signed(_ bytes: [UInt8]) throws(LogError) -> SignedCheckpoint {
    do throws(ProofFormatError) { return try SignedCheckpoint(parsing: bytes) } catch {
      throw .truncated(path: path, what: EventLog.checkpointTable)
    }
  }

  /// What the next checkpoint would say: the log as it is now.
  ///
  /// - Throws: `LogError.forked` when the log does not continue the checkpoint signed last.
  public func nextCheckpoint() throws(LogError) -> Checkpoint {
    let size = try size()
    if let last = try lastCheckpoint(), try check(last) != nil {
      throw .forked(signed: last.checkpoint.size, size: size)
    }
    return Checkpoint(origin: origin, size: size, root: try root(size: size))
  }

  /// Signs the log as it is now, and remembers that for ever.
  ///
  /// It refuses when it does not continue the checkpoint that it signed last; at the same size it gives
  /// the same note again. What it signed stands in the log itself: an older copy of it, put back, knows
  /// nothing of it and signs another history.
  ///
  /// - Throws: `LogError.forked`, `.readOnly`, and the errors of a write.
  public func signCheckpoint() throws(LogError) -> SignedCheckpoint {
    guard isWritable else { throw .readOnly }
    do {
      // Not beside an append, and not beside another signature.
      return try queue.leader.withLock { _ in
        try keyring.makeSigningKey()
        guard let key = verifierKey else { throw KeyringError.noSigningKey }
        let next = try nextCheckpoint()
        if let last = try lastCheckpoint(), last.checkpoint.size == next.size { return last }
        let signed = try SignedCheckpoint(next, by: key) { message throws(KeyringError) in
          try keyring.sign(message)
        }
        let table = try environment.createDatabase(EventLog.checkpointTable)
        let note = Array(signed.text.utf8)
        try environment.write { transaction in
          try transaction.append(key: next.size, value: note.span, to: table)
        }
        return signed
      }
    } catch { throw LogError(wrapping: error) }
  }

  /// What is wrong with a checkpoint of this log; nil when it holds.
  ///
  /// The root is taken from the tree; `verify` compares the tree with the records.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func check(_ signed: SignedCheckpoint) throws(LogError) -> CheckpointProblem? {
    let size = try size()
    if signed.checkpoint.origin == origin, verifierKey == nil { return .noKey }
    return try image.problem(of: signed, logSize: size) { size throws(LogError) in
      try root(size: size)
    }
  }

  // MARK: Proofs

  /// Shows that a record stands in the log as it was at a size.
  ///
  /// - Throws: `LogError.noSuchPosition` when it does not.
  public func inclusionProof(of position: Position, size: UInt64) throws(LogError)
    -> InclusionProof
  {
    let all = try self.size()
    guard position.number < min(size, all), size <= all else {
      throw .noSuchPosition(size <= all ? position : Position(size - 1), size: min(size, all))
    }
    return try reading { transaction in
      try MerkleTiles.inclusion(of: position.number, size: size) { level, index in
        try tables.tile(level, index, transaction)
      }
    }
  }

  /// Shows that the log as it was at a size begins as it was at an earlier one.
  ///
  /// - Throws: `LogError.noSuchPosition` when it never had these sizes.
  public func consistencyProof(from: UInt64, to: UInt64) throws(LogError) -> ConsistencyProof {
    let all = try size()
    guard from <= to, to <= all else {
      throw .noSuchPosition(Position(max(from, to, 1) - 1), size: min(to, all))
    }
    return try reading { transaction in
      try MerkleTiles.consistency(from: from, to: to) { level, index in
        try tables.tile(level, index, transaction)
      }
    }
  }
}
