import Files
public import Journey

// A participant's key is wrapped under the key of the sub-project in charge, so a transfer wraps it
// anew. Slots are overwritten in place and a loss of power may tear them, so both wait in a file
// until they stand: `transfer-REF` holds the new slots as they will be.

extension Keyring {
  /// The sub-project whose key wraps a participant's; empty for none.
  ///
  /// - Throws: `KeyringError.closed(.subproject)` when it is none of the role's.
  public func subproject(of ref: ParticipantRef) throws(KeyringError) -> String {
    let slot = try participantSlots.read(Int(ref.number)..<Int(ref.number) + 1)
    let (_, number) = try unwrap(slot[...], ref.number)
    return wrappingKey(numbered: number)?.name ?? ""
  }

  /// Prepares wrapping a participant's key under that of another sub-project; nothing that is read
  /// changes yet.
  ///
  /// - Returns: False when it is wrapped under that one already.
  /// - Throws: `KeyringError.closed(.subproject)` when the role does not hold both keys.
  public func prepareTransfer(
    of ref: ParticipantRef, to subproject: String
  ) throws(KeyringError) -> Bool {
    let slot = try participantSlots.read(Int(ref.number)..<Int(ref.number) + 1)
    let (key, number) = try unwrap(slot[...], ref.number)
    let target = try wrappingKey(for: subproject.isEmpty ? nil : subproject)
    guard target.number != number else { return false }
    var nonces = NonceSource()
    var keys = IdentityKeys(self)
    let waiting =
      try participantSlot(key.rawBytes, target, ref.number, nonces.next())
      + identitySlot(try identity(of: ref), ref.number, nonces.next(), target, &keys)
    do throws(FileError) {
      try Folder.replace(transferPath(ref), with: waiting.span)
    } catch { throw .file(error) }
    return true
  }

  /// Carries a prepared transfer out, or drops it.
  ///
  /// - Throws: `KeyringError.file`; doing it again goes on where it stopped.
  public func settleTransfer(
    of ref: ParticipantRef, carryingOut: Bool
  ) throws(KeyringError) {
    let path = transferPath(ref)
    do {
      guard Folder.exists(path) else { return }
      if carryingOut {
        let waiting = try Folder.contents(of: path)
        guard waiting.count == ParticipantSlot.size + IdentitySlot.size else {
          throw KeyringError.damaged(path: path, slot: ref.number)
        }
        try participantSlots.write(
          Array(waiting[..<ParticipantSlot.size]), at: Int(ref.number))
        try identitySlots.write(Array(waiting[ParticipantSlot.size...]), at: Int(ref.number))
      }
      try Folder.overwrite(path)
      try Folder.remove(path)
      try Folder.sync(folder)
    } catch { throw KeyringError(wrapping: error) }
  }

  /// The participants whose transfer was prepared and not settled: a crash left it.
  public func unsettledTransfers() throws(KeyringError) -> [ParticipantRef] {
    do throws(FileError) {
      return try Folder.names(folder).compactMap { name in
        name.hasPrefix("transfer-")
          ? UInt32(name.dropFirst(9)).map { ParticipantRef($0) } : nil
      }
    } catch { throw .file(error) }
  }

  /// The name of the sub-project to which a prepared transfer leads; nil where there is none.
  public func preparedSubproject(of ref: ParticipantRef) -> String? {
    guard let waiting = try? Folder.contents(of: transferPath(ref)), waiting.count >= 4 else {
      return nil
    }
    return wrappingKey(numbered: waiting.bigEndian16(at: 2))?.name
  }

  private func transferPath(_ ref: ParticipantRef) -> String {
    "\(folder)/transfer-\(ref.number)"
  }
}
