import Journey
import Presentation
import Testing

@Suite("Numbers written for people")
struct NumberStyleTests {
  let german = NumberStyle(.german)
  let english = NumberStyle(.english)

  @Test("group thousands with the separator of the language")
  func grouping() {
    #expect(german.integer(0) == "0")
    #expect(german.integer(999) == "999")
    #expect(german.integer(1234) == "1.234")
    #expect(english.integer(1_234_567) == "1,234,567")
    #expect(english.integer(-1000) == "−1,000")
    #expect(english.integer(Int.min) == "−9,223,372,036,854,775,808")
    #expect(english.integer(UInt64.max) == "18,446,744,073,709,551,615")
    #expect(german.integer(Int?.none) == "–")
  }

  @Test(
    "round half away from zero on the digits a person would read",
    arguments: [
      (0.125, 2, "0.13"), (0.005, 2, "0.01"), (1.005, 2, "1.01"), (0.995, 2, "1.00"),
      (2.675, 2, "2.68"), (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (0.49999, 0, "0"),
      (0.0049999, 2, "0.00"), (9.9999, 2, "10.00"), (999.995, 2, "1,000.00"), (0.05, 0, "0"),
      (-0.125, 2, "−0.13"), (1e16, 0, "10,000,000,000,000,000"), (1.5e-7, 3, "0.000"),
      (1.5e-7, 8, "0.00000015"), (123456.789, 1, "123,456.8"), (.leastNonzeroMagnitude, 2, "0.00"),
      (0.6405, 4, "0.6405"), (0.1 + 0.2, 2, "0.30"),
    ])
  func rounding(value: Double, places: Int, expected: String) {
    #expect(english.decimal(value, places: places) == expected)
  }

  @Test("never give zero a sign, also where a negative number rounds to it")
  func negativeZero() {
    #expect(german.decimal(-0.0, places: 2) == "0,00")
    #expect(german.decimal(-0.004, places: 2) == "0,00")
    #expect(german.decimal(-0.005, places: 2) == "−0,01")
    #expect(german.percent(-0.0, places: 1) == "0,0\u{A0}%")
    #expect(german.percent(-0.0004, places: 1) == "0,0\u{A0}%")
  }

  @Test("write undefined and endless values as signs")
  func undefined() {
    #expect(german.decimal(.nan, places: 2) == "–")
    #expect(german.decimal(nil, places: 2) == "–")
    #expect(german.percent(.nan) == "–")
    #expect(german.percent(nil) == "–")
    #expect(english.decimal(.infinity, places: 2) == "∞")
    #expect(english.decimal(-.infinity, places: 2) == "−∞")
  }

  @Test("shift the point for per cent instead of multiplying")
  func percent() {
    #expect(german.percent(0.699) == "69,9\u{A0}%")
    #expect(english.percent(0.699) == "69.9%")
    #expect(english.percent(0.285, places: 0) == "29%")  // 0.285 * 100 is 28.499999999999996
    #expect(english.percent(0.0005) == "0.1%")
    #expect(english.percent(0.99949) == "99.9%")
    #expect(english.percent(0.9995) == "100.0%")
    #expect(english.percent(1, places: 0) == "100%")
    #expect(german.percent(12.345, places: 0) == "1.235\u{A0}%")
  }

  @Test("agree with exact decimal arithmetic on every number of three places")
  func allThousandths() {
    for thousandths in 0...20_000 {
      // The division gives the double nearest to the decimal number, like its literal.
      let text = english.decimal(Double(thousandths) / 1000, places: 2)
      let hundredths = (thousandths + 5) / 10
      let rest = hundredths % 100
      let expected = "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
      #expect(text == expected, "thousandths: \(thousandths)")
    }
  }

  @Test("join ranges with an en dash, and with words where that would be unclear")
  func ranges() {
    #expect(german.percentRange(0.840, 0.906) == "84,0–90,6\u{A0}%")
    #expect(english.percentRange(0.840, 0.906) == "84.0–90.6%")
    #expect(german.percentRange(0.84, nil) == "ab 84,0\u{A0}%")
    #expect(english.percentRange(.nan, 0.9) == "up to 90.0%")
    #expect(german.percentRange(.nan, nil) == "–")
    #expect(german.decimalRange(-0.2, 0.1, places: 1) == "−0,2 bis 0,1")
    #expect(english.decimalRange(1, 2.5, places: 1) == "1.0–2.5")
    #expect(english.range("3", "6") == "3–6")
  }

  @Test("choose the form of a noun by its count")
  func nouns() {
    #expect(german.count(0, of: .person) == "keine Person")
    #expect(german.count(1, of: .person) == "1 Person")
    #expect(german.count(1234, of: .person) == "1.234 Personen")
    #expect(english.count(0, of: .person) == "nobody")
    #expect(english.count(0, of: .day) == "0 days")
    #expect(english.count(2, of: .month) == "2 months")
    let singular = LocalizedText(en: "is", de: "ist")
    let plural = LocalizedText(en: "are", de: "sind")
    #expect(german.plural(1, one: singular, many: plural) == "ist")
    #expect(english.plural(0, one: singular, many: plural) == "are")
  }
}

@Suite("Dates written for people")
struct DateStyleTests {
  let german = NumberStyle(.german)
  let english = NumberStyle(.english)

  @Test("follow language and precision")
  func tables() {
    #expect(german.date(year: 2026, month: 11, day: 22) == "22.11.2026")
    #expect(german.date(year: 2026, month: 1, day: 5) == "05.01.2026")
    #expect(english.date(year: 2026, month: 11, day: 22) == "22 Nov 2026")
    #expect(english.date(year: 2026, month: 1, day: 5) == "5 Jan 2026")
    #expect(german.date(year: 2026, month: 11, day: 1, precision: .month) == "11.2026")
    #expect(english.date(year: 2026, month: 11, day: 1, precision: .month) == "Nov 2026")
    #expect(german.date(year: 2026, month: 10, precision: .quarter) == "Q4 2026")
    #expect(english.date(year: 2026, month: 3, precision: .quarter) == "Q1 2026")
    #expect(german.date(year: 2026, precision: .year) == "2026")
    #expect(german.date(year: 987, month: 2, day: 3) == "03.02.0987")
  }

  @Test("are spelled out in running text")
  func prose() {
    #expect(german.longDate(year: 2026, month: 3, day: 1) == "1. März 2026")
    #expect(english.longDate(year: 2026, month: 11, day: 22) == "22 November 2026")
    #expect(german.longDate(year: 2026, month: 3, precision: .month) == "März 2026")
    #expect(german.time(hour: 9, minute: 5) == "09:05")
  }
}
