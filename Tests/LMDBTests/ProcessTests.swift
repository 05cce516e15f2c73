import Glibc
import LMDB
import Testing

@Suite("Another process")
struct ProcessTests {
  @Test("that is killed after a commit leaves the commit, and one killed before leaves nothing")
  func killed() async throws {
    let store = try TemporaryStore()
    let path = store.path
    let environment = store.environment
    let database = try environment.createDatabase("records")
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let environment = try Environment(path: path)
      let database = try environment.database("records")
      try environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
      try environment.write { transaction in
        try transaction.put(key: UInt64(2), value: [2].span, in: database)
        kill(getpid(), SIGKILL)
      }
    }
    // The dead writer's lock is taken over.
    try environment.write { try $0.put(key: UInt64(3), value: [3].span, in: database) }
    let values = try environment.read { try contents(of: database, in: $0).map(\.value) }
    #expect(values == [[1], [3]])
  }

  @Test("that is killed while it reads leaves a slot that the check frees")
  func staleReader() async throws {
    let store = try TemporaryStore()
    let path = store.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let environment = try Environment(path: path)
      try environment.read { _ in _ = kill(getpid(), SIGKILL) }
    }
    #expect(try store.environment.information().activeReaders == 1)
    #expect(try store.environment.staleReaderCheck() == 1)
    #expect(try store.environment.information().activeReaders == 0)
  }

  @Test("is refused the claim to write and told by whom, and gets it when it is free")
  func writerLock() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    do {
      let lock = try WriterLock(directory: path, program: "nightly import")
      let own = getpid()
      await #expect(processExitsWith: .success) { [path = path as String, own = own as Int32] in
        let expected = LMDBError.heldByAnotherWriter(pid: own, program: "nightly import")
        #expect(throws: expected) { _ = try WriterLock(directory: path) }
      }
      withExtendedLifetime(lock) {}
    }
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try WriterLock(directory: path)
      withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
    }
    _ = try WriterLock(directory: path)
  }
}

@Suite("A writer lock")
struct WriterLockTests {
  @Test("is refused to a second holder in the same process and names this one")
  func twice() throws {
    let folder = try TemporaryFolder()
    let lock = try WriterLock(directory: folder.path, program: "wegmarke")
    let refusal = LMDBError.heldByAnotherWriter(pid: getpid(), program: "wegmarke")
    #expect(throws: refusal) { _ = try WriterLock(directory: folder.path) }
    #expect(throws: refusal) {
      _ = try WriterLock(directory: folder.path, waitingAtMost: .milliseconds(50))
    }
    withExtendedLifetime(lock) {}
  }

  @Test("is free at once after its holder has let go, though a child being started shares its file")
  func sharedFile() throws {
    let folder = try TemporaryFolder()
    var copy: CInt = -1
    defer { close(copy) }
    do {
      let lock = try WriterLock(directory: folder.path)
      let own = try #require((CInt(0)..<1024).first { Self.target(of: $0).hasPrefix(folder.path) })
      // Between fork and exec a child has what `dup` makes: the same open file, the same lock.
      copy = dup(own)
      withExtendedLifetime(lock) {}
    }
    _ = try WriterLock(directory: folder.path)
  }

  /// The path of an open file of this process; empty when the number is none.
  private static func target(of descriptor: CInt) -> String {
    var link = [UInt8](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/fd/\(descriptor)", &link, link.count)
    return String(decoding: link[..<max(count, 0)], as: UTF8.self)
  }

  @Test("is free again after its holder has let go")
  func release() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<3 { _ = try WriterLock(directory: folder.path) }
  }

  @Test("is waited for up to the deadline")
  func waiting() throws {
    let folder = try TemporaryFolder()
    let lock = Holder(try WriterLock(directory: folder.path))
    let other = Turn()
    other.run { [path = folder.path] in
      // Let go in the middle of the wait of this thread.
      lock.release(afterMilliseconds: 60)
      _ = try WriterLock(directory: path, waitingAtMost: .seconds(60))
    }
    #expect(other.error == nil)
  }

  @Test("does not trust a name file that makes no sense")
  func garbage() throws {
    let folder = try TemporaryFolder()
    let lock = try WriterLock(directory: folder.path)
    let file = folder.path + "/" + WriterLock.fileName
    try #require(unsafe truncate(file, 0) == 0)
    #expect(throws: LMDBError.heldByAnotherWriter(pid: nil, program: nil)) {
      _ = try WriterLock(directory: folder.path)
    }
    withExtendedLifetime(lock) {}
    #expect(throws: LMDBError.missingStore(path: "/nowhere")) {
      _ = try WriterLock(directory: "/nowhere")
    }
  }
}
