public import Files

/// Which store folder a key file serves, noted in a file beside it: `KEY FILE.store`.
///
/// Copies of a store have its origin, hence by default its key file. A renewal of keys in a copy would
/// replace that file, and the original would open no more: so the note is compared first.
public enum KeyFilePlace {
  private static let heading = "wegmarke key file serves v1"

  static func notePath(_ keyFile: String) -> String { "\(keyFile).store" }

  /// The store folder that a key file serves; nil where nothing is noted.
  public static func served(by keyFile: String) -> String? {
    guard let bytes = try? Folder.contents(of: notePath(keyFile)) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("\(heading)\n"), text.hasSuffix("\n") else { return nil }
    let path = text.dropFirst(heading.count + 1).dropLast()
    return path.isEmpty ? nil : String(path)
  }

  /// Notes which store folder a key file serves.
  public static func note(_ store: String, servedBy keyFile: String) throws(FileError) {
    guard let path = Folder.resolved(store), served(by: keyFile) != path else { return }
    try Folder.replace(notePath(keyFile), with: Array("\(heading)\n\(path)\n".utf8).span)
  }
}

extension Keyring {
  /// Another store folder that the key file in use opens as well; nil when this one has it alone.
  ///
  /// A folder that is gone, that was renamed to this one, or whose keys are others by now does not
  /// count. Keys of it that cannot be read do.
  public func otherStore(servedBy keyFile: String, than store: String) -> String? {
    guard let other = KeyFilePlace.served(by: keyFile), !Folder.isSame(other, store),
      let names = try? Folder.names("\(other)/keys")
    else { return nil }
    let epochs = names.compactMap { $0.hasPrefix("epoch-") ? UInt32($0.dropFirst(6)) : nil }
    guard let newest = epochs.max() else { return nil }
    let opens = (try? opens(copy: "\(other)/keys/epoch-\(newest)")) ?? true
    return opens ? other : nil
  }

  /// Notes that the key file in use serves a store folder, unless it serves another one.
  ///
  /// What cannot be noted, beside a key on a medium that is not written to, is noted next time.
  public func noteKeyFile(_ keyFile: String, serves store: String) {
    guard hasRootKey, otherStore(servedBy: keyFile, than: store) == nil else { return }
    try? KeyFilePlace.note(store, servedBy: keyFile)
  }
}
