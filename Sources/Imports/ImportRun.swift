public import EventLog
import Files
public import Interchange
import Journey

/// One import: files of an office become events in the log.
///
///     let run = ImportRun(log: log, mapping: mapping, files: ["persons.csv", "events.csv"])
///     let report = try run.run { progress in … }
///
/// All rows are checked before the first event is stored. Events are stored in batches, each as a
/// whole; a run that was stopped is completed by running it again, and a run that was completed
/// stores nothing again. Files are read twice or more, so they must be files, not streams.
public struct ImportRun {
  let log: EventLog
  let mapping: Mapping
  let files: [String]
  let options: ImportOptions

  /// Whom an import keeps up to date about how far it has come.
  public typealias Listener = (ImportProgress) -> Void

  /// Prepares an import; nothing is read yet.
  public init(
    log: EventLog, mapping: Mapping, files: [String], options: ImportOptions = ImportOptions()
  ) {
    self.log = log
    self.mapping = mapping
    self.files = files
    self.options = options
  }

  /// The imports of a log, oldest first.
  public static func list(_ log: EventLog) throws(LogError) -> [ImportBatch] {
    try ImportBatch.list(log)
  }

  /// Does the import.
  ///
  /// - Throws: `ImportError` when files cannot be matched or the store refuses; row errors and
  ///   files that cannot be read as CSV are in the report.
  public func run(progress: Listener = { _ in }) throws(ImportError) -> ImportReport {
    let clock = ContinuousClock()
    let start = clock.now
    var report = try plainRun(progress)
    report.duration = clock.now - start
    return report
  }

  private func plainRun(_ progress: Listener) throws(ImportError) -> ImportReport {
    let matched = try matchedFiles()
    let identity: ImportIdentity
    do throws(LogError) {
      identity = try ImportIdentity(
        log: log, mapping: mapping, files: matched.map(\.path),
        batchSize: options.batchSize)
    } catch { throw .log(error) }
    if let batch = identity.existing, batch.isFinished {
      return alreadyImported(batch)
    }
    try refuseDropped(matched)
    var pass: ImportPass
    do throws(LogError) {
      pass = try ImportPass(
        log: log, mapping: mapping, files: matched, options: options,
        resuming: identity.existing)
    } catch { throw .log(error) }
    pass.totalBytes = identity.bytes
    try pass.check(progress)
    if pass.report.outcome == .interrupted { return pass.report }
    pass.report.batchCode = try batchCode(identity)
    pass.report.isResumed = identity.existing != nil
    let hasFatal = pass.report.diagnostics.kept.contains { $0.severity == .fatal }
    if hasFatal {
      pass.report.outcome = .refused
      return pass.report
    }
    let isRefused = pass.report.diagnostics.errors > 0 && !options.skipsErrors
    let stores = !isRefused && !options.isDryRun
    if stores, identity.existing == nil, let earlier = identity.earlier {
      var forecast = pass
      try forecast.store(identity, reallyStores: false, progress)
      if forecast.report.outcome == .interrupted { return forecast.report }
      if forecast.report.newEvents + forecast.report.newParticipants == 0 {
        return alreadyImported(earlier)
      }
    }
    try pass.store(identity, reallyStores: stores, progress)
    if !stores, pass.report.outcome != .interrupted {
      pass.report.outcome = options.isDryRun ? .forecast : .refused
    }
    return pass.report
  }

  /// Refuses a mapping that states what may not be stored any more: before the first batch, because an
  /// import that is refused in the middle could never be completed.
  private func refuseDropped(_ files: [ImportPass.File]) throws(ImportError) {
    for file in files {
      for type in file.mapping.eventTypes.sorted(by: { $0.rawValue < $1.rawValue })
      where type.schema.group.canBeDropped {
        let order: ErasureOrder?
        do throws(LogError) {
          order = try log.erasureOrder(for: .group(type.schema.group))
        } catch { throw .log(error) }
        if let order {
          throw .groupDropped(type, pattern: file.mapping.pattern, by: order.position)
        }
      }
    }
  }

  private func alreadyImported(_ batch: ImportBatch) -> ImportReport {
    var report = ImportReport()
    report.outcome = .alreadyImported(batch)
    report.batchCode = batch.code
    report.isSimulated = batch.isSimulated
    return report
  }

  /// The files with their mappings, in the order of the mapping.
  private func matchedFiles() throws(ImportError) -> [ImportPass.File] {
    var found: [(index: Int, path: String)] = []
    var unmatched: String?
    for path in files {
      if let index = mapping.files.firstIndex(where: { $0.matches(Folder.name(of: path)) }) {
        found.append((index, path))
      } else {
        unmatched = path
      }
    }
    if let unmatched {
      // Files under other names may be given in the mapping's order.
      guard found.isEmpty, files.count == mapping.files.count else {
        throw .noMapping(file: unmatched, patterns: mapping.files.map(\.pattern))
      }
      found = files.enumerated().map { ($0.offset, $0.element) }
    }
    let order = found.indices.sorted { (found[$0].index, $0) < (found[$1].index, $1) }
    return order.map {
      ImportPass.File(path: found[$0].path, mapping: mapping.files[found[$0].index])
    }
  }

  /// The code of the batch: its number among the imports of the year.
  private func batchCode(_ identity: ImportIdentity) throws(ImportError) -> String {
    if let batch = identity.existing { return batch.code }
    let year = StoreZone.day(of: options.now()).parts.year
    let prefix = "I-\(year)-"
    let number = identity.batches.count { $0.code.hasPrefix(prefix) } + 1
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
