/// A table as Apache Parquet (format 2.9), for pandas, R arrow, polars and DuckDB.
///
/// Every column may be empty in a row. Days are `DATE`, moments `TIMESTAMP(MICROS, UTC)`, texts and codes
/// `STRING`, codes and repeated texts through a dictionary. A row group has at most 131,072 rows, each
/// column one page; every chunk carries its least and greatest value and the number of empty ones.
/// Nothing is compressed. The footer carries texts by key, such as the codebook.
public struct ParquetTable: TableWriter {
  /// Rows in a full row group.
  public static let rowsInGroup = 131_072

  private struct Group {
    let rows: Int
    let size: Int
    let chunks: [ParquetChunk]
  }

  private let variables: [TableVariable]
  private let metadata: [(key: String, value: String)]
  private let creator: String
  private let groupSize: Int
  private var columns: [ParquetColumn]
  private var waiting = 0
  private var groups: [Group] = []
  private var bytes = Array("PAR1".utf8)
  /// Bytes that were handed over already.
  private var written = 0

  /// Starts a table.
  ///
  /// - Parameters:
  ///   - variables: The columns.
  ///   - metadata: Texts for the footer, by key.
  ///   - creator: Who writes: `wegmarke version 0.1.0`.
  ///   - groupSize: Rows in a row group.
  public init(
    _ variables: [TableVariable], metadata: [(key: String, value: String)] = [],
    creator: String = "wegmarke", groupSize: Int = ParquetTable.rowsInGroup
  ) {
    self.variables = variables
    self.metadata = metadata
    self.creator = creator
    self.groupSize = groupSize
    columns = variables.map { ParquetColumn($0) }
  }

  /// Takes in the next row.
  public mutating func append(_ row: [TableValue]) {
    precondition(row.count == columns.count, "a row has one value for each variable")
    for index in row.indices { columns[index].append(row[index]) }
    waiting += 1
    if waiting == groupSize { endGroup() }
  }

  /// Ends the table: writes the last row group and the footer.
  public mutating func end() {
    if waiting > 0 { endGroup() }
    let footer = footer
    bytes += footer
    bytes.appendLittleEndian(UInt32(footer.count))
    bytes += Array("PAR1".utf8)
  }

  /// Hands over what has been written since the last time.
  public mutating func take() -> [UInt8] {
    defer {
      written += bytes.count
      bytes = []
    }
    return bytes
  }

  private mutating func endGroup() {
    var chunks: [ParquetChunk] = []
    var size = 0
    for column in columns {
      let (pages, chunk) = column.chunk(at: written + bytes.count)
      bytes += pages
      size += pages.count
      chunks.append(chunk)
    }
    groups.append(Group(rows: waiting, size: size, chunks: chunks))
    columns = variables.map { ParquetColumn($0) }
    waiting = 0
  }

  // MARK: The footer

  private var footer: [UInt8] {
    ThriftCompact.structure { file in
      file.i32(1, 2)
      file.structures(2, [nil] + variables.map { $0 }) { element, variable in
        guard let variable else {
          element.text(4, "schema")
          element.i32(5, variables.count)
          return
        }
        describe(variable, &element)
      }
      file.i64(3, groups.reduce(0) { $0 + $1.rows })
      file.structures(4, groups) { element, group in
        element.structures(1, group.chunks) { describe($1, &$0) }
        element.i64(2, group.size)
        element.i64(3, group.rows)
        if let first = group.chunks.first { element.i64(5, first.offset) }
        element.i64(6, group.size)
      }
      if !metadata.isEmpty {
        file.structures(5, metadata) { element, entry in
          element.text(1, entry.key)
          element.text(2, entry.value)
        }
      }
      file.text(6, creator)
      // The order of least and greatest values is that of the type; without this nobody trusts them.
      file.structures(7, variables) { element, _ in element.structure(1) { _ in } }
    }
  }

  private func describe(_ variable: TableVariable, _ element: inout ThriftCompact) {
    element.i32(1, ParquetColumn(variable).physical.rawValue)
    element.i32(3, 1)
    element.text(4, variable.name)
    switch variable.kind {
    case .text, .code:
      element.i32(6, 0)
      element.structure(10) { $0.structure(1) { _ in } }
    case .day:
      element.i32(6, 6)
      element.structure(10) { $0.structure(6) { _ in } }
    case .instant:
      element.i32(6, 10)
      element.structure(10) { type in
        type.structure(8) { stamp in
          stamp.boolean(1, true)
          stamp.structure(2) { $0.structure(2) { _ in } }
        }
      }
    case .whole, .decimal, .yesNo: break
    }
  }

  private func describe(_ chunk: ParquetChunk, _ element: inout ThriftCompact) {
    element.i64(2, chunk.offset)
    element.structure(3) { meta in
      meta.i32(1, chunk.physical.rawValue)
      meta.i32s(2, chunk.encodings.map(\.rawValue))
      meta.texts(3, [chunk.path])
      meta.i32(4, 0)
      meta.i64(5, chunk.values)
      meta.i64(6, chunk.size)
      meta.i64(7, chunk.size)
      meta.i64(9, chunk.dataOffset)
      if let dictionary = chunk.dictionaryOffset { meta.i64(11, dictionary) }
      meta.structure(12) { statistics in
        statistics.i64(3, chunk.nulls)
        guard let bounds = chunk.bounds else { return }
        statistics.binary(5, bounds.most)
        statistics.binary(6, bounds.least)
      }
    }
  }
}
