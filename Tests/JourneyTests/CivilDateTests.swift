import Journey
import TestSupport
import Testing

@Suite("A date as a source gave it")
struct CivilDateTests {
  @Test(
    "is read in every ISO and German form",
    arguments: [
      ("2026-11-22", "2026-11-22"), ("2026-11", "2026-11"), ("2026-Q4", "2026-Q4"),
      ("2026-q1", "2026-Q1"), ("2026", "2026"), ("22.11.2026", "2026-11-22"),
      ("1.2.2026", "2026-02-01"), ("22.11.26", "2026-11-22"), ("11.2026", "2026-11"),
      ("3.2026", "2026-03"), ("13/04/2026", "2026-04-13"), ("04/13/2026", "2026-04-13"),
      ("04/04/2026", "2026-04-04"), ("31/1/26", "2026-01-31"), ("29.02.2024", "2024-02-29"),
      ("1800-01-01", "1800-01-01"), ("2199-12-31", "2199-12-31"),
    ])
  func accepted(_ text: String, _ iso: String) throws {
    #expect(try CivilDate.parse(text).description == iso)
  }

  @Test("has the precision of its form")
  func precision() throws {
    #expect(try CivilDate.parse("22.11.26").precision == .day)
    #expect(try CivilDate.parse("2026-11").precision == .month)
    #expect(try CivilDate.parse("11.2026").precision == .month)
    #expect(try CivilDate.parse("2026-Q4").precision == .quarter)
    #expect(try CivilDate.parse("2026").precision == .year)
  }

  @Test(
    "takes two-digit years by what it is the date of: a birth lies behind, a permit may end ahead",
    arguments: [
      ("00", 2000, 2000), ("19", 2019, 2019), ("30", 1930, 2030), ("31", 1931, 2031),
      ("44", 1944, 2044), ("55", 1955, 1955), ("99", 1999, 1999),
    ])
  func twoDigitYears(_ digits: String, _ birth: Int, _ other: Int) throws {
    for text in ["22.11.\(digits)", "22/11/\(digits)"] {
      #expect(try CivilDate.parse(text, years: .birth).day.parts.year == birth)
      #expect(try CivilDate.parse(text).day.parts.year == other)
    }
  }

  @Test("does not guess the century where either may be meant")
  func unclearCentury() throws {
    for (years, digits) in [(TwoDigitYears.birth, 20..<30), (.days, 45..<55)] {
      for year in digits {
        let problem = DateProblem.ambiguousYear(
          earlier: CivilDate(try day(1900 + year, 4, 3)),
          later: CivilDate(try day(2000 + year, 4, 3)))
        #expect(throws: problem) { try CivilDate.parse("3.4.\(year)", years: years) }
        #expect(try CivilDate.parse("3.4.19\(year)", years: years).day.parts.year == 1900 + year)
      }
    }
    #expect(throws: DateProblem.noSuchDay(month: 11, length: 30)) {
      try CivilDate.parse("31.11.25", years: .birth)
    }
  }

  @Test(
    "is refused when it has no form of a date",
    arguments: [
      "", " ", "gestern", "2026-11-22 ", " 2026-11-22", "2026-1-2", "2026-11-2", "2026/11/22",
      "22-11-2026", "2026.11.22", "2026-", "-2026", ".", "..", "22.11.", "22..2026", ".11.2026",
      "22.11.2026.", "22.11-2026", "222.11.2026", "22.11.026", "20261122", "026", "12026",
      "2026-Q0", "2026-Q5", "2026-Q", "2026-4Q", "2026-Q4-1", "2026-Q44", "Q4-2026", "2026Q4",
      "22.Q.2026", "2026-00", "2026-13", "2026-00-10", "2026-11-00", "0.11.2026", "22.13.2026",
      "13.2026", "13/13/2026", "２２.11.2026", "22.11.2026\0",
    ])
  func notADate(_ text: String) {
    #expect(throws: DateProblem.notADate) { try CivilDate.parse(text) }
  }

  @Test("is refused with two quarters signs")
  func twoQuarterSigns() {
    #expect(throws: DateProblem.notADate) { try CivilDate.parse("2026-QQ4") }
  }

  @Test(
    "is refused with the length of the month when the calendar has no such day",
    arguments: [
      ("31.11.2026", 11, 30), ("2026-11-31", 11, 30), ("29.02.2026", 2, 28),
      ("30.02.2024", 2, 29), ("32.01.2026", 1, 31), ("31/02/2026", 2, 28), ("29.2.1900", 2, 28),
    ])
  func noSuchDay(_ text: String, _ month: Int, _ length: Int) {
    #expect(throws: DateProblem.noSuchDay(month: month, length: length)) {
      try CivilDate.parse(text)
    }
  }

  @Test("is ambiguous when day and month can be swapped")
  func ambiguous() throws {
    let dayFirst = CivilDate(try day(2026, 4, 3))
    let monthFirst = CivilDate(try day(2026, 3, 4))
    let problem = DateProblem.ambiguous(dayFirst: dayFirst, monthFirst: monthFirst)
    #expect(throws: problem) { try CivilDate.parse("03/04/2026") }
    #expect(throws: problem) { try CivilDate.parse("3/4/26") }
  }

  @Test(
    "is refused outside 1800 to 2199",
    arguments: [
      "1799-12-31", "2200-01-01", "1799", "2200", "2200-Q1", "0000-01-01", "12.1799",
      "31.12.9999", "13/04/1700",
    ])
  func outOfRange(_ text: String) {
    #expect(throws: DateProblem.outOfRange) { try CivilDate.parse(text) }
  }

  @Test("is read or refused, but never traps, whatever the bytes")
  func randomBytes() {
    let forms = ["2026-11-22", "2026-11", "2026-Q4", "2026", "22.11.2026", "1.2.26", "13/04/2026"]
    let likely = Array("0123456789.-/Qq".utf8)
    var read = 0
    for seed in UInt64(1)...8 {
      var random = SeededGenerator(seed: seed)
      for _ in 0..<20_000 {
        // A date with some bytes replaced, and sometimes some more behind it.
        var bytes = Array(forms[Int.random(in: 0..<forms.count, using: &random)].utf8)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] =
            likely[Int.random(in: 0..<likely.count, using: &random)]
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          for _ in 0..<Int.random(in: 1...12, using: &random) {
            bytes.append(UInt8.random(in: 0...255, using: &random))
          }
        }
        guard let date = try? CivilDate.parse(bytes.span) else { continue }
        read += 1
        let again = try? CivilDate.parse(date.description)
        #expect(again == date, "seed \(seed): \(bytes) became \(date)")
        #expect(date.day >= .earliest && date.lastDay <= .latest, "seed \(seed): \(bytes)")
      }
    }
    #expect(read > 10_000, "hardly anything was a date, so this test says nothing")
  }

  @Test("begins on the first and ends on the last day of its period")
  func period() throws {
    let middle = try day(2024, 5, 17)
    let expected: [(Precision, String, String)] = [
      (.day, "2024-05-17", "2024-05-17"), (.month, "2024-05-01", "2024-05-31"),
      (.quarter, "2024-04-01", "2024-06-30"), (.year, "2024-01-01", "2024-12-31"),
    ]
    for (precision, first, last) in expected {
      let date = CivilDate(middle, precision)
      #expect(date.day.description == first)
      #expect(date.lastDay.description == last)
      #expect(date == CivilDate(date.lastDay, precision))
    }
    #expect(CivilDate(try day(2024, 2, 3), .month).lastDay.description == "2024-02-29")
  }
}
