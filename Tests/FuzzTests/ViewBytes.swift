import EventLog
import Files

@testable import ProjectionEngine

/// Readers of what a view keeps.
enum ViewBytes {
  static func block(_ bytes: [UInt8]) throws {
    try decode(bytes)
    // Lengths and checksums keep everything behind them from being tried, so they are made to fit.
    guard let head = mendedHead(bytes), let end = head.ends.last else { return }
    var mended = head.words.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    mended += bytes.dropFirst(mended.count).prefix(Int(end) + 8 - mended.count)
    mended += [UInt8](repeating: 0, count: Int(end) + 8 - mended.count)
    let places = head.places
    let parts =
      [0..<places.people.upperBound, places.outline] + places.attributes
      + [places.steps, places.told, places.details, places.history]
    for part in parts {
      set(columnSum(mended.span.extracting(part)), at: part.upperBound, in: &mended)
    }
    _ = try? JourneyBlock(bytes: mended.span)
    _ = try? JourneyBlock(bytes: mended.span, .outline)
    _ = try? JourneyBlock(bytes: mended.span, .history, attributes: .only([]))
  }

  /// The head at the beginning, its numbers made so small that they are of a block of a few kilobytes.
  private static func mendedHead(_ bytes: [UInt8]) -> JourneyBlock.Head? {
    let attributes = Int(word(bytes, at: 6) % 4)
    var end = UInt32(JourneyBlock.Head.length(attributes: attributes))
    guard bytes.count >= Int(end) else { return nil }
    let ends = (0..<6 + attributes).map { part in
      end += word(bytes, at: 13 + part) % 64 * 8
      defer { end += 8 }
      return end
    }
    let steps = word(bytes, at: 2) % 64
    return JourneyBlock.Head(
      firstRef: word(bytes, at: 0), count: word(bytes, at: 1) % 16, steps: steps,
      outline: word(bytes, at: 3) % 64, told: word(bytes, at: 4) % 2 * steps,
      closed: word(bytes, at: 5) % 16, attributes: UInt32(attributes),
      statements: word(bytes, at: 7) % 16, plainEntries: word(bytes, at: 8) % 2,
      begun: UInt64(word(bytes, at: 9)), settled: UInt64(word(bytes, at: 11)), ends: ends)
  }

  private static func decode(_ bytes: [UInt8]) throws {
    _ = try? JourneyBlock(bytes: bytes.span, .outline)
    guard let block = try? JourneyBlock(bytes: bytes.span) else { return }
    try FuzzFinding.unless(block.bytes == bytes, "a block written again is another")
    let journeys = block.journeys()
    try FuzzFinding.unless(journeys.count == block.count, "a block has other people than it says")
  }

  private static func word(_ bytes: [UInt8], at place: Int) -> UInt32 {
    (0..<4).reduce(0) { word, index in
      let at = place * 4 + index
      return word | UInt32(at < bytes.count ? bytes[at] : 0) << UInt32(index * 8)
    }
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
