import Crypto
import Files
public import Journey
import Synchronization

/// The keys of one open store.
///
/// Every participant has a random key of their own, wrapped under the key of their sub-project;
/// every field group has one too. A record is sealed under HKDF-SHA256 of both, so destroying
/// either erases: a person, or a field for everyone. Files under `keys/epoch-N`: `ring`,
/// `participants` (72-byte slots), `identities` (128-byte slots).
public final class Keyring: Sendable {
  /// The origin of the store.
  public let origin: String
  /// The key epoch in use.
  public let epoch: UInt32

  let root: RootKey
  let folder: String
  /// HMACs that wait behind the key of their field group, by group.
  let groupKeys: [UInt8: HMAC<SHA256>]
  let storeKey: SymmetricKey
  let lookupKey: HMAC<SHA256>
  let identityKey: SealingKey
  let wrappingKeys: Mutex<[RingEntry]>
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

  /// Opens the newest key epoch of a store.
  ///
  /// - Throws: `KeyringError` when keys are missing, damaged, newer, or not opened by this root key.
  public convenience init(folder: String, root: RootKey) throws(KeyringError) {
    let names: [String]
    do throws(FileError) { names = try Folder.names(folder) } catch {
      throw .keysMissing(path: folder)
    }
    let epochs = names.compactMap { $0.hasPrefix("epoch-") ? UInt32($0.dropFirst(6)) : nil }
    guard let newest = epochs.max() else { throw .keysMissing(path: folder) }
    try self.init(epochFolder: "\(folder)/epoch-\(newest)", root: root)
    guard epoch == newest else { throw .damaged(path: "\(self.folder)/ring", slot: nil) }
  }

  /// Opens one key epoch.
  init(epochFolder: String, root: RootKey) throws(KeyringError) {
    let ring = try RingFile.read(from: "\(epochFolder)/ring", root: root)
    func key(_ purpose: RingEntry.Purpose) throws(KeyringError) -> SymmetricKey {
      guard let entry = ring.entries.first(where: { $0.purpose == purpose }) else {
        throw .damaged(path: "\(epochFolder)/ring", slot: nil)
      }
      return entry.key
    }
    self.origin = root.origin
    self.epoch = ring.epoch
    self.root = root
    self.folder = epochFolder
    self.groupKeys = Dictionary(
      ring.entries.filter { $0.purpose == .fieldGroup }.map {
        (UInt8($0.number), HMAC(key: $0.key))
      },
      uniquingKeysWith: { first, _ in first })
    self.storeKey = try key(.store)
    self.lookupKey = HMAC(key: try key(.lookup))
    self.identityKey = SealingKey(try key(.identities))
    self.wrappingKeys = Mutex(ring.entries.filter { $0.purpose == .wrapping })
    self.signingKey = Mutex(ring.entries.lazy.compactMap(\.signingKey).first)
    self.watermark = ring.entries.lazy.compactMap(\.watermark).first
    self.droppedGroups = Dictionary(
      ring.entries.compactMap(\.droppedGroup).map { ($0.group, $0.position) },
      uniquingKeysWith: { first, _ in first })
    self.participantSlots = try Keyring.participantSlots(epochFolder, create: false)
    self.identitySlots = try Keyring.identitySlots(epochFolder, create: false)
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
    try derive(storeKey, group)
  }

  private static let recordInfo = Array("wegmarke record v1".utf8)

  func derive(_ key: SymmetricKey, _ group: FieldGroup) throws(KeyringError) -> SealingKey {
    guard let groupKey = groupKeys[group.rawValue] else {
      if droppedGroups[group] != nil { throw .groupDropped(group) }
      throw .keysMissing(path: "\(folder)/ring")
    }
    return SealingKey(
      HKDF<SHA256>.expand(
        pseudoRandomKey: groupKey.extract(from: key), info: Keyring.recordInfo,
        outputByteCount: 32))
  }

  /// A keyed digest of a text, 16 bytes: finds codes and external ids without telling them.
  public func lookupTag(_ domain: String, _ text: String) -> [UInt8] {
    var message: [UInt8] = []
    message.reserveCapacity(domain.utf8.count + 1 + text.utf8.count)
    message += domain.utf8
    message.append(0)
    message += text.utf8
    return Array(keyedDigest(message).prefix(16))
  }

  /// HMAC-SHA256 of bytes under the store's lookup key; never a plain hash of guessable data.
  public func keyedDigest(_ bytes: [UInt8]) -> [UInt8] {
    lookupKey.code(for: bytes)
  }
}
