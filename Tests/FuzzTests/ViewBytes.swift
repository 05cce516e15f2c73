import EventLog
import Files

@testable import ProjectionEngine

/// Readers of what a view keeps.
enum ViewBytes {
  static func block(_ bytes: [UInt8]) throws {
    try decode(bytes)
    // Checksums keep everything behind them from being tried, so they are made to fit.
    let head = JourneyBlock.headSize
    guard bytes.count >= head + 24, bytes.count % 8 == 0 else { return }
    var mended = bytes
    let words = bytes.count / 8
    let length = Int(littleEndian(mended, at: 48) % UInt64(words)) / 2 * 8
    set(UInt64(length), at: 48, in: &mended)
    // Rows with details, of those that stand now and of the others: sixteen bytes each, padded.
    let rows = [littleEndian(mended, at: 56), littleEndian(mended, at: 64)].map {
      Int($0 % UInt64(words)) / 8
    }
    for (place, count) in rows.enumerated() {
      set(UInt64(count), at: 56 + place * 8, in: &mended)
    }
    let besides = rows.reduce(0) { $0 + 2 * (($1 * 4 + 7) / 8 * 8) + $1 * 8 }
    let ends = [head + length, head + length + 8 + besides, mended.count - 8]
    guard ends[1] + 8 <= ends[2] else { return }
    var start = 0
    for end in ends {
      set(columnSum(mended.span.extracting(start..<end)), at: end, in: &mended)
      start = end + 8
    }
    _ = try? JourneyBlock(bytes: mended.span)
    _ = try? JourneyBlock(bytes: mended.span, [])
  }

  private static func decode(_ bytes: [UInt8]) throws {
    _ = try? JourneyBlock(bytes: bytes.span, [])
    guard let block = try? JourneyBlock(bytes: bytes.span) else { return }
    try FuzzFinding.unless(block.bytes == bytes, "a block written again is another")
    let journeys = block.journeys()
    try FuzzFinding.unless(journeys.count == block.count, "a block has other people than it says")
  }

  private static func littleEndian(_ bytes: [UInt8], at place: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64($1 * 8) }
  }

  private static func set(_ number: UInt64, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (index * 8)) }
  }

  static func catalogue(_ bytes: [UInt8]) throws {
    guard let catalogue = AttributeCatalogue(encoded: bytes) else { return }
    let again = AttributeCatalogue(encoded: catalogue.encoded)
    try FuzzFinding.unless(again == catalogue, "a catalogue written again is another")
  }

  static func checkpoint(_ bytes: [UInt8]) { _ = ViewCheckpoint(bytes: bytes) }
}
