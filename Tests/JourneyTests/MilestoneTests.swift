import Journey
import TestSupport
import Testing

@Suite("A milestone")
struct MilestoneTests {
  private struct Parts {
    let day: Day
    let kind: MilestoneKind
    let spell: Int
    let code: UInt8
    let precision: Precision
    let detail: Int

    init(using random: inout SeededGenerator) {
      day = Day(number: Int32.random(in: -62_091...84_005, using: &random))
      kind = MilestoneKind.allCases.randomElement(using: &random) ?? .entered
      spell = Int.random(in: 0...1_023, using: &random)
      code = UInt8.random(in: 0...255, using: &random)
      precision = Precision.allCases.randomElement(using: &random) ?? .day
      detail = Int.random(in: 0...4_095, using: &random)
    }

    var milestone: Milestone {
      Milestone(
        day: day, kind: kind, spell: spell, code: code, precision: precision, detail: detail)
    }
  }

  @Test("gives back every part it was packed from")
  func roundTrip() {
    for seed in UInt64(1)...4 {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<5_000 {
        let parts = Parts(using: &random)
        let packed = parts.milestone
        #expect(packed.day == parts.day, "seed \(seed)")
        #expect(packed.kind == parts.kind, "seed \(seed)")
        #expect(packed.rawKind == parts.kind.rawValue, "seed \(seed)")
        #expect(packed.spell == parts.spell, "seed \(seed)")
        #expect(packed.code == parts.code, "seed \(seed)")
        #expect(packed.precision == parts.precision, "seed \(seed)")
        #expect(packed.detail == parts.detail, "seed \(seed)")
        #expect(Milestone(bits: packed.bits) == packed, "seed \(seed)")
      }
    }
  }

  @Test("sorts by day, then by kind, then by spell")
  func order() {
    for seed in UInt64(1)...4 {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<5_000 {
        let (left, right) = (Parts(using: &random), Parts(using: &random))
        let expected =
          (left.day, left.kind.rawValue, left.spell) < (right.day, right.kind.rawValue, right.spell)
        let isTie =
          left.day == right.day && left.kind == right.kind && left.spell == right.spell
        #expect(isTie || (left.milestone < right.milestone) == expected, "seed \(seed)")
      }
    }
  }

  @Test("orders the events of one day: an end before a start, an exit late, a death last")
  func dayOrder() throws {
    let on = try day(2026, 3, 2)
    let kinds: [MilestoneKind] = [
      .entered, .profile, .placementEnded, .placementStarted, .measureStarted, .measureCompleted,
      .followUpCompleted, .exited, .contactLost, .leftCountry, .deceased,
    ]
    let milestones = kinds.map { Milestone(day: on, kind: $0) }
    #expect(milestones.shuffled().sorted() == milestones)
  }

  @Test("keeps the number of every kind")
  func pinned() {
    #expect(
      MilestoneKind.allCases.map { "\($0)=\($0.rawValue)" }
        == Pinned.words(Pinned.milestoneKinds).map(String.init))
  }

  @Test("clips numbers that do not fit, without touching other parts")
  func clipping() throws {
    let on = try day(1800, 1, 1)
    let large = Milestone(day: on, kind: .deceased, spell: 5_000, code: 255, detail: 70_000)
    #expect(large.spell == 1_023)
    #expect(large.detail == 4_095)
    #expect(large.day == on)
    #expect(large.kind == .deceased)
    #expect(large.precision == .day)
    let small = Milestone(day: .latest, kind: .entered, spell: -1, detail: -1)
    #expect(small.spell == 0)
    #expect(small.detail == 0)
    #expect(small.day == .latest)
  }

  @Test("has no kind for bits that nobody packed")
  func foreignBits() {
    #expect(Milestone(bits: 0).kind == nil)
  }
}
