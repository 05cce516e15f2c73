import Crypto
import Testing

@testable import Keyring

@Suite("The derivation of keys")
struct KeyDerivationTests {
  @Test("is HKDF with SHA-256: the first test vector of RFC 5869, as far as 32 bytes go")
  func vector() {
    let salt = HMAC<SHA256>(key: SymmetricKey(data: [UInt8](0...12)))
    let input = SymmetricKey(data: [UInt8](repeating: 0x0B, count: 22))
    let key = salt.extract(from: input).expanded(info: [UInt8](0xF0...0xF9))
    let text = key.rawBytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    #expect(text == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf")
  }

  @Test("gives what the library's own expansion gives, whatever the length of the purpose")
  func library() {
    for length in [0, 1, 17, 54, 55, 56, 64, 200] {
      let salt = HMAC<SHA256>(key: SymmetricKey(size: .bits256))
      let code = salt.extract(from: SymmetricKey(size: .bits256))
      let info = [UInt8](repeating: 7, count: length)
      let expected = HKDF<SHA256>.expand(
        pseudoRandomKey: code, info: info, outputByteCount: 32)
      #expect(code.expanded(info: info) == expected, "\(length) bytes")
    }
  }
}
