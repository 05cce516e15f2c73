import Crypto
import Files

extension KeyExport {
  static let ringName = "ring"
  static let slotsName = "participants"
  /// The files of a store's keys that go into an export, beside the root key, in this order.
  static let files = [ringName, slotsName, "identities"]
  private static let keyEntry = "key"

  /// An export that was opened, with what it holds.
  public struct Opened: Sendable {
    /// What it says of itself; the seals prove it.
    public let export: KeyExport
    let key: KeyFile
    /// The content of its ring; empty for a role's key.
    let ring: [UInt8]
    /// Who has a key in it.
    let statuses: SlotStatuses
  }

  /// Opens an export whole, up to its last seal.
  ///
  /// - Parameter folder: Gets the wrapped keys of a store, and must not exist yet; they open nothing
  ///   without the root key, which stays in memory. Without a folder nothing is written.
  /// - Throws: `KeyringError.wrongPassphrase`, `.exportDamaged` when a single bit differs or the end is
  ///   missing, `.rootKeyOfAnotherStore`, `.notAnExport`, `.newerVersion`, `.file`. The folder is gone
  ///   then.
  public static func open(
    at path: String, origin: String, passphrase: [UInt8], unpackingTo folder: String?
  ) throws(KeyringError) -> Opened {
    try open(at: path, origin: origin, unpackingTo: folder) { head in
      try head.key(passphrase, path: path)
    }
  }

  /// Opens an export with the key that somebody makes for its head.
  static func open(
    at path: String, origin: String, unpackingTo folder: String?,
    key: (KeyExportHead) throws -> SealingKey
  ) throws(KeyringError) -> Opened {
    do {
      let opened = try readThrough(path, origin, key) { name, offset, bytes in
        guard let folder else { return }
        if offset == 0 { try Folder.create(folder) }
        let file = try File("\(folder)/\(name)", offset == 0 ? .createNew : .update)
        try file.write(bytes.span, at: offset)
      }
      if let folder, opened.export.content == .store {
        for name in files { try File("\(folder)/\(name)", .update).sync() }
        try Folder.sync(folder)
      }
      return opened
    } catch {
      if let folder { try? Folder.remove(folder) }
      throw KeyringError(wrapping: error)
    }
  }

  /// Reads an export to its end; hands the bytes of each file of keys on, in parts, in their order.
  private static func readThrough(
    _ path: String, _ origin: String, _ opener: (KeyExportHead) throws -> SealingKey,
    part: (_ name: String, _ offset: Int, _ bytes: [UInt8]) throws -> Void
  ) throws -> Opened {
    var reader = try KeyExportReader(path, key: opener)
    let export = reader.head.export
    guard export.origin == origin else {
      throw KeyringError.rootKeyOfAnotherStore(path: path, expected: origin, found: export.origin)
    }
    let damaged = KeyringError.exportDamaged(path: path)
    var key: KeyFile?
    var found: [String] = []
    var ring: [UInt8] = []
    var statuses = SlotStatuses()
    while let entry = try reader.next() {
      if entry.name == keyEntry {
        guard key == nil, found.isEmpty, entry.size <= 4096 else { throw damaged }
        let bytes = try reader.bytes(entry.size)
        key = try KeyFile.parse(bytes, from: path, origin: origin) {
          (_: String) throws(KeyringError) in nil
        }
      } else {
        guard export.content == .store, found.count < files.count,
          entry.name == files[found.count]
        else { throw damaged }
        found.append(entry.name)
        var at = 0
        repeat {
          let bytes = try reader.bytes(entry.size - at)
          if entry.name == ringName { ring += bytes }
          if entry.name == slotsName { statuses.take(bytes, at: at) }
          try part(entry.name, at, bytes)
          at += bytes.count
        } while at < entry.size
      }
    }
    guard let key, key.isOf(export.content), found == (export.content == .store ? files : []) else {
      throw damaged
    }
    return Opened(export: export, key: key, ring: ring, statuses: statuses)
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
