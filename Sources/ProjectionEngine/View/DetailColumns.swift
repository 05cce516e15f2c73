/// Details of the few rows that have any, in columns.
struct DetailColumns: Sendable, Equatable {
  /// The rows, ascending.
  var rows: [UInt32] = []
  var bits: [UInt64] = []
  var names: [UInt32] = []

  var count: Int { rows.count }

  mutating func append(_ details: MilestoneDetails, row: Int) {
    if details.isEmpty { return }
    rows.append(UInt32(row))
    bits.append(details.bits)
    names.append(details.name)
  }

  /// The details of `count` rows, those that have none included.
  func expanded(_ count: Int) -> [MilestoneDetails] {
    var all = [MilestoneDetails](repeating: .none, count: count)
    for index in rows.indices {
      all[Int(rows[index])] = MilestoneDetails(bits: bits[index], name: names[index])
    }
    return all
  }
}

// As bytes: which rows have details, a bit each; the lower half of everybody's bits; the upper half,
// which hardly any but placements need; and the names.
extension DetailColumns {
  /// Appends the columns of `count` rows.
  func append(to bytes: inout [UInt8], of count: Int) {
    bytes.append(rows: rows.map { Int($0) }, of: count)
    bytes.append(packed: bits.map { $0 & 0xFFFF_FFFF })
    bytes.append(sparse: bits.map { UInt32(truncatingIfNeeded: $0 >> 32) })
    bytes.append(sparse: names)
  }

  /// Reads what `append` wrote.
  init(
    of count: Int, _ reader: inout ColumnReader, _ bytes: Span<UInt8>
  ) throws(ViewError) {
    rows = try reader.rows(of: count, in: bytes)
    bits = try reader.packed(UInt64.self, rows.count, in: bytes)
    let upper = try reader.sparse(UInt32.self, rows.count, in: bytes)
    for index in bits.indices { bits[index] |= UInt64(upper[index]) << 32 }
    names = try reader.sparse(UInt32.self, rows.count, in: bytes)
  }
}
