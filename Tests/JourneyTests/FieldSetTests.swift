import Journey
import TestSupport
import Testing

@Suite("The fields of an event")
struct FieldSetTests {
  @Test("stand in the order of their tags, whatever order they came in")
  func order() {
    for seed in UInt64(1)...20 {
      var random = SeededGenerator(seed: seed)
      let entries = (0..<12).map { place in
        FieldSet.Entry(
          tag: UInt8.random(in: 1...9, using: &random), value: .integer(Int64(place)))
      }
      let set = FieldSet(entries)
      // Swift's sort is not promised to be stable, so ties are told apart by the place.
      let expected = entries.enumerated().sorted {
        ($0.element.tag, $0.offset) < ($1.element.tag, $1.offset)
      }
      #expect(set.entries == expected.map(\.element), "seed \(seed)")
    }
  }

  @Test("are set, replaced and removed one by one")
  func setting() {
    var set = FieldSet()
    set[Fields.spell] = 7
    set[Fields.placementKind] = .dualTraining
    set[Fields.source] = .simulation
    #expect(
      set.entries.map(\.tag) == [Fields.source.tag, Fields.placementKind.tag, Fields.spell.tag])
    set[Fields.spell] = 8
    #expect(set[Fields.spell] == 8)
    #expect(set.entries.count == 3)
    set[Fields.spell] = nil
    #expect(set[Fields.spell] == nil)
    #expect(set.entries.count == 2)
  }

  @Test("keep every value of a field that repeats, in the order given")
  func repeats() {
    var set = FieldSet()
    set.add(Fields.attribute, "weight=2")
    set[Fields.source] = .survey
    set.add(Fields.attribute, "mode=phone")
    set.add(Fields.attribute, "a=1")
    #expect(set.all(Fields.attribute) == ["weight=2", "mode=phone", "a=1"])
    #expect(set[Fields.attribute] == "weight=2")
    set[Fields.attribute] = "only=1"
    #expect(set.all(Fields.attribute) == ["only=1"])
  }

  @Test("give nil for a value of another kind")
  func otherKind() {
    let set = FieldSet([FieldSet.Entry(tag: Fields.spell.tag, value: .text("3"))])
    #expect(set[Fields.spell] == nil)
  }

  @Test("give back what was put in, for every kind of value")
  func roundTrip() throws {
    let on = CivilDate(try day(2026, 3, 2), .month)
    let event = JourneyEvent(.employmentStarted, on: on)
      .with(Fields.placementKind, .miniJob).with(Fields.spell, -3).with(Fields.employer, "B-1 ß")
      .with(Fields.weeklyHours, Hundredths(1_275)).with(Fields.fixedTermUntil, on)
      .with(Fields.mediated, false)
    #expect(event[Fields.placementKind] == .miniJob)
    #expect(event[Fields.spell] == -3)
    #expect(event[Fields.employer] == "B-1 ß")
    #expect(event[Fields.weeklyHours] == Hundredths(1_275))
    #expect(event[Fields.fixedTermUntil] == on)
    #expect(event[Fields.mediated] == false)
    #expect(event[Fields.permanent] == nil)
  }

  @Test("are equal when they state the same, in whatever order they were set")
  func equality() {
    var left = FieldSet()
    left[Fields.spell] = 1
    left[Fields.placementKind] = .svp
    var right = FieldSet()
    right[Fields.placementKind] = .svp
    right[Fields.spell] = 1
    #expect(left == right)
    #expect(Set([left, right]).count == 1)
  }
}
