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
      let export = try storeExport(file)
      let staging = "\(path)/keys/epoch-\(export.epoch).import"
      let keyPath = rootKey.path(origin)
      let plan: KeyImportPlan
      do {
        // Another program must not change the keys meanwhile.
        let claim = try WriterLock(directory: "\(path)/log", waitingAtMost: patience)
        defer { withExtendedLifetime(claim) {} }
        try Folder.create("\(path)/keys")
        try Folder.remove(staging)
        let opened = try KeyExport.open(
          at: file, origin: origin, passphrase: passphrase, unpackingTo: staging)
        do {
          plan = try KeyImportPlan(opened, store: path, keyPath: keyPath, passphrase: sealing)
          try opened.carryOut(plan.files, from: staging, keyPath: keyPath, passphrase: sealing)
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
      return try log.noteImport(of: plan, author: author)
    } catch { throw AppendError(wrapping: error) }
  }

  /// Says what `importKeys` would do, and writes nothing.
  ///
  /// - Throws: `LogError`, for the same reasons; but another program that writes is no reason.
  public static func planKeyImport(
    store path: String, from file: String, rootKey: RootKeySource, passphrase: [UInt8],
    sealing: [UInt8]? = nil
  ) throws(LogError) -> KeyImportPlan {
    do {
      let origin = try origin(ofStore: path)
      _ = try storeExport(file)
      let opened = try KeyExport.open(
        at: file, origin: origin, passphrase: passphrase, unpackingTo: nil)
      return try KeyImportPlan(
        opened, store: path, keyPath: rootKey.path(origin), passphrase: sealing)
    } catch { throw LogError(wrapping: error) }
  }

  /// What an export of all keys says of itself.
  private static func storeExport(_ file: String) throws -> KeyExport {
    let export = try KeyExport.read(at: file)
    guard export.content == .store else { throw KeyringError.notAnExport(path: file) }
    return export
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
      let opened = try roleExport(file, store: path, keyPath, passphrase)
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

  /// Says what `importRoleKey` would do, and writes nothing.
  ///
  /// - Returns: The role, and whether its key was renewed since, so that the file gets the renewed one.
  /// - Throws: `LogError`, for the same reasons.
  public static func planRoleKeyImport(
    store path: String, from file: String, to keyPath: String, passphrase: [UInt8]
  ) throws(LogError) -> (role: Role, isRenewed: Bool) {
    do {
      let opened = try roleExport(file, store: path, keyPath, passphrase)
      guard let role = opened.role else { throw KeyringError.exportDamaged(path: file) }
      let (keyring, isRenewed) = try opened.opening(keys: "\(path)/keys", as: keyPath)
      let image = try LogImage(folder: "\(path)/log")
      defer { try? image.close() }
      try image.keyState(of: keyring.watermark).refuseUnsettled()
      return (role, isRenewed)
    } catch { throw LogError(wrapping: error) }
  }

  /// Opens the export of a role's key whose file does not exist yet.
  private static func roleExport(
    _ file: String, store path: String, _ keyPath: String, _ passphrase: [UInt8]
  ) throws -> KeyExport.Opened {
    let origin = try origin(ofStore: path)
    guard case .role = try KeyExport.read(at: file).content else {
      throw KeyringError.notAnExport(path: file)
    }
    if Folder.exists(keyPath) { throw KeyringError.otherKeyThere(path: keyPath) }
    return try KeyExport.open(
      at: file, origin: origin, passphrase: passphrase, unpackingTo: nil)
  }

  private static func origin(ofStore path: String) throws -> String {
    guard Folder.exists(path) else { throw LogError.noStore(path: path) }
    guard Folder.exists("\(path)/log/data.mdb") else { throw LogError.notAStore(path: path) }
    let image = try LogImage(folder: "\(path)/log")
    defer { try? image.close() }
    return image.origin
  }

  private func noteImport(of plan: KeyImportPlan, author: String) throws -> KeyImport {
    let export = plan.export
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
      export: export, log: self, reapplied: plan.reapplied, withoutKey: withoutKey,
      position: result.first)
  }
}
