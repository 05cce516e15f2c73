import Files
import Journey
public import Keyring
import LMDB

/// What an import of keys brought back.
public struct KeyImport: Sendable {
  /// The export that it came from.
  public let export: KeyExport
  /// The log, opened with the keys.
  public let log: EventLog
  /// Erasures that were carried out again, because they were ordered after the export.
  public let reapplied: Int
  /// People without a key: admitted after the export, so that nobody opens their records any more.
  public let withoutKey: Int
  /// Where the log says that keys were imported.
  public let position: Position
}

extension EventLog {
  /// Brings exported keys back into a store whose key files were lost.
  ///
  /// Keys that are there are kept, for they may know more people than the export. Whoever was erased
  /// after the export stays erased: the log's erasures are carried out again before anything is shown.
  ///
  /// - Parameters:
  ///   - file: The export.
  ///   - rootKey: Where the key file belongs.
  ///   - passphrase: The passphrase of the export.
  ///   - sealing: Seals the key file that is written; nil leaves it unsealed.
  /// - Throws: `AppendError`. `LogError.keysAhead` or `.keysOfAnotherHistory` when the export followed
  ///   erasures that this log does not hold; `KeyringError.keysNewer`, `.nothingLost` and `.otherKeyThere`
  ///   when the store has keys that the export does not open or does not need. Nothing was changed then.
  public static func importKeys(
    store path: String, from file: String, rootKey: RootKeySource, passphrase: [UInt8],
    sealing: [UInt8]? = nil, author: String, waitingAtMost patience: Duration = .zero
  ) throws(AppendError) -> KeyImport {
    do {
      let origin = try origin(ofStore: path)
      let export = try KeyExport.read(at: file)
      guard export.content == .store else { throw KeyringError.notAnExport(path: file) }
      let staging = "\(path)/keys/epoch-\(export.epoch).import"
      let keyPath = rootKey.path(origin)
      let opened: KeyExport.Opened
      do {
        // Another program must not change the keys meanwhile.
        let claim = try WriterLock(directory: "\(path)/log", waitingAtMost: patience)
        defer { withExtendedLifetime(claim) {} }
        try Folder.create("\(path)/keys")
        try Folder.remove(staging)
        opened = try KeyExport.open(
          at: file, origin: origin, passphrase: passphrase, unpackingTo: staging)
        do {
          try check(opened, in: staging, against: path)
          try place(opened, from: staging, in: "\(path)/keys", keyPath, sealing)
        } catch {
          try? Folder.remove(staging)
          throw error
        }
      }
      let source = RootKeySource(path: { _ in keyPath }) { (_: String) throws(KeyringError) in
        sealing
      }
      let log = try EventLog(
        store: path, access: .write(waitingAtMost: patience), rootKey: source)
      try log.keyring.restoreRoleRings()
      return try log.noteImport(of: opened.export, author: author)
    } catch { throw AppendError(wrapping: error) }
  }

  /// Brings the key of a role, handed over as an export, into a key file, and tries it.
  ///
  /// - Parameter keyPath: The key file; must not exist.
  /// - Returns: The role.
  /// - Throws: `LogError`; there is no key file then. `KeyringError.notAnExport` for all keys of a store.
  public static func importRoleKey(
    store path: String, from file: String, to keyPath: String, passphrase: [UInt8],
    sealing: [UInt8]? = nil
  ) throws(LogError) -> Role {
    do {
      let origin = try origin(ofStore: path)
      guard case .role = try KeyExport.read(at: file).content else {
        throw KeyringError.notAnExport(path: file)
      }
      if Folder.exists(keyPath) { throw KeyringError.otherKeyThere(path: keyPath) }
      let opened = try KeyExport.open(
        at: file, origin: origin, passphrase: passphrase, unpackingTo: "\(keyPath).import")
      guard let role = opened.role else { throw KeyringError.exportDamaged(path: file) }
      try opened.writeKey(to: keyPath, passphrase: sealing)
      do {
        // Takes over a key that was renewed since.
        let source = RootKeySource(path: { _ in keyPath }) { (_: String) throws(KeyringError) in
          sealing
        }
        _ = try EventLog(store: path, access: .read, rootKey: source)
      } catch {
        try? RootKey.destroy(at: keyPath)
        throw error
      }
      return role
    } catch { throw LogError(wrapping: error) }
  }

  private static func origin(ofStore path: String) throws -> String {
    guard Folder.exists(path) else { throw LogError.noStore(path: path) }
    guard Folder.exists("\(path)/log/data.mdb") else { throw LogError.notAStore(path: path) }
    let image = try LogImage(folder: "\(path)/log")
    defer { try? image.close() }
    return image.origin
  }

  /// Refuses keys that followed erasures of a longer or another log.
  private static func check(
    _ opened: KeyExport.Opened, in staging: String, against path: String
  ) throws {
    let image = try LogImage(folder: "\(path)/log")
    defer { try? image.close() }
    guard let watermark = try opened.keyring(in: staging).watermark else { return }
    let size = try image.size()
    guard watermark.size <= size else {
      throw LogError.keysAhead(followed: watermark.size, log: size)
    }
    guard
      try KeyWatermark(size: watermark.size, root: image.root(size: watermark.size)) == watermark
    else { throw LogError.keysOfAnotherHistory(followed: watermark.size) }
  }

  /// Puts what is missing into its place; what a crash left is taken up again.
  private static func place(
    _ opened: KeyExport.Opened, from staging: String, in keys: String, _ keyPath: String,
    _ sealing: [UInt8]?
  ) throws {
    let epoch = opened.export.epoch
    let target = "\(keys)/epoch-\(epoch)"
    let newer = try Folder.names(keys).compactMap {
      $0.hasPrefix("epoch-") ? UInt32($0.dropFirst(6)) : nil
    }.filter { $0 > epoch && Folder.exists("\(keys)/epoch-\($0)/ring") }.max()
    if let newer { throw KeyringError.keysNewer(epoch: newer, than: epoch) }
    let hasRing = Folder.exists("\(target)/ring")
    if hasRing, try !opened.opens(ringIn: target) {
      throw KeyringError.keysNewer(epoch: epoch, than: epoch)
    }
    let missing = try Folder.names(staging).filter { !Folder.exists("\(target)/\($0)") }
    if missing.isEmpty, Folder.exists(keyPath) { throw KeyringError.nothingLost }
    try opened.writeKey(to: keyPath, passphrase: sealing)
    if hasRing {
      for name in missing { try Folder.rename("\(staging)/\(name)", to: "\(target)/\(name)") }
      try Folder.sync(target)
      try Folder.remove(staging)
    } else {
      // Without its ring nothing of the old folder opens.
      try Folder.remove(target)
      try Folder.rename(staging, to: target)
    }
    try Folder.sync(keys)
  }

  private func noteImport(of export: KeyExport, author: String) throws -> KeyImport {
    let followed = try recordedExports().last { $0.id == export.id }?.position
    let reapplied = try erasureOrders().filter { order in
      guard order.state == .completed, order.subject != .rotation else { return false }
      return followed.map { $0 < order.position } ?? false
    }
    let count = try participantCount()
    let withoutKey =
      try Int(count) - keyring.participantsWithKeys(below: count)
      - keyring.erasedRefs(below: count).count
    var imported = own(.keysImported)
    imported[Fields.exportID] = export.id
    imported[Fields.keyEpoch] = Int(export.epoch)
    imported[Fields.withoutKey] = withoutKey
    var described = own(.exportDescribed)
    described[Fields.exportID] = export.id
    described[Fields.author] = author
    let result = try append(
      AppendRequest([.init(.stream(.system), expecting: .any, [imported, described])]))
    return KeyImport(
      export: export, log: self, reapplied: reapplied.count, withoutKey: withoutKey,
      position: result.first)
  }
}
