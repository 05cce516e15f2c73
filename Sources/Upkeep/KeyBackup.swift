public import EventLog
public import Files
import Keyring

/// A copy of a store's wrapped keys, for another medium than the backup of the log.
///
/// It opens nothing without the root key, which is never part of it. An erasure begins a new epoch
/// under a fresh root key, so every copy made before dies with it: make a new one after each.
public struct KeyBackup: Sendable {
  static let heading = "wegmarke key backup v1"
  static let rootHeading = Array("wegmarke root key".utf8)
  static let folderPrefix = "keys-"
  /// Files of keys that others hold; the root key can issue them again, and an old copy must open
  /// nothing.
  static let leftOut = ["role-", "handover-"]

  /// The folder that it lies in.
  public let folder: String
  /// The name of the log.
  public let origin: String
  /// The epoch of the keys.
  public let epoch: UInt32
  private let files: [BackupManifest.DataFile]

  /// Copies the keys in use into a folder of their own.
  ///
  /// Copied after the log was, they hold the key of everyone whom the copy of the log knows: keys
  /// reach the device before the records that use them.
  ///
  /// - Throws: `BackupError.keysBesideLog` where the log's backup lies, `.rootKeyAmongKeys`,
  ///   `.exists`, `.file`.
  public static func make(
    of log: EventLog, into folder: String, apartFrom backups: String,
    now: Int64 = SystemClock.microseconds()
  ) throws(BackupError) -> KeyBackup {
    try check(folder, of: log, apartFrom: backups)
    do {
      try Folder.create(folder)
      // An erasure may begin a new epoch meanwhile; then this copy is worth nothing.
      while true {
        let epoch = try newestEpoch(in: "\(log.path)/keys")
        let made = try copy(log, epoch: epoch, into: folder, now)
        if try newestEpoch(in: "\(log.path)/keys") == epoch { return made }
        try Folder.remove(made.folder)
      }
    } catch { throw BackupError(wrapping: error) }
  }

  /// Refuses a folder in the store, or one that lies with the backups of the log.
  public static func check(
    _ folder: String, of log: EventLog, apartFrom backups: String
  ) throws(BackupError) {
    if Place.isInside(folder, log.path) { throw .insideStore(path: folder) }
    if Place.isInside(folder, backups) || Place.isInside(backups, folder) {
      throw .keysBesideLog(path: folder)
    }
  }

  private static func newestEpoch(in keys: String) throws -> UInt32 {
    let epochs = try Folder.names(keys).compactMap {
      $0.hasPrefix("epoch-") ? UInt32($0.dropFirst(6)) : nil
    }
    guard let newest = epochs.max() else { throw KeyringError.keysMissing(path: keys) }
    return newest
  }

  private static func copy(
    _ log: EventLog, epoch: UInt32, into folder: String, _ now: Int64
  ) throws -> KeyBackup {
    let time = Timestamp.text(now).prefix(19).replacing("-", with: "").replacing(":", with: "")
    let name = "\(folderPrefix)epoch-\(epoch)-\(time)Z"
    let path = "\(folder)/\(name)"
    let beside = "\(folder)/\(Backup.building)\(name)"
    if Folder.exists(path) { throw BackupError.exists(path: path) }
    do {
      try Folder.remove(beside)
      try Folder.create(beside)
      let source = "\(log.path)/keys/epoch-\(epoch)"
      var files: [BackupManifest.DataFile] = []
      for file in try Folder.names(source) where isKept(file) {
        let found = "\(source)/\(file)"
        let head = try File(found, .read).bytes(at: 0, count: rootHeading.count)
        guard head != rootHeading else { throw BackupError.rootKeyAmongKeys(path: found) }
        try Folder.copy(file: found, to: "\(beside)/\(file)")
        let digest = try FileDigest.of("\(beside)/\(file)")
        files.append(.init(name: file, bytes: digest.bytes, digest: digest.digest))
      }
      let made = KeyBackup(folder: path, origin: log.origin, epoch: epoch, files: files)
      let text = Array(made.text(now).utf8)
      try Folder.replace("\(beside)/\(BackupManifest.fileName)", with: text.span)
      try Folder.sync(beside)
      try Folder.rename(beside, to: path)
      return made
    } catch {
      try? Folder.remove(beside)
      throw error
    }
  }

  private static func isKept(_ name: String) -> Bool {
    !leftOut.contains { name.hasPrefix($0) } && !name.contains(".new-")
  }

  private func text(_ now: Int64) -> String {
    let lines =
      [KeyBackup.heading, "origin \(origin)", "epoch \(epoch)", "made \(Timestamp.text(now))"]
      + files.map { "file \($0.name) \($0.bytes) \(ContentDigest.hex($0.digest))" }
    return lines.map { $0 + "\n" }.joined()
  }

  private init(
    folder: String, origin: String, epoch: UInt32, files: [BackupManifest.DataFile]
  ) {
    self.folder = folder
    self.origin = origin
    self.epoch = epoch
    self.files = files
  }

  /// Reads a key backup and compares every byte with its list.
  ///
  /// - Throws: `BackupError` with the name of the file that is missing or damaged.
  public init(folder: String) throws(BackupError) {
    let path = "\(folder)/\(BackupManifest.fileName)"
    do {
      let text = String(decoding: try Folder.contents(of: path), as: UTF8.self)
      let lines = text.split(separator: "\n").map(String.init)
      guard lines.count > 4, lines[0] == KeyBackup.heading, lines[1].hasPrefix("origin "),
        lines[2].hasPrefix("epoch "), let epoch = UInt32(lines[2].dropFirst(6))
      else { throw BackupError.damaged(path: path) }
      var files: [BackupManifest.DataFile] = []
      for line in lines[4...] {
        let words = line.split(separator: " ")
        guard words.count == 4, words[0] == "file", let bytes = Int(words[2]),
          !words[1].contains("/"), let digest = Hex.bytes(words[3], count: 32)
        else { throw BackupError.damaged(path: path) }
        let file = "\(folder)/\(words[1])"
        guard Folder.exists(file) else { throw BackupError.missing(path: file) }
        let found = try FileDigest.of(file)
        guard found.bytes == bytes, found.digest == digest else {
          throw BackupError.damaged(path: file)
        }
        files.append(.init(name: String(words[1]), bytes: bytes, digest: digest))
      }
      self.init(
        folder: folder, origin: String(lines[1].dropFirst(7)), epoch: epoch, files: files)
    } catch let error as FileError where error.isMissing {
      throw .noKeyBackup(path: folder)
    } catch { throw BackupError(wrapping: error) }
  }

  /// Puts the keys into a store that has none.
  func restore(to keys: String) throws {
    let target = "\(keys)/epoch-\(epoch)"
    try Folder.create(target)
    for file in files {
      try Folder.copy(file: "\(folder)/\(file.name)", to: "\(target)/\(file.name)")
    }
    try Folder.sync(target)
    try Folder.sync(keys)
  }
}
