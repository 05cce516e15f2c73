import Crypto
import Testing

@testable import Keyring

private func bytes(_ hexadecimal: String) -> [UInt8] {
  stride(from: 0, to: hexadecimal.utf8.count, by: 2).compactMap { offset in
    UInt8(hexadecimal.dropFirst(offset).prefix(2), radix: 16)
  }
}

@Suite("A keyed hash")
struct KeyedHashTests {
  @Test(
    "is HMAC-SHA256, as the examples of RFC 4231 have it",
    arguments: [
      (
        [UInt8](repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
    ])
  func code(key: [UInt8], message: String, expected: String) {
    let hash = KeyedHash(SymmetricKey(data: key))
    for _ in 0..<2 { #expect(Array(hash.code(for: Array(message.utf8))) == bytes(expected)) }
  }

  @Test(
    "derives keys by HKDF-SHA256, as the examples of RFC 5869 have it",
    arguments: [
      (
        "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
      ),
      ("", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"),
    ])
  func derivation(salt: String, info: String, expected: String) {
    let secret = SymmetricKey(data: [UInt8](repeating: 0x0B, count: 22))
    let hash = KeyedHash(SymmetricKey(data: bytes(salt)))
    #expect(hash.derivedKey(from: secret, info: bytes(info)).rawBytes == bytes(expected))
  }

  @Test("agrees with the library for keys and messages of any length up to a block")
  func agreement() {
    for length in 0...64 {
      let key = SymmetricKey(data: (0..<length).map { UInt8($0 &* 7) })
      let message = (0..<(3 * length)).map { UInt8($0 & 0xFF) }
      #expect(
        Array(KeyedHash(key).code(for: message))
          == Array(HMAC<SHA256>.authenticationCode(for: message, using: key)))
      let derived = HKDF<SHA256>.deriveKey(
        inputKeyMaterial: SymmetricKey(data: message), salt: key.rawBytes, info: message,
        outputByteCount: 32)
      #expect(
        KeyedHash(key).derivedKey(from: SymmetricKey(data: message), info: message) == derived)
    }
  }
}
