import Files
import Journey
import TestSupport
import Testing

@testable import Keyring

@Suite("An export of keys")
struct KeyExportTests {
  private static let words = Array("sechs Würfel, ein Satz".utf8)

  /// A store's keys with an export of them beside.
  private struct Exported {
    let keys: TemporaryKeys
    let path: String
    let digest: [UInt8]
    var staging: String { "\(keys.folder)/staging" }

    init(people: UInt32 = 3) throws {
      keys = try TemporaryKeys()
      path = "\(keys.folder)/keys.export"
      let keyring = try keys.open()
      try keyring.admit((0..<people).map { identity($0, "t:\($0)") }, from: ParticipantRef(0))
      digest = try keyring.export(
        KeyExport(id: "KX-1", origin: keys.origin, content: .store, epoch: keyring.epoch),
        to: path, passphrase: KeyExportTests.words)
    }

    func open(_ path: String, _ words: [UInt8] = KeyExportTests.words) throws -> KeyExport.Opened {
      try KeyExport.open(
        at: path, origin: keys.origin, passphrase: words, unpackingTo: staging)
    }
  }

  @Test("says what it is without a passphrase, and gives every key back with it")
  func whole() throws {
    // More than one sealed piece.
    let store = try Exported(people: 9000)
    #expect(try Folder.permissions(store.path) == 0o600)
    #expect(try Folder.size(ofFile: store.path) > 2 * KeyExportWriter.pieceSize / 2)
    let head = KeyExport(id: "KX-1", origin: store.keys.origin, content: .store, epoch: 1)
    #expect(try KeyExport.read(at: store.path) == head)
    var digest = RunningDigest()
    digest.add(try Folder.contents(of: store.path))
    #expect(store.digest == digest.value)
    let opened = try store.open(store.path)
    #expect(opened.export == head && opened.role == nil)
    let back = try Keyring(epochFolder: store.staging, key: .root(RootKey(opened.key)))
    let here = try store.keys.open()
    for ref in [UInt32(0), 4000, 8999] {
      let key = try back.participantKey(of: ParticipantRef(ref)).key
      #expect(try key == here.participantKey(of: ParticipantRef(ref)).key)
    }
    for name in KeyExport.files {
      let original = try Folder.contents(of: "\(store.keys.folder)/keys/epoch-1/\(name)")
      #expect(try Folder.contents(of: "\(store.staging)/\(name)") == original, "\(name)")
    }
    // The root key stands nowhere in clear.
    let root = try here.root.key.rawBytes
    let sealed = try Folder.contents(of: store.path)
    #expect(!sealed.indices.contains { sealed[$0...].starts(with: root) })
  }

  @Test("opens with no other passphrase, and not when a single bit is another; nothing stays then")
  func refusals() throws {
    let store = try Exported()
    #expect(throws: KeyringError.wrongPassphrase(path: store.path)) {
      try store.open(store.path, Array("sechs Würfel, ein Satz ".utf8))
    }
    let bytes = try Folder.contents(of: store.path)
    let changed = "\(store.keys.folder)/changed.export"
    func refuses(_ bytes: [UInt8], _ place: String) throws {
      try Folder.replace(changed, with: bytes.span)
      do {
        _ = try store.open(changed)
        Issue.record("it opened: \(place)")
      } catch let error as KeyringError {
        switch error {
        case .wrongPassphrase, .exportDamaged, .notAnExport, .newerVersion, .rootKeyOfAnotherStore:
          break
        default: Issue.record("\(error): \(place)")
        }
      }
      #expect(!Folder.exists(store.staging), "\(place)")
    }
    var random = SeededGenerator(seed: 41)
    let headSize = try KeyExportHead(File(store.path, .read)).bytes.count
    for _ in 0..<30 {
      // Half of them in the few bytes of the head.
      let at =
        random.chance(50)
        ? Int.random(in: 0..<headSize, using: &random)
        : Int.random(in: headSize..<bytes.count, using: &random)
      var other = bytes
      other[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try refuses(other, "seed 41, byte \(at)")
    }
    for size in [0, 10, headSize - 1, headSize, headSize + 3, bytes.count / 2, bytes.count - 1] {
      try refuses(Array(bytes[..<size]), "cut to \(size)")
    }
    try refuses(bytes + [0], "a byte behind the end")
    try refuses(bytes + Array(bytes[headSize...]), "doubled")
    try Folder.remove(changed)
    #expect(throws: KeyringError.self) { try store.open(changed) }
  }

  @Test("says who has a key in it, whether it is unpacked or not")
  func statuses() throws {
    let store = try Exported(people: 9000)
    let opened = try store.open(store.path)
    let read = try KeyExport.open(
      at: store.path, origin: store.keys.origin, passphrase: Self.words, unpackingTo: nil)
    var whole = SlotStatuses()
    whole.take(try Folder.contents(of: "\(store.staging)/participants"), at: 0)
    for statuses in [opened.statuses, read.statuses] {
      #expect(statuses == whole)
      for ref in [UInt32(0), 4000, 8999] { #expect(statuses.isLive(ref)) }
      #expect(!statuses.isLive(9000) && !statuses.isErased(9000) && !statuses.isErased(0))
    }
    #expect(read.ring == opened.ring)
    // However the bytes come.
    let bytes = try Folder.contents(of: "\(store.staging)/participants")
    for size in [1, 63, 64, 65, 71, 72, 73, 1000] {
      var parts = SlotStatuses()
      for start in stride(from: 0, to: bytes.count, by: size) {
        parts.take(Array(bytes[start..<min(start + size, bytes.count)]), at: start)
      }
      #expect(parts == whole, "\(size)")
    }
  }

  @Test("loses no piece unnoticed")
  func pieces() throws {
    let store = try Exported(people: 9000)
    let bytes = try Folder.contents(of: store.path)
    let headSize = try KeyExportHead(File(store.path, .read)).bytes.count
    var pieces: [ArraySlice<UInt8>] = []
    var at = headSize
    while at < bytes.count {
      let size = Int(bytes.bigEndian32(at: at) & ~KeyExportWriter.lastFlag) + 4
      pieces.append(bytes[at..<at + size])
      at += size
    }
    #expect(pieces.count >= 2)
    let changed = "\(store.keys.folder)/changed.export"
    var ended = Array(pieces[0])
    ended[0] |= 0x80
    let swapped = Array(pieces[1]) + Array(pieces[0])
    for other in [Array(pieces[0]), Array(pieces[1]), swapped, ended] {
      let whole = Array(bytes[..<headSize]) + other
      try Folder.replace(changed, with: whole.span)
      #expect(throws: KeyringError.exportDamaged(path: changed)) { try store.open(changed) }
    }
  }

  @Test("of a role holds that key alone, and an existing key file is never replaced")
  func roles() throws {
    let keys = try TemporaryKeys()
    let issued = "\(keys.folder)/steward.key"
    let role = try keys.open().issue(
      .steward, holder: "B-014", subprojects: [], to: issued, passphrase: nil)
    let path = "\(keys.folder)/role.export"
    let export = KeyExport(
      id: "KX-2", origin: keys.origin, content: .role(role.number), epoch: 1)
    _ = try keys.open().export(export, to: path, passphrase: Self.words)
    let opened = try KeyExport.open(
      at: path, origin: keys.origin, passphrase: Self.words,
      unpackingTo: "\(keys.folder)/staging")
    #expect(opened.role == role && !Folder.exists("\(keys.folder)/staging"))
    let target = "\(keys.folder)/handed-over.key"
    try opened.writeKey(to: target, passphrase: nil)
    #expect(try Folder.contents(of: target) == Folder.contents(of: issued))
    // Again is no failure; over another key it is.
    try opened.writeKey(to: target, passphrase: nil)
    let root = try Folder.contents(of: "\(keys.folder)/root.key")
    #expect(throws: KeyringError.otherKeyThere(path: "\(keys.folder)/root.key")) {
      try opened.writeKey(to: "\(keys.folder)/root.key", passphrase: nil)
    }
    #expect(try Folder.contents(of: "\(keys.folder)/root.key") == root)
    let none = KeyExport(id: "KX-3", origin: keys.origin, content: .role(9), epoch: 1)
    #expect(throws: KeyringError.noSuchRole(9)) {
      try keys.open().export(none, to: "\(keys.folder)/x", passphrase: Self.words)
    }
    // A role exports nothing.
    let key = try StoreKey.read(at: issued, origin: keys.origin) {
      (_: String) throws(KeyringError) in nil
    }
    let own = try Keyring(folder: "\(keys.folder)/keys", key: key)
    #expect(throws: KeyringError.closed(.administration, role)) {
      try own.export(export, to: "\(keys.folder)/y", passphrase: Self.words)
    }
  }
}
