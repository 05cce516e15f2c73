public import EventLog
import Files
import Journey
import LMDB
import Synchronization

/// The canonical view: every participant's journey in columns, derived from the log.
///
/// Lies in `views/journeys-N`; the file `views/journeys` names the one in use. It may be deleted at
/// any time and is then rebuilt. Holds codes of the field group `record` in clear, never identity.
public final class JourneysView: Sendable {
  let log: EventLog
  let folder: String
  let opened = Mutex<OpenView?>(nil)
  let thresholds: Thresholds
  /// Whether it lies in memory alone: made once, and gone with this object.
  let isTransient: Bool

  /// From when on it is cheaper to write more at once; the larger of the number and the share.
  struct Thresholds: Sendable {
    /// New records, and their share of all, from which on the view is rebuilt.
    var records: (number: UInt64, divisor: UInt64) = (50_000, 5)
    /// Participants with new records, and their share, from which on the view is rebuilt.
    var participants: (number: Int, divisor: Int) = (5_000, 10)
    /// Overlaid participants, and their share, from which on they are merged into their blocks.
    var overlaid: (number: Int, divisor: Int) = (20_000, 20)
    /// Records for which a rebuild holds the facts of all participants at once; with more it takes
    /// the participants in portions, because memory is dearer than reading the log's headers again.
    var recordsInPortion: UInt64 = 3_000_000
  }

  /// The environment in use.
  struct OpenView: Sendable {
    let name: String
    /// Whose erasures the keys had followed when it was opened.
    var openedFor: UInt64 = 0
    let environment: Environment
    /// block number u32 → `JourneyBlock`.
    let blocks: Database
    /// ref u32 → `JourneyBlock` of one participant, newer than its block.
    ///
    /// Who was ever merged stays here, attributes in full, whether merged at present or not.
    let overlay: Database
    /// `checkpoint`, `catalogue`, `marks`, `days`.
    let meta: Database
  }

  /// What a refresh did.
  public struct Refresh: Sendable, Equatable {
    /// The number of records that the view now covers.
    public let size: UInt64
    /// Records taken in.
    public let records: UInt64
    /// Whether the whole view was made anew.
    public let wasRebuilt: Bool
  }

  /// Hears how far a refresh or rebuild has come: records read, records in all.
  public typealias Progress = @Sendable (UInt64, UInt64) -> Void

  /// The view of a log; nothing is opened yet.
  public convenience init(of log: EventLog) { self.init(of: log, thresholds: Thresholds()) }

  init(of log: EventLog, thresholds: Thresholds, transientIn folder: String? = nil) {
    self.log = log
    self.folder = folder ?? "\(log.path)/views"
    self.thresholds = thresholds
    isTransient = folder != nil
  }

  /// A view of the log as it is now that no disk holds: for questions while the disk is full.
  ///
  /// It has no name from the moment it is whole, so that nothing of it stays behind.
  ///
  /// - Parameter folder: An empty folder on a file system in memory; it is removed.
  /// - Throws: `ViewError`, also where that file system is full.
  public static func transient(
    of log: EventLog, in folder: String, progress: Progress = { _, _ in }
  ) throws(ViewError) -> JourneysView {
    defer { try? Folder.remove(folder) }
    let view = JourneysView(of: log, thresholds: Thresholds(), transientIn: folder)
    _ = try view.rebuild(progress: progress)
    do {
      guard let name = try view.pointer(), try view.open(name) != nil else {
        throw ViewError.damaged
      }
    } catch { throw ViewError(wrapping: error) }
    return view
  }

  static func open(_ path: String, name: String, create: Bool) throws -> OpenView {
    var options = EnvironmentOptions()
    options.create = create
    // A view under construction may be lost; it is forced to the device before it is used.
    options.durability = create ? .rebuildable : .durable
    let environment = try Environment(path: path, options: options)
    if create {
      return OpenView(
        name: name, environment: environment, blocks: try environment.createDatabase("blocks"),
        overlay: try environment.createDatabase("overlay"),
        meta: try environment.createDatabase("meta"))
    }
    return OpenView(
      name: name, environment: environment, blocks: try environment.database("blocks"),
      overlay: try environment.database("overlay"), meta: try environment.database("meta"))
  }

  /// The view in use, or nil when there is none that this program can read.
  func current() throws -> OpenView? {
    if isTransient { return opened.withLock { $0 } }
    guard let name = try pointer() else { return nil }
    let view = try open(name)
    // Another process may have switched, and removed the old view, between the two steps.
    if view == nil, let newer = try pointer(), newer != name { return try open(newer) }
    return view
  }

  private func pointer() throws -> String? {
    let path = "\(folder)/journeys"
    guard Folder.exists(path) else { return nil }
    return String(decoding: try Folder.contents(of: path), as: UTF8.self)
  }

  private func open(_ name: String) throws -> OpenView? {
    try opened.withLock { opened in
      // An erasure removes all views; the next one may have the name of one that is still open here.
      if let view = opened, view.name == name, view.openedFor == log.keysFollowed { return view }
      guard name.hasPrefix("journeys-"), !name.contains("/"),
        Folder.exists("\(folder)/\(name)/data.mdb")
      else { return nil }
      var view: OpenView
      do {
        view = try JourneysView.open("\(folder)/\(name)", name: name, create: false)
      } catch LMDBError.missingDatabase {
        // Half made: a crash came between two of its trees. It holds nothing, so it is made anew.
        return nil
      }
      view.openedFor = log.keysFollowed
      opened = view
      return view
    }
  }

  /// The number of records the view covers, or nil when there is no view yet.
  public func size() throws(ViewError) -> UInt64? {
    do {
      guard let view = try current() else { return nil }
      return try view.environment.read { try view.checkpoint($0)?.size }
    } catch { throw ViewError(wrapping: error) }
  }
}

extension JourneysView.OpenView {
  /// The size of the log whose erasures the keys had followed when the view was made.
  ///
  /// A view made before an erasure holds who was erased: it is never used, wherever it comes from.
  func keysFollowed(_ transaction: borrowing some Transaction & ~Copyable) throws(LMDBError)
    -> UInt64
  {
    let key = Array("keys".utf8)
    guard let bytes = try transaction.value(for: key.span, in: meta)?.copied(), bytes.count == 8
    else { return 0 }
    return bytes.bigEndian64(at: 0)
  }

  func put(keysFollowed size: UInt64, in transaction: inout WriteTransaction) throws(LMDBError) {
    let key = Array("keys".utf8)
    var value: [UInt8] = []
    value.appendBigEndian(size)
    try transaction.put(key: key.span, value: value.span, in: meta)
  }

  func checkpoint(_ transaction: borrowing some Transaction & ~Copyable) throws(LMDBError)
    -> ViewCheckpoint?
  {
    let key = Array("checkpoint".utf8)
    guard let bytes = try transaction.value(for: key.span, in: meta) else { return nil }
    return ViewCheckpoint(bytes: bytes.copied())
  }

  func catalogue(_ transaction: borrowing some Transaction & ~Copyable) throws
    -> AttributeCatalogue
  {
    guard let catalogue = AttributeCatalogue(encoded: try summed("catalogue", transaction)) else {
      throw ViewError.damaged
    }
    return catalogue
  }

  func marks(_ transaction: borrowing some Transaction & ~Copyable) throws -> [PersonMark] {
    guard let marks = [PersonMark](encoded: try summed("marks", transaction)) else {
      throw ViewError.damaged
    }
    return marks
  }

  /// When the records were taken in that the view has read.
  func recordedDays(_ transaction: borrowing some Transaction & ~Copyable) throws -> RecordedDays {
    guard let days = RecordedDays(encoded: try summed("days", transaction)) else {
      throw ViewError.damaged
    }
    return days
  }

  /// Who was merged with whom, as far as the view has read.
  func merges(_ transaction: borrowing some Transaction & ~Copyable) throws -> MergeHistory {
    guard let checkpoint = try checkpoint(transaction) else { throw ViewError.damaged }
    return MergeHistory(try marks(transaction), participants: checkpoint.participants)
  }

  /// The bytes of an entry without the checksum in front of them.
  func summed(
    _ name: String, _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8] {
    let key = Array(name.utf8)
    guard let stored = try transaction.value(for: key.span, in: meta)?.copied(), stored.count >= 4,
      stored.bigEndian32(at: 0) == CRC32C.checksum(stored.span, from: 4)
    else { throw ViewError.damaged }
    return Array(stored[4...])
  }

  func put(
    _ checkpoint: ViewCheckpoint, _ catalogue: AttributeCatalogue, _ marks: [PersonMark],
    _ days: RecordedDays, in transaction: inout WriteTransaction
  ) throws {
    let name = Array("checkpoint".utf8)
    let bytes = checkpoint.bytes
    try transaction.put(key: name.span, value: bytes.span, in: meta)
    for (name, content) in [
      ("catalogue", catalogue.encoded), ("marks", marks.encoded), ("days", days.encoded),
    ] {
      var value: [UInt8] = []
      value.appendBigEndian(CRC32C.checksum(content.span))
      value += content
      let key = Array(name.utf8)
      try transaction.put(key: key.span, value: value.span, in: meta)
    }
  }
}
