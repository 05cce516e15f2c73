import Files
import Glibc
import Journey
import Testing

@testable import Keyring

private func says(_ words: String) -> PassphraseSource {
  { (_: String) throws(KeyringError) in Array(words.utf8) }
}

private let silence: PassphraseSource = { (_: String) throws(KeyringError) in nil }

@Suite("A key file under a passphrase")
struct PassphraseTests {
  // RFC 7914, section 12: the vectors with 64 bytes are cut to the 32 that a key has.
  @Test("makes keys as RFC 7914 does")
  func vectors() throws {
    let vectors: [(String, String, PassphraseCost, String)] = [
      (
        "", "", PassphraseCost(rounds: 16, blockSize: 1, parallelism: 1),
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
      ),
      (
        "password", "NaCl", PassphraseCost(rounds: 1024, blockSize: 8, parallelism: 16),
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
      ),
      (
        "pleaseletmein", "SodiumChloride",
        PassphraseCost(rounds: 16384, blockSize: 8, parallelism: 1),
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
      ),
    ]
    for (words, salt, cost, expected) in vectors {
      let key = try cost.key(Array(words.utf8), salt: Array(salt.utf8)).rawBytes
      let digits = key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      #expect(digits == expected, "\(words)")
    }
  }

  @Test("opens with its passphrase and no other, states its cost, and can be freed of it")
  func whole() throws {
    let keys = try TemporaryKeys()
    let path = "\(keys.folder)/root.key"
    let plain = try RootKey.read(at: path, origin: keys.origin).key.rawBytes
    try StoreKey.setPassphrase(
      ofFile: path, origin: keys.origin, old: silence, new: Array("grüne Birne".utf8))
    #expect(try Folder.permissions(path) == 0o600)
    let text = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    #expect(text.hasPrefix("wegmarke root key v2\norigin wegmarke/test\nscrypt 131072 8 1 "))
    #expect(!text.contains(plain.base64))
    let opened = try RootKey.read(at: path, origin: keys.origin, passphrase: says("grüne Birne"))
    #expect(opened.key.rawBytes == plain)
    #expect(throws: KeyringError.passphraseMissing(path: path)) {
      try RootKey.read(at: path, origin: keys.origin)
    }
    for other in ["", "grüne birne", "grüne Birne "] {
      #expect(throws: KeyringError.wrongPassphrase(path: path)) {
        try RootKey.read(at: path, origin: keys.origin, passphrase: says(other))
      }
    }
    // A renewed key is sealed under the same passphrase, with nobody asked.
    try opened.renewed().file.replace(at: path)
    let renewed = try RootKey.read(at: path, origin: keys.origin, passphrase: says("grüne Birne"))
    #expect(renewed.key.rawBytes != plain)
    try StoreKey.setPassphrase(
      ofFile: path, origin: keys.origin, old: says("grüne Birne"), new: nil)
    let freed = try RootKey.read(at: path, origin: keys.origin)
    #expect(freed.key.rawBytes == renewed.key.rawBytes)
  }

  @Test("of a role opens the role")
  func role() throws {
    let keys = try TemporaryKeys()
    let path = "\(keys.folder)/evaluator.key"
    let role = try keys.open().issue(
      .evaluator, holder: "Institut für Wirkung", subprojects: [], to: path,
      passphrase: Array("x".utf8))
    let key = try StoreKey.read(at: path, origin: keys.origin, passphrase: says("x"))
    #expect(try Keyring(folder: "\(keys.folder)/keys", key: key).role == role)
    #expect(throws: KeyringError.wrongPassphrase(path: path)) {
      try StoreKey.read(at: path, origin: keys.origin, passphrase: says("y"))
    }
  }

  @Test("binds every line: whoever changes one has no key")
  func lines() throws {
    let keys = try TemporaryKeys()
    let path = "\(keys.folder)/advisor.key"
    let protection = try KeyProtection(
      Array("x".utf8), cost: PassphraseCost(rounds: 1 << 14, blockSize: 8, parallelism: 1))
    let role = Role(number: 3, kind: .evaluator, holder: "B-014")
    let file = KeyFile(
      owner: .role(role), origin: keys.origin, key: RingEntry.fresh(.role).key,
      protection: protection)
    let text = try file.text()
    let changes = [
      ("role 3 evaluator", "role 3 advisor"), ("role 3", "role 4"), ("B-014", "B-015"),
      ("holder B-014\n", ""), ("scrypt 16384 8 1", "scrypt 32768 8 1"),
    ]
    for (old, new) in changes {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      try Folder.replace(path, with: Array(changed.utf8).span)
      #expect(throws: KeyringError.wrongPassphrase(path: path), "\(new)") {
        try StoreKey.read(at: path, origin: keys.origin, passphrase: says("x"))
      }
    }
    // What asks for too much or too little work, or is of another form, is not even tried.
    let refused = [
      ("scrypt 16384", "scrypt 16385"), ("scrypt 16384", "scrypt 1073741824"),
      ("scrypt 16384", "scrypt 2"), ("scrypt 16384 8", "scrypt 16384 0"),
      ("key v2", "key v0"), ("role 3 evaluator", "role 3 minister"), ("key v2", "key v1"),
      ("holder", "remark x\nholder"), ("role key", "other key"),
    ]
    for (old, new) in refused {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      try Folder.replace(path, with: Array(changed.utf8).span)
      #expect(throws: KeyringError.rootKeyMalformed(path: path), "\(new)") {
        try StoreKey.read(at: path, origin: keys.origin, passphrase: says("x"))
      }
    }
    try Folder.replace(path, with: Array(text.replacing("key v2", with: "key v3").utf8).span)
    #expect(throws: KeyringError.newerVersion(path: path, version: 3)) {
      try StoreKey.read(at: path, origin: keys.origin, passphrase: says("x"))
    }
  }

  @Test("of a role must be private, as the root key must")
  func modes() throws {
    let keys = try TemporaryKeys()
    let path = "\(keys.folder)/steward.key"
    _ = try keys.open().issue(.steward, holder: "", subprojects: [], to: path, passphrase: nil)
    #expect(try Folder.permissions(path) == 0o600)
    for mode: UInt32 in [0o640, 0o604, 0o660] {
      _ = unsafe chmod(path, mode)
      #expect(throws: KeyringError.rootKeyExposed(path: path, permissions: mode)) {
        try StoreKey.read(at: path, origin: keys.origin, passphrase: silence)
      }
    }
  }
}
