import Journey
import Testing

@testable import Presentation

@Suite("Ticks of a time axis")
struct AxisTicksTests {
  @Test("are round and cover the data")
  func round() {
    let months = AxisTicks(upTo: 24, unit: .months, atMost: 8, fixedEnd: false)
    #expect(months.positions == [0, 3, 6, 9, 12, 15, 18, 21, 24])
    let years = AxisTicks(upTo: 60, unit: .months, atMost: 8, fixedEnd: false)
    #expect(years.positions == [0, 12, 24, 36, 48, 60])
    let days = AxisTicks(upTo: 587, unit: .days, atMost: 9, fixedEnd: false)
    #expect(days.end == 600)
    #expect(days.positions == [0, 100, 200, 300, 400, 500, 600])
    let nearly = AxisTicks(upTo: 510, unit: .days, atMost: 9, fixedEnd: false)
    #expect(nearly.end == 510)
    #expect(nearly.positions.last == 500)
  }

  @Test("survive every length of an axis", arguments: ChartTimeUnit.allCases)
  func lengths(unit: ChartTimeUnit) {
    for length in [0, -1, 0.25, 0.5, 1, 2, 3, 11, 13, 364, 366, 1e4, 1e9, 1e15, .infinity, .nan] {
      let ticks = AxisTicks(upTo: length, unit: unit, atMost: 8, fixedEnd: false)
      #expect(ticks.positions.first == 0)
      #expect(ticks.positions.count <= 9, "\(length)")
      #expect(ticks.end > 0)
      #expect(ticks.positions.allSatisfy { $0 <= ticks.end })
    }
  }
}

@Suite("Numbers and texts in a drawing")
struct DrawingTextTests {
  @Test(
    "have at most two decimals and no sign on zero",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (-0.001, "0"), (1.005, "1"), (12.3456, "12.35"), (-2.5, "-2.5"),
      (7.04, "7.04"), (100, "100"), (99.999, "100"), (.nan, "0"), (.infinity, "0"),
      (1e300, "10000000"),
    ])
  func coordinates(value: Double, expected: String) {
    #expect(SVGDrawing.number(value) == expected)
  }

  @Test("are in the dative after “nach”, with one and with many")
  func dative() {
    let words = ChartWords(language: .german)
    #expect(words.after(24, unit: .months) == "nach 24\u{A0}Monaten")
    #expect(words.after(1, unit: .days) == "nach 1\u{A0}Tag")
    #expect(words.after(2, unit: .days) == "nach 2\u{A0}Tagen")
    #expect(words.after(3, unit: .weeks) == "nach 3\u{A0}Wochen")
    #expect(words.after(1.5, unit: .unnamed) == "nach 1,5")
    #expect(ChartWords(language: .english).after(24, unit: .months) == "after 24\u{A0}months")
  }

  @Test("are broken at spaces, cut with a sign, and hyphenated where a word is too long")
  func lines() {
    #expect(ChartText.lines("", size: 12, limit: 100).isEmpty)
    #expect(ChartText.lines("eins zwei drei", size: 12, limit: 65) == ["eins zwei", "drei"])
    #expect(ChartText.lines("eins zwei drei", size: 12, limit: 65, atMost: 1) == ["eins zw…"])
    let long = ChartText.lines("Ausbildungsförderungsgesetz", size: 12, limit: 80)
    #expect(long.count > 1)
    #expect(long.dropLast().allSatisfy { $0.hasSuffix("-") })
    #expect(long.allSatisfy { ChartText.width($0, size: 12) <= 80 })
  }
}
