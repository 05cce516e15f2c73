/// Something in an event by itself that cannot be, or behind which a slip of the hand is likely.
public struct EventSlip: Sendable, Equatable {
  /// A code that stays the same: `W-FUTURE`.
  public let code: String
  /// What does not go together.
  public let message: LocalizedText
  /// Whether it cannot be; otherwise it is unusual.
  public let isError: Bool
  /// The tag of the field that is meant; nil where it is the day.
  public let tag: UInt8?

  /// The age below which somebody cannot take part.
  public static let youngest = 15
  /// Hours of work a week above which a slip is likely: the most that the law on working hours allows.
  public static let weeklyHours: Int64 = 60
  /// Gross pay a month, in euros, above which a slip is likely.
  public static let grossMonthly: Int64 = 20_000

  /// Years after which an entry is so long ago that a slip is likely.
  public static let entryYears = 10
  /// Years after which anything else that the programme does is so long ago.
  public static let eventYears = 20
  /// The first year in which somebody who takes part may have been born.
  public static let firstBirthYear = 1900

  private init(_ code: String, _ en: String, _ de: String, isError: Bool, _ tag: UInt8? = nil) {
    self.code = code
    message = LocalizedText(en: en, de: de)
    self.isError = isError
    self.tag = tag
  }

  /// Everything that an event by itself gives cause to ask.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - birth: When the person was born, as precisely as anybody said; nil where nobody did.
  ///   - today: The day on which it is stated.
  ///   - observedUntil: Until when the people were observed, where that is not today.
  public static func all(
    of event: JourneyEvent, born birth: CivilDate?, today: Day?, observedUntil: Day? = nil
  ) -> [EventSlip] {
    var found: [EventSlip] = []
    noteDays(event, birth, today, &found)
    // Whoever states a day before birth hears that alone.
    if !found.contains(where: \.isError),
      let last = [today, observedUntil].compactMap(\.self).min()
    {
      noteAge(event, last, &found)
    }
    for entry in event.fields.entries {
      guard case .integer(let number) = entry.value else { continue }
      noteNumber(entry.tag, number, in: event.type, &found)
    }
    return found
  }

  private static func noteDays(
    _ event: JourneyEvent, _ birth: CivilDate?, _ today: Day?, _ found: inout [EventSlip]
  ) {
    let day = event.occurredOn
    if let birth {
      if event.type != .identityRecorded, day.lastDay < birth.day {
        found.append(
          EventSlip(
            "E-BIRTH", "\(day) lies before birth (\(birth)).",
            "\(day.german) liegt vor der Geburt (\(birth.german)).", isError: true))
      } else if event.type == .participationEntered,
        birth.day.adding(months: 12 * youngest) > day.lastDay
      {
        found.append(
          EventSlip(
            "W-AGE", "The person is younger than \(youngest).",
            "Die Person ist jünger als \(youngest).", isError: false))
      }
    }
    if let today, day.day > today, event.type != .followUpPlanned {
      found.append(
        EventSlip(
          "W-FUTURE", "\(day) lies in the future.", "\(day.german) liegt in der Zukunft.",
          isError: false))
    }
  }

  /// Notes days so long before the last ones that a digit was probably mistyped.
  private static func noteAge(_ event: JourneyEvent, _ last: Day, _ found: inout [EventSlip]) {
    let day = event.occurredOn
    let isEntry = event.type == .participationEntered
    let years = isEntry ? entryYears : eventYears
    // Who somebody is, and where they may live, began when it began.
    let isOlder = [.identityRecorded, .residenceStatusChanged, .attributesRecorded]
      .contains(event.type)
    if !isOlder, day.lastDay < last.adding(months: -12 * years) {
      found.append(
        EventSlip(
          "W-OLD", "\(day) is more than \(years) years ago.",
          "\(day.german) liegt mehr als \(years) Jahre zurück.", isError: false))
    }
    if event.type == .identityRecorded, let birth = event.fields[Fields.birthDate],
      birth.day.parts.year < firstBirthYear
    {
      found.append(
        EventSlip(
          "W-OLD", "Born before \(firstBirthYear): \(birth).",
          "Geboren vor \(firstBirthYear): \(birth.german).", isError: false,
          Fields.birthDate.tag))
    }
  }

  private static func noteNumber(
    _ tag: UInt8, _ number: Int64, in type: EventType, _ found: inout [EventSlip]
  ) {
    switch tag {
    case Fields.hours.tag: noteHours(number, in: type, &found)
    case Fields.weeklyHours.tag: noteWeeklyHours(number, &found)
    case Fields.grossMonthly.tag:
      noteNegative(Fields.grossMonthly.definition, number, &found)
      if number > grossMonthly * 100 {
        found.append(
          EventSlip(
            "W-GROSS", "More than €20,000 a month are unusual.",
            "Mehr als 20.000 € im Monat sind ungewöhnlich.", isError: false, tag))
      }
    case Fields.birthYear.tag where number < firstBirthYear:
      found.append(
        EventSlip(
          "W-OLD", "Born before \(firstBirthYear): \(number).",
          "Geboren vor \(firstBirthYear): \(number).", isError: false, tag))
    case Fields.familyMembers.tag:
      noteNegative(Fields.familyMembers.definition, number, &found)
    case Fields.spell.tag where !(1...1023).contains(number):
      found.append(
        EventSlip(
          "E-SPELL", "“\(number)” is no number of a spell; they are 1 to 1023.",
          "„\(number)“ ist keine Nummer eines Abschnitts; möglich sind 1 bis 1023.", isError: true,
          tag))
    default: break
    }
  }

  private static func noteHours(
    _ number: Int64, in type: EventType, _ found: inout [EventSlip]
  ) {
    noteNegative(Fields.hours.definition, number, &found)
    // The hours of a course are those of all of it.
    let isContact = [.counsellingHeld, .firstContactRecorded, .aftercareContact].contains(type)
    if isContact, number > 24 * 100 {
      found.append(
        EventSlip(
          "W-HOURS", "More than 24 hours are unusual for one contact.",
          "Mehr als 24 Stunden sind für einen Kontakt ungewöhnlich.", isError: false,
          Fields.hours.tag))
    }
  }

  private static func noteWeeklyHours(_ number: Int64, _ found: inout [EventSlip]) {
    let tag = Fields.weeklyHours.tag
    noteNegative(Fields.weeklyHours.definition, number, &found)
    if number > 168 * 100 {
      found.append(
        EventSlip(
          "E-WEEK", "A week has 168 hours.", "Eine Woche hat 168 Stunden.", isError: true, tag))
    } else if number > weeklyHours * 100 {
      found.append(
        EventSlip(
          "W-WEEKLY-HOURS", "More than \(weeklyHours) hours a week are unusual.",
          "Mehr als \(weeklyHours) Stunden in der Woche sind ungewöhnlich.", isError: false, tag))
    }
  }

  private static func noteNegative(
    _ field: FieldDefinition, _ number: Int64, _ found: inout [EventSlip]
  ) {
    guard number < 0 else { return }
    let label = field.label
    found.append(
      EventSlip(
        "E-NEGATIVE", "“\(label.en)” cannot be negative.",
        "„\(label.de)“ kann nicht negativ sein.", isError: true, field.tag))
  }
}
