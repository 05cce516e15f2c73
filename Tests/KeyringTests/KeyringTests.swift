import Files
import Journey
import Synchronization
import Testing

@testable import Keyring

/// The keys of a store of their own.
final class TemporaryKeys {
  let folder: String
  let origin: String

  init(origin: String = "wegmarke/test") throws {
    self.origin = origin
    folder = try Folder.temporary("wegmarke-test")
    let root = try RootKey.create(at: "\(folder)/root.key", origin: origin)
    try Folder.create("\(folder)/keys")
    try Keyring.create(in: "\(folder)/keys", root: root)
  }

  deinit { try? Folder.remove(folder) }

  var slots: String { "\(folder)/keys/epoch-1/participants" }
  var names: String { "\(folder)/keys/epoch-1/identities" }

  func open() throws -> Keyring {
    try Keyring(
      folder: "\(folder)/keys", root: RootKey.read(at: "\(folder)/root.key", origin: origin))
  }
}

func identity(_ number: UInt32, _ id: String? = nil) -> ParticipantIdentity {
  ParticipantIdentity(code: ParticipantCode(randomBits: number), externalID: id)
}

private let nonce = [UInt8](repeating: 1, count: 12)

extension SealingKey {
  /// Whether this key opens what the other one seals.
  fileprivate func opens(_ other: SealingKey) throws -> Bool {
    let sealed = try other.seal([1, 2, 3], nonce: nonce, authenticating: [9])
    do { return try open(nonce + sealed, authenticating: [9]) == [1, 2, 3] } catch KeyringError
      .sealBroken
    { return false }
  }
}

@Suite("The keyring")
struct StoreKeysTests {
  @Test("opens people of a sub-project that another process began after it was opened")
  func laterSubproject() throws {
    let keys = try TemporaryKeys()
    let (reader, writer) = (try keys.open(), try keys.open())
    try writer.admit(
      [identity(1), identity(2)], from: ParticipantRef(0), subprojects: [nil, "TP-new"])
    for ref in UInt32(0)..<2 {
      let own = try reader.sealingKey(of: ParticipantRef(ref), .record)
      #expect(try own.opens(writer.sealingKey(of: ParticipantRef(ref), .record)))
    }
    let fresh = try keys.open()
    try writer.admit([identity(3)], from: ParticipantRef(2), subprojects: ["TP-newer"])
    #expect(try fresh.identity(of: ParticipantRef(2)) == identity(3))
  }

  @Test("gives every participant and every field group a key of its own")
  func separation() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    try keyring.admit((0..<3).map { identity($0) }, from: ParticipantRef(0))
    let groups = FieldGroup.allCases.filter { $0 != .clear }
    var all: [SealingKey] = []
    for ref in UInt32(0)..<3 {
      for group in groups { all.append(try keyring.sealingKey(of: ParticipantRef(ref), group)) }
    }
    for group in groups { all.append(try keyring.storeSealingKey(group)) }
    #expect(all.count == 20)
    for i in all.indices {
      for j in all.indices { #expect(try all[i].opens(all[j]) == (i == j), "\(i) \(j)") }
    }
    #expect(throws: KeyringError.self) {
      try keyring.sealingKey(of: ParticipantRef(0), .clear)
    }
  }

  @Test("gives the same keys and tags when it is opened again, and others in another store")
  func reopening() throws {
    let keys = try TemporaryKeys()
    let first = try keys.open()
    try first.admit([identity(1)], from: ParticipantRef(0))
    let again = try keys.open()
    #expect(
      try again.sealingKey(of: ParticipantRef(0), .health)
        .opens(first.sealingKey(of: ParticipantRef(0), .health)))
    #expect(try again.storeSealingKey(.record).opens(first.storeSealingKey(.record)))
    #expect(try again.lookupTag("external", "mvad:17") == first.lookupTag("external", "mvad:17"))
    #expect(try again.keyedDigest([1]) == first.keyedDigest([1]))
    #expect(again.epoch == 1)

    let otherKeys = try TemporaryKeys()
    let other = try otherKeys.open()
    #expect(try other.lookupTag("external", "mvad:17") != first.lookupTag("external", "mvad:17"))
    #expect(try other.keyedDigest([1]) != first.keyedDigest([1]))
    #expect(try !other.storeSealingKey(.record).opens(first.storeSealingKey(.record)))
  }

  @Test("tags codes and external ids apart, in 16 bytes")
  func tags() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    #expect(try keyring.lookupTag("code", "a") != keyring.lookupTag("external", "a"))
    #expect(try keyring.lookupTag("code", "a") == keyring.lookupTag("code", "a"))
    #expect(try keyring.lookupTag("code", "a").count == 16)
    #expect(try keyring.keyedDigest([]).count == 32)
  }

  @Test("keeps codes and external ids, up to 91 bytes of them")
  func identities() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    let all = [
      identity(0), identity(.max, "mvad:17"), identity(5, String(repeating: "x", count: 91)),
      identity(6, "ä" + String(repeating: "ß", count: 44)),
    ]
    try keyring.admit(all, from: ParticipantRef(0))
    for (ref, expected) in all.enumerated() {
      #expect(try keyring.identity(of: ParticipantRef(UInt32(ref))) == expected)
    }
    #expect(try keys.open().identities(of: 1..<4) == Array(all[1...]))
    #expect(throws: KeyringError.noSuchParticipant(ref: 4)) { try keyring.identities(of: 3..<5) }
  }

  @Test("refuses an external id that is too long, before it writes anything")
  func longIDs() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    let before = try Folder.size(ofFile: keys.slots)
    for id in [String(repeating: "x", count: 92), String(repeating: "ß", count: 46)] {
      #expect(throws: KeyringError.externalIDTooLong(bytes: 92, limit: 91)) {
        try keyring.admit([identity(1), identity(2, id)], from: ParticipantRef(0))
      }
    }
    #expect(try Folder.size(ofFile: keys.slots) == before)
    #expect(throws: KeyringError.noSuchParticipant(ref: 0)) {
      try keyring.sealingKey(of: ParticipantRef(0), .record)
    }
  }

  @Test("wraps keys by sub-project, and the ring survives new ones")
  func subprojects() throws {
    let keys = try TemporaryKeys()
    let first = try keys.open()
    try first.admit(
      (0..<5).map { identity($0) }, from: ParticipantRef(0),
      subprojects: ["TP-1", nil, "TP-2", "TP-1"])
    let second = try keys.open()
    try second.admit([identity(9)], from: ParticipantRef(5), subprojects: ["TP-3"])
    let third = try keys.open()
    for ref in UInt32(0)..<6 {
      #expect(
        try third.sealingKey(of: ParticipantRef(ref), .record)
          .opens(second.sealingKey(of: ParticipantRef(ref), .record)))
    }
    let wrapped = try (0..<6).map { ref in
      try File(keys.slots, .read).bytes(at: 64 + ref * 72 + 2, count: 2).bigEndian16(at: 0)
    }
    #expect(wrapped == [1, 0, 2, 1, 0, 3])
    #expect(third.wrappingKeys.withLock { $0.map(\.name) } == ["", "TP-1", "TP-2", "TP-3"])
    #expect(
      try Folder.names("\(keys.folder)/keys/epoch-1") == ["identities", "participants", "ring"])
  }

  @Test("overwrites the slots of people who never got into the log with new keys")
  func overwriting() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    try keyring.admit([identity(1), identity(2), identity(3)], from: ParticipantRef(0))
    let old = try keyring.sealingKey(of: ParticipantRef(1), .record)
    try keyring.admit([identity(7, "a:1")], from: ParticipantRef(1))
    #expect(try !keyring.sealingKey(of: ParticipantRef(1), .record).opens(old))
    #expect(try keyring.identities(of: 0..<3) == [identity(1), identity(7, "a:1"), identity(3)])
  }

  @Test("tells erased, damaged and missing slots apart, without hiding their neighbours")
  func slots() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    try keyring.admit((0..<4).map { identity($0) }, from: ParticipantRef(0))
    let gone = (ParticipantSlot.erased, IdentitySlot.erased)
    try File(keys.slots, .update).write(gone.0.span, at: 64 + 72)
    try File(keys.slots, .update).write([0xFF, 0xFF].span, at: 64 + 2 * 72 + 30)
    try File(keys.names, .update).write(gone.1.span, at: 64 + 128)
    let damage = KeyringError.damaged(path: keys.slots, slot: 2)
    #expect(throws: KeyringError.erased(ref: 1)) {
      try keyring.sealingKey(of: ParticipantRef(1), .record)
    }
    #expect(throws: damage) { try keyring.sealingKey(of: ParticipantRef(2), .record) }
    #expect(throws: KeyringError.noSuchParticipant(ref: 4)) {
      try keyring.sealingKey(of: ParticipantRef(4), .record)
    }
    let results = try keyring.sealingKeys(of: 0..<9, .record)
    let errors = results.map { result -> KeyringError? in
      if case .failure(let error) = result { error } else { nil }
    }
    #expect(errors == [nil, .erased(ref: 1), damage, nil])
    #expect(throws: KeyringError.erased(ref: 1)) { try keyring.identity(of: ParticipantRef(1)) }
    #expect(try keyring.identities(of: 0..<2) == [identity(0), nil])
    // A status that says so does not make a slot an erased one.
    try File(keys.slots, .update).write([2].span, at: 64)
    try File(keys.names, .update).write([2].span, at: 64)
    #expect(throws: KeyringError.damaged(path: keys.slots, slot: 0)) {
      try keyring.sealingKey(of: ParticipantRef(0), .record)
    }
    #expect(throws: KeyringError.damaged(path: keys.names, slot: 0)) {
      try keyring.identity(of: ParticipantRef(0))
    }
  }

  @Test("does not open a slot that was moved to another participant")
  func movedSlots() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    try keyring.admit([identity(1), identity(2)], from: ParticipantRef(0))
    for (path, size) in [(keys.slots, 72), (keys.names, 128)] {
      let file = try File(path, .update)
      let slot = try file.bytes(at: 64, count: size)
      try file.write(slot.span, at: 64 + size)
    }
    #expect(throws: KeyringError.damaged(path: keys.slots, slot: 1)) {
      try keyring.sealingKey(of: ParticipantRef(1), .record)
    }
    #expect(throws: KeyringError.damaged(path: keys.names, slot: 1)) {
      try keyring.identity(of: ParticipantRef(1))
    }
  }

  @Test("refuses a ring with any byte changed")
  func ring() throws {
    let keys = try TemporaryKeys()
    let path = "\(keys.folder)/keys/epoch-1/ring"
    let good = try Folder.contents(of: path)
    for index in good.indices {
      var bytes = good
      bytes[index] ^= 0x10
      try Folder.replace(path, with: bytes.span)
      #expect(throws: KeyringError.self, "byte \(index)") { _ = try keys.open() }
    }
    for count in [0, 7, 19, 20, 40, good.count - 1] {
      try Folder.replace(path, with: Array(good.prefix(count)).span)
      #expect(throws: KeyringError.damaged(path: path, slot: nil), "\(count) bytes") {
        _ = try keys.open()
      }
    }
  }
}

@Suite("A seal")
struct SealingKeyTests {
  @Test("opens only as it was made: every changed bit and other data break it")
  func bits() throws {
    let keys = try TemporaryKeys()
    let key = try keys.open().storeSealingKey(.record)
    let sealed = try key.seal(Array(0..<20), nonce: nonce, authenticating: [1, 2])
    #expect(sealed.count == 20 + SealingKey.overhead)
    let whole = nonce + sealed
    #expect(try key.open(whole, authenticating: [1, 2]) == Array(0..<20))
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 1
      #expect(throws: KeyringError.sealBroken) { _ = try key.open(bytes, authenticating: [1, 2]) }
    }
    for data: [UInt8] in [[], [1], [1, 3], [1, 2, 0]] {
      #expect(throws: KeyringError.sealBroken) { _ = try key.open(whole, authenticating: data) }
    }
    for count in 0..<whole.count {
      #expect(throws: KeyringError.sealBroken) {
        _ = try key.open(Array(whole.prefix(count)), authenticating: [1, 2])
      }
    }
  }

  @Test("never gets a nonce twice from one source")
  func nonces() {
    var source = NonceSource()
    let nonces = (0..<2000).map { _ in source.next() }
    #expect(Set(nonces).count == 2000)
    #expect(nonces.allSatisfy { $0.count == SealingKey.nonceSize })
    for count in [0, 1, 7, 8, 9, 32] { #expect(RandomBytes.make(count).count == count) }
  }
}
