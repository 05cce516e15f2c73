/// One record of a CSV file.
///
/// The row owns its bytes: first the record as it stands in the file, then the decoded copies of
/// those fields that held doubled quotes or Windows-1252 characters. Fields are ranges into these
/// bytes, so no string is made unless one is asked for. A reader fills the same row again and
/// again; copy it to keep it.
public struct CSVRow: Sendable {
  @usableFromInline var bytes: [UInt8] = []
  @usableFromInline var fields: [Field] = []
  /// How many of the bytes are the record as it stands in the file.
  var rawCount = 0
  var encoding: CSVEncoding?

  /// The physical line on which the record begins, counted from 1.
  public internal(set) var line = 0
  /// Where the record begins in the file, in bytes from 0, byte order mark included.
  public internal(set) var byteOffset = 0
  /// How many bytes the record takes in the file, without the line break after it.
  public internal(set) var byteCount = 0
  /// What is wrong with this row, or nil when it can be used.
  ///
  /// Fields after the problem may be missing.
  public internal(set) var problem: CSVError?

  /// A field's content as a range of the row's bytes, and where it begins in the record.
  @usableFromInline struct Field: Sendable {
    @usableFromInline var start: UInt32
    @usableFromInline var end: UInt32
    /// The offset of the field's first byte in the record, of the opening quote if it has one.
    var rawStart: UInt32
  }

  init() {}

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    rawCount = 0
    if problem != nil { problem = nil }
  }

  /// How many fields the row has.
  @inlinable public var count: Int { fields.count }

  /// Calls the closure with a field's bytes in UTF-8, quotes removed.
  @inlinable
  public func withField<Result, Failure: Error>(
    _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let field = fields[index]
    return try body(bytes.span.extracting(Int(field.start)..<Int(field.end)))
  }

  /// Whether a field is empty.
  @inlinable
  public func isEmpty(_ index: Int) -> Bool { fields[index].start == fields[index].end }

  /// Whether a field stands in quotes in the file.
  public func isQuoted(_ index: Int) -> Bool {
    bytes[..<rawCount].dropFirst(Int(fields[index].rawStart)).first == 0x22
  }

  /// How many bytes a field has in UTF-8.
  @inlinable
  public func byteCount(of index: Int) -> Int { Int(fields[index].end - fields[index].start) }

  /// A field's text; bytes that are not UTF-8 become U+FFFD.
  public func text(_ index: Int) -> String {
    let field = fields[index]
    return String(decoding: bytes[Int(field.start)..<Int(field.end)], as: UTF8.self)
  }

  /// The record as it stands in the file, converted to UTF-8, without the line break after it.
  public var rawText: String {
    guard encoding == .windows1252 else {
      return String(decoding: bytes[..<rawCount], as: UTF8.self)
    }
    var converted: [UInt8] = []
    for byte in bytes[..<rawCount] { Windows1252.append(byte, to: &converted) }
    return String(decoding: converted, as: UTF8.self)
  }
}
