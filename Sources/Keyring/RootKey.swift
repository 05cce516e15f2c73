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

  static let heading = "wegmarke root key v1"

  /// Makes a new root key and writes it to a file that must not exist yet, mode 0600.
  ///
  /// - Throws: `KeyringError.file` when the file cannot be created.
  public static func create(at path: String, origin: String) throws(KeyringError) -> RootKey {
    let root = RootKey(key: SymmetricKey(size: .bits256), origin: origin)
    do throws(FileError) {
      try Folder.create(Folder.parent(of: path))
      try write(root.text, to: path)
    } catch {
      throw .file(error)
    }
    return root
  }

  /// A fresh key for the same store.
  func renewed() -> RootKey { RootKey(key: SymmetricKey(size: .bits256), origin: origin) }

  /// The content of its file.
  var text: String { "\(RootKey.heading)\norigin \(origin)\nkey \(key.rawBytes.base64)\n" }

  /// Writes a key file that must not exist yet and forces it to the device.
  static func write(_ text: String, to path: String) throws(FileError) {
    let file = try File(path, .createNew)
    let content = Array(text.utf8)
    try file.write(content.span, at: 0)
    try file.sync()
    try Folder.sync(Folder.parent(of: path))
  }

  /// Reads a root key file.
  ///
  /// - Throws: `KeyringError` when the file is missing, readable by others, malformed, or belongs
  ///   to a store of another origin.
  public static func read(at path: String, origin: String) throws(KeyringError) -> RootKey {
    let content: [UInt8]
    do {
      let permissions = try Folder.permissions(path)
      guard permissions & 0o077 == 0 else {
        throw KeyringError.rootKeyExposed(path: path, permissions: permissions)
      }
      content = try Folder.contents(of: path)
    } catch let error as FileError where error.isMissing {
      throw .rootKeyMissing(path: path)
    } catch {
      throw KeyringError(wrapping: error)
    }
    let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
    guard lines.count == 3, lines[0] == heading, lines[1].hasPrefix("origin "),
      lines[2].hasPrefix("key "),
      let data = Data(base64Encoded: String(lines[2].dropFirst(4))), data.count == 32
    else { throw .rootKeyMalformed(path: path) }
    let found = String(lines[1].dropFirst(7))
    guard found == origin else {
      throw .rootKeyOfAnotherStore(path: path, expected: origin, found: found)
    }
    return RootKey(key: SymmetricKey(data: data), origin: origin)
  }
}

extension [UInt8] {
  var base64: String { Data(self).base64EncodedString() }
}
