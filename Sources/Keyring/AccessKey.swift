import Crypto
import FoundationEssentials

// Whoever reads a person's data has to leave a note of it, and may not read the notes of others: so
// entries of the access log are sealed to a public key. HPKE (RFC 9180), base mode, X25519, SHA-256,
// ChaCha20-Poly1305.

/// The private key that opens the access log.
struct AccessKey: Sendable {
  private let key: Curve25519.KeyAgreement.PrivateKey

  private static let info = Array("wegmarke access log v1".utf8)

  /// The key in the ring of a role, or the one that the root key's store key makes.
  init?(of ring: RingFile, storeKey: SymmetricKey?) {
    if let entry = ring.entries.first(where: { $0.purpose == .accessLog }) {
      self.init(seed: entry.key)
    } else if let storeKey {
      self.init(storeKey: storeKey)
    } else {
      return nil
    }
  }

  init?(storeKey: SymmetricKey) {
    let expanded = HKDF<SHA256>.expand(
      pseudoRandomKey: storeKey, info: AccessKey.info, outputByteCount: 32)
    self.init(seed: expanded)
  }

  private init?(seed: SymmetricKey) {
    guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: seed.rawBytes) else {
      return nil
    }
    self.key = key
  }

  var publicKey: AccessPublicKey { AccessPublicKey(key: key.publicKey) }

  /// The key as an entry of a role's ring.
  var entry: RingEntry {
    RingEntry(
      purpose: .accessLog, number: 0, name: "", key: SymmetricKey(data: key.rawRepresentation))
  }

  func open(_ sealed: [UInt8], authenticating data: [UInt8], origin: String) throws(KeyringError)
    -> [UInt8]
  {
    guard sealed.count >= AccessPublicKey.overhead else { throw .sealBroken }
    do {
      var recipient = try HPKE.Recipient(
        privateKey: key, ciphersuite: .Curve25519_SHA256_ChachaPoly, info: Data(origin.utf8),
        encapsulatedKey: Data(sealed[..<32]))
      return Array(try recipient.open(sealed[32...], authenticating: data))
    } catch { throw .sealBroken }
  }
}

/// The public half: seals entries of the access log and opens none.
struct AccessPublicKey: Sendable {
  fileprivate let key: Curve25519.KeyAgreement.PublicKey

  /// Bytes that a seal adds: the encapsulated key and the tag.
  static let overhead = 32 + 16

  fileprivate init(key: Curve25519.KeyAgreement.PublicKey) { self.key = key }

  /// The key in the ring of a role.
  init?(of ring: RingFile) {
    guard let entry = ring.entries.first(where: { $0.purpose == .accessLogPublic }),
      let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: entry.key.rawBytes)
    else { return nil }
    self.key = key
  }

  /// The key as an entry of a role's ring.
  var entry: RingEntry {
    RingEntry(
      purpose: .accessLogPublic, number: 0, name: "",
      key: SymmetricKey(data: key.rawRepresentation))
  }

  func seal(_ plain: [UInt8], authenticating data: [UInt8], origin: String) throws(KeyringError)
    -> [UInt8]
  {
    do {
      var sender = try HPKE.Sender(
        recipientKey: key, ciphersuite: .Curve25519_SHA256_ChachaPoly, info: Data(origin.utf8))
      let sealed = try sender.seal(plain, authenticating: data)
      return Array(sender.encapsulatedKey) + Array(sealed)
    } catch { throw .sealBroken }
  }
}

extension Keyring {
  /// Bytes that the seal of an access entry adds.
  public static var accessOverhead: Int { AccessPublicKey.overhead }

  /// Seals an entry of the access log; every key of the store can.
  ///
  /// - Throws: `KeyringError.closed(.accessLog)` when the ring holds no key for it.
  public func sealAccess(_ plain: [UInt8], authenticating data: [UInt8]) throws(KeyringError)
    -> [UInt8]
  {
    guard let accessPublicKey else { throw .closed(.accessLog, role) }
    return try accessPublicKey.seal(plain, authenticating: data, origin: origin)
  }

  /// Opens an entry of the access log: for the root key and the data-protection officer.
  ///
  /// - Throws: `KeyringError.closed(.accessLog)`, or `.sealBroken` when it was changed.
  public func openAccess(_ sealed: [UInt8], authenticating data: [UInt8]) throws(KeyringError)
    -> [UInt8]
  {
    guard let accessKey else { throw .closed(.accessLog, role) }
    return try accessKey.open(sealed, authenticating: data, origin: origin)
  }
}
