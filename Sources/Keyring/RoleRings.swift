import Crypto
public import Files
import Journey

/// The rings of roles: `role-N` beside the main ring, the keys that role N may use, under its key.
///
/// The keys of roles stand in the main ring, so that the root key can renew the rings. Rings of
/// roles are derived: they can be left out of backups, and without them a role's key opens nothing.
public enum RoleRings {
  static func path(_ number: UInt16, _ folder: String) -> String { "\(folder)/role-\(number)" }
  static func handover(_ number: UInt16, _ folder: String) -> String {
    "\(folder)/handover-\(number)"
  }

  /// The entries of the main ring that a role may use, and no other.
  ///
  /// - Parameter wrapping: The numbers of the wrapping keys of a role with own sub-projects.
  static func entries(
    for kind: RoleKind, wrapping: [UInt16], of all: [RingEntry]
  ) -> [RingEntry] {
    let groups = Set(kind.groups.map { UInt16($0.rawValue) })
    var chosen = all.filter { entry in
      switch entry.purpose {
      case .wrapping:
        kind.opensParticipants && (!kind.isScoped || wrapping.contains(entry.number))
      case .fieldGroup, .droppedGroup: groups.contains(entry.number)
      case .identities: kind.opensIdentities
      case .lookup: kind.looksUp
      // No key: without it a role could not tell whether its keys follow the log's erasures.
      case .watermark: true
      case .store, .signing: false
      case .role, .accessLog, .accessLogPublic: false
      }
    }
    if let store = all.first(where: { $0.purpose == .store }),
      let access = AccessKey(storeKey: store.key)
    {
      chosen.append(access.publicKey.entry)
      if kind.readsAccessLog { chosen.append(access.entry) }
    }
    return chosen
  }

  /// Writes the ring of one role.
  private static func write(
    _ role: Role, key: SymmetricKey, wrapping: [UInt16], from ring: RingFile, to folder: String,
    origin: String
  ) throws(KeyringError) {
    try RingFile(
      version: RingFile.version, epoch: ring.epoch,
      entries: entries(for: role.kind, wrapping: wrapping, of: ring.entries)
    ).write(to: path(role.number, folder), under: key, origin: origin)
  }

  /// Writes the rings of all roles anew, under the keys that they have: after a change of the ring.
  static func refresh(_ ring: RingFile, in folder: String, root: RootKey) throws(KeyringError) {
    for entry in ring.entries {
      guard let (role, wrapping) = Role.parse(entry) else { continue }
      try write(
        role, key: entry.key, wrapping: wrapping, from: ring, to: folder, origin: root.origin)
    }
  }

  /// Whether the ring of a role holds exactly what the main ring gives it now.
  ///
  /// It does not after a crash between the two files, and where a copy came back without it.
  static func isCurrent(
    _ role: Role, key: SymmetricKey, wrapping: [UInt16], _ ring: RingFile, in folder: String,
    origin: String
  ) -> Bool {
    func content(_ entries: [RingEntry]) -> Set<[UInt8]> {
      Set(
        entries.map { entry in
          [entry.purpose.rawValue, UInt8(entry.number >> 8), UInt8(entry.number & 0xFF)]
            + entry.key.rawBytes
        })
    }
    let own = try? RingFile.read(from: path(role.number, folder), under: key, origin: origin)
    guard let found = own else { return false }
    return content(found.entries)
      == content(entries(for: role.kind, wrapping: wrapping, of: ring.entries))
  }

  /// Writes rings anew that are there and behind the main ring: a crash came between the two.
  ///
  /// One that is missing stays so: somebody may have left it out of a copy on purpose.
  static func mend(_ ring: RingFile, in folder: String, root: RootKey) throws(KeyringError) {
    for entry in ring.entries {
      guard let (role, wrapping) = Role.parse(entry), Folder.exists(path(role.number, folder)),
        !isCurrent(
          role, key: entry.key, wrapping: wrapping, ring, in: folder, origin: root.origin)
      else { continue }
      try write(
        role, key: entry.key, wrapping: wrapping, from: ring, to: folder, origin: root.origin)
    }
  }

  /// Opens the ring of a role; takes a renewed key over where there is one.
  ///
  /// - Parameter replacing: Whether the renewed key takes the place of the old one in its file.
  static func open(
    _ key: RoleKey, in folder: String, replacing: Bool = true
  ) throws(KeyringError) -> (ring: RingFile, key: RoleKey) {
    let path = path(key.role.number, folder)
    guard Folder.exists(path) else { throw .roleRevoked(key.role) }
    do throws(KeyringError) {
      return (try RingFile.read(from: path, under: key.key, origin: key.origin), key)
    } catch .wrongRootKey {
      guard let newer = renewed(key, in: folder) else {
        throw .roleKeyOutdated(path: key.path, key.role)
      }
      if replacing { try takeOver(newer, in: folder) }
      return (try RingFile.read(from: path, under: newer.key, origin: key.origin), newer)
    }
  }

  // MARK: Renewal

  /// Writes the rings of roles in a new epoch, where each has a fresh key, and leaves each the way
  /// from its old key to it.
  ///
  /// No old key of a role is kept: with today's root key and an old copy of the keys nobody opens
  /// what the old role could.
  ///
  /// - Parameters:
  ///   - oldFolder: The folder of the epoch that ends.
  ///   - old: The entries of its main ring.
  ///   - newFolder: The folder of the new epoch.
  ///   - ring: Its main ring, in which wrapping keys and roles have fresh keys.
  static func renew(
    from oldFolder: String, under old: [RingEntry], into newFolder: String, _ ring: RingFile,
    origin: String
  ) throws(KeyringError) {
    for entry in ring.entries {
      guard let (role, wrapping) = Role.parse(entry),
        let before = old.first(where: { $0.purpose == .role && $0.number == entry.number })
      else { continue }
      try write(role, key: entry.key, wrapping: wrapping, from: ring, to: newFolder, origin: origin)
      var links = (try? Folder.contents(of: handover(entry.number, oldFolder))) ?? []
      links += try link(from: before.key, to: entry.key, role: entry.number, origin: origin)
      do throws(FileError) {
        try Folder.replace(handover(entry.number, newFolder), with: links.span)
      } catch { throw .file(error) }
    }
  }

  private static let linkSize = 12 + 32 + 16

  /// A new key sealed under the old one.
  private static func link(
    from old: SymmetricKey, to new: SymmetricKey, role: UInt16, origin: String
  ) throws(KeyringError) -> [UInt8] {
    var nonces = NonceSource()
    let nonce = nonces.next()
    return nonce
      + (try SealingKey(old).seal(
        new.rawBytes, nonce: nonce, authenticating: binding(role, origin)))
  }

  private static func binding(_ role: UInt16, _ origin: String) -> [UInt8] {
    var bytes = Array("\(origin)\u{0}handover".utf8)
    bytes.appendBigEndian(role)
    return bytes
  }

  /// Follows the links from the key of a file to today's; nil when no link begins at this key.
  private static func renewed(_ key: RoleKey, in folder: String) -> RoleKey? {
    guard let links = try? Folder.contents(of: handover(key.role.number, folder)) else {
      return nil
    }
    var current = key.key
    var isNewer = false
    for start in stride(from: 0, to: links.count - linkSize + 1, by: linkSize) {
      let sealed = Array(links[start..<start + linkSize])
      guard
        let next = try? SealingKey(current).open(
          sealed, authenticating: binding(key.role.number, key.origin))
      else { continue }
      current = SymmetricKey(data: next)
      isNewer = true
    }
    return isNewer ? key.with(current) : nil
  }

  /// Replaces the file of a key by the renewed one: the old key is gone from it and the hand-over is
  /// over.
  private static func takeOver(_ newer: RoleKey, in folder: String) throws(KeyringError) {
    try newer.file.replace(at: newer.path)
    // Stays where this program may not remove it: then the receipt still counts it as pending.
    try? Folder.remove(handover(newer.role.number, folder))
  }

  /// The numbers of the roles whose holders did not take over their renewed key yet.
  public static func pending(in folder: String) throws(FileError) -> [UInt16] {
    try Folder.names(folder).compactMap { name in
      name.hasPrefix("handover-") ? UInt16(name.dropFirst(9)) : nil
    }.sorted()
  }
}
