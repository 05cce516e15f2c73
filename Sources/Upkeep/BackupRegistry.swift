import EventLog
public import Files

/// The backups made of a store, and how each went: the file `backups` in the store.
///
/// A file of its own rather than events of the log. Only the writer of the log may append to it,
/// and backups are made while another program writes; a log that grew with every backup would never
/// be backed up in full; and a restored log must not bring the list of another life with it.
///
/// One line an entry: version, when, what, result, size, key epoch, root, path, note, CRC-32C, with a
/// tab in between. A line that was cut off by a crash is none.
public struct BackupRegistry: Sendable {
  /// What was done.
  public enum Action: String, Sendable {
    /// A full backup was made.
    case full
    /// An increment was made.
    case increment
    /// The log was compared with the last backup, and nothing was new.
    case current
    /// The wrapped keys were copied.
    case keys
    /// A backup was restored for trial.
    case drill
    /// This store was restored from a backup.
    case restored
    /// A backup was removed because newer ones were enough.
    case removed
  }

  /// One line.
  public struct Entry: Sendable, Equatable {
    /// When, in microseconds since 1970 UTC.
    public let when: Int64
    /// What was done.
    public let action: Action
    /// Whether it went well; the note says why not.
    public let isGood: Bool
    /// The number of records of the log then.
    public let size: UInt64
    /// The epoch of the keys then.
    public let epoch: UInt32
    /// The root of the log then; empty when it is not known.
    public let root: [UInt8]
    /// Where the backup lies.
    public let path: String
    /// What else is to be said.
    public let note: String

    /// Makes an entry.
    public init(
      when: Int64, _ action: Action, isGood: Bool = true, size: UInt64, epoch: UInt32 = 0,
      root: [UInt8] = [], path: String, note: String = ""
    ) {
      self.when = when
      self.action = action
      self.isGood = isGood
      self.size = size
      self.epoch = epoch
      self.root = root
      self.path = path
      self.note = note
    }
  }

  /// The name of the file in the store.
  public static let fileName = "backups"
  private static let version = "1"

  /// The path of the file.
  public let path: String

  /// The registry of a store; the file is made with the first entry.
  public init(store: String) { path = "\(store)/\(BackupRegistry.fileName)" }

  /// All entries, oldest first.
  ///
  /// - Throws: `FileError` when there is a file and it cannot be read.
  public func entries() throws(FileError) -> [Entry] {
    guard Folder.exists(path) else { return [] }
    let text = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    return text.split(separator: "\n").compactMap { BackupRegistry.entry($0) }
  }

  /// Increments at the end of a series that were made and are there no more, as paths.
  ///
  /// A gap in a series betrays itself; what is missing at its end only this list knows. A series is
  /// known by the name of its full backup, wherever its medium is mounted today.
  ///
  /// - Throws: `FileError` when there is a list and it cannot be read.
  public func vanished(from series: BackupSeries) throws(FileError) -> [String] {
    let folder = Folder.resolved(series.folder) ?? series.folder
    let part = "/" + (folder.split(separator: "/").last ?? "") + "/" + BackupSeries.incrementPrefix
    /// The number of the increment that was made last.
    var newest = 0
    for entry in try entries() where entry.isGood && entry.action == .increment {
      guard let place = entry.path.firstRange(of: part) else { continue }
      // Behind a gap that was closed the numbers are given again.
      newest = Int(entry.path[place.upperBound...]) ?? newest
    }
    let there = series.members.count - 1
    return newest > there
      ? (there + 1...newest).map { "\(folder)/\(BackupSeries.increment($0))" } : []
  }

  /// Adds an entry and forces it to the device.
  ///
  /// - Throws: `FileError`.
  public func add(_ entry: Entry) throws(FileError) {
    let file = try File(path, .update)
    try file.lock()
    let size = try file.size()
    // A line that a crash cut off is closed first, so that it does not swallow this one.
    let last = try file.bytes(at: max(size, 1) - 1, count: 1)
    let isCut = !last.isEmpty && last != [10]
    let line = Array(((isCut ? "\n" : "") + BackupRegistry.line(entry) + "\n").utf8)
    try file.write(line.span, at: size)
    try file.sync()
  }

  private static func line(_ entry: Entry) -> String {
    let facts = [
      version, Timestamp.text(entry.when), entry.action.rawValue, entry.isGood ? "ok" : "failed",
      "\(entry.size)", "\(entry.epoch)",
      entry.root.isEmpty ? "-" : ContentDigest.hex(entry.root), escaped(entry.path),
      escaped(entry.note),
    ].joined(separator: "\t")
    return "\(facts)\t\(checksum(facts))"
  }

  private static func checksum(_ facts: some StringProtocol) -> String {
    let bytes = Array(facts.utf8)
    var sum: [UInt8] = []
    sum.appendBigEndian(CRC32C.checksum(bytes.span))
    return ContentDigest.hex(sum)
  }

  private static func entry(_ line: Substring) -> Entry? {
    let words = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard words.count == 10, words[0] == version,
      checksum(words[..<9].joined(separator: "\t")) == words[9],
      let when = Timestamp.parse(String(words[1])),
      let action = Action(rawValue: String(words[2])), ["ok", "failed"].contains(words[3]),
      let size = UInt64(words[4]), let epoch = UInt32(words[5])
    else { return nil }
    return Entry(
      when: when, action, isGood: words[3] == "ok", size: size, epoch: epoch,
      root: Hex.bytes(words[6], count: 32) ?? [], path: unescaped(words[7]),
      note: unescaped(words[8]))
  }

  /// A text without tabs and line feeds; the other way round it is the same again.
  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\t", with: "%09").replacing("\n", with: "%0A")
  }

  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing("%0A", with: "\n").replacing("%09", with: "\t")
      .replacing("%25", with: "%")
  }
}
