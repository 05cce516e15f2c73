public import Files
import Synchronization

// A root key is renewed in three steps, and a crash between them leaves one that opens the keys:
// the new one is written beside, the old one is overwritten, the new one takes its name.

extension RootKey {
  /// Where the next root key waits until the keys are written under it.
  public static func successorPath(of path: String) -> String { "\(path).next" }

  /// Writes a fresh root key beside the one in use; one that a crash left there is destroyed.
  ///
  /// - Throws: `KeyringError.file` when it cannot be written.
  public func writeSuccessor(of path: String) throws(KeyringError) -> RootKey {
    let path = RootKey.successorPath(of: path)
    let fresh = renewed()
    do throws(FileError) { try RootKey.destroy(at: path) } catch { throw .file(error) }
    try fresh.file.create(at: path)
    return fresh
  }

  /// Destroys the root key in use and gives its name to the one that waits beside it.
  ///
  /// - Throws: `KeyringError.file`; doing it again goes on where it stopped.
  public static func adoptSuccessor(of path: String) throws(KeyringError) {
    do throws(FileError) {
      // In place: renaming alone would leave the old bytes on the device.
      if Folder.exists(path) { try Folder.overwrite(path) }
      try Folder.rename(successorPath(of: path), to: path)
    } catch { throw .file(error) }
  }

  /// Overwrites and unlinks a root key file; nothing there is no failure.
  public static func destroy(at path: String) throws(FileError) {
    guard Folder.exists(path) else { return }
    try Folder.overwrite(path)
    try Folder.remove(path)
    try Folder.sync(Folder.parent(of: path))
  }
}

extension Keyring {
  /// Writes a fresh root key beside the one that opened these keys; nothing is sealed under it yet.
  ///
  /// - Throws: `KeyringError.file` when it cannot be written.
  public func writeSuccessor(of path: String) throws(KeyringError) -> RootKey {
    try root.writeSuccessor(of: path)
  }

  /// Opens the newest epoch with the key at a path, or with the root key that a renewal which did
  /// not come to its end left beside it.
  ///
  /// - Returns: The keys, and whether it was the one beside.
  /// - Throws: `KeyringError` when neither opens them.
  public static func open(
    folder: String, rootKey path: String, origin: String,
    passphrase: @escaping PassphraseSource = { (_: String) throws(KeyringError) in nil }
  ) throws(KeyringError) -> (keyring: Keyring, usesSuccessor: Bool) {
    // Both files have the same one: nobody is asked twice.
    let asked = Mutex<[UInt8]?>(nil)
    let once: PassphraseSource = { (path: String) throws(KeyringError) in
      if let known = asked.withLock({ $0 }) { return known }
      let words = try passphrase(path)
      asked.withLock { $0 = words }
      return words
    }
    do throws(KeyringError) {
      let key = try StoreKey.read(at: path, origin: origin, passphrase: once)
      return (try Keyring(folder: folder, key: key), false)
    } catch {
      let successor = RootKey.successorPath(of: path)
      guard error.isAboutTheRootKey, Folder.exists(successor),
        let root = try? RootKey.read(at: successor, origin: origin, passphrase: once),
        let keyring = try? Keyring(folder: folder, root: root)
      else { throw error }
      return (keyring, true)
    }
  }
}

extension KeyringError {
  /// Whether another root key might open the store.
  fileprivate var isAboutTheRootKey: Bool {
    switch self {
    case .rootKeyMissing, .rootKeyMalformed, .wrongRootKey: true
    default: false
    }
  }
}
