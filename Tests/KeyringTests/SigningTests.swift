import Files
import Journey
import Testing

@testable import Keyring

@Suite("The key that signs checkpoints")
struct SigningTests {
  private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  @Test("signs as the test vectors of RFC 8032, 7.1, say")
  func vectors() throws {
    let key = try #require(
      SigningKey(seed: bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")))
    let verifying = try #require(key.verifyingKey)
    #expect(
      verifying.bytes == bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    let signature = try key.sign([0x72])
    #expect(
      signature
        == bytes(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
    #expect(verifying.isValid(signature, of: [0x72]))
    #expect(!verifying.isValid(signature, of: [0x73]))
    #expect(!verifying.isValid(Array(signature.dropLast()), of: [0x72]))
    #expect(SigningKey(seed: [1]) == nil && VerifyingKey(bytes: [1]) == nil)
  }

  @Test("is made with the store, another in every store, and stays")
  func creation() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    let key = try #require(keyring.verifyingKey)
    #expect(key.isValid(try keyring.sign([1, 2]), of: [1, 2]))
    try keyring.makeSigningKey()
    #expect(keyring.verifyingKey == key)
    try keyring.admit([identity(1)], from: ParticipantRef(0), subprojects: ["TP-1"])
    #expect(try keys.open().verifyingKey == key)
    #expect(try TemporaryKeys().open().verifyingKey != key)
  }

  @Test("is made once in a ring that is older than it, whose version then says so")
  func olderRing() throws {
    let keys = try TemporaryKeys()
    let path = "\(keys.folder)/keys/epoch-1/ring"
    let root = try RootKey.read(at: "\(keys.folder)/root.key", origin: keys.origin)
    var ring = try RingFile.read(from: path, root: root)
    ring.entries.removeAll { $0.purpose == .signing }
    ring.version = 1
    try ring.write(to: path, root: root)
    #expect(try Folder.contents(of: path).bigEndian32(at: 8) == 1)

    let keyring = try keys.open()
    #expect(keyring.verifyingKey == nil)
    #expect(throws: KeyringError.noSigningKey) { try keyring.sign([1]) }
    let other = try keys.open()
    try keyring.makeSigningKey()
    #expect(try Folder.contents(of: path).bigEndian32(at: 8) == 2)
    // Whoever comes second takes the key that is there.
    try other.makeSigningKey()
    #expect(other.verifyingKey == keyring.verifyingKey)
    #expect(try keys.open().verifyingKey == keyring.verifyingKey)
  }

  @Test("Refs of people whose keys were destroyed are found")
  func erased() throws {
    let keys = try TemporaryKeys()
    let keyring = try keys.open()
    try keyring.admit((0..<6).map { identity($0) }, from: ParticipantRef(0))
    #expect(try keyring.erasedRefs(below: 6).isEmpty)
    for ref in [1, 5] {
      try File(keys.slots, .update).write([2].span, at: 64 + ref * 72)
    }
    #expect(try keys.open().erasedRefs(below: 6) == [1, 5])
    #expect(try keys.open().erasedRefs(below: 5) == [1])
    #expect(try keys.open().erasedRefs(below: 9) == [1, 5])
  }
}
