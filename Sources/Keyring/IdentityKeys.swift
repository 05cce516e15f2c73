import Crypto
import Files
public import Journey
import Synchronization

/// The keys that seal codes and external ids, by the wrapping key of the participant's sub-project.
///
/// Made once for each sub-project of a batch.
struct IdentityKeys {
  private let keyring: Keyring
  private var made: [UInt16?: SealingKey] = [:]

  private static let info = Array("wegmarke identity v2".utf8)

  init(_ keyring: Keyring) { self.keyring = keyring }

  /// The key for a slot that names a wrapping key; nil for a slot of version 1, which names none.
  ///
  /// - Throws: `KeyringError.closed` when the role opens no identities, or not this sub-project's.
  mutating func key(_ number: UInt16?) throws(KeyringError) -> SealingKey {
    if let known = made[number] { return known }
    guard let identityKey = keyring.identityKey else {
      throw .closed(.identities, keyring.role)
    }
    var key = SealingKey(identityKey)
    if let number {
      guard let wrapping = keyring.wrappingKey(numbered: number) else {
        throw keyring.unknownWrapping(number)
      }
      key = SealingKey(
        HKDF<SHA256>.expand(
          pseudoRandomKey: HMAC<SHA256>(key: identityKey).extract(from: wrapping.key),
          info: IdentityKeys.info, outputByteCount: 32))
    }
    made[number] = key
    return key
  }
}

extension Keyring {
  /// The role whose keys these are; nil for the root key.
  public var role: Role? { key.role }

  /// Whether these keys open the participants of some sub-projects only.
  public var isScoped: Bool { role?.kind.isScoped ?? false }

  /// The sub-projects whose participants these keys open, by name; empty for none.
  public var subprojects: [String] { wrappingKeys.withLock { $0.map(\.name) } }

  /// Whether these keys open a field group, or would if its key had not been destroyed for everyone.
  public func opens(_ group: FieldGroup) -> Bool {
    group == .clear || groupKeys[group.rawValue] != nil || droppedGroups[group] != nil
  }

  /// Refuses keys that lack something a command cannot do without.
  ///
  /// - Throws: `KeyringError.closed` with the first that is missing.
  public func require(_ rights: [KeyringRight]) throws(KeyringError) {
    for right in rights where !has(right) { throw .closed(right, role) }
  }

  /// Whether these keys include what a right needs.
  public func has(_ right: KeyringRight) -> Bool {
    guard let role else { return true }
    return switch right {
    case .group(let group): opens(group)
    case .subproject(let name): subprojects.contains(name)
    case .newSubproject: false
    case .everySubproject: role.kind.opensParticipants && !role.kind.isScoped
    case .identities: identityKey != nil
    case .lookup: lookupKey != nil
    case .system: storeKey != nil
    case .accessLog: accessKey != nil
    case .writing: role.kind.mayWrite
    case .administration: false
    }
  }

  /// What it means that a slot names a wrapping key that is not at hand.
  func unknownWrapping(_ number: UInt16) -> KeyringError {
    guard role != nil else { return .keysMissing(path: "\(folder)/ring") }
    // Names stand in clear in the main ring; a role may say whose person this is.
    let name = (try? RingFile.names(in: "\(folder)/ring"))?[number]
    return .closed(.subproject(name ?? ""), role)
  }
}

extension Keyring {
  /// Takes over wrapping keys that came into the ring since it was read.
  ///
  /// The writer makes one for each new sub-project, and hands some to roles, while others have the
  /// store open. A ring that did not change is not opened again.
  func takeNewWrappingKeys() {
    let (path, opener) =
      switch key {
      case .root(let root): ("\(folder)/ring", root.key)
      case .role(let own): (RoleRings.path(own.role.number, folder), own.key)
      }
    // Held until the keys are taken over: another thread must not find the ring seen and the keys not.
    ringSeen.withLock { seen in
      guard let bytes = try? Folder.contents(of: path), seen != bytes else { return }
      seen = bytes
      guard let ring = try? RingFile.parse(bytes, from: path, under: opener, origin: origin),
        ring.epoch == epoch
      else { return }
      wrappingKeys.withLock { known in
        let numbers = Set(known.map(\.number))
        known += ring.entries.filter {
          $0.purpose == .wrapping && !numbers.contains($0.number)
        }
      }
    }
  }

  /// Seals identities that were sealed under the identities key alone by their sub-project's too.
  ///
  /// In stores older than roles; a store that is through with it is only looked at.
  func sealIdentitiesBySubproject() throws(KeyringError) {
    let root = try root
    var ring = try RingFile.read(from: "\(folder)/ring", root: root)
    if ring.version < 4 {
      // First: an older program must not take the new slots for damaged ones.
      ring.version = RingFile.version
      try ring.write(to: "\(folder)/ring", root: root)
    }
    ringVersion.store(ring.version, ordering: .relaxed)
    var nonces = NonceSource()
    var keys = IdentityKeys(self)
    var first: UInt32 = 0
    while true {
      let range = Int(first)..<Int(first) + 1024
      let slots = try identitySlots.read(range)
      let wrapped = try participantSlots.read(range)
      for index in 0..<slots.count / IdentitySlot.size {
        let start = index * IdentitySlot.size
        let keyStart = index * ParticipantSlot.size
        guard slots[start] == 1, slots[start + 1] == 1,
          keyStart + ParticipantSlot.size <= wrapped.count
        else { continue }
        let ref = first + UInt32(index)
        let number = wrapped.bigEndian16(at: keyStart + 2)
        guard let wrapping = wrappingKeys.withLock({ $0.first { $0.number == number } }) else {
          throw .damaged(path: participantSlots.path, slot: ref)
        }
        let identity = try identity(of: ParticipantRef(ref))
        try identitySlots.write(
          try identitySlot(identity, ref, nonces.next(), wrapping, &keys),
          at: Int(ref))
      }
      if slots.count < 1024 * IdentitySlot.size { return }
      first += 1024
    }
  }
}

extension Keyring {
  /// The participants whose keys these keys open, in order; reads the slots and opens none.
  ///
  /// - Throws: `KeyringError.file` when the slots cannot be read.
  public func ownRefs(below count: UInt32) throws(KeyringError) -> [UInt32] {
    takeNewWrappingKeys()
    let own = Set(wrappingKeys.withLock { $0.map(\.number) })
    var refs: [UInt32] = []
    for start in stride(from: 0, to: count, by: 4096) {
      let end = min(count, start + 4096)
      let slots = try participantSlots.read(Int(start)..<Int(end))
      for ref in start..<end {
        let at = Int(ref - start) * ParticipantSlot.size
        guard at + ParticipantSlot.size <= slots.count, slots[at] == 1 else { continue }
        if own.contains(slots.bigEndian16(at: at + 2)) { refs.append(ref) }
      }
    }
    return refs
  }
}
