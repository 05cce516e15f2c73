import Crypto
import Files
import FoundationEssentials

/// The key that unwraps all others of one store; it lives outside the store.
///
/// Whoever has `log/` and `keys/` without this key has nothing but sizes, times and what stands in
/// clear on purpose (networks, definitions). `views/` holds decrypted codes: keep it out of backups.
public struct RootKey: Sendable {
  let key: SymmetricKey
  /// The origin of the store it belongs to.
  public let origin: String
  let protection: KeyProtection?

  /// Makes a new root key and writes it to a file that must not exist yet, mode 0600.
  ///
  /// - Throws: `KeyringError.file` when the file cannot be created.
  public static func create(at path: String, origin: String) throws(KeyringError) -> RootKey {
    let root = RootKey(key: SymmetricKey(size: .bits256), origin: origin, protection: nil)
    try root.file.create(at: path)
    return root
  }

  /// Reads a root key file.
  ///
  /// - Throws: `KeyringError` when the file is missing, readable by others, malformed, belongs to a
  ///   store of another origin or to a role, or needs another passphrase.
  public static func read(
    at path: String, origin: String,
    passphrase: PassphraseSource = { (_: String) throws(KeyringError) in nil }
  ) throws(KeyringError) -> RootKey {
    let file = try KeyFile.read(at: path, origin: origin, passphrase: passphrase)
    guard file.owner == .root else { throw .rootKeyMalformed(path: path) }
    return RootKey(file)
  }

  init(key: SymmetricKey, origin: String, protection: KeyProtection?) {
    self.key = key
    self.origin = origin
    self.protection = protection
  }

  init(_ file: KeyFile) {
    self.init(key: file.key, origin: file.origin, protection: file.protection)
  }

  /// This key as a file.
  var file: KeyFile { KeyFile(owner: .root, origin: origin, key: key, protection: protection) }

  /// Another key for the same store, sealed under the same passphrase if there is one.
  func renewed() -> RootKey {
    RootKey(key: SymmetricKey(size: .bits256), origin: origin, protection: protection)
  }
}

extension [UInt8] {
  var base64: String { Data(self).base64EncodedString() }
}
