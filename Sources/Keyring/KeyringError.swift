public import Files
public import Journey

/// Why keys cannot be used.
public enum KeyringError: Error, Equatable, Sendable {
  /// The root key file is not there.
  case rootKeyMissing(path: String)
  /// The root key file can be read by others; keys must be private.
  case rootKeyExposed(path: String, permissions: UInt32)
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
  /// The operating system refused.
  case file(FileError)
}
