import EventLog
import Files
import LMDB

// The database has no checksums of its own: an entry can vanish with the page that leads to it. So
// the view writes down how many there are.
extension JourneysView.OpenView {
  private static let extentName = "extent"

  /// Writes down how much the view holds; the last step of every change.
  func putExtent(in transaction: inout WriteTransaction) throws {
    let extent = try extent(transaction)
    var value: [UInt8] = []
    value.appendBigEndian(CRC32C.checksum(extent.span))
    value += extent
    let key = Array(Self.extentName.utf8)
    try transaction.put(key: key.span, value: value.span, in: meta)
  }

  /// Refuses a view that holds less or more than was written.
  ///
  /// - Throws: `ViewError.damaged`. A view from before extents were written passes.
  func checkExtent(_ transaction: borrowing some Transaction & ~Copyable) throws {
    let key = Array(Self.extentName.utf8)
    guard try transaction.value(for: key.span, in: meta) != nil else { return }
    guard try summed(Self.extentName, transaction) == extent(transaction) else {
      throw ViewError.damaged
    }
  }

  /// The numbers of blocks and of overlaid participants, and the checkpoint.
  private func extent(_ transaction: borrowing some Transaction & ~Copyable) throws -> [UInt8] {
    var extent: [UInt8] = []
    for database in [blocks, overlay] {
      extent.appendBigEndian(UInt32(try transaction.count(database)))
    }
    return extent + (try checkpoint(transaction)?.bytes ?? [])
  }
}
