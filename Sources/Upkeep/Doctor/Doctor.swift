public import EventLog
import Files
import Glibc
import Keyring
import LMDB
import ProjectionEngine

/// From when on something about a store needs a person.
public struct DoctorLimits: Sendable, Equatable {
  /// Days after which a backup is too old.
  public var backupDays = 7
  /// Days after which a drill is too old.
  public var drillDays = 180
  /// Hours that records may wait for the view.
  public var viewHours = 24
  /// Seconds for which a process may hold a snapshot that others have left behind.
  public var readerSeconds = 600
  /// The watermarks of the disk.
  public var watermarks = DiskWatermarks()
  /// Bytes that should be kept back for a full disk.
  public var ballastBytes = Ballast.leastBytes

  /// The default limits.
  public init() {}
}

/// Looks at a store from all sides and says what needs a person; changes nothing.
public struct Doctor {
  let store: String
  let log: EventLog?
  let rootKey: String?
  let limits: DoctorLimits
  let now: Int64

  /// Prepares a look.
  ///
  /// - Parameters:
  ///   - store: The folder of the store.
  ///   - log: Its log; nil when it does not open.
  ///   - rootKey: The path of the root key file.
  public init(
    store: String, log: EventLog?, rootKey: String?, limits: DoctorLimits = .init(),
    now: Int64 = Doctor.time()
  ) {
    self.store = store
    self.log = log
    self.rootKey = rootKey
    self.limits = limits
    self.now = now
  }

  /// The time of the machine.
  public static func time() -> Int64 { SystemClock.microseconds() }

  /// Looks at everything.
  ///
  /// - Parameter pause: Waits between two looks at a reader that others have left behind.
  /// - Throws: `LogError` or `FileError` when something cannot even be looked at.
  public func examine(pause: () -> Void = Doctor.halfSecond) throws -> HealthReport {
    var report = HealthReport(
      examined: now, backups: try backups(), disk: try disk(), writer: writer())
    report.leftovers = try Leftovers(of: store, keyFile: rootKey, now: now).paths
    guard let log else { return report }
    report.log = try self.log(log)
    report.keys = try keys(log)
    if log.keyring.hasRootKey { report.people = try log.keyCondition() }
    report.access = try log.verifyAccess(deep: false)
    report.map = try map(log, pause)
    report.view = try view(log)
    report.checkpoints = try checkpoints(log)
    return report
  }

  /// Waits for half a second.
  public static func halfSecond() { usleep(500_000) }

  private func log(_ log: EventLog) throws -> HealthReport.Log {
    let last = try log.image.recordedUntil()
    return HealthReport.Log(
      origin: log.origin, records: try log.size(), participants: try log.participantCount(),
      lastRecorded: last, lineage: try log.image.lineage(),
      isClockBehind: !log.isSimulated && (last.map { $0 > now } ?? false))
  }

  private func keys(_ log: EventLog) throws -> HealthReport.Keys {
    var paths = [store, "\(store)/log", "\(store)/log/data.mdb", "\(store)/keys"]
    let epoch = "\(store)/keys/epoch-\(log.keyring.epoch)"
    for folder in [epoch, "\(store)/access", "\(store)/views"] where Folder.exists(folder) {
      paths += [folder] + ((try? Folder.names(folder)) ?? []).map { "\(folder)/\($0)" }
    }
    if let rootKey { paths.append(rootKey) }
    let exposed = paths.compactMap { path -> String? in
      guard let mode = try? Folder.permissions(path), mode & 0o077 != 0 else { return nil }
      return "\(path) (\(String(mode, radix: 8)))"
    }
    // Who may what, the root key alone sees.
    let roles = log.keyring.hasRootKey ? try log.keyring.roles() : []
    var lacking: [UInt16: [String]] = [:]
    for issued in roles {
      let missing = try log.missingSubprojects(
        of: issued.role.kind, having: issued.subprojects)
      if !missing.isEmpty { lacking[issued.role.number] = missing }
    }
    return HealthReport.Keys(
      epoch: log.keyring.epoch, exposed: exposed,
      staleRings: roles.filter { !$0.isRingCurrent }.map(\.role.number), lacking: lacking)
  }

  private func backups() throws -> HealthReport.Backups {
    let entries = try BackupRegistry(store: store).entries()
    let logBackups = entries.filter { [.full, .increment, .current].contains($0.action) }
    let last = logBackups.last
    let good = logBackups.last { $0.isGood }
    let keys = entries.last { $0.action == .keys && $0.isGood }
    let drill = entries.last { $0.action == .drill }
    let size = try log?.size() ?? 0
    let since = good.map { size > $0.size ? size - $0.size : 0 } ?? size
    let isReachable = good.map { Folder.exists($0.path) }
    let isOld = good.map { age(of: $0) > limits.backupDays } ?? true
    // What does not change needs no new backup; made-up people need none at all.
    let isNeeded = since > 0 && log?.isSimulated != true
    let state: HealthState =
      isNeeded && isOld || last?.isGood == false
      ? .attention : isReachable == false || (good == nil && size > 0) ? .notice : .good
    let areOutdated = keys.map { $0.epoch < log?.keyring.epoch ?? 0 } ?? false
    let hasDrill = drill.map { age(of: $0) <= limits.drillDays } ?? false
    return HealthReport.Backups(
      last: last, lastGood: good, isReachable: isReachable, recordsSince: since, keys: keys,
      areKeysOutdated: areOutdated, drill: drill, state: state,
      keyState: areOutdated ? .attention : keys == nil && good != nil ? .notice : .good,
      drillState: drill?.isGood == false
        ? .attention : good != nil && !hasDrill ? .notice : .good)
  }

  private func age(of entry: BackupRegistry.Entry) -> Int {
    Int((now - entry.when) / 86_400_000_000)
  }

  private func disk() throws -> HealthReport.Disk {
    let space = try DiskSpace(at: store)
    return HealthReport.Disk(
      space: space, verdict: limits.watermarks.verdict(space),
      warningBytes: limits.watermarks.warning.bytes(of: space),
      stopBytes: limits.watermarks.stop.bytes(of: space), ballast: Ballast(store: store).bytes,
      wantedBallast: limits.ballastBytes)
  }

  private func map(_ log: EventLog, _ pause: () -> Void) throws -> HealthReport.Map {
    let first = try log.environmentInformation()
    guard first.oldestReaderLag > 0, let process = first.oldestReaderProcess else {
      return HealthReport.Map(information: first, pinning: nil, isPinned: false)
    }
    // A reader of the moment is gone at the second look. How long it holds its snapshot LMDB does
    // not know; no longer than its process runs.
    pause()
    let second = try log.environmentInformation()
    let isSame =
      second.oldestReaderID == first.oldestReaderID && second.oldestReaderProcess == process
    let running = isSame ? RunningProcess(process) : nil
    return HealthReport.Map(
      information: second, pinning: running,
      isPinned: isSame && (running?.seconds ?? .infinity) > Double(limits.readerSeconds))
  }

  private func writer() -> HealthReport.Writer {
    let path = "\(store)/log/\(WriterLock.fileName)"
    let text = (try? Folder.contents(of: path)) ?? []
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return HealthReport.Writer(
      lock: FileLocks.state(of: path), program: lines.count > 1 ? String(lines[1]) : nil)
  }

  private func view(_ log: EventLog) throws -> HealthReport.View {
    let size = try log.size()
    var standing: JourneysView.Standing?
    var problem: ViewError?
    do throws(ViewError) { standing = try JourneysView(of: log).standing() } catch {
      problem = error
    }
    // The head of the log and the last progress of the view count, never what the view says about
    // itself: one that stands still knows of nothing that it lacks.
    let covered = standing?.size ?? 0
    let waitingSince =
      covered < size && problem == nil
      ? try log.record(at: Position(covered)).header.recordedAt : nil
    let limit = Int64(limits.viewHours) * 3_600_000_000
    let isStalled =
      standing != nil && !log.isSimulated && (waitingSince.map { now - $0 > limit } ?? false)
    var refreshing: Int32?
    if case .held(let process) = FileLocks.state(of: "\(store)/views/\(WriterLock.fileName)") {
      refreshing = process
    }
    return HealthReport.View(
      standing: standing, problem: problem, lag: size - min(covered, size),
      waitingSince: waitingSince, refreshing: refreshing, isStalled: isStalled)
  }

  private func checkpoints(_ log: EventLog) throws -> HealthReport.Checkpoints {
    let size = try log.size()
    guard let last = try log.lastCheckpoint()?.checkpoint.size, last <= size else {
      return HealthReport.Checkpoints(size: nil, coveredUntil: nil, recordsSince: size)
    }
    let until = last == 0 ? nil : try log.record(at: Position(last - 1)).header.recordedAt
    return HealthReport.Checkpoints(size: last, coveredUntil: until, recordsSince: size - last)
  }
}
