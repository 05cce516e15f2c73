import Glibc
import LMDB
import Testing

@testable import LMDB

/// A file system of a few megabytes that really fills up.
private final class SmallDisk {
  let folder: TemporaryFolder
  var path: String { folder.path }

  init(megabytes: Int) throws {
    folder = try TemporaryFolder()
    let options = "size=\(megabytes)m"
    let code = unsafe options.withCString { options in
      unsafe mount("tmpfs", folder.path, "tmpfs", 0, options)
    }
    guard code == 0 else {
      throw LMDBError.system(operation: "mount", path: folder.path, code: errno)
    }
  }

  deinit { unsafe umount2(folder.path, CInt(MNT_DETACH)) }

  static let isPossible: Bool = {
    guard geteuid() == 0 else { return false }
    return (try? SmallDisk(megabytes: 1)) != nil
  }()
}

@Suite("A failing disk")
struct FailureTests {
  @Test(
    "that is full is reported as such, and the environment stays usable",
    .enabled(if: SmallDisk.isPossible, "only root can mount a small tmpfs"))
  func diskFull() throws {
    let disk = try SmallDisk(megabytes: 4)
    let path = disk.path + "/store"
    let environment = try Environment(path: path, options: .creating)
    let database = try environment.createDatabase("records")
    try environment.write { try $0.put(key: UInt64(0), value: [1].span, in: database) }
    let ballast = disk.path + "/ballast"
    try write(bytes: 3 << 20, to: ballast)

    let fill: () throws -> Void = {
      try environment.write { transaction in
        try transaction.put(
          key: UInt64(1), value: [UInt8](repeating: 1, count: 2 << 20).span, in: database)
      }
    }
    do {
      try fill()
      Issue.record("2 MiB fitted into a full disk")
    } catch LMDBError.diskFull(let where_, let free) {
      #expect(where_ == path)
      #expect(free < 1 << 20)
    }
    #expect(try stored(0, in: database, of: environment) == [1])
    #expect(try environment.read { try $0.count(database) } == 1)
    #expect(throws: LMDBError.self) { try environment.copy(toDirectory: "/dev/null/x") }

    #expect(unsafe unlink(ballast) == 0)
    try fill()
    #expect(try environment.read { try $0.count(database) } == 2)
    do {
      try environment.copy(toDirectory: disk.path + "/copy")
      Issue.record("a second copy fitted into a full disk")
    } catch .diskFull {
      #expect(unsafe access(disk.path + "/copy/data.mdb.partial", F_OK) != 0)
    }
    try environment.close()
  }

  @Test("that refuses data pages loses nothing, and writing goes on when it recovers")
  func dataPages() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try withFullDevice(inPlaceOf: try descriptor(of: store, synchronous: false)) {
      do {
        try environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
        Issue.record("a commit to a full device succeeded")
      } catch LMDBError.diskFull {
      }
    }
    #expect(try environment.read { try $0.count(database) } == 0)
    try environment.write { try $0.put(key: UInt64(2), value: [2].span, in: database) }
    #expect(try environment.read { try $0.count(database) } == 1)
  }

  @Test("that refuses the meta page leaves the outcome open and ends writing until reopened")
  func metaPage() async throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
    try withFullDevice(inPlaceOf: try descriptor(of: store, synchronous: true)) {
      #expect(throws: LMDBError.outcomeUnknown(path: store.path, code: ENOSPC)) {
        try environment.write { try $0.put(key: UInt64(2), value: [2].span, in: database) }
      }
    }
    let refusal = LMDBError.poisoned(path: store.path, code: ENOSPC)
    #expect(throws: refusal) { try environment.write { _ in } }
    await #expect(throws: refusal) { try await environment.writeAsync { _ in } }
    #expect(throws: LMDBError.self) { try environment.read { _ in } }
    try environment.close()
    let again = try Environment(path: store.path)
    let reopened = try again.database("records")
    try again.write { try $0.put(key: UInt64(3), value: [3].span, in: reopened) }
    #expect(try stored(1, in: reopened, of: again) == [1])
    #expect(try stored(3, in: reopened, of: again) == [3])
  }

  @Test(
    "decides between full and broken by the space that is free",
    arguments: [
      (ENOSPC, false, 1 << 30, LMDBError.diskFull(path: "/x", freeBytes: 1 << 30)),
      (EDQUOT, false, 1 << 30, .diskFull(path: "/x", freeBytes: 1 << 30)),
      (EIO, false, 4096, .diskFull(path: "/x", freeBytes: 4096)),
      (EIO, false, 1 << 20, .outcomeUnknown(path: "/x", code: EIO)),
      (EIO, true, 4096, .outcomeUnknown(path: "/x", code: EIO)),
      (ENOSPC, true, 0, .outcomeUnknown(path: "/x", code: ENOSPC)),
      (EINVAL, false, 0, nil),
    ] as [(CInt, Bool, UInt64, LMDBError?)])
  func judgement(code: CInt, isPanicking: Bool, freeBytes: UInt64, verdict: LMDBError?) {
    #expect(
      MemoryMap.judgeCommit(code, isPanicking: isPanicking, freeBytes: freeBytes, path: "/x")
        == verdict)
  }

  /// LMDB's own descriptor of the data file: one for data pages, a synchronous one for meta pages.
  private func descriptor(of store: TemporaryStore, synchronous: Bool) throws -> CInt {
    var own = stat()
    try #require(unsafe stat(store.path + "/data.mdb", &own) == 0)
    for descriptor in CInt(3)..<1024 {
      var facts = stat()
      let flags = fcntl(descriptor, F_GETFL)
      guard flags >= 0, unsafe fstat(descriptor, &facts) == 0 else { continue }
      let isOwn = facts.st_dev == own.st_dev && facts.st_ino == own.st_ino
      if isOwn, (flags & O_DSYNC != 0) == synchronous { return descriptor }
    }
    throw LMDBError.missingStore(path: store.path)
  }

  /// Lets every write to a descriptor fail with ENOSPC during the body.
  private func withFullDevice(inPlaceOf descriptor: CInt, _ body: () throws -> Void) throws {
    let kept = dup(descriptor)
    let full = unsafe open("/dev/full", O_RDWR | O_CLOEXEC)
    try #require(kept >= 0 && full >= 0)
    defer {
      dup2(kept, descriptor)
      close(kept)
      close(full)
    }
    try #require(dup2(full, descriptor) == descriptor)
    try body()
  }

  private func write(bytes: Int, to path: String) throws {
    let descriptor = unsafe open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    let block = [UInt8](repeating: 0, count: bytes)
    let count = unsafe block.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    close(descriptor)
    try #require(count > 0)
  }
}
