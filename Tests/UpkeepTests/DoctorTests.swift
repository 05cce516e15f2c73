import Files
import Glibc
import Journey
import LMDB
import ProjectionEngine
import TestSupport
import Testing
import Upkeep

@testable import EventLog

@Suite("The doctor")
struct DoctorTests {
  private static let hour: Int64 = 3_600_000_000

  private func report(
    _ backups: Backups, after: Int64 = 0, _ change: (inout DoctorLimits) -> Void = { _ in }
  ) throws -> HealthReport {
    var limits = DoctorLimits()
    limits.watermarks.stop = .bytes(0)
    limits.watermarks.warning = .bytes(0)
    limits.ballastBytes = 0
    change(&limits)
    let now = try backups.store.log.image.recordedUntil() ?? backups.store.clock.now()
    return try Doctor(
      store: backups.store.path, log: backups.store.log, rootKey: backups.store.rootKeyPath,
      limits: limits, now: now + after
    ).examine(pause: {})
  }

  private func backup(_ backups: Backups) throws {
    var backup = Backup(of: try backups.store.log, into: backups.folder)
    let clock = backups.store.clock
    backup.now = { clock.now() }
    _ = try backup.run()
  }

  @Test("asks for a backup as soon as there is something to lose, and again when it is too old")
  func backups() throws {
    let backups = try Backups()
    #expect(try !report(backups).needsSomebody)
    try backups.grow(3)
    #expect(try report(backups).backups.state == .attention)
    try backup(backups)
    #expect(try !report(backups).needsSomebody)
    try backups.grow(1)
    #expect(try report(backups, after: 7 * 24 * Self.hour).backups.state == .good)
    let old = try report(backups, after: 9 * 24 * Self.hour)
    #expect(old.backups.state == .attention && old.backups.recordsSince == 2)
    try backup(backups)
    // What has not changed since needs no newer one, however old it is.
    #expect(try report(backups, after: 900 * 24 * Self.hour).backups.state == .good)
    try Folder.rename(backups.folder, to: "\(backups.folder)-away")
    let away = try report(backups).backups
    #expect(away.isReachable == false && away.state == .notice)
    try BackupRegistry(store: backups.store.path).add(
      .init(when: backups.store.clock.now(), .full, isGood: false, size: 8, path: "/x", note: "no"))
    #expect(try report(backups).backups.state == .attention)
  }

  @Test("sees failed drills and copies of keys that an erasure made worthless")
  func drills() throws {
    let backups = try Backups()
    try backups.grow(1)
    try backup(backups)
    let registry = BackupRegistry(store: backups.store.path)
    func add(_ action: BackupRegistry.Action, isGood: Bool, epoch: UInt32) throws {
      try registry.add(
        .init(
          when: backups.store.clock.now(), action, isGood: isGood, size: 2, epoch: epoch,
          path: "/x"))
    }
    try add(.drill, isGood: false, epoch: 1)
    #expect(try report(backups).backups.drillState == .attention)
    try add(.drill, isGood: true, epoch: 1)
    #expect(try report(backups).backups.drillState == .good)
    #expect(try report(backups, after: 200 * 24 * Self.hour).backups.drillState == .notice)
    try add(.keys, isGood: true, epoch: 0)
    let stale = try report(backups).backups
    #expect(stale.areKeysOutdated && stale.keyState == .attention)
    try add(.keys, isGood: true, epoch: 1)
    #expect(try report(backups).backups.keyState == .good)
  }

  @Test("calls a view stalled by what waits for it, not by what it says about itself")
  func stalledView() throws {
    let backups = try Backups()
    try backups.grow(4)
    try backup(backups)
    try JourneysView(of: backups.store.log).refresh()
    let fresh = try #require(report(backups, after: 100 * Self.hour).view)
    #expect(fresh.lag == 0 && !fresh.isStalled && fresh.standing?.size == 8)
    try backups.grow(1)
    let behind = try #require(report(backups, after: Self.hour).view)
    #expect(behind.lag == 2 && !behind.isStalled && behind.state == .good)
    let stalled = try #require(report(backups, after: 25 * Self.hour).view)
    #expect(stalled.isStalled && stalled.state == .attention)
    #expect(try stalled.waitingSince == backups.store.log.record(at: Position(8)).header.recordedAt)
    try JourneysView(of: backups.store.log).refresh()
    #expect(try report(backups, after: 25 * Self.hour).view?.isStalled == false)
  }

  @Test("reports a view that is ahead of the log")
  func viewAhead() throws {
    let backups = try Backups()
    try backups.grow(2)
    try backup(backups)
    let series = try BackupSeries.find(backups.folder)
    try backups.grow(2)
    try JourneysView(of: backups.store.log).refresh()
    // Only the log comes from the backup; the view is that of the old life.
    let path = try backups.restored(series, "restored")
    backups.store.close()
    try Folder.remove("\(backups.store.path)/log")
    try TemporaryStore.copy("\(path)/log", to: "\(backups.store.path)/log")
    let view = try #require(report(backups).view)
    #expect(view.problem == .aheadOfLog(view: 8, log: 4) && view.state == .problem)
    #expect(try report(backups).log?.lineage.count == 1)
  }

  @Test("finds keys that others may read")
  func exposedKeys() throws {
    let backups = try Backups()
    try backups.grow(1)
    #expect(try report(backups).keys?.state == .good)
    for path in ["\(backups.store.path)/keys/epoch-1/ring", "\(backups.store.path)/log/data.mdb"] {
      #expect(unsafe chmod(path, 0o640) == 0)
      let keys = try #require(report(backups).keys)
      #expect(keys.exposed == ["\(path) (640)"] && keys.state == .problem)
      #expect(unsafe chmod(path, 0o600) == 0)
    }
    // Views hold journeys in clear.
    let views = "\(backups.store.path)/views"
    #expect(unsafe chmod(views, 0o750) == 0)
    #expect(try report(backups).keys?.exposed == ["\(views) (750)"])
    #expect(unsafe chmod(views, 0o700) == 0)
  }

  @Test("reports a reader that keeps an old state, with its process and how far it is behind")
  func pinnedReader() throws {
    let backups = try Backups()
    try backups.grow(1)
    let log = try backups.store.log
    // Names of tables are opened before the reader begins.
    _ = try log.signCheckpoint()
    // Tables that are not there yet cannot be looked for beside a transaction: they are made.
    _ = try log.environment.createDatabase(EventLog.erasureTable)
    try log.environment.read { _ in
      try OtherThread.run { for _ in 0..<5 { try log.append(.oneMore) } }
      let map = try #require(report(backups) { $0.readerSeconds = 0 }.map)
      #expect(map.isPinned && map.state == .attention)
      #expect(map.information.oldestReaderLag == 5)
      #expect(map.information.oldestReaderProcess == getpid())
      #expect(map.pinning != nil)
      // The same, not yet for long enough.
      #expect(try report(backups) { $0.readerSeconds = 1_000_000 }.map?.isPinned == false)
    }
    #expect(try report(backups) { $0.readerSeconds = 0 }.map?.isPinned == false)
  }

  @Test("tells a writer from the name that a killed one left")
  func writer() throws {
    let backups = try Backups()
    _ = try backups.store.log
    let path = "\(backups.store.path)/log/\(WriterLock.fileName)"
    let held = try report(backups).writer
    // Where the system hides the list of locks, nothing is claimed.
    if held.lock != .unknown {
      #expect(held.lock == .held(by: getpid()) && held.program != nil && !held.isStale)
    }
    backups.store.close()
    #expect(FileLocks.state(of: path) != .held(by: getpid()))
    try Folder.replace(path, with: Array("4711\nkilled import\n".utf8).span)
    let log = try backups.store.open(.read)
    let stale = try Doctor(store: backups.store.path, log: log, rootKey: nil).examine(pause: {})
    if held.lock != .unknown {
      #expect(stale.writer.isStale && stale.writer.program == "killed import")
    }
  }
}
