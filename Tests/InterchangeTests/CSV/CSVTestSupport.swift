import Interchange

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
