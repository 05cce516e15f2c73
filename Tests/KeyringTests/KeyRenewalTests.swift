import Crypto
import Files
import Journey
import Testing

@testable import Keyring

private let none = KeyWatermark(size: 0, root: [UInt8](repeating: 0, count: 32))

extension TemporaryKeys {
  fileprivate var rootPath: String { "\(folder)/root.key" }

  /// Carries a renewal through, as far as the keys go.
  fileprivate func renew(_ renewal: KeyRenewal) throws -> KeyRenewal.Outcome {
    let keyring = try open()
    let outcome = try keyring.renew(renewal, under: keyring.root.writeSuccessor(of: rootPath))
    try RootKey.adoptSuccessor(of: rootPath)
    try open().destroyOtherEpochs()
    return outcome
  }

  /// Every byte of every file.
  fileprivate func allBytes(of path: String? = nil) throws -> [UInt8] {
    let path = path ?? folder
    guard try File(path, .read).isFolder() else { return try Folder.contents(of: path) }
    return try Folder.names(path).flatMap { try allBytes(of: "\(path)/\($0)") }
  }
}

extension [UInt8] {
  fileprivate func holds(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= count else { return false }
    return indices.dropLast(needle.count - 1).contains {
      self[$0] == first && self[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }
}

@Suite("A key renewal")
struct KeyRenewalTests {
  /// Four people of two sub-projects; the second has a long external id.
  private func people() throws -> TemporaryKeys {
    let keys = try TemporaryKeys()
    try keys.open().admit(
      [identity(1, "a:1"), identity(2, "a:2"), identity(3), identity(4, "b:4")],
      from: ParticipantRef(0), subprojects: ["TP-1", "TP-2", nil, "TP-1"])
    return keys
  }

  @Test("gives survivors the same sealing keys, codes and tags, and nothing of the erased")
  func survivors() throws {
    let keys = try people()
    let before = try keys.open()
    let sealing = try (0..<4).map { try before.sealingKey(of: ParticipantRef($0), .health) }
    let tag = try before.lookupTag("external", "a:2")
    let signer = before.verifyingKey
    let watermark = KeyWatermark(size: 17, root: Array(1...32))
    let outcome = try keys.renew(
      KeyRenewal(participants: 4, watermark: watermark, erasing: [1]))
    #expect(outcome == .init(epoch: 2, kept: 3, erased: 1))
    let after = try keys.open()
    #expect(after.epoch == 2 && after.watermark == watermark)
    #expect(after.watermark?.root == Array(1...24))
    for ref in [UInt32(0), 2, 3] {
      let key = try after.sealingKey(of: ParticipantRef(ref), .health)
      #expect(key.key == sealing[Int(ref)].key)
    }
    #expect(throws: KeyringError.erased(ref: 1)) { try after.participantKey(of: ParticipantRef(1)) }
    #expect(
      try after.identities(of: 0..<4) == [
        identity(1, "a:1"), nil, identity(3), identity(4, "b:4"),
      ])
    #expect(try after.lookupTag("external", "a:2") == tag && after.verifyingKey == signer)
    #expect(try after.erasedRefs(below: 4) == [1])
    #expect(try Folder.names("\(keys.folder)/keys") == ["epoch-2"])
    #expect(try Folder.names(keys.folder) == ["keys", "root.key"])
    // Keys made later lie in the new epoch.
    try after.admit([identity(5)], from: ParticipantRef(4), subprojects: ["TP-3"])
    #expect(try keys.open().identity(of: ParticipantRef(4)) == identity(5))
  }

  @Test("leaves no byte of the old root key, the old slots or the erased key in any file")
  func bytes() throws {
    let keys = try people()
    let before = try keys.open()
    let erased = try before.participantKey(of: ParticipantRef(1)).key.rawBytes
    let root = try before.root.key.rawBytes
    let slots = try Folder.contents(of: keys.slots)
    let names = try Folder.contents(of: keys.names)
    let needles = [
      erased, root, Array(root.base64.utf8), Array(slots[64 + 72 + 8..<64 + 144]),
      Array(names[64 + 128 + 4..<64 + 256]),
    ]
    let old = try keys.allBytes()
    #expect(old.holds(needles[2]) && old.holds(needles[3]) && old.holds(needles[4]))
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none, erasing: [1]))
    let new = try keys.allBytes()
    for (index, needle) in needles.enumerated() { #expect(!new.holds(needle), "needle \(index)") }
  }

  @Test("shuts every older copy of the keys: neither ring opens what the other sealed")
  func oldCopies() throws {
    let keys = try people()
    let old = try Folder.contents(of: "\(keys.folder)/keys/epoch-1/ring")
    let oldSlots = try Folder.contents(of: keys.slots)
    let oldNames = try Folder.contents(of: keys.names)
    let oldRoot = try Folder.contents(of: keys.rootPath)
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none, erasing: [1]))
    let path = "\(keys.folder)/keys/epoch-2"
    // Old slots under today's ring.
    let today = try Folder.contents(of: "\(path)/participants")
    let todaysNames = try Folder.contents(of: "\(path)/identities")
    try Folder.replace("\(path)/participants", with: oldSlots.span)
    try Folder.replace("\(path)/identities", with: oldNames.span)
    for ref in UInt32(0)..<4 {
      #expect(throws: KeyringError.damaged(path: "\(path)/participants", slot: ref)) {
        try keys.open().participantKey(of: ParticipantRef(ref))
      }
      #expect(throws: KeyringError.damaged(path: "\(path)/identities", slot: ref)) {
        try keys.open().identity(of: ParticipantRef(ref))
      }
    }
    try Folder.replace("\(path)/participants", with: today.span)
    try Folder.replace("\(path)/identities", with: todaysNames.span)
    // A whole old copy under today's root key, and today's keys under the old root key.
    let root = try Folder.contents(of: keys.rootPath)
    try Folder.replace(keys.rootPath, with: oldRoot.span)
    #expect(throws: KeyringError.wrongRootKey(path: "\(path)/ring")) { try keys.open() }
    try Folder.replace(keys.rootPath, with: root.span)
    try Folder.remove(path)
    try Folder.create("\(keys.folder)/keys/epoch-1")
    for (name, bytes) in [("ring", old), ("participants", oldSlots), ("identities", oldNames)] {
      try Folder.replace("\(keys.folder)/keys/epoch-1/\(name)", with: bytes.span)
    }
    #expect(throws: KeyringError.wrongRootKey(path: "\(keys.folder)/keys/epoch-1/ring")) {
      try keys.open()
    }
  }

  @Test("destroys a field group for everyone, and says so when it is asked for")
  func dropping() throws {
    let keys = try people()
    let before = try keys.open().sealingKey(of: ParticipantRef(0), .record)
    let group = try RingFile.read(
      from: "\(keys.folder)/keys/epoch-1/ring", root: keys.open().root
    ).entries.first { $0.purpose == .fieldGroup && $0.number == 3 }?.key.rawBytes
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none, dropping: [.health: 9]))
    let after = try keys.open()
    #expect(after.droppedGroups == [.health: 9])
    #expect(throws: KeyringError.groupDropped(.health)) {
      try after.sealingKey(of: ParticipantRef(0), .health)
    }
    #expect(throws: KeyringError.groupDropped(.health)) { try after.storeSealingKey(.health) }
    #expect(try after.sealingKey(of: ParticipantRef(0), .record).key == before.key)
    // It stays so through later renewals, and no ring holds the key.
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none))
    #expect(try keys.open().droppedGroups == [.health: 9])
    let ring = try RingFile.read(
      from: "\(keys.folder)/keys/epoch-3/ring", root: keys.open().root)
    #expect(group != nil && !ring.entries.contains { $0.key.rawBytes == group })
  }

  @Test("does not carry over who is not in the log, and keeps slots that are missing missing")
  func strangers() throws {
    let keys = try people()
    try File(keys.slots, .update).write([UInt8](repeating: 0, count: 72).span, at: 64 + 2 * 72)
    let outcome = try keys.renew(KeyRenewal(participants: 3, watermark: none, erasing: [0]))
    #expect(outcome == .init(epoch: 2, kept: 1, erased: 1))
    let after = try keys.open()
    for ref in [UInt32(2), 3] {
      #expect(throws: KeyringError.noSuchParticipant(ref: ref)) {
        try after.participantKey(of: ParticipantRef(ref))
      }
    }
    // Erased before stays erased.
    _ = try keys.renew(KeyRenewal(participants: 3, watermark: none))
    #expect(try keys.open().erasedRefs(below: 3) == [0])
  }

  @Test("refuses to leave a damaged key behind, and changes nothing then")
  func damage() throws {
    let keys = try people()
    try File(keys.slots, .update).write([9].span, at: 64 + 2 * 72 + 40)
    #expect(throws: KeyringError.damaged(path: keys.slots, slot: 2)) {
      try keys.renew(KeyRenewal(participants: 4, watermark: none, erasing: [0]))
    }
    let keyring = try keys.open()
    #expect(keyring.epoch == 1 && keyring.isCurrent)
    #expect(try keyring.participantKey(of: ParticipantRef(0)).key.bitCount == 256)
    // Of the person to be erased it does not matter.
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none, erasing: [2]))
    #expect(try keys.open().erasedRefs(below: 4) == [2])
  }

  @Test("opens with one of two root keys after a crash at any step, and never with none")
  func crashes() throws {
    let keys = try people()
    func open() throws -> (epoch: UInt32, usesSuccessor: Bool) {
      let found = try Keyring.open(
        folder: "\(keys.folder)/keys", rootKey: keys.rootPath, origin: keys.origin)
      #expect(try found.keyring.identity(of: ParticipantRef(0)) == identity(1, "a:1"))
      return (found.keyring.epoch, found.usesSuccessor)
    }
    let keyring = try keys.open()
    let root = try keyring.root.writeSuccessor(of: keys.rootPath)
    #expect(try open() == (1, false))
    _ = try keyring.renew(KeyRenewal(participants: 4, watermark: none), under: root)
    #expect(try open() == (2, true))
    #expect(!keyring.isCurrent)
    #expect(throws: KeyringError.superseded(epoch: 1)) { try keyring.checkCurrent() }
    try Folder.overwrite(keys.rootPath)
    #expect(try open() == (2, true))
    try RootKey.adoptSuccessor(of: keys.rootPath)
    #expect(try open() == (2, false))
    // A torn file of the next root key does no harm, nor does an epoch that was not finished.
    try Folder.create("\(keys.folder)/keys/epoch-3.building")
    try Folder.replace(RootKey.successorPath(of: keys.rootPath), with: [1, 2].span)
    #expect(try open() == (2, false))
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none))
    #expect(try open() == (3, false))
    #expect(try Folder.names("\(keys.folder)/keys") == ["epoch-3"])
    #expect(try Folder.names(keys.folder) == ["keys", "root.key"])
  }

  @Test("is noticed by whoever still holds the keys before it")
  func superseded() throws {
    let keys = try people()
    let reader = try keys.open()
    #expect(reader.isCurrent)
    _ = try keys.renew(KeyRenewal(participants: 4, watermark: none, erasing: [1]))
    #expect(throws: KeyringError.superseded(epoch: 1)) {
      try reader.participantKey(of: ParticipantRef(0))
    }
    #expect(throws: KeyringError.superseded(epoch: 1)) { try reader.identities(of: 0..<2) }
    #expect(throws: KeyringError.superseded(epoch: 1)) {
      try reader.sealingKeys(of: 0..<4, .record)
    }
    #expect(throws: KeyringError.superseded(epoch: 1)) { try reader.checkCurrent() }
  }

  @Test("refuses an epoch's folder under another number")
  func renamed() throws {
    let keys = try people()
    try Folder.rename("\(keys.folder)/keys/epoch-1", to: "\(keys.folder)/keys/epoch-4")
    #expect(throws: KeyringError.damaged(path: "\(keys.folder)/keys/epoch-4/ring", slot: nil)) {
      try keys.open()
    }
  }
}
