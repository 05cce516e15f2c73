import Crypto
import Files
public import Journey
import Synchronization

/// The keys of one open store.
///
/// Every participant has a random key of their own, wrapped under the key of their sub-project;
/// every field group has one too. A record is sealed under HKDF-SHA256 of both, so destroying
/// either erases: a person, or a field for everyone. Files under `keys/epoch-N`: `ring`,
/// `participants` (72-byte slots), `identities` (128-byte slots), and a ring for each role.
public final class Keyring: Sendable {
  /// The origin of the store.
  public let origin: String
  /// The key epoch in use.
  public let epoch: UInt32

  let key: StoreKey
  let folder: String
  /// The version of the ring, which says how identities are sealed.
  let ringVersion: Atomic<UInt32>
  /// HMACs that wait behind the key of their field group, by group.
  let groupKeys: [UInt8: HMAC<SHA256>]
  // What a role may not do, it has no key for.
  let storeKey: SymmetricKey?
  let lookupKey: HMAC<SHA256>?
  let identityKey: SymmetricKey?
  let accessKey: AccessKey?
  let accessPublicKey: AccessPublicKey?
  let wrappingKeys: Mutex<[RingEntry]>
  /// The ring as it was last looked at for new wrapping keys; nil before the first look.
  let ringSeen = Mutex<[UInt8]?>(nil)
  /// Held while the ring is read, changed and written: threads that append may add keys to it.
  let ringTurn = Mutex<Void>(())
  /// Signs checkpoints; missing in stores that are older than it until the first checkpoint.
  let signingKey: Mutex<SigningKey?>
  let participantSlots: SlotFile
  let identitySlots: SlotFile
  /// How far these keys have followed the erasures of the log; nil before the first renewal.
  public let watermark: KeyWatermark?
  /// Field groups whose keys were destroyed for everyone, with the position of the event that ordered
  /// it.
  public let droppedGroups: [FieldGroup: UInt64]

  /// Creates the keys of a new store in an empty folder.
  public static func create(in folder: String, root: RootKey) throws(KeyringError) {
    var entries = FieldGroup.allCases.filter { $0 != .clear }.map {
      RingEntry(
        purpose: .fieldGroup, number: UInt16($0.rawValue), name: $0.name,
        key: SymmetricKey(size: .bits256))
    }
    let others: [(RingEntry.Purpose, String)] = [
      (.wrapping, ""), (.identities, ""), (.lookup, ""), (.store, ""),
    ]
    for (purpose, name) in others {
      entries.append(
        RingEntry(purpose: purpose, number: 0, name: name, key: SymmetricKey(size: .bits256)))
    }
    entries.append(.freshSigningKey())
    _ = try writeEpoch(1, in: "\(folder)/epoch-1", entries: entries, root: root)
  }

  /// Opens the newest key epoch of a store with the root key.
  ///
  /// - Throws: `KeyringError` when keys are missing, damaged, newer, or not opened by this root key.
  public convenience init(folder: String, root: RootKey) throws(KeyringError) {
    try self.init(folder: folder, key: .root(root))
  }

  /// Opens the newest key epoch of a store.
  ///
  /// A role whose key was renewed since gets the new one: its file is replaced.
  ///
  /// - Parameter replacing: Whether that file is replaced; without, nothing on the device changes.
  /// - Throws: `KeyringError` when keys are missing, damaged, newer, or not opened by this key.
  public convenience init(
    folder: String, key: StoreKey, replacing: Bool = true
  ) throws(KeyringError) {
    let names: [String]
    do throws(FileError) { names = try Folder.names(folder) } catch {
      throw .keysMissing(path: folder)
    }
    let epochs = names.compactMap { $0.hasPrefix("epoch-") ? UInt32($0.dropFirst(6)) : nil }
    guard let newest = epochs.max() else { throw .keysMissing(path: folder) }
    try self.init(epochFolder: "\(folder)/epoch-\(newest)", key: key, replacing: replacing)
    guard epoch == newest else { throw .damaged(path: "\(self.folder)/ring", slot: nil) }
  }

  /// Opens one key epoch.
  init(epochFolder: String, key: StoreKey, replacing: Bool = true) throws(KeyringError) {
    let ring: RingFile
    switch key {
    case .root(let root):
      ring = try RingFile.read(from: "\(epochFolder)/ring", root: root)
      self.key = key
    case .role(let role):
      let opened = try RoleRings.open(role, in: epochFolder, replacing: replacing)
      ring = opened.ring
      self.key = .role(opened.key)
    }
    func first(_ purpose: RingEntry.Purpose) throws(KeyringError) -> SymmetricKey? {
      let entry = ring.entries.first { $0.purpose == purpose }
      if entry == nil, key.role == nil { throw .damaged(path: "\(epochFolder)/ring", slot: nil) }
      return entry?.key
    }
    self.origin = key.origin
    self.epoch = ring.epoch
    self.folder = epochFolder
    self.ringVersion = Atomic(ring.version)
    self.groupKeys = Dictionary(
      ring.entries.filter { $0.purpose == .fieldGroup }.map {
        (UInt8($0.number), HMAC(key: $0.key))
      },
      uniquingKeysWith: { first, _ in first })
    self.storeKey = try first(.store)
    self.lookupKey = try first(.lookup).map { HMAC(key: $0) }
    self.identityKey = try first(.identities)
    self.accessKey = AccessKey(of: ring, storeKey: storeKey)
    self.accessPublicKey = accessKey?.publicKey ?? AccessPublicKey(of: ring)
    self.wrappingKeys = Mutex(ring.entries.filter { $0.purpose == .wrapping })
    self.signingKey = Mutex(ring.entries.lazy.compactMap(\.signingKey).first)
    self.watermark = ring.entries.lazy.compactMap(\.watermark).first
    self.droppedGroups = Dictionary(
      ring.entries.compactMap(\.droppedGroup).map { ($0.group, $0.position) },
      uniquingKeysWith: { first, _ in first })
    self.participantSlots = try Keyring.participantSlots(epochFolder, create: false)
    self.identitySlots = try Keyring.identitySlots(epochFolder, create: false)
  }

  /// Whether the store was opened with the root key, and not with that of a role.
  public var hasRootKey: Bool { key.role == nil }

  /// The root key, for what only it may do.
  ///
  /// - Throws: `KeyringError.closed(.administration)` when the store was opened by a role.
  var root: RootKey {
    get throws(KeyringError) {
      switch key {
      case .root(let root): return root
      case .role(let key): throw .closed(.administration, key.role)
      }
    }
  }

  static func participantSlots(_ folder: String, create: Bool) throws(KeyringError)
    -> SlotFile
  {
    try SlotFile(
      path: "\(folder)/participants", magic: "WMSLOTSP", slotSize: ParticipantSlot.size,
      create: create)
  }

  static func identitySlots(_ folder: String, create: Bool) throws(KeyringError)
    -> SlotFile
  {
    try SlotFile(
      path: "\(folder)/identities", magic: "WMSLOTSI", slotSize: IdentitySlot.size, create: create)
  }

  /// The key that seals records of one group in streams that belong to no participant.
  public func storeSealingKey(_ group: FieldGroup) throws(KeyringError) -> SealingKey {
    guard let storeKey else { throw .closed(.system, role) }
    return try derive(storeKey, group)
  }

  private static let recordInfo = Array("wegmarke record v1".utf8)

  func derive(_ key: SymmetricKey, _ group: FieldGroup) throws(KeyringError) -> SealingKey {
    guard let groupKey = groupKeys[group.rawValue] else {
      if droppedGroups[group] != nil { throw .groupDropped(group) }
      throw role == nil ? .keysMissing(path: "\(folder)/ring") : .closed(.group(group), role)
    }
    return SealingKey(groupKey.extract(from: key).expanded(info: Keyring.recordInfo))
  }

  /// A keyed digest of a text, 16 bytes: finds codes and external ids without telling them.
  ///
  /// - Throws: `KeyringError.closed(.lookup)` when the role may not look people up.
  public func lookupTag(_ domain: String, _ text: String) throws(KeyringError) -> [UInt8] {
    var message: [UInt8] = []
    message.reserveCapacity(domain.utf8.count + 1 + text.utf8.count)
    message += domain.utf8
    message.append(0)
    message += text.utf8
    return Array(try keyedDigest(message).prefix(16))
  }

  /// HMAC-SHA256 of bytes under the store's lookup key; never a plain hash of guessable data.
  ///
  /// - Throws: `KeyringError.closed(.lookup)` when the role may not look people up.
  public func keyedDigest(_ bytes: [UInt8]) throws(KeyringError) -> [UInt8] {
    guard let lookupKey else { throw .closed(.lookup, role) }
    return lookupKey.code(for: bytes)
  }
}
