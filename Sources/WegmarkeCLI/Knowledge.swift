import EventLog
import Files
import Imports
import Journey
import Presentation

/// What an answer of any command rests on: a state of knowledge and a day.
struct Knowledge {
  /// The number of records known.
  let size: UInt64
  /// When the last of them was recorded, in microseconds since 1970 UTC; nil when there is none.
  let recordedUntil: Int64?
  /// The reference day: nothing that happened later counts.
  let referenceDay: Day
  /// Whether made-up people are among those known.
  let isSimulated: Bool

  /// What is said wherever made-up people are shown.
  static let simulated = LocalizedText(
    en: "Simulated data: nobody here exists.", de: "Simulierte Daten: Niemand hier ist echt.")

  /// Works out what the options ask for.
  ///
  /// - Throws: `Failure` when an option cannot be read, `LogError` when the log cannot.
  init(_ time: TimeOptions, of log: EventLog) throws {
    size = try time.size(in: log) ?? log.size()
    recordedUntil = size == 0 ? nil : try log.record(at: Position(size - 1)).header.recordedAt
    referenceDay = try time.referenceDay(recordedUntil: recordedUntil)
    isSimulated = try Knowledge.includesMadeUpPeople(log, size: size) ?? false
  }

  /// Warns of a reference day that nobody has lived to see: whoever is due by then counts as unknown.
  ///
  /// Where records bear later times than the clock of this machine, these count.
  func warnOfFuture(_ console: Console) {
    let today = StoreZone.day(of: max(SystemClock.microseconds(), recordedUntil ?? .min))
    guard referenceDay > today else { return }
    let words = (EventText(.english), EventText(.german))
    console.warn(
      .init(
        en:
          "The reference day \(words.0.date(referenceDay)) is still to come: nothing can be known of"
          + " it, and whoever is due only by then counts as unknown.",
        de:
          "Der Stichtag \(words.1.date(referenceDay)) kommt erst noch: Von ihm kann nichts bekannt"
          + " sein, und wer erst bis dahin fällig ist, zählt als unbekannt."))
  }

  /// Whether the store was made for made-up people, or files that call themselves simulated were
  /// imported; nil where the keys at hand cannot tell.
  static func includesMadeUpPeople(_ log: EventLog, size: UInt64) throws(LogError) -> Bool? {
    if log.isSimulated { return true }
    return try ImportRun.broughtMadeUpPeople(log, size: size)
  }

  /// The line that says what an answer rests on.
  var basis: LocalizedText {
    Knowledge.basis(size: size, recordedUntil: recordedUntil, referenceDay: referenceDay)
  }

  /// The line that says what an answer rests on.
  static func basis(size: UInt64, recordedUntil: Int64?, referenceDay: Day) -> LocalizedText {
    let text = (EventText(.english), EventText(.german))
    let day = LocalizedText(
      en: " · reference day \(text.0.date(referenceDay))",
      de: " · Stichtag \(text.1.date(referenceDay))")
    guard let recordedUntil else {
      return LocalizedText(en: "Nothing known yet", de: "Noch nichts bekannt") + day
    }
    let recorded = StoreZone.day(of: recordedUntil)
    let (hour, minute) = StoreZone.time(of: recordedUntil)
    return LocalizedText(
      en: "Known at #\(size - 1), \(text.0.date(recorded))"
        + " \(NumberStyle(.english).time(hour: hour, minute: minute))",
      de: "Datenstand #\(size - 1), \(text.1.date(recorded)),"
        + " \(NumberStyle(.german).time(hour: hour, minute: minute))") + day
  }
}
