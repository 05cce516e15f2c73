public import EventLog
import Files
public import Interchange
public import Journey

/// What an import did, or would do.
public struct ImportReport: Sendable {
  /// How an import came out.
  public enum Outcome: Sendable, Equatable {
    /// Everything is stored.
    case stored
    /// Nothing was stored because only a forecast was asked for.
    case forecast
    /// Nothing was stored because rows have errors.
    case refused
    /// Nothing was stored because the same files came in before, as the batch given.
    case alreadyImported(ImportBatch)
    /// It was stopped while checking, or between two batches of events; running it again completes
    /// it.
    case interrupted
  }

  /// What became of one file.
  public struct File: Sendable, Equatable {
    /// The path as it was given.
    public let path: String
    /// What became of its rows.
    public var rows = RowCounts()
    /// Whether the rows of participants do not stand together.
    public var isScattered = false
    /// What the reader noticed about the file.
    public var notices: [CSVNotice] = []
  }

  /// How it came out.
  public internal(set) var outcome = Outcome.forecast
  /// The code of the batch, stored or forecast.
  public internal(set) var batchCode: String?
  /// Whether an interrupted run of the same import was completed.
  public internal(set) var isResumed = false
  /// The files in the order in which they were read.
  public internal(set) var files: [File] = []
  /// New events by type.
  public internal(set) var events: [EventType: Int] = [:]
  /// How many of the new events correct what an earlier import brought.
  public internal(set) var corrections = 0
  /// Events that the store had.
  public internal(set) var unchangedEvents = 0
  /// Participants whom the store did not know.
  public internal(set) var newParticipants = 0
  /// Participants whom the store knew and of whom a file speaks.
  public internal(set) var knownParticipants = 0
  /// The files into which rejected rows were written.
  public internal(set) var rejectsFiles: [String] = []
  /// What was found wrong.
  public internal(set) var diagnostics = RowDiagnostics()
  /// Whether the data say that they are made up.
  public internal(set) var isSimulated = false
  /// How much of the import is stored for good, this run and interrupted ones before it together;
  /// only when it was interrupted.
  public internal(set) var durable = ImportError.Durable()
  /// How long it took.
  public internal(set) var duration = Duration.zero

  /// The rows of all files together.
  public var rows: RowCounts {
    var sum = RowCounts()
    for file in files { sum += file.rows }
    return sum
  }

  /// The number of new events.
  public var newEvents: Int { events.values.reduce(0, +) }
}

/// How far an import has come.
public struct ImportProgress: Sendable, Equatable {
  /// What is being done.
  public enum Phase: Sendable {
    /// Checking all rows; nothing is stored yet.
    case checking
    /// Storing events.
    case storing
  }

  /// What is being done.
  public var phase = Phase.checking
  /// Rows done in this phase.
  public var rows = 0
  /// Bytes done in this phase.
  public var bytes = 0
  /// Bytes of all files.
  public var totalBytes = 0
  /// Rows rejected in this phase.
  public var rejected = 0
}

/// Events of an import that are stored for good: neither a crash nor a power cut takes them away.
public struct DurableEvents: Sendable, Equatable {
  /// The code of the import.
  public let batchCode: String
  /// The position of the first.
  public let first: Position
  /// How many there are; they follow each other without a gap.
  public let count: Int
  /// The position of the last.
  public var last: Position { Position(first.number + UInt64(count) - 1) }
}

/// How an import is to be done.
public struct ImportOptions {
  /// Whether only to say what would be done.
  public var isDryRun = false
  /// Whether rows with errors are left out; otherwise one error keeps everything out.
  public var skipsErrors = false
  /// How many errors to keep for the report, and how many warnings.
  public var diagnosticLimit = 1000
  /// Events in a batch, which is stored as a whole; a rerun with another size is another import.
  public var batchSize = 16_000
  /// Says whether somebody new resembles another one, and whom; nil asks nobody.
  ///
  /// Asked once of each new participant of whom the file states a name, in the order of the file, with
  /// their id and the event that states it; the answer is what a person should hear.
  public var resembles:
    ((String, JourneyEvent) throws(LogError) -> (message: LocalizedText, advice: LocalizedText?)?)?
  /// Where the rejected rows of a file go, given its path; nil writes none.
  public var rejects: ((String) -> RejectsFile?)?
  /// Who understands rows while more are read; nil has one thing done after the other, which gives the
  /// same.
  public var hands: PlanningHands? = { count, body, own in
    concurrently(count, body, meanwhile: own)
  }
  /// Asked between batches: whether to stop.
  public var shouldStop: @Sendable () -> Bool = { false }
  /// Told of events once they lie on the device for good; called on the thread that stored them.
  public var durable: @Sendable (DurableEvents) -> Void = { _ in }
  /// The time of the machine, for the batch's code and day.
  public var now: @Sendable () -> Int64 = SystemClock.microseconds

  /// Creates the usual options.
  public init() {}
}
