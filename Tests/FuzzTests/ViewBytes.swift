import EventLog
import Files

@testable import ProjectionEngine

/// Readers of what a view keeps.
enum ViewBytes {
  static func block(_ bytes: [UInt8]) throws {
    try decode(bytes)
    // Checksums keep everything behind them from being tried, so they are made to fit.
    guard bytes.count >= 72, bytes.count % 8 == 0 else { return }
    var mended = bytes
    let words = bytes.count / 8
    let length = Int(littleEndian(mended, at: 48) % UInt64(words)) / 2 * 8
    set(UInt64(length), at: 48, in: &mended)
    let history = 56 + length + 8
    guard history + 8 <= mended.count else { return }
    set(columnSum(mended.span.extracting(0..<56 + length)), at: 56 + length, in: &mended)
    set(
      columnSum(mended.span.extracting(history..<mended.count - 8)), at: mended.count - 8,
      in: &mended)
    _ = try? JourneyBlock(bytes: mended.span)
    _ = try? JourneyBlock(bytes: mended.span, .current)
  }

  private static func decode(_ bytes: [UInt8]) throws {
    _ = try? JourneyBlock(bytes: bytes.span, .current)
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
