import EventLog
import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing
import Upkeep

/// A store that grows, with a folder for backups beside it.
final class Backups {
  let store: TemporaryStore
  var folder: String { "\(store.folder)/backups" }
  private var number = 0

  init() throws { store = try TemporaryStore() }

  /// Admits so many people with two events each, with idempotency keys.
  func grow(_ people: Int) throws {
    for _ in 0..<people {
      number += 1
      let day = CivilDate(Day(number: Int32(20_000 + number)))
      try store.admit(
        "t:\(number)",
        [JourneyEvent(.participationEntered, on: day), JourneyEvent(.statusConfirmed, on: day)],
        idempotencyKey: Array("key-\(number)".utf8))
    }
  }

  func backup(full: Bool = false, keep: Int? = nil) throws -> Backup.Report {
    var backup = Backup(of: try store.log, into: folder)
    backup.isFull = full
    backup.kept = keep
    return try backup.run()
  }

  /// The root of the live log at a size.
  func root(_ size: UInt64) throws -> [UInt8] { try store.log.root(size: size) }

  /// Restores, and gives the log as the image of the restored store.
  func restored(_ series: BackupSeries, _ name: String) throws -> String {
    let path = "\(store.folder)/\(name)"
    _ = try Restore(series).run(to: path)
    return path
  }
}

@Suite("A backup")
struct BackupTests {
  @Test("is full at first, then holds what is new, and every prefix of them restores")
  func prefixes() throws {
    let backups = try Backups()
    try backups.grow(40)
    #expect(try backups.backup().made == .full)
    var states = [try backups.store.log.image.state()]
    for round in 1...4 {
      try backups.grow(round * 7)
      if round == 3 { _ = try backups.store.log.signCheckpoint() }
      let report = try backups.backup()
      #expect(report.made == .increment && report.records == UInt64(round * 14))
      states.append(try backups.store.log.image.state())
    }
    #expect(try backups.backup().made == .nothing)
    #expect(Set(states.map(\.root)).count == 5)
    for (increments, state) in states.enumerated() {
      let series = try BackupSeries.find(backups.folder, increments: increments)
      let path = try backups.restored(series, "restored-\(increments)")
      let image = try LogImage(folder: "\(path)/log")
      let found = try image.state()
      #expect(found.size == state.size && found.root == state.root)
      // All but the note of the restore itself is as it was.
      #expect(
        found.tables.filter { $0.name != "meta" } == state.tables.filter { $0.name != "meta" })
      #expect(try image.lineage().count == 1)
      #expect(try image.verify().isIntact)
      try image.close()
    }
  }

  @Test("whose last increments vanished is known to the store, and the next one closes the gap")
  func vanished() throws {
    let backups = try Backups()
    try backups.grow(10)
    var series = try backups.backup().series
    for _ in 1...3 {
      try backups.grow(3)
      series = try backups.backup().series
    }
    let registry = BackupRegistry(store: backups.store.path)
    #expect(try registry.vanished(from: series) == [])
    // The medium is mounted elsewhere today: the name of the series tells.
    let moved = "\(backups.store.folder)/elsewhere"
    try Folder.rename(backups.folder, to: moved)
    for number in 2...3 {
      try Folder.remove(series.members[number].folder.replacing(backups.folder, with: moved))
    }
    let rest = try BackupSeries.find(moved)
    #expect(rest.members.count == 2)
    let gone = try registry.vanished(from: rest)
    #expect(gone.map { String($0.suffix(15)) } == ["/increment-0002", "/increment-0003"])
    try Folder.rename(moved, to: backups.folder)
    // Nothing new was stored, and still there is something to back up.
    let report = try backups.backup()
    #expect(report.made == .increment && report.records == 12 && report.vanished.count == 2)
    #expect(try registry.vanished(from: report.series) == [])
    #expect(try BackupSeries.find(backups.folder).state.size == 38)
    try backups.grow(1)
    #expect(try backups.backup().vanished == [])
    let path = try backups.restored(try BackupSeries.find(backups.folder), "restored")
    #expect(try LogImage(folder: "\(path)/log").state().size == 40)
  }

  @Test("restores to a store that opens with its keys and takes the next event")
  func useful() throws {
    let backups = try Backups()
    try backups.grow(10)
    _ = try backups.backup()
    try backups.grow(5)
    let series = try backups.backup().series
    let keys = try KeyBackup.make(
      of: backups.store.log, into: "\(backups.store.folder)/safe", apartFrom: backups.folder)
    let path = "\(backups.store.folder)/restored"
    var restore = Restore(series)
    restore.keys = try KeyBackup(folder: keys.folder)
    restore.key = try backups.store.log.verifierKey
    let report = try restore.run(to: path)
    #expect(report.isSignatureChecked && report.hasKeys && report.increments == 1)
    let log = try EventLog(
      store: path, access: .write(waitingAtMost: .zero), rootKey: .file(backups.store.rootKeyPath))
    let whole = try log.verify(deep: true)
    #expect(whole.isIntact && whole.opened == 30)
    #expect(try log.participant(externalID: "t:15") == ParticipantRef(14))
    // A request that the backup knows is not stored again.
    let day = CivilDate(Day(number: 20_001))
    let events = [
      JourneyEvent(.participationEntered, on: day), JourneyEvent(.statusConfirmed, on: day),
    ]
    let again = try log.append(
      AppendRequest(
        [.init(.admitted(0), expecting: .none, events)],
        admitting: [AppendRequest.Admission(externalID: "t:1")],
        idempotencyKey: Array("key-1".utf8)))
    #expect(again.isDuplicate)
    #expect(try log.size() == 30)
    #expect(try BackupRegistry(store: path).entries().map(\.action) == [.restored])
  }

  @Test("is refused where it cannot be right, and leaves nothing behind")
  func refused() throws {
    let backups = try Backups()
    try backups.grow(3)
    let store = backups.store.path
    #expect(throws: BackupError.insideStore(path: "\(store)/log/x")) {
      _ = try Backup(of: backups.store.log, into: "\(store)/log/x").run()
    }
    _ = try backups.backup()
    let other = try Backups()
    try other.grow(3)
    let origins = (try backups.store.log.origin, try other.store.log.origin)
    for isFull in [false, true] {
      var backup = Backup(of: try other.store.log, into: backups.folder)
      backup.isFull = isFull
      #expect(
        throws: BackupError.otherStore(
          path: backups.folder, found: origins.0, expected: origins.1)
      ) { _ = try backup.run() }
    }
    #expect(throws: BackupError.keysBesideLog(path: "\(backups.folder)/keys")) {
      _ = try KeyBackup.make(
        of: backups.store.log, into: "\(backups.folder)/keys", apartFrom: backups.folder)
    }
    let before = try Folder.names(backups.folder)
    let series = try BackupSeries.find(backups.folder)
    #expect(throws: BackupError.log(.storeExists(path: store))) {
      _ = try Restore(series).run(to: store)
    }
    #expect(try Folder.names(backups.folder) == before)
    // The failed ones are noted as such.
    let entries = try BackupRegistry(store: other.store.path).entries()
    #expect(entries.map(\.isGood) == [false, false])
  }

  @Test("of a log that went another way is refused until a new series is begun")
  func otherHistory() throws {
    let backups = try Backups()
    try backups.grow(5)
    _ = try backups.backup()
    try backups.store.withCopy { copy in
      // Two lives of one store: both go on by themselves.
      try backups.grow(4)
      _ = try backups.backup()
      try copy.admit("t:elsewhere", [])
      let day = CivilDate(Day(number: 21_000))
      for _ in 0..<9 {
        try copy.admit(nil, [JourneyEvent(.participationEntered, on: day)])
      }
      var backup = Backup(of: try copy.log, into: backups.folder)
      let series = try BackupSeries.find(backups.folder)
      #expect(throws: BackupError.otherHistory(path: series.folder, size: 18)) {
        _ = try backup.run()
      }
      backup.isFull = true
      #expect(try backup.run().made == .full)
    }
  }

  @Test("names what is missing or damaged, wherever it is")
  func damage() throws {
    let backups = try Backups()
    try backups.grow(20)
    _ = try backups.backup()
    for _ in 0..<3 {
      try backups.grow(3)
      _ = try backups.backup()
    }
    let folder = try BackupSeries.find(backups.folder).folder
    let copy = "\(backups.store.folder)/copy"
    var generator = SeededGenerator(seed: 7)
    let files = [
      "data.mdb", "manifest", "increment-0002/records.bundle", "increment-0002/manifest",
      "increment-0003/records.bundle", "increment-0003/manifest",
    ]
    for file in files {
      for _ in 0..<6 {
        try Folder.remove(copy)
        try TemporaryStore.copy(folder, to: copy)
        var bytes = try Folder.contents(of: "\(copy)/\(file)")
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[at] ^= UInt8(1 << Int.random(in: 0..<8, using: &generator))
        try Folder.replace("\(copy)/\(file)", with: bytes.span)
        let found = try #require(
          throws: BackupError.self, "\(file), byte \(at)",
          performing: {
            var restore = Restore(try BackupSeries(folder: copy))
            restore.key = try backups.store.log.verifierKey
            _ = try restore.run(to: "\(backups.store.folder)/no")
          })
        #expect(!Folder.exists("\(backups.store.folder)/no"))
        guard !file.hasSuffix("manifest") else { continue }
        #expect(found == .damaged(path: "\(copy)/\(file)"), "\(file), byte \(at)")
      }
    }
    for lost in ["increment-0002", "increment-0001", "increment-0003/records.bundle", "data.mdb"] {
      try Folder.remove(copy)
      try TemporaryStore.copy(folder, to: copy)
      try Folder.remove("\(copy)/\(lost)")
      #expect(throws: BackupError.missing(path: "\(copy)/\(lost)"), "\(lost)") {
        _ = try Restore(BackupSeries(folder: copy)).run(to: "\(backups.store.folder)/no")
      }
    }
    // What lies in front of the gap can still be had.
    try Folder.remove(copy)
    try TemporaryStore.copy(folder, to: copy)
    try Folder.remove("\(copy)/increment-0002")
    let rest = try BackupSeries(folder: copy, increments: 1)
    #expect(try Restore(rest).drill().state.size == 46)
  }

  @Test("with a wrong signature is refused when the key is named")
  func signature() throws {
    let backups = try Backups()
    try backups.grow(2)
    let series = try backups.backup().series
    let other = try Backups()
    var restore = Restore(series)
    restore.key = try backups.store.log.verifierKey
    #expect(try restore.drill().isSignatureChecked)
    restore.key = NoteKey(
      name: try backups.store.log.origin,
      key: try #require(other.store.log.keyring.verifyingKey))
    #expect(throws: BackupError.wrongSignature(path: "\(series.folder)/manifest")) {
      _ = try restore.drill()
    }
  }

  private static let reading = AccessEntry(
    user: "somebody", role: nil, command: "timeline", groups: [.record],
    subject: .persons([ParticipantRef(0)]))

  @Test("brings the log of who read what along, as far as it was")
  func accessLog() throws {
    let backups = try Backups()
    try backups.grow(2)
    #expect(try backups.backup().series.access == nil)
    func read(_ times: Int) throws {
      for _ in 0..<times { try backups.store.log.recordAccess(Self.reading) }
    }
    try read(3)
    // Nothing was recorded about anybody, and still there is something to keep.
    let first = try backups.backup()
    #expect(first.made == .increment && first.records == 0 && first.series.access?.size == 3)
    #expect(try backups.backup().made == .nothing)
    try backups.grow(1)
    #expect(try backups.backup().series.last.manifest.files.count == 1)
    try read(2)
    let series = try backups.backup().series
    let keys = try KeyBackup.make(
      of: backups.store.log, into: "\(backups.store.folder)/safe", apartFrom: backups.folder)
    for (increments, size) in [(0, nil), (1, 3), (2, 3), (3, 5)] as [(Int, UInt64?)] {
      var restore = Restore(try BackupSeries(folder: series.folder, increments: increments))
      restore.keys = keys
      let path = "\(backups.store.folder)/restored-\(increments)"
      _ = try restore.run(to: path)
      let log = try EventLog(
        store: path, access: .read, rootKey: .file(backups.store.rootKeyPath))
      #expect(try log.accessState()?.size == size)
      #expect(try log.verifyAccess(deep: true).findings.isEmpty)
    }
  }

  @Test("keeps as many full ones as asked for")
  func keep() throws {
    let backups = try Backups()
    for round in 0..<4 {
      try backups.grow(2)
      let report = try backups.backup(full: true, keep: 2)
      #expect(report.removed.count == (round < 2 ? 0 : 1))
      try backups.grow(1)
      #expect(try backups.backup(keep: 2).made == .increment)
    }
    #expect(try Folder.names(backups.folder).filter { $0.hasPrefix("full-") }.count == 2)
    #expect(try Restore(BackupSeries.find(backups.folder)).drill().state.size == 24)
    let actions = try BackupRegistry(store: backups.store.path).entries().map(\.action)
    #expect(actions.count { $0 == .full } == 4 && actions.count { $0 == .removed } == 2)
  }

  @Test("never removes what it just wrote, whatever else is named there, also with nothing new")
  func keepsItself() throws {
    let backups = try Backups()
    try backups.grow(2)
    let first = try backups.backup()
    // Made while the clock was wrong, by its name.
    try Folder.rename(first.series.folder, to: "\(backups.folder)/full-20990101T000000Z")
    try backups.grow(2)
    let second = try backups.backup(full: true, keep: 1)
    #expect(second.removed.map { Folder.name(of: $0) } == ["full-20990101T000000Z"])
    #expect(Folder.exists(second.series.folder))
    #expect(try Restore(BackupSeries.find(backups.folder)).drill().state.size == 8)
    _ = try backups.backup(full: true)
    let nothing = try backups.backup(keep: 1)
    #expect(nothing.made == .nothing && nothing.removed == [second.series.folder])
    #expect(try Folder.names(backups.folder).count { $0.hasPrefix("full-") } == 1)
  }

  @Test("counts several of one second by their number")
  func sameSecond() throws {
    let backups = try Backups()
    try backups.grow(1)
    for _ in 0..<12 {
      var backup = Backup(of: try backups.store.log, into: backups.folder)
      (backup.isFull, backup.kept) = (true, 3)
      backup.now = { 1_700_000_000_000_000 }
      let report = try backup.run()
      #expect(Folder.exists(report.series.folder))
    }
    let left = try Folder.names(backups.folder).filter { $0.hasPrefix("full-") }
    #expect(left.count == 3, "\(left)")
    #expect(Set(left).count == 3)
  }

  @Test("holds no key, and a copy of the keys holds neither the root key nor those of others")
  func keys() throws {
    let backups = try Backups()
    try backups.grow(3)
    let epoch = "\(backups.store.path)/keys/epoch-1"
    for name in ["role-3", "handover-3"] {
      try File("\(epoch)/\(name)", .createNew).write([1, 2, 3].span, at: 0)
    }
    let made = try KeyBackup.make(
      of: backups.store.log, into: "\(backups.store.folder)/safe", apartFrom: backups.folder)
    #expect(
      try Folder.names(made.folder) == ["identities", "manifest", "participants", "ring"])
    // Whoever put the root key there meant well.
    try TemporaryStore.copy(backups.store.rootKeyPath, to: "\(epoch)/root.key")
    #expect(throws: BackupError.rootKeyAmongKeys(path: "\(epoch)/root.key")) {
      _ = try KeyBackup.make(
        of: backups.store.log, into: "\(backups.store.folder)/safer", apartFrom: backups.folder)
    }
    #expect(try Folder.names("\(backups.store.folder)/safer").isEmpty)
    try Folder.remove("\(epoch)/root.key")
    let path = "\(made.folder)/participants"
    var bytes = try Folder.contents(of: path)
    bytes[100] ^= 1
    try Folder.replace(path, with: bytes.span)
    #expect(throws: BackupError.damaged(path: path)) { _ = try KeyBackup(folder: made.folder) }
  }
}
