public import Journey

/// What the rows of one participant in one file say.
public struct PlannedPerson: Sendable {
  /// The number of the participant in the `PersonTable`.
  public let person: Int
  /// The rows, in the order of the file.
  public internal(set) var rows: [PlannedRow] = []
  /// The events of the accepted rows, in the order in which they are to be stored.
  public internal(set) var events: [PlannedEvent] = []

  /// How many rows were accepted.
  public var accepted: Int { rows.count { $0.fate == .accepted } }
}

/// Where a row stands in its file.
public struct RowPlace: Sendable, Hashable {
  /// The physical line, counted from 1.
  public let line: Int
  /// Its first byte, counted from 0.
  public let offset: Int
  /// Its bytes without the line break after it.
  public let count: Int

  init(_ row: CSVRow) {
    line = row.line
    offset = row.byteOffset
    count = row.byteCount
  }
}

/// A row that was rejected, and why.
public struct RejectedRow: Sendable {
  /// Where it stands.
  public let place: RowPlace
  /// The codes of what is wrong with it, as far as they differ.
  public internal(set) var codes: [String] = []
  /// What is wrong with it.
  public internal(set) var messages: [LocalizedText] = []
}

/// What became of a row.
public struct PlannedRow: Sendable, Equatable {
  /// What can become of a row.
  public enum Fate: Sendable {
    /// Its events are planned.
    case accepted
    /// It says what an earlier row says.
    case duplicate
    /// It has an error.
    case rejected
  }

  /// Where it stands.
  public let place: RowPlace
  /// The physical line, counted from 1.
  public var line: Int { place.line }
  /// What became of it.
  public var fate: Fate
}

/// An event and the row that states it.
public struct PlannedEvent: Sendable, Equatable {
  /// The event.
  public var event: JourneyEvent
  /// The index of the row in its participant's rows.
  public let row: Int
  /// The tags of the fields that the row erases, by the word that its mapping names for that.
  public var erased: [UInt8] = []

  /// What the row says, wherever it stands.
  struct Content: Hashable {
    let event: JourneyEvent
    let erased: [UInt8]
  }

  var content: Content { Content(event: event, erased: erased) }
}

/// What became of the rows of a file.
///
/// `read` is the sum of all others once the store has been asked which events are new.
public struct RowCounts: Sendable, Equatable {
  /// Rows in the file, without the header and empty lines.
  public var read = 0
  /// Rows that bring a participant or an event that the store did not have.
  public var new = 0
  /// Rows that word anew what the store had of a participant whom it knew.
  public var changed = 0
  /// Rows that bring a participant who resembles another one.
  public var similar = 0
  /// Rows all of whose events the store had.
  public var unchanged = 0
  /// Rows that state nothing about anybody the store does not know.
  public var silent = 0
  /// Rows that an interrupted run of the same import had stored already.
  public var resumed = 0
  /// Rows that say what an earlier row of the file says.
  public var duplicate = 0
  /// Rows with an error.
  public var rejected = 0
  /// Rows that are no data: sums at the end, rows of empty cells.
  public var skipped = 0

  /// Creates counts of nothing.
  public init() {}

  /// Whether every row read is accounted for.
  public var reconcile: Bool {
    read == new + changed + similar + unchanged + silent + resumed + duplicate + rejected + skipped
  }

  /// Adds the rows of another file.
  public static func += (left: inout RowCounts, right: RowCounts) {
    left.read += right.read
    left.new += right.new
    left.changed += right.changed
    left.similar += right.similar
    left.unchanged += right.unchanged
    left.silent += right.silent
    left.resumed += right.resumed
    left.duplicate += right.duplicate
    left.rejected += right.rejected
    left.skipped += right.skipped
  }
}
