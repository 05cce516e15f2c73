import EventLog
import Files

@testable import ProjectionEngine

/// Readers of what a view keeps.
enum ViewBytes {
  static func block(_ bytes: [UInt8]) throws {
    try decode(bytes)
    // Lengths and checksums keep everything behind them from being tried, so they are made to fit.
    guard let head = mendedHead(bytes) else { return }
    var mended = head.numbers.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    mended += bytes.dropFirst(mended.count).prefix(Int(head.size) - mended.count)
    mended += [UInt8](repeating: 0, count: Int(head.size) - mended.count)
    let places = head.places
    let parts =
      [0..<places.outline.lowerBound - 8, places.outline] + places.attributes
      + [places.steps, places.told, places.details, places.history]
    for part in parts {
      set(columnSum(mended.span.extracting(part)), at: part.upperBound, in: &mended)
    }
    _ = try? JourneyBlock(bytes: mended.span)
    _ = try? JourneyBlock(bytes: mended.span, .outline)
  }

  /// The counts at the beginning, made so small that they are of a block of a few kilobytes.
  private static func mendedHead(_ bytes: [UInt8]) -> JourneyBlock.Head? {
    guard bytes.count >= JourneyBlock.Head.length else { return nil }
    let number = { (place: Int) in littleEndian(bytes, at: place * 8) }
    let steps = number(2) % 64
    return JourneyBlock.Head(
      firstRef: number(0) % (1 << 32), count: number(1) % 16, steps: steps, outline: number(3) % 64,
      told: number(4) % 2 * steps, closed: number(5) % 16, attributes: number(6) % 4,
      statements: number(7) % 16, details: number(8) % 16, closedDetails: number(9) % 16,
      begun: number(10), settled: number(11), plainEntries: number(12) % 2)
  }

  private static func decode(_ bytes: [UInt8]) throws {
    _ = try? JourneyBlock(bytes: bytes.span, .outline)
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
