internal import CLMDB

/// The state of an environment, for a status page.
public struct EnvironmentInfo: Sendable, Equatable {
  /// Bytes of address space.
  public let mapSize: Int
  /// Bytes up to the last page in use, free pages in between included: about the size of the file.
  public let usedBytes: Int
  /// Bytes of a page.
  public let pageSize: Int
  /// The number of the last committed transaction.
  public let lastTransactionID: UInt64
  /// The number of read transactions that can run at once.
  public let maxReaders: Int
  /// The number of read transactions that run now, in all processes.
  public let activeReaders: Int
  /// The snapshot of the oldest of them.
  public let oldestReaderID: UInt64?
  /// The process that holds it, by its number in that process's container.
  public let oldestReaderProcess: Int32?

  /// How many commits the oldest reader is behind; pages freed since cannot be used again.
  public var oldestReaderLag: UInt64 {
    guard let oldestReaderID, oldestReaderID < lastTransactionID else { return 0 }
    return lastTransactionID - oldestReaderID
  }
}

extension Environment {
  /// The state of the environment now.
  ///
  /// - Throws: `closed`.
  public func information() throws(LMDBError) -> EnvironmentInfo {
    try map.gate.enter()
    defer { map.gate.leave() }
    var facts = unsafe MDB_envinfo()
    var tree = MDB_stat()
    unsafe mdb_env_info(map.handle, &facts)
    unsafe mdb_env_stat(map.handle, &tree)
    let readers = unsafe readerSnapshots(of: map.handle)
    return unsafe EnvironmentInfo(
      mapSize: facts.me_mapsize,
      usedBytes: (facts.me_last_pgno + 1) * Int(tree.ms_psize),
      pageSize: Int(tree.ms_psize),
      lastTransactionID: UInt64(facts.me_last_txnid),
      maxReaders: Int(facts.me_maxreaders),
      activeReaders: readers.count,
      oldestReaderID: readers.min { $0.snapshot < $1.snapshot }?.snapshot,
      oldestReaderProcess: readers.min { $0.snapshot < $1.snapshot }?.process)
  }
}

/// The snapshot of one reader.
private struct ReaderSnapshot {
  let process: Int32?
  let snapshot: UInt64
}

/// The snapshots that readers of all processes hold.
///
/// LMDB gives them as lines of text only: process, thread, and snapshot or "-" for a free slot.
@unsafe
private func readerSnapshots(of environment: OpaquePointer) -> [ReaderSnapshot] {
  var snapshots: [ReaderSnapshot] = []
  unsafe withUnsafeMutablePointer(to: &snapshots) { snapshots in
    _ = unsafe mdb_reader_list(
      environment,
      { line, context in
        guard let line = unsafe line, let context = unsafe context else { return 0 }
        let fields = unsafe String(cString: line).split { $0 == " " || $0 == "\n" }
        // The heading has three words too, but the last of them is no number.
        if fields.count == 3, let snapshot = UInt64(fields[2]) {
          unsafe context.assumingMemoryBound(to: [ReaderSnapshot].self).pointee.append(
            ReaderSnapshot(process: Int32(fields[0]), snapshot: snapshot))
        }
        return 0
      }, snapshots)
  }
  return snapshots
}
