public import FoundationEssentials

/// The reference values that may lie beside the checkout, in `../shared/reference`.
///
/// They are not part of the repository: a suite that needs them is enabled only where
/// ``areAvailable`` is true.
///
///     @Suite("Reference values from R", .enabled(if: ReferenceFiles.areAvailable))
public enum ReferenceFiles {
  /// The folder, found relative to this source file.
  public static let folder: URL = {
    var url = URL(filePath: #filePath).resolvingSymlinksInPath()
    for _ in 0..<3 { url.deleteLastPathComponent() }  // file, TestSupport, Tests
    return url.deletingLastPathComponent().appending(path: "shared/reference")
  }()

  /// Whether the folder is there.
  public static var areAvailable: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "README.md").path)
  }

  /// Reads one CSV file, named by its path inside the folder.
  public static func table(_ path: String) throws -> ReferenceTable {
    ReferenceTable(csv: try Data(contentsOf: folder.appending(path: path)))
  }
}

/// A small CSV file in memory: a header line, then rows of text.
public struct ReferenceTable: Sendable {
  /// The names in the header.
  public let columns: [String]
  /// The fields, one array a row.
  public let rows: [[String]]

  /// Reads comma-separated bytes with `\n` line ends and quotes where needed.
  ///
  /// Rows with another number of fields than the header are a broken fixture and trap.
  public init(csv: Data) {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    func finishField() {
      record.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
    }
    for byte in csv {
      switch byte {
      // A doubled quote inside quotes does not occur in these files.
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: finishField()
      case UInt8(ascii: "\n") where !isQuoted:
        finishField()
        records.append(record)
        record = []
      default: field.append(byte)
      }
    }
    columns = records.first ?? []
    rows = Array(records.dropFirst())
    precondition(rows.allSatisfy { $0.count == records[0].count }, "a row of another length")
  }

  private init(columns: [String], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }

  /// Whether the header names a column.
  public func has(_ column: String) -> Bool { columns.contains(column) }

  /// One column as text; a missing column traps.
  public func strings(_ column: String) -> [String] {
    guard let index = columns.firstIndex(of: column) else {
      preconditionFailure("no column \(column) among \(columns)")
    }
    return rows.map { $0[index] }
  }

  /// One column as numbers, NaN for `NA` and `NaN`; other text traps.
  public func doubles(_ column: String) -> [Double] {
    strings(column).map { text in
      switch text {
      case "NA", "NaN": return .nan
      case "Inf": return .infinity
      case "-Inf": return -.infinity
      default:
        guard let value = Double(text) else { preconditionFailure("\(text) is not a number") }
        return value
      }
    }
  }

  /// The rows for which a column has the given text, in their order.
  public func filter(_ column: String, _ value: String) -> ReferenceTable {
    let keep = strings(column).map { $0 == value }
    return ReferenceTable(
      columns: columns, rows: zip(rows, keep).filter { $0.1 }.map { $0.0 })
  }

  /// The rows for which a column has a text that fits, in their order.
  public func keeping(_ column: String, _ fits: (String) -> Bool) -> ReferenceTable {
    let keep = strings(column).map(fits)
    return ReferenceTable(
      columns: columns, rows: zip(rows, keep).filter { $0.1 }.map { $0.0 })
  }

  /// The rows for which a column has another text, in their order.
  public func without(_ column: String, _ value: String) -> ReferenceTable {
    let keep = strings(column).map { $0 != value }
    return ReferenceTable(
      columns: columns, rows: zip(rows, keep).filter { $0.1 }.map { $0.0 })
  }

  /// The rows marked, in their order.
  public func keeping(_ marks: [Bool]) -> ReferenceTable {
    ReferenceTable(columns: columns, rows: zip(rows, marks).filter { $0.1 }.map { $0.0 })
  }

  /// The distinct values of a column, in order of appearance.
  public func distinct(_ column: String) -> [String] {
    var seen: Set<String> = []
    return strings(column).filter { seen.insert($0).inserted }
  }
}

/// The relative difference between a value and its reference.
///
/// Absolute where the reference is 0; 0 when both are undefined or the same infinity; infinite when
/// only one of them is.
public func relativeDifference(_ value: Double, _ reference: Double) -> Double {
  if value == reference || (value.isNaN && reference.isNaN) { return 0 }
  guard value.isFinite, reference.isFinite else { return .infinity }
  let difference = (value - reference).magnitude
  return reference == 0 ? difference : difference / reference.magnitude
}
