import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("Keys that were exported and come back")
struct ReturningKeysTests {
  private static let words = Array("sechs Würfel, ein Satz".utf8)

  /// Exports all keys; gives the file and what the log says of it.
  private func export(_ store: TemporaryStore, _ name: String) throws -> (String, RecordedExport) {
    let path = "\(store.folder)/\(name)"
    let request = KeyExportRequest(.store, for: "safe", by: "B-014")
    return (path, try store.log.exportKeys(request, to: path, passphrase: Self.words))
  }

  /// Brings keys back, after a forecast that must say the same and change no byte.
  private func bringBack(
    _ file: String, to store: TemporaryStore, _ words: [UInt8] = words
  ) throws -> KeyImport {
    store.close()
    let before = try store.filesBesideReaders()
    let plan = Result { () throws(LogError) in
      try EventLog.planKeyImport(
        store: store.path, from: file, rootKey: .file(store.rootKeyPath), passphrase: words)
    }
    #expect(try store.filesBesideReaders() == before)
    do {
      let done = try EventLog.importKeys(
        store: store.path, from: file, rootKey: .file(store.rootKeyPath), passphrase: words,
        author: "B-015")
      let foreseen = try plan.get()
      #expect(foreseen.export == done.export && foreseen.keyPath == store.rootKeyPath)
      #expect(foreseen.reapplied == done.reapplied && foreseen.withoutKey == done.withoutKey)
      let roles = try done.log.keyring.roles()
      #expect(foreseen.files.roles == roles.count && roles.allSatisfy(\.isRingCurrent))
      return done
    } catch {
      #expect(plan.refusal.map { .log($0) } == error as? AppendError)
      throw error
    }
  }

  private func plan(_ file: String, _ store: TemporaryStore) throws -> KeyImportPlan {
    store.close()
    return try EventLog.planKeyImport(
      store: store.path, from: file, rootKey: .file(store.rootKeyPath), passphrase: Self.words)
  }

  private func loseKeys(of store: TemporaryStore) throws {
    store.close()
    try Folder.remove("\(store.path)/keys")
    try Folder.remove(store.rootKeyPath)
  }

  private func people(_ store: TemporaryStore, _ numbers: Range<Int>) throws {
    for number in numbers {
      try store.admit("test:\(number)", [.entered(), .noted("note \(number)")])
    }
  }

  @Test("open the store as before, and the log says who exported what for whom")
  func whole() throws {
    try withTemporaryStore { store in
      try people(store, 0..<3)
      let (file, export) = try export(store, "a.export")
      #expect(export.kind == .keys && export.recipient == "safe" && export.author == "B-014")
      #expect(
        export.digest == ContentDigest.hex(ContentDigest.sha256(try Folder.contents(of: file))))
      let told = try store.told()
      #expect(throws: AppendError.log(.keys(.nothingLost))) { try bringBack(file, to: store) }
      try loseKeys(of: store)
      #expect(throws: AppendError.log(.keys(.wrongPassphrase(path: file)))) {
        try bringBack(file, to: store, Array("another sentence".utf8))
      }
      #expect(try Folder.names("\(store.path)/keys").isEmpty && !Folder.exists(store.rootKeyPath))
      do {
        let done = try bringBack(file, to: store)
        #expect(done.export.id == export.id && done.reapplied == 0 && done.withoutKey == 0)
      }
      #expect(try store.told() == told)
      try people(store, 3..<4)
      // Who brought them back says nothing about who has the file.
      #expect(try store.log.recordedExports() == [export])
      let destroyed = try store.log.recordDestruction(of: export, reason: "shredded", author: "x")
      let closed = try #require(try store.log.recordedExports().first)
      #expect(closed.destroyed == destroyed && closed.reasonOfDestruction == "shredded")
      #expect(closed.author == "B-014" && closed.recipient == "safe")
    }
  }

  @Test("bring nobody back who was erased since, and nobody who was admitted since")
  func erased() throws {
    let store = try TemporaryStore()
    try people(store, 0..<3)
    let (file, export) = try export(store, "a.export")
    let gone = ParticipantRef(1)
    try store.erase([gone])
    try people(store, 3..<5)
    #expect(try store.log.mayOpen(store.log.erasureOrders()[0], with: export))
    try loseKeys(of: store)
    do {
      let done = try bringBack(file, to: store)
      #expect(done.reapplied == 1 && done.withoutKey == 2)
      #expect(done.log.keyring.epoch == 2)
    }
    let log = try store.log
    #expect(try log.events(of: .participant(gone)).allSatisfy { $0.event == nil })
    #expect(try log.events(of: .participant(ParticipantRef(0))).allSatisfy { $0.event != nil })
    #expect(throws: LogError.keys(.noSuchParticipant(ref: 3))) {
      try log.events(of: .participant(ParticipantRef(3)))
    }
    // An export made now holds none of the erased.
    let (_, later) = try self.export(store, "b.export")
    #expect(try !log.mayOpen(log.erasureOrders()[0], with: later))
  }

  @Test("are refused when they know erasures that the log does not hold, and nothing changes")
  func ahead() throws {
    let store = try TemporaryStore()
    try people(store, 0..<3)
    store.close()
    try store.keep("log", as: "log-old")
    try store.erase([ParticipantRef(1)])
    let (file, _) = try export(store, "a.export")
    let followed = try store.log.keysFollowed
    try loseKeys(of: store)
    try store.restore("log", from: "log-old")
    #expect(throws: AppendError.log(.keysAhead(followed: followed, log: 6))) {
      try bringBack(file, to: store)
    }
    #expect(try Folder.names("\(store.path)/keys").isEmpty && !Folder.exists(store.rootKeyPath))
  }

  @Test("never take the place of newer keys, or of another key file")
  func newer() throws {
    let store = try TemporaryStore()
    try people(store, 0..<2)
    let (file, _) = try export(store, "a.export")
    try store.erase([ParticipantRef(1)])
    store.close()
    let root = try Folder.contents(of: store.rootKeyPath)
    try Folder.remove(store.rootKeyPath)
    #expect(throws: AppendError.log(.keys(.keysNewer(epoch: 2, than: 1)))) {
      try bringBack(file, to: store)
    }
    try Folder.remove("\(store.path)/keys")
    try Folder.replace(store.rootKeyPath, with: root.span)
    #expect(throws: AppendError.log(.keys(.otherKeyThere(path: store.rootKeyPath)))) {
      try bringBack(file, to: store)
    }
    #expect(try Folder.names("\(store.path)/keys").isEmpty)
    #expect(try Folder.contents(of: store.rootKeyPath) == root)
  }

  @Test("fill in only what is missing: keys that are there may know more people")
  func missing() throws {
    let store = try TemporaryStore()
    try people(store, 0..<2)
    let (file, _) = try export(store, "a.export")
    try people(store, 2..<3)
    _ = try store.log.keyring.issue(
      .steward, holder: "", subprojects: [], to: "\(store.folder)/s.key", passphrase: nil)
    let told = try store.told()
    store.close()
    try Folder.remove(store.rootKeyPath)
    let keyFile = try plan(file, store).files
    #expect(keyFile.keyFile == .written && keyFile.files.values.allSatisfy { $0 == .kept })
    #expect(keyFile.removed.isEmpty && keyFile.outdated.isEmpty && keyFile.roles == 1)
    do { #expect(try bringBack(file, to: store).withoutKey == 0) }
    #expect(try store.told() == told)
    store.close()
    try Folder.remove("\(store.path)/keys/epoch-1/identities")
    let slots = try plan(file, store).files
    #expect(slots.keyFile == .kept)
    #expect(slots.files == ["ring": .kept, "participants": .kept, "identities": .written])
    do { #expect(try bringBack(file, to: store).withoutKey == 0) }
    #expect(try store.told() == told)
    // A crash between the key file and the folder of keys.
    try loseKeys(of: store)
    let origin = try KeyExport.read(at: file).origin
    try KeyExport.open(
      at: file, origin: origin, passphrase: Self.words,
      unpackingTo: "\(store.path)/keys/epoch-1.import"
    ).writeKey(to: store.rootKeyPath, passphrase: nil)
    do { #expect(try bringBack(file, to: store).withoutKey == 1) }
    // Without its ring nothing of a folder opens, and what else lies there goes with it.
    store.close()
    let epoch = "\(store.path)/keys/epoch-1"
    try Folder.remove("\(epoch)/ring")
    try Folder.create("\(store.path)/keys/epoch-0")
    let whole = try plan(file, store).files
    #expect(
      whole.files == ["ring": .written, "participants": .replaced, "identities": .replaced])
    #expect(whole.keyFile == .kept && whole.outdated == ["epoch-0"])
    do { _ = try bringBack(file, to: store) }
    #expect(try Folder.names("\(store.path)/keys") == ["epoch-1"])
  }

  @Test(
    "of a role open what the role may, also after its key was renewed, and not once it is revoked")
  func role() throws {
    try withTemporaryStore { store in
      try people(store, 0..<2)
      let role = try store.log.keyring.issue(
        .steward, holder: "B-014", subprojects: [], to: "\(store.folder)/own.key", passphrase: nil)
      let file = "\(store.folder)/role.export"
      let export = try store.log.exportKeys(
        KeyExportRequest(.role(role.number), for: "B-016", by: "B-014"), to: file,
        passphrase: Self.words)
      #expect(export.kind == .roleKey(role.number))
      try store.erase([ParticipantRef(1)])
      store.close()
      func bring(_ name: String) throws -> Role {
        let path = "\(store.folder)/\(name)"
        let before = try store.filesBesideReaders()
        let plan = Result { () throws(LogError) in
          try EventLog.planRoleKeyImport(
            store: store.path, from: file, to: path, passphrase: Self.words)
        }
        #expect(try store.filesBesideReaders() == before)
        do throws(LogError) {
          let role = try EventLog.importRoleKey(
            store: store.path, from: file, to: path, passphrase: Self.words)
          let foreseen = try plan.get()
          // The first time the renewed key is taken over.
          #expect(foreseen.role == role && foreseen.isRenewed)
          return role
        } catch {
          #expect(plan.refusal == error)
          throw error
        }
      }
      #expect(try bring("b.key") == role)
      #expect(throws: LogError.keys(.otherKeyThere(path: "\(store.folder)/b.key"))) {
        try bring("b.key")
      }
      try store.log.keyring.revoke(role: role.number)
      store.close()
      #expect(throws: LogError.keys(.roleRevoked(role))) { try bring("c.key") }
      #expect(!Folder.exists("\(store.folder)/c.key"))
    }
  }
}

extension Result {
  /// Why there is no value; nil where there is one.
  fileprivate var refusal: Failure? {
    if case .failure(let refusal) = self { refusal } else { nil }
  }
}
