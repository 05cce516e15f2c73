import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A block of the view")
struct JourneyBlockTests {
  /// Random people, with corrections, details, attributes of every kind of history, and far positions.
  private static func people(
    _ count: Int, attributes: Int, using random: inout SeededGenerator
  ) -> [FoldedJourney] {
    // The log may be longer than four bytes can count.
    let origin: UInt64 = random.chance(20) ? 1 << 40 : 0
    func later(than position: UInt64) -> UInt64 {
      random.chance(75)
        ? FoldedJourney.open : position + UInt64.random(in: 1...500, using: &random)
    }
    return (0..<count).map { person in
      if random.chance(10) { return FoldedJourney(firstRecorded: FoldedJourney.open, facts: []) }
      let first = origin + UInt64(person * 20)
      var rows = (0..<Int.random(in: 0...7, using: &random)).map { step in
        let from = first + UInt64(step)
        let milestone = Milestone(
          day: Day(number: Int32.random(in: -9_000...20_000, using: &random)),
          kind: random.pick(MilestoneKind.allCases), spell: 1, code: 2)
        let bits = random.next() >> random.pick([0, 10, 40, 56])
        let details = MilestoneDetails(
          bits: random.chance(60) ? bits : 0,
          name: random.chance(20) ? UInt32(truncatingIfNeeded: random.next()) : 0)
        return FoldedJourney.Row(
          milestone: milestone, details: details, from: from, to: later(than: from))
      }
      rows.sort()
      var statements = (0..<attributes).flatMap { column in
        (0..<random.pick([0, 1, 1, 1, 2])).map { _ in
          let from = first + UInt64.random(in: 0...6, using: &random)
          return FoldedJourney.AttributeRow(
            column: UInt16(column), value: UInt16.random(in: 1...400, using: &random),
            day: Int32.random(in: -100...20_000, using: &random), from: from,
            to: later(than: from))
        }
      }
      statements.sort { $0.from < $1.from }
      return FoldedJourney(firstRecorded: first, rows: rows, attributes: statements)
    }
  }

  private static func block(
    people count: Int, using random: inout SeededGenerator
  ) -> JourneyBlock {
    var catalogue = AttributeCatalogue()
    let attributes = Int.random(in: 0...4, using: &random)
    for number in 0..<attributes { _ = catalogue.add("attribute-\(number)") }
    let journeys = people(count, attributes: attributes, using: &random)
    let days = RecordedDays((0..<900).map { Day(number: 19_000 + $0 / 100) })
    return JourneyBlock(
      firstRef: random.pick([0, 9 * UInt32(JourneyBlock.width)]), journeys, catalogue,
      inFull: random.chance(20), days: days)
  }

  @Test("reads back everything that was laid out", arguments: [1, 2, 3] as [UInt64])
  func roundTrips(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let count = random.pick([0, 1, 1, 2, 70])
      let block = Self.block(people: count, using: &random)
      let bytes = block.bytes
      let read = try JourneyBlock(bytes: bytes.span)
      #expect(read.firstRef == block.firstRef && read.known == block.known)
      #expect(read.span == block.span && read.hasPlainEntries == block.hasPlainEntries)
      #expect(read.outlineStarts == block.outlineStarts && read.outline == block.outline)
      #expect(read.values == block.values && read.origins == block.origins)
      #expect(read.told == block.told)
      #expect(read.journeys() == block.journeys(), "seed \(seed)")
      #expect(read.bytes == bytes)
      #expect(bytes.count % 8 == 0)
    }
  }

  @Test("takes little where it holds one person alone")
  func onePerson() {
    var catalogue = AttributeCatalogue()
    for number in 0..<17 { _ = catalogue.add("attribute-\(number)") }
    let journey = FoldedJourney(
      firstRecorded: 5_000_000,
      rows: (0..<4).map {
        .init(
          milestone: Milestone(
            day: Day(number: 19_000 + $0), kind: .followUpAttempted, spell: 0, code: 1),
          from: 5_000_000 + UInt64($0), to: FoldedJourney.open)
      },
      attributes: (0..<17).map {
        .init(column: $0, value: $0 + 1, day: 19_000, from: 5_000_000, to: FoldedJourney.open)
      })
    // An overlay holds thousands of such blocks. 160 bytes tell what lies where, and 17 attributes
    // take a word and a checksum each.
    #expect(JourneyBlock(firstRef: 9, [journey], catalogue).bytes.count <= 584)
  }

  @Test(
    "is refused or read to its end when its checksums were made to fit wrong bytes",
    arguments: [4, 5] as [UInt64])
  func mended(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var (read, refused) = (0, 0)
    for _ in 0..<40 {
      let bytes = Self.block(people: 12, using: &random).bytes
      let places = try JourneyBlock.Head(bytes: bytes.span).places
      let parts =
        [0..<places.people.upperBound, places.outline] + places.attributes
        + [places.steps, places.told, places.details, places.history]
      for _ in 0..<60 {
        var changed = bytes
        let part = random.pick(parts.filter { !$0.isEmpty })
        changed[Int.random(in: part, using: &random)] = UInt8(
          truncatingIfNeeded: random.next() >> random.pick([0, 6]))
        let sum = columnSum(changed.span.extracting(part))
        for index in 0..<8 {
          changed[part.upperBound + index] = UInt8(truncatingIfNeeded: sum >> UInt64(index * 8))
        }
        do {
          let block = try JourneyBlock(bytes: changed.span)
          #expect(
            block.starts.count == block.count + 1 && block.recorded.count == block.milestones.count)
          #expect(block.starts.last.map { Int($0) } == block.milestones.count)
          #expect(block.details.rows.allSatisfy { Int($0) < block.milestones.count })
          #expect(block.values.allSatisfy { $0.count == block.count })
          read += 1
        } catch {
          #expect(error == ViewError.damaged, "seed \(seed)")
          refused += 1
        }
      }
    }
    #expect(read > 100 && refused > 100)
  }
}
