public import EventLog
public import Files
public import LMDB
public import ProjectionEngine

/// How one part of a store is.
public enum HealthState: String, Sendable, Comparable {
  /// Nothing to say.
  case good
  /// Worth knowing; nobody has to do anything.
  case notice
  /// Somebody should do something soon.
  case attention
  /// Somebody has to do something now.
  case problem

  /// Whether the left one is better.
  public static func < (left: HealthState, right: HealthState) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .good: 0
    case .notice: 1
    case .attention: 2
    case .problem: 3
    }
  }
}

/// How a store is, part by part.
public struct HealthReport: Sendable {
  /// The log.
  public struct Log: Sendable, Equatable {
    /// Its name.
    public let origin: String
    /// The number of records.
    public let records: UInt64
    /// The number of participants.
    public let participants: UInt32
    /// When the last record was taken in; nil when there is none.
    public let lastRecorded: Int64?
    /// The lives that restores began, oldest first.
    public let lineage: [String]
    /// Whether the clock of the machine is behind the last record.
    public let isClockBehind: Bool
    /// How it is.
    public var state: HealthState { isClockBehind ? .attention : lineage.isEmpty ? .good : .notice }
  }

  /// The keys.
  public struct Keys: Sendable, Equatable {
    /// The epoch in use.
    public let epoch: UInt32
    /// Files and folders that others on this machine may read, with their modes.
    public let exposed: [String]
    /// The numbers of roles whose rings hold less than they may use.
    public let staleRings: [UInt16]
    /// Roles that lack keys of sub-projects of their networks, by number.
    public let lacking: [UInt16: [String]]
    /// How they are: a role may lack a sub-project on purpose, a ring is never behind on purpose.
    public var state: HealthState {
      if !exposed.isEmpty { return .problem }
      return !staleRings.isEmpty ? .attention : lacking.isEmpty ? .good : .notice
    }
  }

  /// The backups.
  public struct Backups: Sendable, Equatable {
    /// The last attempt to back up the log.
    public let last: BackupRegistry.Entry?
    /// The last one that went well.
    public let lastGood: BackupRegistry.Entry?
    /// Whether what it names is still where it was made; nil when there is none.
    public let isReachable: Bool?
    /// Records taken in since.
    public let recordsSince: UInt64
    /// The last copy of the keys.
    public let keys: BackupRegistry.Entry?
    /// Whether an erasure made that copy worthless.
    public let areKeysOutdated: Bool
    /// The last restore for trial.
    public let drill: BackupRegistry.Entry?
    /// How the backups of the log are.
    public let state: HealthState
    /// How the copies of the keys are.
    public let keyState: HealthState
    /// How the drills are.
    public let drillState: HealthState
  }

  /// The disk.
  public struct Disk: Sendable, Equatable {
    /// Its space.
    public let space: DiskSpace
    /// How it stands against the watermarks.
    public let verdict: DiskWatermarks.Verdict
    /// Below this doctor warns.
    public let warningBytes: UInt64
    /// Below this nothing new is taken in.
    public let stopBytes: UInt64
    /// Bytes kept back.
    public let ballast: Int
    /// Bytes that should be kept back.
    public let wantedBallast: Int
    /// How it is.
    public var state: HealthState {
      switch verdict {
      case .full: .problem
      case .low: .attention
      case .roomy: ballast < wantedBallast ? .notice : .good
      }
    }
  }

  /// The map and its readers.
  public struct Map: Sendable, Equatable {
    /// What LMDB says.
    public let information: EnvironmentInfo
    /// The process of the oldest reader, when it was seen twice on the same snapshot.
    public let pinning: RunningProcess?
    /// Whether the oldest reader has kept its snapshot for longer than it should.
    public let isPinned: Bool
    /// The used share of the map, 0 to 1.
    public var usedShare: Double {
      Double(information.usedBytes) / Double(max(1, information.mapSize))
    }
    /// How it is.
    public var state: HealthState {
      isPinned ? .attention : usedShare > 0.8 ? .notice : .good
    }
  }

  /// The writer.
  public struct Writer: Sendable, Equatable {
    /// Whether somebody writes.
    public let lock: FileLocks.State
    /// The name that stands in the lock file.
    public let program: String?
    /// Whether the name was left by a program that was ended from outside.
    public var isStale: Bool { lock == .free && program != nil }
    /// How it is: a name without a lock means nothing.
    public var state: HealthState { isStale ? .notice : .good }
  }

  /// The journeys view.
  public struct View: Sendable, Equatable {
    /// Where it stands; nil when there is none.
    public let standing: JourneysView.Standing?
    /// Why it cannot be used; nil when it can.
    public let problem: ViewError?
    /// Records that it does not cover.
    public let lag: UInt64
    /// When the first of them was taken in.
    public let waitingSince: Int64?
    /// The process that refreshes it now.
    public let refreshing: Int32?
    /// Whether records wait for longer than they should.
    public let isStalled: Bool
    /// How it is.
    public var state: HealthState {
      problem != nil ? .problem : isStalled ? .attention : .good
    }
  }

  /// The signed checkpoints.
  public struct Checkpoints: Sendable, Equatable {
    /// The size of the last one; nil when nothing was signed.
    public let size: UInt64?
    /// When the last record it covers was taken in.
    public let coveredUntil: Int64?
    /// Records since.
    public let recordsSince: UInt64
    /// How they are: a checkpoint is advised, and nobody has to make one.
    public var state: HealthState { size == nil || recordsSince > 0 ? .notice : .good }
  }

  /// What crashes left.
  public var leftovers: [String] = []

  /// When it was looked.
  public let examined: Int64
  /// The log; nil when it does not open.
  public var log: Log?
  /// The keys; nil when the log does not open.
  public var keys: Keys?
  /// The slots of everybody; nil when the log opens under no root key.
  public var people: KeyCondition?
  /// The access log, compared with what the log says of it; nil when the log does not open.
  public var access: AccessReport?
  /// The backups.
  public var backups: Backups
  /// The disk.
  public var disk: Disk
  /// The map and its readers; nil when the log does not open.
  public var map: Map?
  /// The writer.
  public var writer: Writer
  /// The view; nil when the log does not open.
  public var view: View?
  /// The checkpoints; nil when the log does not open.
  public var checkpoints: Checkpoints?
  /// Erasures that were begun and not ended; nil when nobody can tell.
  public var openErasures: Int?

  /// The worst of all parts.
  public var state: HealthState {
    let parts = [
      log?.state ?? .problem, keys?.state, peopleState, accessState, backups.state,
      backups.keyState, backups.drillState, disk.state, map?.state, writer.state,
      view?.state, checkpoints?.state,
      (openErasures ?? 0) > 0 ? .problem : nil, leftovers.isEmpty ? nil : .notice,
    ]
    return parts.compactMap { $0 }.max() ?? .good
  }

  /// How the slots of everybody are.
  public var peopleState: HealthState? {
    people.map { !$0.isSound ? .problem : $0.empty.isEmpty ? .good : .notice }
  }

  /// How the access log is.
  public var accessState: HealthState? { access.map { $0.findings.isEmpty ? .good : .problem } }

  /// Whether a person has to do something.
  public var needsSomebody: Bool { state >= .attention }
}
