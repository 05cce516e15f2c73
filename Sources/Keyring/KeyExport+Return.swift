import Files

/// What bringing exported keys back does to the files of a store, and to its key file.
public struct KeyFilesPlan: Sendable, Equatable {
  /// What becomes of a file.
  public enum Fate: String, Sendable {
    /// It is missing, and comes from the export.
    case written
    /// It is there, and stays as it is.
    case kept
    /// It is there, and the export's takes its place: without its ring it opens nothing.
    case replaced
  }

  /// The folder of the key epoch in the store.
  public let folder: String
  /// The key file.
  public let keyFile: Fate
  /// The files of wrapped keys, by name.
  public let files: [String: Fate]
  /// Whatever else lies in a folder that opens nothing without its ring, by name: removed with it.
  public let removed: [String]
  /// Folders of other key epochs, which are destroyed as soon as the keys are back.
  public let outdated: [String]
  /// The roles whose rings are written anew.
  public let roles: Int
  /// How far the keys will have followed the erasures of the log; nil before the first.
  public let watermark: KeyWatermark?
  let statuses: SlotStatuses

  /// How many people below a number will have no key, leaving out whose keys were destroyed.
  ///
  /// - Parameter erased: People whose erasure the log orders.
  public func withoutKey(below count: UInt32, erased: Set<UInt32>) -> Int {
    (0..<count).count { ref in
      !statuses.isLive(ref) && !statuses.isErased(ref) && !erased.contains(ref)
    }
  }
}

extension KeyExport.Opened {
  /// What bringing these keys back into a store would do; changes nothing.
  ///
  /// - Parameters:
  ///   - keys: The folder `keys` of the store.
  ///   - keyPath: The key file.
  ///   - passphrase: Opens a key file that is there and sealed; nil for none.
  /// - Throws: `KeyringError.keysNewer` and `.nothingLost` when the store has keys that the export does
  ///   not open or does not need, `.otherKeyThere`, `.damaged`, `.file`.
  public func plan(
    keys: String, keyPath: String, passphrase: [UInt8]?
  ) throws(KeyringError) -> KeyFilesPlan {
    let epoch = export.epoch
    let target = "\(keys)/epoch-\(epoch)"
    let names: [String]
    let there: [String]
    do throws(FileError) {
      names = Folder.exists(keys) ? try Folder.names(keys) : []
      there = Folder.exists(target) ? try Folder.names(target) : []
    } catch { throw .file(error) }
    let newer = names.compactMap { $0.hasPrefix("epoch-") ? UInt32($0.dropFirst(6)) : nil }
      .filter { $0 > epoch && Folder.exists("\(keys)/epoch-\($0)/ring") }.max()
    if let newer { throw .keysNewer(epoch: newer, than: epoch) }
    let hasRing = there.contains(KeyExport.ringName)
    let ring = try hasRing ? self.ring(in: target) : self.exportedRing()
    let isComplete = hasRing && KeyExport.files.allSatisfy(there.contains)
    if isComplete, Folder.exists(keyPath) { throw .nothingLost }
    let hasKey = try isThere(keyPath, passphrase)
    var statuses = statuses
    if hasRing, there.contains(KeyExport.slotsName) {
      let slots: [UInt8]
      do throws(FileError) {
        slots = try Folder.contents(of: "\(target)/\(KeyExport.slotsName)")
      } catch { throw .file(error) }
      statuses = SlotStatuses()
      statuses.take(slots, at: 0)
    }
    return KeyFilesPlan(
      folder: target, keyFile: hasKey ? .kept : .written,
      files: Dictionary(
        uniqueKeysWithValues: KeyExport.files.map { name in
          (name, !there.contains(name) ? .written : hasRing ? .kept : .replaced)
        }),
      removed: hasRing ? [] : there.filter { !KeyExport.files.contains($0) }.sorted(),
      outdated: names.filter {
        $0.hasPrefix("epoch-") && !$0.hasSuffix(".import") && "\(keys)/\($0)" != target
      }.sorted(),
      roles: ring.entries.count { Role.parse($0) != nil },
      watermark: ring.entries.lazy.compactMap(\.watermark).first, statuses: statuses)
  }

  /// Carries a plan out with the files that were unpacked; what a crash left is taken up again.
  ///
  /// - Throws: `KeyringError.otherKeyThere`, `.file`.
  public func carryOut(
    _ plan: KeyFilesPlan, from staging: String, keyPath: String, passphrase: [UInt8]?
  ) throws(KeyringError) {
    try writeKey(to: keyPath, passphrase: passphrase)
    do throws(FileError) {
      if plan.files[KeyExport.ringName] == .kept {
        for name in KeyExport.files where plan.files[name] == .written {
          try Folder.rename("\(staging)/\(name)", to: "\(plan.folder)/\(name)")
        }
        try Folder.sync(plan.folder)
        try Folder.remove(staging)
      } else {
        try Folder.remove(plan.folder)
        try Folder.rename(staging, to: plan.folder)
      }
      try Folder.sync(Folder.parent(of: plan.folder))
    } catch { throw .file(error) }
  }

  /// The ring that stands in the store.
  private func ring(in folder: String) throws(KeyringError) -> RingFile {
    do throws(KeyringError) {
      return try RingFile.read(
        from: "\(folder)/\(KeyExport.ringName)", root: RootKey(key))
    } catch .wrongRootKey { throw .keysNewer(epoch: export.epoch, than: export.epoch) }
  }

  /// How far the exported keys had followed the erasures of the log; nil before the first.
  ///
  /// - Throws: `KeyringError.damaged` when the ring is none.
  public func watermark() throws(KeyringError) -> KeyWatermark? {
    try exportedRing().entries.lazy.compactMap(\.watermark).first
  }

  /// The ring of the export, opened with its root key.
  private func exportedRing() throws(KeyringError) -> RingFile {
    try RingFile.parse(
      ring, from: KeyExport.ringName, under: key.key, origin: export.origin)
  }

  /// Whether the key lies in a file already.
  private func isThere(_ path: String, _ passphrase: [UInt8]?) throws(KeyringError) -> Bool {
    guard Folder.exists(path) else { return false }
    let there = try? KeyFile.read(at: path, origin: key.origin) { (_: String) in passphrase }
    guard let there, there.key == key.key else { throw .otherKeyThere(path: path) }
    return true
  }

  /// Writes the key into a file of its own, which must not exist, or which holds the same already.
  ///
  /// - Parameter passphrase: Seals the file; nil leaves it unsealed.
  /// - Throws: `KeyringError.otherKeyThere` when another key lies there.
  public func writeKey(to path: String, passphrase: [UInt8]?) throws(KeyringError) {
    if try isThere(path, passphrase) { return }
    var protection: KeyProtection?
    if let passphrase { protection = try KeyProtection(passphrase) }
    try KeyFile(owner: key.owner, origin: key.origin, key: key.key, protection: protection)
      .create(at: path)
  }
}

// The key of a role.
extension KeyExport.Opened {
  /// The role whose key it is; nil for the keys of a store.
  public var role: Role? {
    if case .role(let role) = key.owner { role } else { nil }
  }

  /// What the key of a role opens in a store as it stands; no file is changed.
  ///
  /// - Parameters:
  ///   - keys: The folder `keys` of the store.
  ///   - path: Where the key file would lie, for messages.
  /// - Returns: The keys, and whether the role's was renewed since the export.
  /// - Throws: `KeyringError.roleRevoked`, `.roleKeyOutdated`, `.exportDamaged` for the keys of a store.
  public func opening(
    keys: String, as path: String
  ) throws(KeyringError) -> (keyring: Keyring, isRenewed: Bool) {
    guard let role else { throw .exportDamaged(path: path) }
    let own = RoleKey(
      role: role, origin: key.origin, key: key.key, protection: nil, path: path)
    let keyring = try Keyring(folder: keys, key: .role(own), replacing: false)
    guard case .role(let current) = keyring.key else { return (keyring, false) }
    return (keyring, current.key != key.key)
  }
}

/// The status of every participant's slot, taken from the bytes of the file, which may come in parts.
struct SlotStatuses: Sendable, Equatable {
  private var values: [UInt8] = []

  /// Takes the next bytes of the file.
  ///
  /// - Parameter offset: How many came before.
  mutating func take(_ bytes: [UInt8], at offset: Int) {
    var place = SlotFile.headerSize + values.count * ParticipantSlot.size - offset
    while place < bytes.count {
      values.append(bytes[place])
      place += ParticipantSlot.size
    }
  }

  func isLive(_ ref: UInt32) -> Bool { status(ref) == 1 }
  func isErased(_ ref: UInt32) -> Bool { status(ref) == 2 }

  private func status(_ ref: UInt32) -> UInt8 { ref < values.count ? values[Int(ref)] : 0 }
}
