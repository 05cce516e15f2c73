import Crypto
import Files

/// A role as the root key sees it.
public struct IssuedRole: Sendable, Equatable {
  /// The role.
  public let role: Role
  /// The sub-projects of a role that has own ones, by name; empty for none.
  public let subprojects: [String]
  /// Whether its holder has yet to take a renewed key over.
  public let isHandoverPending: Bool
  /// Whether its ring in the store holds all that it may use; else `restoreRoleRings()` mends it.
  public let isRingCurrent: Bool
}

extension Keyring {
  /// Issues a role: writes its key into a file outside the store, and its ring into the store.
  ///
  /// For the writer of the log only. The key file is written first: a crash leaves a file that
  /// opens nothing.
  ///
  /// - Parameters:
  ///   - kind: What it may.
  ///   - holder: Whom it is for; at most 100 bytes without control characters.
  ///   - subprojects: The sub-projects of an advisor or coordinator.
  ///   - path: The key file; must not exist.
  ///   - passphrase: Seals the key file; nil for none.
  /// - Throws: `KeyringError.closed(.administration)` without the root key, `.roleTooLong`, `.file`.
  public func issue(
    _ kind: RoleKind, holder: String, subprojects: [String], to path: String, passphrase: [UInt8]?
  ) throws(KeyringError) -> Role {
    let root = try root
    guard holder.utf8.count <= 100, !holder.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .roleTooLong
    }
    try sealIdentitiesBySubproject()
    var numbers: [UInt16] = []
    for name in kind.isScoped ? subprojects : [] {
      numbers.append(try wrappingKey(for: name.isEmpty ? nil : name).number)
    }
    var ring = try RingFile.read(from: "\(folder)/ring", root: root)
    let next = (ring.entries.filter { $0.purpose == .role }.map(\.number).max() ?? 0) + 1
    let role = Role(number: next, kind: kind, holder: holder)
    guard let name = role.entryName(wrapping: numbers) else { throw .roleTooLong }
    let key = SymmetricKey(size: .bits256)
    var protection: KeyProtection?
    if let passphrase { protection = try KeyProtection(passphrase) }
    try KeyFile(owner: .role(role), origin: origin, key: key, protection: protection)
      .create(at: path)
    ring.version = RingFile.version
    ring.entries.append(RingEntry(purpose: .role, number: next, name: name, key: key))
    try ring.write(to: "\(folder)/ring", root: root)
    try RoleRings.refresh(ring, in: folder, root: root)
    return role
  }

  /// The roles that were issued and not revoked.
  ///
  /// - Throws: `KeyringError.closed(.administration)` without the root key.
  public func roles() throws(KeyringError) -> [IssuedRole] {
    let ring = try RingFile.read(from: "\(folder)/ring", root: root)
    let pending: [UInt16]
    do throws(FileError) { pending = try RoleRings.pending(in: folder) } catch {
      throw .file(error)
    }
    let names = Dictionary(
      ring.entries.filter { $0.purpose == .wrapping }.map { ($0.number, $0.name) },
      uniquingKeysWith: { first, _ in first })
    return ring.entries.compactMap { entry in
      guard let (role, wrapping) = Role.parse(entry) else { return nil }
      return IssuedRole(
        role: role, subprojects: wrapping.compactMap { names[$0] }.sorted(),
        isHandoverPending: pending.contains(role.number),
        isRingCurrent: RoleRings.isCurrent(
          role, key: entry.key, wrapping: wrapping, ring, in: folder, origin: origin))
    }
  }

  /// Hands a role of own sub-projects the keys of further ones; its key file stays as it is.
  ///
  /// For the writer of the log only. The main ring is written first: a crash leaves a role whose ring
  /// is behind, and the next opening for writing mends that.
  ///
  /// - Returns: The sub-projects that it did not have, by name.
  /// - Throws: `KeyringError.closed(.administration)` without the root key, `.noSuchRole`, also for a
  ///   role of all sub-projects, `.roleTooLong`, `.file`.
  public func extend(
    role number: UInt16, by subprojects: [String]
  ) throws(KeyringError) -> [String] {
    let root = try root
    func place(_ ring: RingFile) throws(KeyringError) -> (Int, Role, [UInt16]) {
      let index = ring.entries.firstIndex { $0.purpose == .role && $0.number == number }
      guard let index, let (role, wrapping) = Role.parse(ring.entries[index]), role.kind.isScoped
      else { throw .noSuchRole(number) }
      return (index, role, wrapping)
    }
    _ = try place(try RingFile.read(from: "\(folder)/ring", root: root))
    var found: [RingEntry] = []
    for name in Set(subprojects).sorted() {
      found.append(try wrappingKey(for: name.isEmpty ? nil : name))
    }
    // Read only now: keys of new sub-projects may have come into it.
    var ring = try RingFile.read(from: "\(folder)/ring", root: root)
    let (index, role, wrapping) = try place(ring)
    let added = found.filter { !wrapping.contains($0.number) }
    guard !added.isEmpty else { return [] }
    guard let name = role.entryName(wrapping: wrapping + added.map(\.number)) else {
      throw .roleTooLong
    }
    ring.entries[index] = RingEntry(
      purpose: .role, number: number, name: name, key: ring.entries[index].key)
    try ring.write(to: "\(folder)/ring", root: root)
    try RoleRings.refresh(ring, in: folder, root: root)
    return added.map(\.name)
  }

  /// Writes rings of roles anew that a crash left behind the main ring; for the writer of the log.
  ///
  /// - Throws: `KeyringError.closed(.administration)` without the root key.
  public func mendRoleRings() throws(KeyringError) {
    let root = try root
    try RoleRings.mend(
      try RingFile.read(from: "\(folder)/ring", root: root), in: folder, root: root)
  }

  /// Takes a role's ring away; its key opens nothing in this store any more.
  ///
  /// What its holder copied before stays readable to them until the keys are rotated.
  ///
  /// - Returns: The role, nil when there is none of that number.
  /// - Throws: `KeyringError.closed(.administration)` without the root key.
  @discardableResult
  public func revoke(role number: UInt16) throws(KeyringError) -> Role? {
    let root = try root
    var ring = try RingFile.read(from: "\(folder)/ring", root: root)
    guard
      let entry = ring.entries.first(where: { $0.purpose == .role && $0.number == number }),
      let (role, _) = Role.parse(entry)
    else { return nil }
    ring.entries.removeAll { $0.purpose == .role && $0.number == number }
    // The number stays taken: entries of the access log name it.
    ring.entries.append(.fresh(.role, number, "revoked"))
    do throws(FileError) {
      try Folder.remove(RoleRings.path(number, folder))
      try Folder.remove(RoleRings.handover(number, folder))
    } catch { throw .file(error) }
    try ring.write(to: "\(folder)/ring", root: root)
    return role
  }

  /// Writes the rings of all roles again, where a backup was restored without them.
  ///
  /// - Throws: `KeyringError.closed(.administration)` without the root key.
  public func restoreRoleRings() throws(KeyringError) {
    let root = try root
    try RoleRings.refresh(
      try RingFile.read(from: "\(folder)/ring", root: root), in: folder, root: root)
  }
}
