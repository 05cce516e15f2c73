internal import Glibc
internal import Synchronization

/// A directory, whatever path leads to it.
struct DirectoryIdentity: Hashable, Sendable {
  let device: UInt64
  let inode: UInt64
}

/// The directories whose environments are open in this process.
///
/// LMDB loses its `fcntl` locks, and so other processes' trust, when a process opens an
/// environment twice and closes one of the two. Hence one registry for the whole process.
enum OpenEnvironments {
  private static let registered = Mutex<Set<DirectoryIdentity>>([])

  /// Notes a directory as open; false when it was noted already.
  static func register(_ identity: DirectoryIdentity) -> Bool {
    registered.withLock { $0.insert(identity).inserted }
  }

  static func unregister(_ identity: DirectoryIdentity) {
    _ = registered.withLock { $0.remove(identity) }
  }
}

extension DirectoryIdentity {
  init(path: String) throws(LMDBError) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else {
      let code = errno
      throw code == ENOENT
        ? .missingStore(path: path) : .system(operation: "stat", path: path, code: code)
    }
    guard facts.st_mode & S_IFMT == S_IFDIR else { throw .notAStore(path: path) }
    self.init(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
  }
}
