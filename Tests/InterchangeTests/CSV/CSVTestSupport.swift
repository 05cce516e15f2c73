import Interchange

/// A small generator with a seed, so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Everything a reader says about some bytes.
struct Reading: Equatable {
  struct Row: Equatable {
    var texts: [String]
    var line: Int
    var columns: [CSVPosition]
    var byteOffset: Int
    var byteCount: Int
    var problem: CSVError?
  }
  var rows: [Row] = []
  var header: [String] = []
  var encoding: CSVEncoding?
  var notices: [CSVNotice] = []
  var error: CSVError?

  var texts: [[String]] { rows.map(\.texts) }
  var problems: [CSVError] { rows.compactMap(\.problem) }
}

func reading(
  _ bytes: [UInt8], chunkSize: Int = 1 << 18, options: CSVOptions = CSVOptions()
) -> Reading {
  var result = Reading()
  do throws(CSVError) {
    var reader = try CSVReader(
      ByteSource(bytes: bytes, name: "test.csv", chunkSize: chunkSize), options: options)
    result.header = reader.header
    defer {
      result.encoding = reader.encoding
      result.notices = reader.notices
    }
    while try reader.next() {
      let row = reader.row
      result.rows.append(
        Reading.Row(
          texts: (0..<row.count).map { row.text($0) }, line: row.line,
          columns: (0..<row.count).map { row.position(of: $0) }, byteOffset: row.byteOffset,
          byteCount: row.byteCount, problem: row.problem))
    }
  } catch {
    result.error = error
  }
  return result
}

func reading(
  _ text: String, chunkSize: Int = 1 << 18, options: CSVOptions = CSVOptions()
) -> Reading {
  reading(Array(text.utf8), chunkSize: chunkSize, options: options)
}
