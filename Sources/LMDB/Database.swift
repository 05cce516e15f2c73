internal import CLMDB
internal import Synchronization

/// A named tree of keys and values in an environment.
///
/// A handle is good for the life of its environment, in every transaction that began after the name
/// was opened. Two handles are equal when they stand for the same opening.
public struct Database: Sendable, Hashable {
  /// The name under which the tree is stored.
  public let name: String
  let index: MDB_dbi
  // Distinguishes handles of other environments and of creations that were never committed: LMDB
  // would take their small numbers for another database.
  let tag: UInt64
}

/// The databases of an environment that are open by name.
///
/// Only the writer thread opens names (in a read-only environment: one thread at a time under the
/// lock), because LMDB forbids two transactions to do so at once.
@safe final class DatabaseTable: @unchecked Sendable {
  private static let lastTag = Atomic<UInt64>(0)

  private let byName = Mutex<[String: Database]>([:])
  private let tags: UnsafeMutablePointer<Atomic<UInt64>>
  private let capacity: Int

  init(maxDatabases: Int) {
    // LMDB keeps two more in front: its free list and the tree of names.
    capacity = maxDatabases + 2
    unsafe tags = .allocate(capacity: capacity)
    for index in 0..<capacity { unsafe (tags + index).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe tags.deinitialize(count: capacity)
    unsafe tags.deallocate()
  }

  func database(_ name: String) -> Database? { byName.withLock { $0[name] } }

  /// A handle that the transaction in which it was opened may use.
  func admit(name: String, index: MDB_dbi) -> Database {
    let tag = Self.lastTag.wrappingAdd(1, ordering: .relaxed).newValue
    precondition(Int(index) < capacity, "LMDB gave a handle above the number it was told")
    unsafe tags[Int(index)].store(tag, ordering: .relaxed)
    return Database(name: name, index: index, tag: tag)
  }

  /// Makes handles known by name once their transaction has been committed.
  func publish(_ databases: some Sequence<Database>) {
    byName.withLock { table in for database in databases { table[database.name] = database } }
  }

  /// Makes handles of an aborted transaction invalid.
  func withdraw(_ databases: some Sequence<Database>) {
    for database in databases { unsafe tags[Int(database.index)].store(0, ordering: .relaxed) }
  }

  /// Throws unless the handle was opened in this environment and is still good.
  @inline(__always)
  func check(_ database: Database) throws(LMDBError) {
    let index = Int(database.index)
    guard index < capacity, unsafe tags[index].load(ordering: .relaxed) == database.tag else {
      throw .staleDatabase(name: database.name)
    }
  }
}
