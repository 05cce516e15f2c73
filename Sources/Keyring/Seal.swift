import Crypto
import Files
import FoundationEssentials

/// A key that seals and opens, AES-256-GCM.
public struct SealingKey: Sendable {
  let key: SymmetricKey

  init(_ key: SymmetricKey) { self.key = key }

  /// Bytes that a seal adds to what it seals: the authentication tag.
  public static let overhead = 16
  /// Bytes of a nonce.
  public static let nonceSize = 12

  /// Seals bytes under a nonce that is used once; returns ciphertext and tag.
  public func seal(
    _ plain: [UInt8], nonce: [UInt8], authenticating data: [UInt8]
  ) throws(KeyringError) -> [UInt8] {
    var sealed: [UInt8] = []
    sealed.reserveCapacity(plain.count + SealingKey.overhead)
    try seal(plain[...], nonce: nonce[...], authenticating: data, appendingTo: &sealed)
    return sealed
  }

  /// Seals bytes under a nonce that is used once; appends ciphertext and tag to others.
  public func seal(
    _ plain: ArraySlice<UInt8>, nonce: ArraySlice<UInt8>, authenticating data: [UInt8],
    appendingTo output: inout [UInt8]
  ) throws(KeyringError) {
    do {
      let box = try AES.GCM.seal(
        plain, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: data)
      // Nonce, ciphertext and tag in one piece; two pieces would be two copies.
      guard let combined = box.combined else { throw KeyringError.sealBroken }
      output += combined.dropFirst(SealingKey.nonceSize)
    } catch { throw .sealBroken }
  }

  /// Opens nonce, ciphertext and tag standing one after the other.
  ///
  /// - Throws: `KeyringError.sealBroken` when any bit differs from what was sealed.
  public func open(_ combined: [UInt8], authenticating data: [UInt8]) throws(KeyringError)
    -> [UInt8]
  {
    do {
      let box = try AES.GCM.SealedBox(combined: combined)
      return Array(try AES.GCM.open(box, using: key, authenticating: data))
    } catch { throw .sealBroken }
  }
}

/// A source of 96-bit random nonces, drawn from the system's generator in large portions.
public struct NonceSource: Sendable {
  private var buffer: [UInt8] = []
  private var used = 0

  /// Creates a source.
  public init() {}

  /// The next nonce.
  public mutating func next() -> [UInt8] {
    if used + SealingKey.nonceSize > buffer.count {
      buffer = RandomBytes.make(6144)
      used = 0
    }
    defer { used += SealingKey.nonceSize }
    return Array(buffer[used..<used + SealingKey.nonceSize])
  }
}

/// Random bytes from the system's generator.
public enum RandomBytes {
  /// Makes bytes that nobody can predict.
  public static func make(_ count: Int) -> [UInt8] { SystemRandom.bytes(count) }
}
