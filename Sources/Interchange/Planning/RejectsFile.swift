public import Files
public import Journey

/// Writes the rejected rows of a file in its own layout, each with why: to be mended and read again.
///
/// The bytes of the rows stay as they were, titles above the header too; three columns are added, whose
/// names begin with `_` and which an import passes over. The file appears when ``finish()`` is called,
/// and only if there is a row in it.
public final class RejectsFile {
  /// The word that goes into the name of such a file.
  static let words = ["rejected", "abgewiesen"]

  /// Where the file is written.
  public let path: String
  /// How many rows are in it.
  public private(set) var rows = 0
  /// What is done as soon as the file is in its place.
  public var whenWritten: (() -> Void)?

  private let language: Language
  /// The name of the mapping that read the rows, for the header.
  private let mapping: String?
  private var file: FileReplacement?
  private var source: Source?
  /// The file that the rows come from, kept open.
  private var input: File?
  private var waiting: [UInt8] = []

  /// What is known of the file that the rows come from.
  private struct Source {
    let delimiter: CSVDelimiter
    let encoding: CSVEncoding?
    let endsRowsWithCarriageReturn: Bool
    /// How many columns of reasons it has of its own, from being rejected before.
    let reasons: Int
    let columns: Int
  }

  /// Prepares one; nothing is written yet.
  public init(_ path: String, language: Language, mapping: String? = nil) {
    self.path = path
    self.mapping = mapping
    self.language = language
  }

  /// The name for the rejected rows of a file: `people.csv` gives `people.rejected.csv`.
  ///
  /// Of a file that was rejected before, another one: it is still being read.
  public static func name(for file: String, language: Language) -> String {
    let word = language == .german ? words[1] : words[0]
    var parts = Folder.name(of: file).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return "\(parts.joined(separator: ".")).\(word)" }
    parts.insert(Substring(word), at: parts.count - 1)
    return parts.joined(separator: ".")
  }

  /// The mapping that a header of rejected rows names; nil for any other header.
  static func mapping(in header: [String]) -> String? {
    guard header.count > 3, let last = header.last,
      let word = ["_message (", "_meldung ("].first(where: { last.hasPrefix($0) }),
      last.hasSuffix(")")
    else { return nil }
    return String(last.dropFirst(word.count).dropLast())
  }

  /// Adds rows that a planner rejected, in the order of the file as far as it is known.
  public func add(_ rejects: [RejectedRow], of planner: borrowing FilePlanner) throws(FileError) {
    guard !rejects.isEmpty else { return }
    if source == nil { try begin(planner) }
    guard let source else { return }
    for reject in rejects.sorted(by: { $0.place.offset < $1.place.offset }) {
      let (bytes, isCut) = try record(reject.place, source)
      waiting += bytes
      if source.reasons == 0 || isCut {
        let reasons = [
          "\(reject.place.line)", reject.codes.joined(separator: " "),
          reject.messages.map { $0(language) }.joined(separator: " "),
        ]
        for reason in reasons { appendField(reason, source) }
      }
      endRow(source)
      rows += 1
      if waiting.count > 1 << 20 { try flush() }
    }
  }

  /// Puts the file in its place, if there is a row in it.
  public func finish() throws(FileError) {
    guard file != nil else { return }
    try flush()
    try file?.commit()
    whenWritten?()
    file = nil
    input = nil
  }

  private func flush() throws(FileError) {
    try file?.append(waiting)
    waiting.removeAll(keepingCapacity: true)
  }

  private func begin(_ planner: borrowing FilePlanner) throws(FileError) {
    let input = try File(planner.path, .read)
    let head = try input.bytes(at: 0, count: planner.headerEnd)
    let after = try input.bytes(at: planner.headerEnd, count: 1)
    let header = planner.header
    let source = Source(
      delimiter: planner.delimiter, encoding: planner.encoding,
      endsRowsWithCarriageReturn: after.first == 0x0D,
      reasons: header.count > 3 && header.suffix(3).allSatisfy { $0.hasPrefix("_") } ? 3 : 0,
      columns: header.count)
    self.source = source
    self.input = consume input
    file = try FileReplacement(path)
    // Without a mark spreadsheets would not know that the reasons are UTF-8.
    if source.encoding != .windows1252, !head.starts(with: [0xEF, 0xBB, 0xBF]) {
      waiting += [0xEF, 0xBB, 0xBF]
    }
    waiting += head
    if source.reasons == 0 {
      let names =
        language == .german ? ["_zeile", "_code", "_meldung"] : ["_line", "_code", "_message"]
      let by = mapping.map { " (\($0))" } ?? ""
      for name in names.dropLast() + [names[2] + by] { appendField(name, source) }
    }
    endRow(source)
  }

  /// A row as it stands, without the reasons of an earlier time; whether those were cut off.
  private func record(
    _ place: RowPlace, _ source: Source
  ) throws(FileError) -> (bytes: [UInt8], isCut: Bool) {
    let bytes = try input?.bytes(at: place.offset, count: place.count) ?? []
    guard source.reasons > 0 else { return (bytes, false) }
    let options = CSVOptions(
      delimiter: source.delimiter, encoding: source.encoding, hasHeader: false)
    guard var reader = try? CSVReader(ByteSource(bytes: bytes), options: options),
      (try? reader.next()) == true, reader.row.count == source.columns
    else { return (bytes, false) }
    let end = Int(reader.row.fields[source.columns - source.reasons].rawStart) - 1
    return (Array(bytes[..<end]), true)
  }

  private func appendField(_ text: String, _ source: Source) {
    waiting.append(source.delimiter.byte)
    let needsQuotes = text.utf8.contains { byte in
      byte == source.delimiter.byte || byte == 0x22 || byte == 0x0A || byte == 0x0D
    }
    let written = needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    if source.encoding == .windows1252 {
      Windows1252.append(written, to: &waiting)
    } else {
      waiting += written.utf8
    }
  }

  private func endRow(_ source: Source) {
    waiting += source.endsRowsWithCarriageReturn ? [0x0D, 0x0A] : [0x0A]
  }
}
