import Crypto

// Keys and digests give their bytes through a pointer only. Read through `Sequence` they cost more
// than the hash itself, and there is a hash for every record and every key.

/// SHA-256 of bytes that are no secret.
public enum SHA256Hash {
  /// Bytes of a hash.
  public static let size = 32

  /// Appends the hash of bytes to others.
  public static func append(hashOf bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var hasher = SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    let digest = hasher.finalize()
    unsafe digest.withUnsafeBytes { unsafe output.append(contentsOf: $0) }
  }

  /// The hash of bytes.
  public static func hash(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(size)
    append(hashOf: bytes, to: &output)
    return output
  }
}

extension HMAC<SHA256> {
  /// The code of a message under the key that this was made with; may be asked again and again.
  ///
  /// A copy starts behind the key, which saves hashing the key for every message.
  func code(for message: [UInt8]) -> [UInt8] {
    var copy = self
    unsafe message.withUnsafeBytes { unsafe copy.update(data: $0) }
    let code = copy.finalize()
    return unsafe code.withUnsafeBytes { unsafe Array($0) }
  }

  /// HKDF-Extract of RFC 5869 for the salt that this was made with.
  func extract(from key: SymmetricKey) -> HashedAuthenticationCode<SHA256> {
    var copy = self
    unsafe key.withUnsafeBytes { unsafe copy.update(data: $0) }
    return copy.finalize()
  }
}

extension HashedAuthenticationCode<SHA256> {
  /// HKDF-Expand of RFC 5869 to 32 bytes, with this as the pseudorandom key.
  ///
  /// HMAC (RFC 2104) written out over the hash: through the library's generic ways the same four
  /// blocks cost four times as much, and there is a key for every person and field group.
  func expanded(info: [UInt8]) -> SymmetricKey {
    var inner: [UInt8] = []
    inner.reserveCapacity(64 + info.count + 1)
    unsafe withUnsafeBytes { unsafe inner.append(contentsOf: $0) }
    inner.append(contentsOf: repeatElement(0, count: 64 - inner.count))
    var outer = inner
    outer.reserveCapacity(64 + SHA256Hash.size)
    for index in inner.indices {
      inner[index] ^= 0x36
      outer[index] ^= 0x5C
    }
    inner += info
    inner.append(1)
    SHA256Hash.append(hashOf: inner[...], to: &outer)
    return SymmetricKey(data: SHA256Hash.hash(outer[...]))
  }
}

extension SymmetricKey {
  /// The key as bytes, for wrapping it under another key.
  var rawBytes: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }
}
