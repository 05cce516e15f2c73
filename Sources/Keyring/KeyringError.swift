public import Files
public import Journey

/// Why keys cannot be used.
public enum KeyringError: Error, Equatable, Sendable {
  /// The root key file is not there.
  case rootKeyMissing(path: String)
  /// The root key file can be read by others; keys must be private.
  case rootKeyExposed(path: String, permissions: UInt32)
  /// The root key file belongs to another user of the machine, who can exchange it.
  case rootKeyOfAnotherUser(path: String, user: UInt32)
  /// The key file also opens the keys of another store folder, which would lose its key.
  case keyFileServes(path: String, store: String)
  /// The root key file has another form than Wegmarke writes.
  case rootKeyMalformed(path: String)
  /// The root key belongs to another store.
  case rootKeyOfAnotherStore(path: String, expected: String, found: String)
  /// The store has no keys folder, or it is incomplete.
  case keysMissing(path: String)
  /// The keys folder was written by a newer program.
  case newerVersion(path: String, version: UInt32)
  /// The root key does not open the store's keys.
  case wrongRootKey(path: String)
  /// A stored key or identity is damaged.
  case damaged(path: String, slot: UInt32?)
  /// The participant's key was destroyed: the person was erased.
  case erased(ref: UInt32)
  /// The keys of a field group were destroyed for everyone.
  case groupDropped(FieldGroup)
  /// Another process wrote a newer key epoch; what these keys open may be erased.
  case superseded(epoch: UInt32)
  /// There is no key for this participant.
  case noSuchParticipant(ref: UInt32)
  /// A sealed payload does not open: changed bytes, or another key.
  case sealBroken
  /// The ring holds no key that signs checkpoints.
  case noSigningKey
  /// An external id is longer than a slot holds.
  case externalIDTooLong(bytes: Int, limit: Int)
  /// The keys at hand do not include what this needs; the role says whose keys they are, nil for
  /// the root key.
  case closed(KeyringRight, Role?)
  /// The store knows no such role any more: it was revoked, or its ring is missing.
  case roleRevoked(Role)
  /// The key of the role was renewed, and this copy of it took no part in that.
  case roleKeyOutdated(path: String, Role)
  /// The role's sub-projects, or a name, do not fit into its entry.
  case roleTooLong
  /// The key file is sealed under a passphrase, and there is none at hand.
  case passphraseMissing(path: String)
  /// The passphrase does not open the key file.
  case wrongPassphrase(path: String)
  /// A key cannot be made of the passphrase: there is no memory for it.
  case passphraseUnusable
  /// The file is no export of keys.
  case notAnExport(path: String)
  /// Bytes of an export were changed, or its end is missing.
  case exportDamaged(path: String)
  /// The ring holds no role of this number.
  case noSuchRole(UInt16)
  /// Another key lies where one was to be written.
  case otherKeyThere(path: String)
  /// The store holds keys of an epoch that an export does not open.
  case keysNewer(epoch: UInt32, than: UInt32)
  /// No key of the store is missing, so that there is nothing to import.
  case nothingLost
  /// The operating system refused.
  case file(FileError)
}
