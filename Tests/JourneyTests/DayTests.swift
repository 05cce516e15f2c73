import Journey
import TestSupport
import Testing

/// A day that the test knows to exist.
func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
  try #require(Day(year: year, month: month, day: day))
}

@Suite("A day")
struct DayTests {
  @Test("goes to its calendar parts and back, for every day from 1800 to 2199")
  func roundTrip() {
    // Walks the calendar by hand beside the arithmetic, so that both must be right.
    var expected = Day.earliest.number
    var wrong: [String] = []
    for year in 1800...2199 {
      let isLeap = year.isMultiple(of: 400) || (year.isMultiple(of: 4) && !year.isMultiple(of: 100))
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in zip(1...12, lengths) {
        for date in 1...length {
          let made = Day(year: year, month: month, day: date)
          let parts = Day(number: expected).parts
          if made?.number != expected || parts != (year, month, date) {
            wrong.append("\(year)-\(month)-\(date)")
          }
          expected += 1
        }
        if Day(year: year, month: month, day: length + 1) != nil {
          wrong.append("\(year)-\(month) has a day too many")
        }
      }
    }
    #expect(wrong.isEmpty)
    #expect(Day(number: expected - 1) == .latest)
  }

  @Test("counts from 1 January 1970")
  func origin() throws {
    #expect(try day(1970, 1, 1).number == 0)
    #expect(try day(1969, 12, 31).number == -1)
    #expect(try day(2000, 3, 1).number == 11_017)
    #expect(Day(number: 20_779).description == "2026-11-22")
  }

  @Test(
    "does not exist outside the calendar or outside 1800 to 2199",
    arguments: [
      (1799, 12, 31), (2200, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32),
      (2026, 11, 31), (2026, 2, 29), (1900, 2, 29), (2100, 2, 29), (2026, -1, 5), (2026, 5, -1),
    ])
  func refused(_ parts: (Int, Int, Int)) {
    #expect(Day(year: parts.0, month: parts.1, day: parts.2) == nil)
  }

  @Test(
    "moves by months and stops at the end of a shorter month",
    arguments: [
      ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"),
      ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
      ("2026-01-31", 1, "2026-02-28"), ("2026-03-31", -1, "2026-02-28"),
      ("2026-01-15", -1, "2025-12-15"), ("2026-12-31", 2, "2027-02-28"),
      ("2026-05-31", 0, "2026-05-31"), ("1999-11-30", 3, "2000-02-29"),
      ("2099-11-30", 3, "2100-02-28"),
    ])
  func addingMonths(_ from: String, _ months: Int, _ to: String) throws {
    let start = try CivilDate.parse(from).day
    #expect(start.adding(months: months).description == to)
  }

  @Test("counts full months as the largest number that does not reach beyond the other day")
  func fullMonths() {
    for seed in UInt64(1)...4 {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<5_000 {
        let first = Day(number: Int32.random(in: -40_000...70_000, using: &random))
        let second = first + Int32.random(in: 0...4_000, using: &random)
        let months = first.fullMonths(to: second)
        #expect(
          first.adding(months: months) <= second && first.adding(months: months + 1) > second,
          "seed \(seed): \(first) to \(second)")
      }
    }
  }

  @Test("is no full month before the end of the month that clamps")
  func fullMonthsAtMonthEnd() throws {
    let august = try day(2026, 8, 31)
    #expect(august.fullMonths(to: try day(2027, 2, 27)) == 5)
    #expect(august.fullMonths(to: try day(2027, 2, 28)) == 6)
    #expect(august.fullMonths(to: august) == 0)
  }

  @Test("knows the month it lies in")
  func monthIndex() throws {
    #expect(try day(2026, 11, 22).monthIndex == 2026 * 12 + 10)
    for index in Int32(1800 * 12)..<Int32(2200 * 12) {
      let first = Day(firstOfMonth: index)
      #expect(first.monthIndex == index && first.parts.day == 1)
    }
  }

  @Test("completes a year of age on the birthday, and on 1 March for someone born on 29 February")
  func age() throws {
    let leapling = try day(2008, 2, 29)
    #expect(try day(2023, 2, 28).age(bornOn: leapling) == 14)
    #expect(try day(2023, 3, 1).age(bornOn: leapling) == 15)
    #expect(try day(2024, 2, 28).age(bornOn: leapling) == 15)
    #expect(try day(2024, 2, 29).age(bornOn: leapling) == 16)
    let other = try day(2000, 6, 15)
    #expect(try day(2026, 6, 14).age(bornOn: other) == 25)
    #expect(try day(2026, 6, 15).age(bornOn: other) == 26)
    #expect(other.age(bornOn: other) == 0)
  }

  @Test("is ordered, added to and subtracted by its number")
  func arithmetic() throws {
    let first = try day(2026, 2, 27)
    #expect(first + 3 == (try day(2026, 3, 2)))
    #expect(first - 58 == (try day(2025, 12, 31)))
    #expect(try day(2027, 2, 27) - first == 365)
    #expect(first < first + 1)
  }
}
