import Crypto
public import Files
public import Journey

/// A key epoch is written as a whole or not at all; every epoch of every store comes through here.
extension Keyring {
  /// Writes an epoch's folder with its ring and slot files without slots, and opens it.
  ///
  /// The folder may have any name: a store's newest epoch is the one with the highest number.
  static func writeEpoch(
    _ epoch: UInt32, in folder: String, entries: [RingEntry], root: RootKey
  ) throws(KeyringError) -> Keyring {
    do throws(FileError) { try Folder.create(folder) } catch { throw .file(error) }
    _ = try participantSlots(folder, create: true)
    _ = try identitySlots(folder, create: true)
    try RingFile(version: RingFile.version, epoch: epoch, entries: entries)
      .write(to: "\(folder)/ring", root: root)
    return try Keyring(epochFolder: folder, key: .root(root))
  }

  /// Writes the next epoch beside this one, under another root key.
  ///
  /// Wrapping keys and the identities key are fresh, and everything is sealed anew: neither today's
  /// ring opens slots of an older copy, nor an older ring today's. This epoch is left as it is; see
  /// `destroyOtherEpochs()`. When this throws, this epoch is still the one in use.
  ///
  /// - Throws: `KeyringError.damaged` when a key that should go over cannot be read: it could be
  ///   mended from a copy of this epoch, and from no later one.
  @discardableResult
  public func renew(
    _ renewal: KeyRenewal, under root: RootKey
  ) throws(KeyringError) -> KeyRenewal.Outcome {
    let keys = Folder.parent(of: folder)
    let next = epoch + 1
    let building = "\(keys)/epoch-\(next).building"
    do throws(FileError) { try Keyring.destroyFolder(building) } catch { throw .file(error) }
    let ring = try RingFile.read(from: "\(folder)/ring", root: self.root)
    let entries = Keyring.renewed(ring.entries, renewal)
    let renewed = try Keyring.writeEpoch(next, in: building, entries: entries, root: root)
    try RoleRings.renew(
      from: folder, under: ring.entries, into: building,
      RingFile(version: RingFile.version, epoch: next, entries: entries), origin: origin)
    var outcome = KeyRenewal.Outcome(epoch: next, kept: 0, erased: 0)
    for start in stride(from: UInt32(0), to: renewal.participants, by: 4096) {
      let refs = start..<min(renewal.participants, start + 4096)
      try carry(refs, renewal, to: renewed, &outcome)
    }
    try renewed.participantSlots.sync()
    try renewed.identitySlots.sync()
    do throws(FileError) {
      try Folder.sync(building)
      try Folder.rename(building, to: "\(keys)/epoch-\(next)")
    } catch { throw .file(error) }
    return outcome
  }

  /// The ring of the next epoch: what opens slots is fresh, what opens records goes over.
  private static func renewed(_ entries: [RingEntry], _ renewal: KeyRenewal) -> [RingEntry] {
    var next: [RingEntry] = []
    for entry in entries {
      switch entry.purpose {
      case .watermark: continue
      case .fieldGroup where renewal.dropping.keys.contains { UInt16($0.rawValue) == entry.number }:
        continue
      case .wrapping, .identities, .role: next.append(entry.renewed())
      case .fieldGroup, .lookup, .store, .signing, .droppedGroup, .accessLog, .accessLogPublic:
        next.append(entry)
      }
    }
    for (group, position) in renewal.dropping.sorted(by: { $0.key.rawValue < $1.key.rawValue })
    where !next.contains(where: { $0.droppedGroup?.group == group }) {
      next.append(.dropped(group, by: position))
    }
    next.append(.watermark(renewal.watermark))
    return next
  }

  /// Seals the slots of consecutive participants for another epoch.
  private func carry(
    _ refs: Range<UInt32>, _ renewal: KeyRenewal, to next: Keyring,
    _ outcome: inout KeyRenewal.Outcome
  ) throws(KeyringError) {
    let range = Int(refs.lowerBound)..<Int(refs.upperBound)
    let keys = try participantSlots.read(range)
    let names = try identitySlots.read(range)
    var newKeys: [UInt8] = []
    var newNames: [UInt8] = []
    newKeys.reserveCapacity(refs.count * ParticipantSlot.size)
    newNames.reserveCapacity(refs.count * IdentitySlot.size)
    var nonces = NonceSource()
    var (oldNames, nextNames) = (IdentityKeys(self), IdentityKeys(next))
    for ref in refs {
      let index = Int(ref - refs.lowerBound)
      let slot = keys.slot(index, size: ParticipantSlot.size)
      if slot.first == 2 || renewal.erasing.contains(ref) {
        newKeys += ParticipantSlot.erased
        newNames += IdentitySlot.erased
        outcome.erased += 1
      } else if slot.allSatisfy({ $0 == 0 }) {
        // Keys from a copy older than the person: nothing to carry over, and nothing to hide.
        newKeys += [UInt8](repeating: 0, count: ParticipantSlot.size)
        newNames += [UInt8](repeating: 0, count: IdentitySlot.size)
      } else {
        let (key, wrapping) = try unwrap(slot, ref)
        guard let wrapping = next.wrappingKey(numbered: wrapping) else {
          throw .damaged(path: participantSlots.path, slot: ref)
        }
        newKeys += try next.participantSlot(key.rawBytes, wrapping, ref, nonces.next())
        let identity = try self.identity(
          in: names.slot(index, size: IdentitySlot.size), ref, &oldNames)
        newNames += try next.identitySlot(identity, ref, nonces.next(), wrapping, &nextNames)
        outcome.kept += 1
      }
    }
    try next.participantSlots.write(newKeys, at: range.lowerBound, syncing: false)
    try next.identitySlots.write(newNames, at: range.lowerBound, syncing: false)
  }

  /// Bytes of the files of the next epoch, while this one is still there.
  public func bytesOfNextEpoch(participants: Int) -> Int {
    let slots = participants * (ParticipantSlot.size + IdentitySlot.size)
    let ring = (try? Folder.size(ofFile: "\(folder)/ring")) ?? 0
    // Each file ends in a page of its own, and so do the folder and the root key.
    return slots + 2 * SlotFile.headerSize + 2 * ring + 5 * 4096
  }

  /// How many participants below a number have a key.
  ///
  /// - Throws: `KeyringError.file` when the slots cannot be read.
  public func participantsWithKeys(below count: UInt32) throws(KeyringError) -> Int {
    var found = 0
    try forEachStatus(below: count) { _, status in if status == 1 { found += 1 } }
    return found
  }

  /// The refs below a number whose keys were destroyed: people who were erased.
  ///
  /// - Throws: `KeyringError.file` when the slots cannot be read.
  public func erasedRefs(below count: UInt32) throws(KeyringError) -> [UInt32] {
    var refs: [UInt32] = []
    try forEachStatus(below: count) { ref, status in if status == 2 { refs.append(ref) } }
    return refs
  }

  /// Whether a participant below a number has a key; opens nothing.
  ///
  /// - Throws: `KeyringError.file` when the slot cannot be read.
  public func hasKey(_ ref: ParticipantRef, below count: UInt32) throws(KeyringError) -> Bool {
    guard ref.number < count else { return false }
    return try participantSlots.read(Int(ref.number)..<Int(ref.number) + 1).first == 1
  }

  private func forEachStatus(
    below count: UInt32, _ body: (UInt32, UInt8) -> Void
  ) throws(KeyringError) {
    for start in stride(from: 0, to: count, by: 4096) {
      let end = min(count, start + 4096)
      let slots = try participantSlots.read(Int(start)..<Int(end))
      for ref in start..<end {
        let at = Int(ref - start) * ParticipantSlot.size
        body(ref, at < slots.count ? slots[at] : 0)
      }
    }
  }

  /// Whether a copy of an epoch's folder opens under the root key in use.
  ///
  /// - Throws: `KeyringError` when the copy is damaged, or these are not the root key's keys.
  public func opens(copy folder: String) throws(KeyringError) -> Bool {
    let root = try root
    do throws(KeyringError) {
      _ = try RingFile.read(from: "\(folder)/ring", root: root)
      return true
    } catch .wrongRootKey { return false }
  }

  /// Whether no newer epoch stands beside this one.
  ///
  /// False after another process erased somebody or rotated the keys.
  public var isCurrent: Bool {
    !Folder.exists("\(Folder.parent(of: folder))/epoch-\(epoch + 1)")
      && Folder.exists("\(folder)/ring")
  }

  /// Refuses to go on with keys that another process has replaced meanwhile.
  ///
  /// - Throws: `KeyringError.superseded`.
  public func checkCurrent() throws(KeyringError) {
    if !isCurrent { throw .superseded(epoch: epoch) }
  }

  /// Destroys every other epoch and every epoch that was not finished: overwrites, then unlinks.
  ///
  /// - Returns: The names of the folders that are gone.
  @discardableResult
  public func destroyOtherEpochs() throws(KeyringError) -> [String] {
    let keys = Folder.parent(of: folder)
    do throws(FileError) {
      let others = try otherEpochs()
      for name in others { try Keyring.destroyFolder("\(keys)/\(name)") }
      if !others.isEmpty { try Folder.sync(keys) }
      return others
    } catch { throw .file(error) }
  }

  /// The folders of other epochs, finished or not, that still stand beside this one.
  public func otherEpochs() throws(FileError) -> [String] {
    let own = Folder.name(of: folder)
    return try Folder.names(Folder.parent(of: folder)).filter {
      $0.hasPrefix("epoch-") && $0 != own
    }
  }

  private static func destroyFolder(_ path: String) throws(FileError) {
    guard Folder.exists(path) else { return }
    for name in try Folder.names(path) { try Folder.overwrite("\(path)/\(name)") }
    try Folder.remove(path)
  }
}
