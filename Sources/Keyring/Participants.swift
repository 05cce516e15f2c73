import Crypto
import Files
public import Journey
import Synchronization

/// Where a participant's wrapped key stands in its slot.
///
/// Layout, big-endian: status u8 (1 live, 2 erased), version u8, wrapping key u16, zero u32, nonce 12,
/// wrapped key 32, tag 16, zero u32.
enum ParticipantSlot {
  static let size = 72
  /// What stands where a key was destroyed.
  static let erased: [UInt8] = [2] + [UInt8](repeating: 0, count: size - 1)
}

/// Where a participant's code and external id stand in their slot.
///
/// Layout: status u8 (1 live, 2 erased), version u8, wrapping key u16, nonce 12, sealed 96 (code u32,
/// length u8, id), tag 16. Version 1 is sealed under the identities key alone and names no wrapping
/// key; version 2 under one made of both, so that a role opens the people of its own sub-projects.
enum IdentitySlot {
  static let size = 128
  static let idLimit = 91
  /// What stands where an identity was destroyed.
  static let erased: [UInt8] = [2] + [UInt8](repeating: 0, count: size - 1)
}

/// What identifies a participant outside the journey: the public code and a source's own id.
public struct ParticipantIdentity: Sendable, Hashable {
  /// The public code.
  public let code: ParticipantCode
  /// The id in the source, with the source's name: `mvad:17`; nil when recorded by hand.
  public let externalID: String?

  /// Creates an identity.
  public init(code: ParticipantCode, externalID: String?) {
    self.code = code
    self.externalID = externalID
  }
}

/// The opened key of a participant, from which the keys of all field groups are derived.
public struct ParticipantKey: Sendable {
  let key: SymmetricKey
}

extension Keyring {
  /// Makes keys for new participants with consecutive refs and forces them to the device.
  ///
  /// Must be called before the log commit that uses them. Refs that the log does not reach, after
  /// a crash or a refused append, are overwritten by the next call with fresh keys.
  ///
  /// - Parameters:
  ///   - identities: Who they are.
  ///   - first: The ref of the first.
  ///   - subprojects: The sub-project in charge of each, as far as known; may be shorter.
  /// - Returns: The keys, so that the append that follows need not read them back.
  /// - Throws: `KeyringError` when an id is too long or the files cannot be written.
  @discardableResult
  public func admit(
    _ identities: [ParticipantIdentity], from first: ParticipantRef, subprojects: [String?] = []
  ) throws(KeyringError) -> [ParticipantKey] {
    guard !identities.isEmpty else { return [] }
    var opened: [ParticipantKey] = []
    opened.reserveCapacity(identities.count)
    var keys: [UInt8] = []
    var names: [UInt8] = []
    keys.reserveCapacity(identities.count * ParticipantSlot.size)
    names.reserveCapacity(identities.count * IdentitySlot.size)
    var nonces = NonceSource()
    var identityKeys = IdentityKeys(self)
    let random = RandomBytes.make(identities.count * 32)
    for (offset, identity) in identities.enumerated() {
      let ref = first.number + UInt32(offset)
      let wrapping = try wrappingKey(
        for: offset < subprojects.count ? subprojects[offset] : nil)
      let key = Array(random[offset * 32..<(offset + 1) * 32])
      opened.append(ParticipantKey(key: SymmetricKey(data: key)))
      keys += try participantSlot(key, wrapping, ref, nonces.next())
      names += try identitySlot(identity, ref, nonces.next(), wrapping, &identityKeys)
    }
    try participantSlots.write(keys, at: Int(first.number))
    try identitySlots.write(names, at: Int(first.number))
    return opened
  }

  /// The key that seals one group's records of a participant whose key is at hand.
  public func sealingKey(from key: ParticipantKey, _ group: FieldGroup) throws(KeyringError)
    -> SealingKey
  {
    try derive(key.key, group)
  }

  /// The slot of a participant's key.
  func participantSlot(
    _ key: [UInt8], _ wrapping: RingEntry, _ ref: UInt32, _ nonce: [UInt8]
  ) throws(KeyringError) -> [UInt8] {
    let sealed = try SealingKey(wrapping.key).seal(
      key, nonce: nonce, authenticating: binding("key", ref))
    return [1, 1, UInt8(wrapping.number >> 8), UInt8(wrapping.number & 0xFF), 0, 0, 0, 0] + nonce
      + sealed + [0, 0, 0, 0]
  }

  /// The slot of a participant's code and external id.
  func identitySlot(
    _ identity: ParticipantIdentity, _ ref: UInt32, _ nonce: [UInt8], _ wrapping: RingEntry,
    _ keys: inout IdentityKeys
  ) throws(KeyringError) -> [UInt8] {
    let id = Array((identity.externalID ?? "").utf8)
    guard id.count <= IdentitySlot.idLimit else {
      throw .externalIDTooLong(bytes: id.count, limit: IdentitySlot.idLimit)
    }
    var plain: [UInt8] = []
    plain.appendBigEndian(identity.code.number)
    plain.append(UInt8(id.count))
    plain += id
    plain += [UInt8](repeating: 0, count: 96 - plain.count)
    // An older program takes a store of an older ring for its own, and must find its own slots.
    let number = ringVersion.load(ordering: .relaxed) < 4 ? nil : wrapping.number
    let sealed = try keys.key(number).seal(
      plain, nonce: nonce, authenticating: binding("identity", ref))
    let place = number ?? 0
    return [1, number == nil ? 1 : 2, UInt8(place >> 8), UInt8(place & 0xFF)] + nonce + sealed
  }

  /// The key that seals records of one participant and group.
  ///
  /// - Throws: `KeyringError.erased` when the key was destroyed.
  public func sealingKey(of ref: ParticipantRef, _ group: FieldGroup) throws(KeyringError)
    -> SealingKey
  {
    try sealingKey(from: participantKey(of: ref), group)
  }

  /// The opened key of a participant.
  ///
  /// - Throws: `KeyringError.erased` when the key was destroyed.
  public func participantKey(of ref: ParticipantRef) throws(KeyringError) -> ParticipantKey {
    let slot = try participantSlots.read(Int(ref.number)..<Int(ref.number) + 1)
    do throws(KeyringError) {
      return ParticipantKey(key: try unwrap(slot[...], ref.number).key)
    } catch { throw superseded(or: error) }
  }

  /// The keys that seal one group's records of consecutive participants, each or why there is none.
  ///
  /// Reads the slots in one go: for passes over the whole log. Shorter at the end of the file. What
  /// is wrong with one slot (a crash may have left half a slot behind the last participant) does
  /// not touch the others.
  ///
  /// - Throws: `KeyringError.file` when the slots cannot be read.
  public func sealingKeys(of refs: Range<UInt32>, _ group: FieldGroup) throws(KeyringError)
    -> [Result<SealingKey, KeyringError>]
  {
    let slots = try participantSlots.read(Int(refs.lowerBound)..<Int(refs.upperBound))
    var keys: [Result<SealingKey, KeyringError>] = []
    keys.reserveCapacity(refs.count)
    for ref in refs {
      let start = Int(ref - refs.lowerBound) * ParticipantSlot.size
      guard start + ParticipantSlot.size <= slots.count else { break }
      let slot = slots[start..<start + ParticipantSlot.size]
      keys.append(
        Result { () throws(KeyringError) in try derive(unwrap(slot, ref).key, group) })
    }
    // Slots of an epoch that another process destroyed meanwhile say nothing about people.
    if keys.contains(where: { if case .failure = $0 { true } else { false } }) {
      try checkCurrent()
    }
    return keys
  }

  /// What is wrong: the keys altogether, when another process replaced them meanwhile.
  private func superseded(or error: KeyringError) -> KeyringError {
    isCurrent ? error : .superseded(epoch: epoch)
  }

  /// The key in a slot, and the number of the key that wraps it.
  func unwrap(_ slot: ArraySlice<UInt8>, _ ref: UInt32) throws(KeyringError)
    -> (key: SymmetricKey, wrapping: UInt16)
  {
    guard slot.count == ParticipantSlot.size else { throw .noSuchParticipant(ref: ref) }
    let start = slot.startIndex
    switch slot[start] {
    case 1: break
    case 2:
      // What was destroyed left nothing behind; a changed status did.
      guard slot.elementsEqual(ParticipantSlot.erased) else {
        throw .damaged(path: participantSlots.path, slot: ref)
      }
      throw .erased(ref: ref)
    default: throw .noSuchParticipant(ref: ref)
    }
    let number = UInt16(slot[start + 2]) << 8 | UInt16(slot[start + 3])
    guard let wrapping = wrappingKey(numbered: number) else { throw unknownWrapping(number) }
    do throws(KeyringError) {
      let key = try SealingKey(wrapping.key).open(
        Array(slot[start + 8..<start + 68]), authenticating: binding("key", ref))
      return (SymmetricKey(data: key), number)
    } catch { throw .damaged(path: participantSlots.path, slot: ref) }
  }

  /// The code and external id of a participant.
  public func identity(of ref: ParticipantRef) throws(KeyringError) -> ParticipantIdentity {
    let identities = try identities(of: ref.number..<ref.number + 1)
    guard let identity = identities.first.flatMap({ $0 }) else { throw .erased(ref: ref.number) }
    return identity
  }

  /// The codes and external ids of consecutive participants; nil where erased.
  public func identities(of refs: Range<UInt32>) throws(KeyringError) -> [ParticipantIdentity?] {
    let slots = try identitySlots.read(Int(refs.lowerBound)..<Int(refs.upperBound))
    var keys = IdentityKeys(self)
    var identities: [ParticipantIdentity?] = []
    identities.reserveCapacity(refs.count)
    for ref in refs {
      let start = Int(ref - refs.lowerBound) * IdentitySlot.size
      guard start + IdentitySlot.size <= slots.count else {
        throw superseded(or: .noSuchParticipant(ref: ref))
      }
      do throws(KeyringError) {
        identities.append(
          try identity(in: slots[start..<start + IdentitySlot.size], ref, &keys))
      } catch {
        guard error == .erased(ref: ref) else { throw superseded(or: error) }
        identities.append(nil)
      }
    }
    return identities
  }

  /// The code and external id in a slot.
  func identity(
    in slot: ArraySlice<UInt8>, _ ref: UInt32, _ keys: inout IdentityKeys
  ) throws(KeyringError) -> ParticipantIdentity {
    guard slot.count == IdentitySlot.size else { throw .noSuchParticipant(ref: ref) }
    if slot.first == 2 {
      guard slot.elementsEqual(IdentitySlot.erased) else {
        throw .damaged(path: identitySlots.path, slot: ref)
      }
      throw .erased(ref: ref)
    }
    let start = slot.startIndex
    let number = UInt16(slot[start + 2]) << 8 | UInt16(slot[start + 3])
    let key = try keys.key(slot[start + 1] == 1 ? nil : number)
    let plain: [UInt8]
    do throws(KeyringError) {
      plain = try key.open(
        Array(slot.dropFirst(4)), authenticating: binding("identity", ref))
    } catch { throw .damaged(path: identitySlots.path, slot: ref) }
    let length = Int(plain[4])
    return ParticipantIdentity(
      code: ParticipantCode(randomBits: plain.bigEndian32(at: 0)),
      externalID: length == 0 ? nil : String(decoding: plain[5..<5 + length], as: UTF8.self))
  }

  /// The key that wraps participant keys under a number.
  ///
  /// A number that is not known is looked up in the ring as it stands now.
  func wrappingKey(numbered number: UInt16) -> RingEntry? {
    func known() -> RingEntry? { wrappingKeys.withLock { $0.first { $0.number == number } } }
    if let known = known() { return known }
    takeNewWrappingKeys()
    return known()
  }

  /// The key that wraps the participant keys of a sub-project; made at first use.
  func wrappingKey(for subproject: String?) throws(KeyringError) -> RingEntry {
    let name = subproject ?? ""
    if let known = wrappingKey(named: name) { return known }
    guard case .root(let root) = key else {
      takeNewWrappingKeys()
      if let known = wrappingKey(named: name) { return known }
      let known = (try? RingFile.names(in: "\(folder)/ring"))?.values.contains(name) ?? false
      throw .closed(known ? .subproject(name) : .newSubproject(name), role)
    }
    return try ringTurn.withLock { _ throws(KeyringError) in
      // Another thread may have made it meanwhile.
      if let known = wrappingKey(named: name) { return known }
      let path = "\(folder)/ring"
      var ring = try RingFile.read(from: path, root: root)
      let next = (ring.entries.filter { $0.purpose == .wrapping }.map(\.number).max() ?? 0) + 1
      let entry = RingEntry(
        purpose: .wrapping, number: next, name: name, key: SymmetricKey(size: .bits256))
      ring.entries.append(entry)
      try ring.write(to: path, root: root)
      try RoleRings.refresh(ring, in: folder, root: root)
      wrappingKeys.withLock { $0.append(entry) }
      return entry
    }
  }

  private func wrappingKey(named name: String) -> RingEntry? {
    wrappingKeys.withLock { $0.first { $0.name == name } }
  }

  func binding(_ purpose: String, _ ref: UInt32) -> [UInt8] {
    var bytes = Array("\(origin)\u{0}\(purpose)".utf8)
    bytes.appendBigEndian(epoch)
    bytes.appendBigEndian(ref)
    return bytes
  }
}
