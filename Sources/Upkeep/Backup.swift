public import EventLog
import Files
import Journey
import Keyring
import LMDB

/// Makes backups of a log into a folder, while others write.
///
///     let report = try Backup(of: log, into: "/media/backup/office").run()
///
/// The first one is full: a compact copy of the environment. Later ones hold what came since, as
/// bundles. Every one is written beside, read back and compared with the log, and appears under its
/// name only when it is whole and on the device. Keys are never among the data.
public struct Backup {
  /// What a backup did.
  public struct Report: Sendable {
    /// What was made.
    public enum Made: Sendable, Equatable {
      /// A full backup.
      case full
      /// An increment.
      case increment
      /// Nothing: the last backup has everything.
      case nothing
    }

    /// What was made.
    public let made: Made
    /// The series, the new backup included.
    public let series: BackupSeries
    /// The records that the new backup holds.
    public let records: UInt64
    /// The series that were removed because newer ones were enough.
    public let removed: [String]
    /// Increments that the store remembers and the folder has no more; the new backup holds what
    /// they held.
    public var vanished: [String] = []
  }

  let log: EventLog
  let folder: String
  let registry: BackupRegistry
  /// The program with its version, for the manifest.
  public var program = "wegmarke"
  /// Whether a full backup is made in any case.
  public var isFull = false
  /// How many full backups, with their increments, shall stay; nil keeps all.
  public var kept: Int?
  /// The time.
  public var now: @Sendable () -> Int64 = SystemClock.microseconds

  /// Prepares backups of a log; nothing is done yet.
  public init(of log: EventLog, into folder: String) {
    var folder = folder
    while folder.count > 1 && folder.hasSuffix("/") { folder.removeLast() }
    self.log = log
    self.folder = folder
    registry = BackupRegistry(store: log.path)
  }

  /// Hears how far the reading has come: records done, records in all.
  public typealias Progress = (UInt64, UInt64) -> Void

  /// Makes the next backup, checks it, and notes in the store how it went.
  ///
  /// - Throws: `BackupError`; then the folder is as it was before.
  public func run(progress: Progress = { _, _ in }) throws(BackupError) -> Report {
    do {
      let report = try make(progress)
      let last = report.series.last
      try note(
        report.made == .full ? .full : report.made == .increment ? .increment : .current,
        last.manifest.state, path: last.folder)
      for path in report.removed { try note(.removed, last.manifest.state, path: path) }
      return report
    } catch {
      let failure = BackupError(wrapping: error, bundle: folder)
      // What went wrong is worth more than whether it could be noted.
      try? registry.add(
        .init(
          when: now(), isFull ? .full : .increment, isGood: false, size: (try? log.size()) ?? 0,
          path: folder, note: failure.message.en))
      throw failure
    }
  }

  private func note(_ action: BackupRegistry.Action, _ state: LogState, path: String) throws {
    try registry.add(
      .init(
        when: now(), action, size: state.size, epoch: log.keyring.epoch, root: state.root,
        path: Folder.resolved(path) ?? path))
  }

  /// What `run` would make now, and of how many records; writes nothing.
  ///
  /// - Throws: `BackupError` as `run` does, as far as it can be known before.
  public func plan() throws(BackupError) -> (made: Report.Made, records: UInt64) {
    do {
      if Place.isInside(folder, log.path) { throw BackupError.insideStore(path: folder) }
      try refuseOtherMedium()
      let size = try log.size()
      guard !isFull, let newest = BackupSeries.names(in: folder).last else { return (.full, size) }
      let series = try continued(BackupSeries(folder: "\(folder)/\(newest)"))
      let state = series.state
      guard state.size <= size, try log.root(size: state.size) == state.root else {
        throw BackupError.otherHistory(path: folder, size: state.size)
      }
      let isCurrent = try log.image.state() == state && log.accessState() == series.access
      return isCurrent ? (.nothing, 0) : (.increment, size - state.size)
    } catch { throw BackupError(wrapping: error, bundle: folder) }
  }

  /// Refuses a folder that is empty though backups were made into it: on the disk under a medium that
  /// is not connected they would be in the wrong place, and one by one the true ones grow old.
  private func refuseOtherMedium() throws {
    guard !isFull, BackupSeries.names(in: folder).isEmpty, let place = Place.resolved(folder)
    else { return }
    let made = try registry.entries().contains { entry in
      entry.isGood && [.full, .increment].contains(entry.action)
        && entry.path.hasPrefix(place + "/")
    }
    if made { throw BackupError.mediumMissing(path: folder) }
  }

  /// The series, where it is of this log.
  private func continued(_ series: BackupSeries) throws(BackupError) -> BackupSeries {
    guard series.state.origin == log.origin else {
      throw .otherStore(path: folder, found: series.state.origin, expected: log.origin)
    }
    return series
  }

  private func make(_ progress: Progress) throws -> Report {
    if Place.isInside(folder, log.path) { throw BackupError.insideStore(path: folder) }
    try refuseOtherMedium()
    try Folder.create(folder)
    // Two backups into one folder would both be the next one.
    let lock = try WriterLock(directory: folder)
    defer { withExtendedLifetime(lock) {} }
    for name in try Folder.names(folder) where name.hasPrefix(Backup.building) {
      try Folder.remove("\(folder)/\(name)")
    }
    guard !isFull, let newest = BackupSeries.names(in: folder).last else {
      return try makeFull(progress)
    }
    let series = try continued(BackupSeries(folder: "\(folder)/\(newest)"))
    return try makeIncrement(on: series, progress)
  }

  static let building = "building-"

  /// Writes into a folder beside, and gives it its name when all is well.
  private func build(
    in parent: String, as name: String, _ body: (String) throws -> Void
  ) throws -> String {
    let path = "\(parent)/\(name)"
    let beside = "\(folder)/\(Backup.building)\(name)"
    if Folder.exists(path) { throw BackupError.exists(path: path) }
    do {
      try Folder.create(beside)
      try body(beside)
      try Folder.sync(beside)
      try Folder.rename(beside, to: path)
    } catch {
      try? Folder.remove(beside)
      throw error
    }
    return path
  }

  // MARK: A full backup

  private func makeFull(_ progress: Progress) throws -> Report {
    if let other = BackupSeries.all(in: folder).last { _ = try continued(other) }
    var size: UInt64 = 0
    let path = try build(in: folder, as: fullName()) { path in
      let state = try copy(to: path, progress)
      size = state.size
      try write(.full, from: 0, state, data: BackupSeries.fullData, after: nil, in: path)
    }
    let series = try BackupSeries(folder: path)
    return Report(
      made: .full, series: series, records: size, removed: try removeOld(butNot: series))
  }

  /// Copies the environment, opens the copy and reads all of it.
  private func copy(to path: String, _ progress: Progress) throws -> LogState {
    try log.image.copy(to: path)
    let image = try LogImage(folder: path, keyring: log.keyring)
    let report = try image.verify(progress: progress)
    guard report.isIntact else {
      throw BackupError.notVerified(path: path, findings: report.findingCount)
    }
    let state = try image.state()
    try image.close()
    try Folder.remove("\(path)/lock.mdb")
    // The copy holds together; now, is it a copy of this log?
    guard state.root == report.root, try log.root(size: state.size) == state.root else {
      throw BackupError.notVerified(path: path, findings: 1)
    }
    return state
  }

  private func fullName() -> String {
    let time = Timestamp.text(now()).prefix(19).replacing("-", with: "").replacing(":", with: "")
    let name = "\(BackupSeries.fullPrefix)\(time)Z"
    var number = 1
    while Folder.exists("\(folder)/\(name)-\(number)") { number += 1 }
    return Folder.exists("\(folder)/\(name)") ? "\(name)-\(number)" : name
  }

  /// Removes the oldest, but never the series that was just written, whatever its name: one that is
  /// named for a later time may come from a clock that was wrong.
  private func removeOld(butNot series: BackupSeries) throws -> [String] {
    guard let kept, kept > 0 else { return [] }
    let current = Folder.name(of: series.folder)
    let others = BackupSeries.names(in: folder).filter { $0 != current }
    let old = others.dropLast(kept - 1).map { "\(folder)/\($0)" }
    for path in old { try Folder.remove(path) }
    return old
  }

  // MARK: An increment

  private func makeIncrement(on series: BackupSeries, _ progress: Progress) throws -> Report {
    let before = series.state
    let number = series.members.count
    let vanished = try registry.vanished(from: series)
    if try log.size() == before.size, try log.image.state() == before,
      try log.accessState() == series.access
    {
      return Report(
        made: .nothing, series: series, records: 0, removed: try removeOld(butNot: series))
    }
    var records: UInt64 = 0
    do {
      _ = try build(in: series.folder, as: BackupSeries.increment(number)) { path in
        let bundle = "\(path)/\(BackupSeries.incrementData)"
        let state = try log.image.writeBundle(since: before, to: bundle, progress: progress).state
        let facts = try LogImage.checkBundle(bundle)
        guard facts.origin == log.origin, facts.from == before.size, facts.to == state.size,
          facts.root == state.root, try log.root(size: state.size) == facts.root
        else { throw BackupError.notVerified(path: bundle, findings: 1) }
        records = state.size - before.size
        try write(
          .increment, from: before.size, state, data: BackupSeries.incrementData, after: series,
          in: path)
      }
    } catch BundleProblem.otherHistory(let size) {
      throw BackupError.otherHistory(path: series.folder, size: size)
    }
    let grown = try BackupSeries(folder: series.folder)
    return Report(
      made: .increment, series: grown, records: records, removed: try removeOld(butNot: grown),
      vanished: vanished)
  }

  // MARK: The manifest

  private func write(
    _ kind: BackupManifest.Kind, from: UInt64, _ state: LogState, data: String,
    after series: BackupSeries?, in path: String
  ) throws {
    // Behind the log: what the log states about the access log is then in the copy of that too.
    let access = try copyAccess(after: series, in: path)
    let files = try ([data] + access.files).map { name in
      let found = try FileDigest.of("\(path)/\(name)")
      return BackupManifest.DataFile(name: name, bytes: found.bytes, digest: found.digest)
    }
    let manifest = BackupManifest(
      kind: kind, from: from, state: state, access: access.state, epoch: log.keyring.epoch,
      files: files, made: now(), program: program, previous: series?.last.manifest.digest,
      checkpoint: try log.signCopy(state))
    let text = Array(manifest.text.utf8)
    guard BackupManifest(parsing: text) == manifest else {
      throw BackupError.damaged(path: "\(path)/\(BackupManifest.fileName)")
    }
    try Folder.replace("\(path)/\(BackupManifest.fileName)", with: text.span)
  }

  /// Copies the log of who read what, where it changed since the backup before.
  private func copyAccess(
    after series: BackupSeries?, in path: String
  ) throws -> (state: AccessState?, files: [String]) {
    let now = try log.accessState()
    if now == nil || now == series?.access { return (now, []) }
    let state = try log.copyAccessLog(to: "\(path)/\(BackupSeries.accessFolder)")
    return (state, [BackupSeries.accessData])
  }
}
