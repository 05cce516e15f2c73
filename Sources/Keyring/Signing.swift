import Crypto
import Files
import FoundationEssentials
import Synchronization

/// A public Ed25519 key (RFC 8032): checks signatures and cannot make them.
public struct VerifyingKey: Sendable, Hashable {
  /// Bytes of a key.
  public static let size = 32

  /// The key in the encoding of RFC 8032.
  public let bytes: [UInt8]

  /// Takes a key over; nil when it has not 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == VerifyingKey.size,
      (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { return nil }
    self.bytes = bytes
  }

  /// Whether a signature over a message was made with the private half of this key.
  public func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }
}

/// A private Ed25519 key.
struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// The key of a seed of 32 bytes (RFC 8032, 5.1.5); nil for any other number.
  init?(seed: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
    self.key = key
  }

  var verifyingKey: VerifyingKey? {
    VerifyingKey(bytes: Array(key.publicKey.rawRepresentation))
  }

  func sign(_ message: [UInt8]) throws(KeyringError) -> [UInt8] {
    do { return Array(try key.signature(for: message)) } catch { throw .noSigningKey }
  }
}

extension RingEntry {
  /// A fresh key that signs checkpoints.
  static func freshSigningKey() -> RingEntry {
    RingEntry(
      purpose: .signing, number: 0, name: "",
      key: SymmetricKey(data: Curve25519.Signing.PrivateKey().rawRepresentation))
  }

  /// The entry as a signing key; nil when it is for something else.
  var signingKey: SigningKey? {
    purpose == .signing ? SigningKey(seed: key.rawBytes) : nil
  }
}

extension Keyring {
  /// The public half of the key that signs checkpoints; nil where the ring holds none.
  public var verifyingKey: VerifyingKey? {
    signingKey.withLock { $0?.verifyingKey }
  }

  /// Signs a message with the key that signs checkpoints (Ed25519, 64 bytes).
  ///
  /// - Throws: `KeyringError.noSigningKey` where the ring holds none.
  public func sign(_ message: [UInt8]) throws(KeyringError) -> [UInt8] {
    guard let key = signingKey.withLock({ $0 }) else { throw .noSigningKey }
    return try key.sign(message)
  }

  /// Makes the key that signs checkpoints, in stores older than it; for the writer of the log only.
  ///
  /// - Throws: `KeyringError` when the ring cannot be read or written.
  public func makeSigningKey() throws(KeyringError) {
    if verifyingKey != nil { return }
    let path = "\(folder)/ring"
    let root = try root
    let entry = try ringTurn.withLock { _ throws(KeyringError) in
      var ring = try RingFile.read(from: path, root: root)
      if let known = ring.entries.first(where: { $0.purpose == .signing }) { return known }
      let fresh = RingEntry.freshSigningKey()
      ring.entries.append(fresh)
      try ring.write(to: path, root: root)
      return fresh
    }
    signingKey.withLock { $0 = entry.signingKey }
  }
}
