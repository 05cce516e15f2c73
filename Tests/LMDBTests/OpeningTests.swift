import Glibc
import LMDB
import Testing

@testable import LMDB

@Suite("Opening an environment")
struct OpeningTests {
  @Test("creates a private folder with private files")
  func modes() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/store"
    let environment = try Environment(path: path, options: .creating)
    _ = try environment.createDatabase("records")
    #expect(try mode(of: path) == 0o700)
    #expect(try mode(of: path + "/data.mdb") == 0o600)
    #expect(try mode(of: path + "/lock.mdb") == 0o600)
  }

  @Test("refuses a missing store when it is not to create one", arguments: [false, true])
  func missing(readOnly: Bool) throws {
    let folder = try TemporaryFolder()
    var options = EnvironmentOptions()
    options.readOnly = readOnly
    for path in [folder.path, folder.path + "/nowhere"] {
      #expect(throws: LMDBError.missingStore(path: path)) {
        try Environment(path: path, options: options)
      }
    }
    #expect(unsafe access(folder.path + "/data.mdb", F_OK) != 0)
  }

  @Test("refuses a file that is not a store and leaves it as it was", arguments: [0, 5, 10_000])
  func notAStore(bytes: Int) throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/data.mdb"
    try write(Array(repeating: 0x41, count: bytes), to: file)
    #expect(throws: LMDBError.notAStore(path: folder.path)) {
      try Environment(path: folder.path)
    }
    #expect(try size(of: file) == bytes)
    if bytes > 0 {
      #expect(throws: LMDBError.notAStore(path: folder.path)) {
        try Environment(path: folder.path, options: .creating)
      }
      #expect(try size(of: file) == bytes)
    }
  }

  @Test("refuses a path that is a file")
  func file() throws {
    let folder = try TemporaryFolder()
    try write([1], to: folder.path + "/x")
    #expect(throws: LMDBError.notAStore(path: folder.path + "/x")) {
      try Environment(path: folder.path + "/x")
    }
  }

  @Test("refuses a second opening in one process, by whatever path")
  func twice() throws {
    let store = try TemporaryStore()
    unsafe symlink(store.path, store.path + "/link")
    for path in [store.path, store.path + "/.", store.path + "/link"] {
      #expect(throws: LMDBError.alreadyOpen(path: path)) { try Environment(path: path) }
    }
    try store.environment.close()
    let again = try Environment(path: store.path)
    #expect(again.path == store.path)
  }

  @Test("is possible again after the last reference went, and after an opening that failed")
  func release() throws {
    let folder = try TemporaryFolder()
    for round in 0..<20 {
      let environment = try Environment(path: folder.path, options: .creating)
      let database = try environment.createDatabase("rounds")
      try environment.write { transaction in
        try transaction.append(key: UInt64(round), value: [1].span, to: database)
      }
      #expect(try environment.read { try $0.count(database) } == round + 1)
    }
    #expect(throws: LMDBError.self) {
      try Environment(path: folder.path, options: .init(), fileSystemType: 0x6969)
    }
    _ = try Environment(path: folder.path)
  }

  @Test(
    "refuses file systems of the network and of user space",
    arguments: [
      (0x6969, "NFS"), (0xFF53_4D42, "CIFS"), (0xFE53_4D42, "SMB2"), (0x6573_5546, "FUSE"),
      (0x0102_1997, "9P"), (0x5346_414F, "AFS"), (0x00C3_6400, "Ceph"),
      (Int(Int32(bitPattern: 0xFF53_4D42)), "CIFS"),
    ])
  func fileSystems(type: Int, kind: String) throws {
    let folder = try TemporaryFolder()
    #expect(throws: LMDBError.unsuitableFileSystem(path: folder.path, kind: kind)) {
      try Environment(path: folder.path, options: .creating, fileSystemType: type)
    }
    #expect(unsafe access(folder.path + "/data.mdb", F_OK) != 0)
  }

  @Test(
    "takes local file systems, overlayfs among them",
    arguments: [
      0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630,
    ])
  func localFileSystems(type: Int) {
    #expect(FileSystemVerdict.judging(type: type) == .suitable)
  }

  @Test("for reading refuses writes and finds what is there")
  func readOnly() throws {
    let folder = try TemporaryFolder()
    do {
      let environment = try Environment(path: folder.path, options: .creating)
      let database = try environment.createDatabase("records")
      try environment.write { try $0.put(key: UInt64(7), value: [1, 2].span, in: database) }
    }
    let environment = try Environment(path: folder.path, options: .reading)
    let database = try environment.database("records")
    #expect(try environment.database("records") == database)
    #expect(try stored(7, in: database, of: environment) == [1, 2])
    let refusal = LMDBError.readOnly(path: folder.path)
    #expect(throws: refusal) { try environment.write { _ in } }
    #expect(throws: refusal) { try environment.createDatabase("other") }
    #expect(throws: refusal) { try environment.sync() }
    #expect(throws: LMDBError.missingDatabase(name: "other")) {
      try environment.database("other")
    }
  }

  @Test("refuses every use after closing")
  func closed() async throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.close()
    let refusal = LMDBError.closed(path: store.path)
    #expect(throws: refusal) { try environment.read { _ in } }
    #expect(throws: refusal) { try environment.write { _ in } }
    await #expect(throws: refusal) { try await environment.writeAsync { _ in } }
    #expect(throws: refusal) { try environment.information() }
    #expect(throws: refusal) { try environment.close() }
    #expect(try environment.database("records") == database)
  }

  @Test("names what is wrong in every message and says what to do")
  func messages() {
    let errors: [LMDBError] = [
      .heldByAnotherWriter(pid: 42, program: "importer"), .diskFull(path: "/x", freeBytes: 17),
      .outcomeUnknown(path: "/x", code: EIO), .missingDatabase(name: "people"),
    ]
    for (error, fact) in zip(errors, ["importer (process 42)", "17 bytes", "code 5", "people"]) {
      #expect(error.message.contains(fact))
      #expect(!error.advice.isEmpty)
    }
  }

  private func mode(of path: String) throws -> UInt32 { try facts(of: path).st_mode & 0o777 }

  private func size(of path: String) throws -> Int { Int(try facts(of: path).st_size) }

  private func facts(of path: String) throws -> stat {
    var facts = stat()
    try #require(unsafe stat(path, &facts) == 0)
    return facts
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = unsafe open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }
}
