import Crypto
import Files

extension KeyExport {
  /// The files of a store's keys that go into an export, beside the root key.
  static let files = ["ring", "participants", "identities"]
  private static let keyEntry = "key"

  /// An export that was opened, with what it holds.
  public struct Opened: Sendable {
    /// What it says of itself; the seals prove it.
    public let export: KeyExport
    let key: KeyFile
  }

  /// Opens an export whole; the wrapped keys of a store go into a folder that must not exist yet.
  ///
  /// What the folder gets opens nothing without the root key, which stays in memory.
  ///
  /// - Throws: `KeyringError.wrongPassphrase`, `.exportDamaged` when a single bit differs or the end is
  ///   missing, `.rootKeyOfAnotherStore`, `.notAnExport`, `.newerVersion`, `.file`. The folder is gone
  ///   then.
  public static func open(
    at path: String, origin: String, passphrase: [UInt8], unpackingTo folder: String
  ) throws(KeyringError) -> Opened {
    do {
      return try unpack(path, origin, passphrase, folder)
    } catch {
      try? Folder.remove(folder)
      throw KeyringError(wrapping: error)
    }
  }

  private static func unpack(
    _ path: String, _ origin: String, _ passphrase: [UInt8], _ folder: String
  ) throws -> Opened {
    var reader = try KeyExportReader(path, passphrase: passphrase)
    let export = reader.head.export
    guard export.origin == origin else {
      throw KeyringError.rootKeyOfAnotherStore(path: path, expected: origin, found: export.origin)
    }
    let damaged = KeyringError.exportDamaged(path: path)
    var key: KeyFile?
    var found: [String] = []
    while let entry = try reader.next() {
      if entry.name == keyEntry {
        guard entry.size <= 4096 else { throw damaged }
        let bytes = try reader.bytes(entry.size)
        key = try KeyFile.parse(bytes, from: path, origin: origin) {
          (_: String) throws(KeyringError) in nil
        }
      } else {
        guard files.contains(entry.name), export.content == .store else { throw damaged }
        if found.isEmpty { try Folder.create(folder) }
        found.append(entry.name)
        let file = try File("\(folder)/\(entry.name)", .createNew)
        var at = 0
        while at < entry.size {
          let bytes = try reader.bytes(entry.size - at)
          try file.write(bytes.span, at: at)
          at += bytes.count
        }
        try file.sync()
      }
    }
    guard let key, key.isOf(export.content), found == (export.content == .store ? files : []) else {
      throw damaged
    }
    if export.content == .store { try Folder.sync(folder) }
    return Opened(export: export, key: key)
  }

  static func write(
    _ export: KeyExport, key: KeyFile, from folder: String, to path: String, passphrase: [UInt8]
  ) throws -> [UInt8] {
    var writer = try KeyExportWriter(export, at: path, passphrase: passphrase)
    try writer.add(keyEntry, Array(try key.text().utf8))
    if export.content == .store {
      for name in files { try writer.add(name, contentsOf: "\(folder)/\(name)") }
    }
    return try writer.finish()
  }
}

extension KeyExport.Opened {
  /// The wrapped keys that were unpacked, opened with the root key of the export.
  ///
  /// - Throws: `KeyringError` when they are not whole, or the export is one of a role.
  public func keyring(in folder: String) throws(KeyringError) -> Keyring {
    try Keyring(epochFolder: folder, key: .root(RootKey(key)))
  }

  /// Whether a ring that stands in the store opens under the root key of the export.
  ///
  /// - Throws: `KeyringError` when the ring cannot be read.
  public func opens(ringIn folder: String) throws(KeyringError) -> Bool {
    do throws(KeyringError) {
      _ = try RingFile.read(from: "\(folder)/ring", root: RootKey(key))
      return true
    } catch .wrongRootKey { return false }
  }

  /// Writes the key into a file of its own, which must not exist, or which holds the same already.
  ///
  /// - Parameter passphrase: Seals the file; nil leaves it unsealed.
  /// - Throws: `KeyringError.otherKeyThere` when another key lies there.
  public func writeKey(to path: String, passphrase: [UInt8]?) throws(KeyringError) {
    if Folder.exists(path) {
      let there = try? KeyFile.read(at: path, origin: key.origin) { (_: String) in passphrase }
      guard let there, there.key == key.key else { throw .otherKeyThere(path: path) }
      return
    }
    var protection: KeyProtection?
    if let passphrase { protection = try KeyProtection(passphrase) }
    try KeyFile(owner: key.owner, origin: key.origin, key: key.key, protection: protection)
      .create(at: path)
  }

  /// The role whose key it is; nil for the keys of a store.
  public var role: Role? {
    if case .role(let role) = key.owner { role } else { nil }
  }
}

extension KeyFile {
  /// Whether it is the key that an export of this content must hold.
  fileprivate func isOf(_ content: KeyExport.Content) -> Bool {
    switch (content, owner) {
    case (.store, .root): true
    case (.role(let number), .role(let role)): role.number == number
    default: false
    }
  }
}

extension Keyring {
  /// Writes keys into a file sealed under a passphrase, mode 0600; it must not exist yet.
  ///
  /// For the writer of the log, who records it before the file gets its name.
  ///
  /// - Returns: SHA-256 of the file.
  /// - Throws: `KeyringError.closed(.administration)` without the root key, `.noSuchRole`, `.file`.
  public func export(
    _ export: KeyExport, to path: String, passphrase: [UInt8]
  ) throws(KeyringError) -> [UInt8] {
    let root = try root
    let key: KeyFile
    switch export.content {
    case .store: key = KeyFile(owner: .root, origin: origin, key: root.key, protection: nil)
    case .role(let number):
      let ring = try RingFile.read(from: "\(folder)/ring", root: root)
      let entry = ring.entries.first { $0.purpose == .role && $0.number == number }
      guard let entry, let (role, _) = Role.parse(entry) else { throw .noSuchRole(number) }
      key = KeyFile(owner: .role(role), origin: origin, key: entry.key, protection: nil)
    }
    do {
      return try KeyExport.write(export, key: key, from: folder, to: path, passphrase: passphrase)
    } catch {
      try? RootKey.destroy(at: path)
      throw KeyringError(wrapping: error)
    }
  }
}
