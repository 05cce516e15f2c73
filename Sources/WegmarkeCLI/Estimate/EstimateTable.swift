import Definitions
import Interchange
import Journey

/// The columns of a user's CSV file that an estimate reads, checked when they are asked for.
///
/// Every distinct text of a column is kept once, so that a million rows of days and codes take little
/// memory and each is read as a number once. Where something is wrong the file is opened again to
/// say in which line and column it stands.
struct EstimateTable {
  /// One column: a number for each row, and the text of each number.
  struct Column {
    var texts: [String] = []
    var codes: [Int32] = []
    fileprivate var known: [String: Int32] = [:]

    fileprivate mutating func append(_ text: String) {
      if let code = known[text] {
        codes.append(code)
      } else {
        let code = Int32(texts.count)
        known[text] = code
        texts.append(text)
        codes.append(code)
      }
    }

    fileprivate func rows(_ chosen: [Int]) -> Column {
      var column = Column()
      for row in chosen { column.append(texts[Int(codes[row])]) }
      return column
    }
  }

  /// The file.
  let path: String
  /// The names in its header.
  let header: [String]
  private var columns: [String: Column]
  /// For each row kept, its row in the file, from 0.
  private(set) var fileRows: [Int]

  /// Reads the columns that are in the file among those wanted.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - wanted: Names of columns to keep, present or not; nil keeps all.
  ///   - conditions: Columns and the text a row must have there to be kept.
  /// - Throws: `Failure` for an unreadable file, a broken row, or an unknown column of a condition.
  init(path: String, wanted: Set<String>?, conditions: [(column: String, value: String)]) throws {
    self.path = path
    var reader = try Self.reading { () throws(CSVError) in
      try CSVReader(ByteSource(path: path))
    }
    header = reader.header
    var columns: [(index: Int, column: Column)] = []
    for (index, name) in header.enumerated() where wanted?.contains(name) != false {
      columns.append((index, Column()))
    }
    var tests: [(index: Int, value: String)] = []
    for condition in conditions {
      guard let index = header.firstIndex(of: condition.column) else {
        throw Self.unknownColumn(condition.column, in: path, header: header)
      }
      tests.append((index, condition.value))
    }
    fileRows = []
    var row = 0
    while try Self.advance(&reader) {
      if let problem = reader.row.problem {
        throw Failure(
          LocalizedText(en: problem.rendered(in: .english), de: problem.rendered(in: .german)),
          .data)
      }
      if tests.allSatisfy({ reader.row.trimmedText($0.index) == $0.value }) {
        for place in columns.indices {
          columns[place].column.append(reader.row.trimmedText(columns[place].index))
        }
        fileRows.append(row)
      }
      row += 1
    }
    self.columns = Dictionary(
      columns.map { (reader.header[$0.index], $0.column) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of rows kept.
  var count: Int { fileRows.count }

  /// Whether the file has a column.
  func has(_ name: String) -> Bool { header.contains(name) }

  /// The rows chosen, in the order given; what is wrong in them is still found in the file.
  func rows(_ chosen: [Int]) -> EstimateTable {
    var table = self
    table.columns = columns.mapValues { $0.rows(chosen) }
    table.fileRows = chosen.map { fileRows[$0] }
    return table
  }

  /// A column by its name.
  ///
  /// - Throws: `Failure` with the nearest name when the file has no such column.
  func column(_ name: String) throws -> Column {
    guard let column = columns[name] else {
      throw Self.unknownColumn(name, in: path, header: header)
    }
    return column
  }

  /// A column as numbers; a comma may stand for the decimal point.
  ///
  /// - Throws: `Failure` with file, line and column of the first text that is none.
  func numbers(_ name: String) throws -> [Double] {
    let column = try column(name)
    let values = column.texts.map(Self.number)
    if let row = column.codes.firstIndex(where: { values[Int($0)] == nil }) {
      let text = column.texts[Int(column.codes[row])]
      throw failure(
        row: row, column: name,
        text.isEmpty
          ? .init(en: "There is no number here.", de: "Hier fehlt eine Zahl.")
          : .init(en: "“\(text)” is no number.", de: "„\(text)“ ist keine Zahl."))
    }
    return column.codes.map { values[Int($0)] ?? .nan }
  }

  /// A column as texts.
  func texts(_ name: String) throws -> [String] {
    let column = try column(name)
    return column.codes.map { column.texts[Int($0)] }
  }

  private static func number(_ text: String) -> Double? {
    if let value = Double(text), value.isFinite { return value }
    guard text.contains(","), !text.contains(".") else { return nil }
    return Double(text.replacing(",", with: ".")).flatMap { $0.isFinite ? $0 : nil }
  }

  /// What is wrong with one cell, or one row, said with its place in the file.
  func failure(
    row: Int, column: String?, _ message: LocalizedText, advice: LocalizedText? = nil
  ) -> Failure {
    let place = place(row: row, column: column)
    return Failure(
      .init(en: "\(place): \(message.en)", de: "\(place): \(message.de)"), advice: advice, .data)
  }

  /// File and line of a row, and the column where one is named.
  func place(row: Int, column: String? = nil) -> String {
    guard row < fileRows.count, var reader = try? CSVReader(ByteSource(path: path)) else {
      return path
    }
    var remaining = fileRows[row]
    while let isThere = try? reader.next(), isThere {
      if remaining == 0 {
        guard let index = column.flatMap({ header.firstIndex(of: $0) }) else {
          return "\(path):\(reader.row.line)"
        }
        let position = reader.row.position(of: index)
        return "\(path):\(position.line):\(position.column)"
      }
      remaining -= 1
    }
    return path
  }

  private static func unknownColumn(_ name: String, in path: String, header: [String]) -> Failure {
    let near = didYouMean(nearestName(to: name, among: header))
    return Failure(
      LocalizedText(
        en: "\(path):1: There is no column “\(name)”.",
        de: "\(path):1: Eine Spalte „\(name)“ gibt es nicht.") + near,
      advice: .init(
        en: "Columns: \(header.joined(separator: ", ")).",
        de: "Spalten: \(header.joined(separator: ", "))."), .data)
  }

  private static func advance(_ reader: inout CSVReader) throws -> Bool {
    do throws(CSVError) { return try reader.next() } catch { throw failure(error) }
  }

  private static func reading(_ open: () throws(CSVError) -> CSVReader) throws -> CSVReader {
    do throws(CSVError) { return try open() } catch { throw failure(error) }
  }

  private static func failure(_ error: CSVError) -> Failure {
    let exit: ExitStatus =
      switch error.kind {
      case .fileMissing, .fileIsFolder, .fileUnreadable: .noInput
      default: .data
      }
    return Failure(
      .init(en: error.rendered(in: .english), de: error.rendered(in: .german)), exit)
  }
}
