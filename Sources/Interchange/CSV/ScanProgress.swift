/// How far a reader has come: in the chunk, in the file, and in the grammar.
struct ScanProgress {
  /// How many bytes of the chunk are filled, and the place of its first byte in the file.
  var chunkCount = 0
  var chunkOffset = 0
  var nextMark = 0
  var isFinished = false
  /// How many fields a row must have; nil until the first row is read.
  var expectedCount: Int?

  var state = State.plain
  /// Places in the file: where the record and the field in work begin, and how far the record has
  /// been copied into the row.
  var recordStart: Int
  var fieldStart: Int
  var copiedTo: Int
  /// Places in the file: the last closing quote, and a line feed that belongs to the return before.
  var closingQuote = 0
  var pairedLineFeed = -1
  /// The physical line in work, and the one on which the last quote was opened.
  var line = 1
  var quoteLine = 1

  var fieldHasDoubledQuotes = false
  var mayHoldNonASCII = false
  /// Whether the rest of the record is passed over because it is too long.
  var isSkipping = false
  /// The first fault of the record in work, and its place in the file.
  var fault: (kind: CSVError.Kind, offset: Int)?
  /// The fields of the record in work whose doubled quotes are to be halved.
  var doubled: [Int] = []

  /// Where in the grammar the scan stands.
  enum State {
    /// At the start of a field or inside an unquoted one.
    case plain
    case quoted
    /// After a quote inside a quoted field: its end, or the first of two.
    case closed
  }

  init(start: Int) {
    recordStart = start
    fieldStart = start
    copiedTo = start
  }

  /// Begins a record, or moves its beginning past an empty line or half of a line break.
  mutating func moveRecordStart(to place: Int) {
    recordStart = place
    fieldStart = place
    copiedTo = place
  }

  mutating func note(_ kind: CSVError.Kind, at place: Int) {
    if fault == nil { fault = (kind, place) }
  }

  /// Turns a quoted field with text after its closing quote into raw text, and notes the fault.
  mutating func breakQuotedField() {
    note(.textAfterQuote(openedOn: quoteLine), at: closingQuote + 1)
    fieldHasDoubledQuotes = false
    state = .plain
  }
}
