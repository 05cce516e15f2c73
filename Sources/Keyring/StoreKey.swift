import Crypto
import Files

/// The key of a role, from its file outside the store.
public struct RoleKey: Sendable {
  /// The role.
  public let role: Role
  /// The origin of the store it belongs to.
  public let origin: String
  let key: SymmetricKey
  let protection: KeyProtection?
  /// Where the key was read, so that a renewed one can take its place.
  let path: String

  var file: KeyFile {
    KeyFile(owner: .role(role), origin: origin, key: key, protection: protection)
  }

  func with(_ newer: SymmetricKey) -> RoleKey {
    RoleKey(role: role, origin: origin, key: newer, protection: protection, path: path)
  }
}

/// The key that a store is opened with: of a role, or the root key that opens everything.
public enum StoreKey: Sendable {
  /// Opens everything and may change the keys.
  case root(RootKey)
  /// Opens what the role may.
  case role(RoleKey)

  /// Reads a key file of either kind.
  ///
  /// - Throws: `KeyringError` when the file is missing, readable by others, malformed, of another
  ///   store, or sealed under a passphrase that is not at hand or another one.
  public static func read(
    at path: String, origin: String, passphrase: PassphraseSource
  ) throws(KeyringError) -> StoreKey {
    let file = try KeyFile.read(at: path, origin: origin, passphrase: passphrase)
    switch file.owner {
    case .root: return .root(RootKey(file))
    case .role(let role):
      return .role(
        RoleKey(
          role: role, origin: origin, key: file.key, protection: file.protection, path: path))
    }
  }

  /// The origin of the store it belongs to.
  public var origin: String {
    switch self {
    case .root(let root): root.origin
    case .role(let key): key.origin
    }
  }

  /// The role, nil for the root key.
  public var role: Role? {
    if case .role(let key) = self { key.role } else { nil }
  }

  /// Seals a key file under a passphrase, another one, or none, in place.
  ///
  /// - Parameters:
  ///   - path: The key file.
  ///   - old: Asks for the passphrase that it has.
  ///   - new: The passphrase from now on; nil leaves the key unsealed.
  /// - Throws: `KeyringError` when the file cannot be read or written.
  public static func setPassphrase(
    ofFile path: String, origin: String, old: PassphraseSource, new: [UInt8]?
  ) throws(KeyringError) {
    let file = try KeyFile.read(at: path, origin: origin, passphrase: old)
    var protection: KeyProtection?
    if let new { protection = try KeyProtection(new) }
    try KeyFile(owner: file.owner, origin: origin, key: file.key, protection: protection)
      .replace(at: path)
  }
}
