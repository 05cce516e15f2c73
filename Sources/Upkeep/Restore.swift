public import EventLog
import Files
import Keyring
import LMDB

/// Makes a store of a backup again, or tries whether that would work.
///
/// What a backup gives is checked three times: every byte against the manifests before anything is
/// opened, every increment as it is applied, and the whole log at the end, down to the root that
/// the manifest states.
public struct Restore {
  /// What a restore found.
  public struct Report: Sendable {
    /// The log as it is now.
    public let state: LogState
    /// How many increments were applied.
    public let increments: Int
    /// When the last backup of them was made, in microseconds since 1970 UTC.
    public let made: Int64
    /// Bytes of the backup that were read.
    public let bytes: Int
    /// Whether the signature on the manifest was checked, and is of the key that was named.
    public let isSignatureChecked: Bool
    /// The epoch of the keys in use when the backup was made.
    public let epoch: UInt32
    /// Whether keys were put back with it.
    public let hasKeys: Bool
    /// The id of the restored log's new life.
    public let lineage: String
  }

  /// How the folders of restores for trial begin.
  static let drillName = "wegmarke-drill"

  let series: BackupSeries
  /// The key that the manifest must be signed with; nil does not look at signatures.
  public var key: NoteKey?
  /// A backup of keys to put back as well.
  public var keys: KeyBackup?
  /// The time.
  public var now: @Sendable () -> Int64 = SystemClock.microseconds

  /// Prepares a restore from a series.
  public init(_ series: BackupSeries) { self.series = series }

  /// Makes a store of the backup, where nothing is yet.
  ///
  /// - Throws: `BackupError`; then nothing is at the path. `LogError.storeExists` within when
  ///   something is there already: an existing store is never overwritten.
  public func run(
    to store: String, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(BackupError) -> Report {
    var store = store
    while store.count > 1 && store.hasSuffix("/") { store.removeLast() }
    do {
      if Folder.exists(store), try !Folder.isFolder(store) || !Folder.names(store).isEmpty {
        throw LogError.storeExists(path: store)
      }
      try checkBackup()
      let id = ContentDigest.hex(SystemRandom.bytes(8))
      let building = "\(store).building-\(id)"
      do {
        let report = try build(in: building, lineage: id, progress)
        try BackupRegistry(store: building).add(
          .init(
            when: now(), .restored, size: report.state.size, epoch: report.epoch,
            root: report.state.root, path: Folder.resolved(series.last.folder) ?? series.folder))
        try Folder.sync(building)
        if Folder.exists(store) { try Folder.removeEmpty(store) }
        try Folder.rename(building, to: store)
        return report
      } catch {
        try? Folder.remove(building)
        throw error
      }
    } catch { throw BackupError(wrapping: error, bundle: series.folder) }
  }

  /// Does the same in a folder for the moment, and removes it.
  ///
  /// - Parameter look: Sees the restored store before it goes.
  /// - Throws: `BackupError`, and what the body throws.
  public func drill(
    progress: (UInt64, UInt64) -> Void = { _, _ in }, _ look: (String) throws -> Void = { _ in }
  ) throws -> Report {
    do {
      let folder = try Folder.temporary(Restore.drillName)
      defer { try? Folder.remove(folder) }
      // Tells a drill that runs from what one left that was killed.
      let lock = try WriterLock(directory: folder)
      defer { withExtendedLifetime(lock) {} }
      try checkBackup()
      let id = ContentDigest.hex(SystemRandom.bytes(8))
      let report = try build(in: "\(folder)/store", lineage: id, progress)
      try look("\(folder)/store")
      return report
    } catch { throw BackupError(wrapping: error, bundle: series.folder) }
  }

  private func checkBackup() throws {
    try series.check()
    if let keys, keys.origin != series.state.origin {
      throw BackupError.otherStore(
        path: keys.folder, found: keys.origin, expected: series.state.origin)
    }
    guard let key else { return }
    for member in series.members {
      guard member.manifest.checkpoint?.note.verdict(of: key) == .valid else {
        throw BackupError.wrongSignature(path: "\(member.folder)/\(BackupManifest.fileName)")
      }
    }
  }

  private func build(
    in store: String, lineage id: String, _ progress: (UInt64, UInt64) -> Void
  ) throws -> Report {
    for name in ["log", "keys", "views"] { try Folder.create("\(store)/\(name)") }
    let log = "\(store)/log"
    try Folder.copy(
      file: "\(series.folder)/\(BackupSeries.fullData)", to: "\(log)/data.mdb")
    let image = try LogImage(folder: log, isWritable: true)
    for member in series.members.dropFirst() {
      let bundle = "\(member.folder)/\(BackupSeries.incrementData)"
      do { try image.apply(bundle: bundle) } catch {
        throw BackupError(wrapping: error, bundle: bundle)
      }
      guard try image.size() == member.manifest.state.size else {
        throw BackupError.damaged(path: bundle)
      }
    }
    let state = try image.state()
    guard state == series.state else { throw BackupError.notRestored(findings: 1) }
    let report = try image.verify(progress: progress)
    guard report.isIntact, report.root == series.state.root else {
      throw BackupError.notRestored(findings: max(1, report.findingCount))
    }
    try image.noteLineage("\(id) restored \(Timestamp.text(now())) size \(state.size)")
    try image.close()
    try Folder.remove("\(log)/lock.mdb")
    if let access = series.accessCopy {
      try Folder.create("\(store)/access")
      try Folder.copy(file: access, to: "\(store)/access/data.mdb")
      try Folder.sync("\(store)/access")
    }
    try keys?.restore(to: "\(store)/keys")
    for name in ["log", "keys"] { try Folder.sync("\(store)/\(name)") }
    try Folder.sync(store)
    return Report(
      state: state, increments: series.members.count - 1, made: series.last.manifest.made,
      bytes: series.members.reduce(0) { $0 + $1.manifest.totalBytes },
      isSignatureChecked: key != nil, epoch: series.last.manifest.epoch, hasKeys: keys != nil,
      lineage: id)
  }
}
