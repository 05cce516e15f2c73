import EventLog
import Files
import LMDB
import ProjectionEngine
import TestSupport
import Testing
import Upkeep

@Suite("What a crash left")
struct LeftoversTests {
  private static let hour: Int64 = 3_600_000_000

  @Test("is found and swept when it is nobody's any more, and nothing else is touched")
  func sweeping() throws {
    let backups = try Backups()
    try backups.grow(3)
    let store = backups.store.path
    let view = JourneysView(of: try backups.store.log)
    try view.refresh()
    let digest = try view.digest()
    let access = "\(store)/access.building-0123456789abcdef"
    try Folder.create(access)
    try Folder.replace("\(access)/data.mdb", with: [UInt8](repeating: 7, count: 99).span)
    let unfinished = "\(store)/views/journeys-9"
    try Folder.create(unfinished)
    let now = try Folder.modified(access)
    // Young: somebody may be at it.
    #expect(try Leftovers(of: store, now: now + Self.hour / 2).paths == [unfinished])
    let later = now + 2 * Self.hour
    let found = try Leftovers(of: store, now: later)
    #expect(found.paths == [access, unfinished])
    // Who makes a view holds its lock: neither listed nor taken from under them.
    do {
      let lock = try WriterLock(directory: "\(store)/views")
      #expect(try Leftovers(of: store, now: later).paths == [access])
      #expect(throws: LMDBError.self) { try found.sweep(now: later) }
      #expect(Folder.exists(access) && Folder.exists(unfinished))
      withExtendedLifetime(lock) {}
    }
    #expect(try found.sweep(now: later) == [access, unfinished])
    #expect(!Folder.exists(access) && !Folder.exists(unfinished))
    #expect(try Leftovers(of: store, now: later).paths.isEmpty)
    #expect(try view.digest() == digest)
    #expect(try !view.refresh().wasRebuilt)
  }

  @Test("beside the key file, and of a drill, is keys: overwritten and removed, unless in use")
  func keys() throws {
    let backups = try Backups()
    let store = backups.store.path
    let keyFile = backups.store.rootKeyPath
    let half = "\(keyFile).new-2147483646"
    try Folder.replace(half, with: [1, 2, 3].span)
    let temporary = "\(backups.store.folder)/tmp"
    let (killed, running) = (
      "\(temporary)/wegmarke-drill-aaaaaa", "\(temporary)/wegmarke-drill-bbbbbb"
    )
    for drill in [killed, running] {
      try Folder.create("\(drill)/store/keys/epoch-1")
      try Folder.replace("\(drill)/store/keys/epoch-1/ring", with: [1, 2, 3].span)
    }
    do { _ = try WriterLock(directory: killed) }
    let lock = try WriterLock(directory: running)
    let ring = try File("\(killed)/store/keys/epoch-1/ring", .read)
    let now = try Folder.modified(killed)
    let found = try Leftovers(of: store, keyFile: keyFile, temporary: temporary, now: now)
    #expect(found.paths == [half, killed])
    #expect(try found.sweep(now: now) == [half, killed])
    #expect(try ring.bytes(at: 0, count: 9) == [0, 0, 0])
    #expect(Folder.exists(running) && !Folder.exists(killed) && !Folder.exists(half))
    withExtendedLifetime(lock) {}
  }

  @Test("beside the key file does not survive the next opening for writing")
  func opening() throws {
    let backups = try Backups()
    try backups.grow(1)
    backups.store.close()
    let half = "\(backups.store.rootKeyPath).new-2147483646"
    try Folder.replace(half, with: [1, 2, 3].span)
    do { _ = try backups.store.open(.read) }
    #expect(Folder.exists(half))
    #expect(try backups.store.log.leftoverKeyFiles().isEmpty)
    #expect(!Folder.exists(half))
  }

  @Test("of a view that was half made when its name was already in use is made anew")
  func halfMadeView() throws {
    let backups = try Backups()
    try backups.grow(3)
    let store = backups.store.path
    let digest: String
    do {
      let view = JourneysView(of: try backups.store.log)
      try view.refresh()
      digest = try view.digest()
    }
    // Each stage that a crash between the trees of a new view can leave.
    for trees in [[], ["blocks"], ["blocks", "overlay"], ["blocks", "overlay", "meta"]] {
      let path = "\(store)/views/journeys-7"
      try Folder.remove(path)
      var options = EnvironmentOptions()
      options.create = true
      let environment = try Environment(path: path, options: options)
      for tree in trees { _ = try environment.createDatabase(tree) }
      try environment.close()
      try Folder.replace("\(store)/views/journeys", with: Array("journeys-7".utf8).span)
      let view = JourneysView(of: try backups.store.log)
      #expect(try view.refresh().wasRebuilt, "\(trees)")
      #expect(try view.digest() == digest, "\(trees)")
      #expect(!Folder.exists(path), "\(trees)")
    }
  }
}
