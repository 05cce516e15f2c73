public import Journey

/// Events as people read them.
public struct EventText: Sendable {
  private let language: Language
  private let numbers: NumberStyle

  /// Words in one language.
  public init(_ language: Language) {
    self.language = language
    self.numbers = NumberStyle(language)
  }

  /// A date as precise as it is known.
  public func date(_ date: CivilDate) -> String {
    let (year, month, day) = date.day.parts
    let precision: DatePrecision =
      switch date.precision {
      case .day: .day
      case .month: .month
      case .quarter: .quarter
      case .year: .year
      }
    return numbers.date(year: year, month: month, day: day, precision: precision)
  }

  /// A day.
  public func date(_ day: Day) -> String { date(CivilDate(day)) }

  /// What is stated about an event, in a few words: `unemployed, German A2`.
  public func details(_ event: JourneyEvent) -> String {
    stated(event).compactMap { text($0.definition, $0.value) }.joined(separator: ", ")
  }

  /// What differs between two wordings of an event, each as `before → after`.
  public func differences(_ before: JourneyEvent, _ after: JourneyEvent) -> [String] {
    var parts: [String] = []
    func add(_ old: String?, _ new: String?) {
      // A dash would run into the one behind which the reason stands.
      let none = LocalizedText(en: "(nothing)", de: "(nichts)")(language)
      if old != new { parts.append("\(old ?? none) → \(new ?? none)") }
    }
    add(before.type.label(language), after.type.label(language))
    add(date(before.occurredOn), date(after.occurredOn))
    let (old, new) = (stated(before), stated(after))
    for field in old {
      let other = new.first { $0.definition.tag == field.definition.tag }
      if field.value != other?.value {
        add(text(field.definition, field.value), other.flatMap { text($0.definition, $0.value) })
      }
    }
    for field in new where !old.contains(where: { $0.definition.tag == field.definition.tag }) {
      add(nil, text(field.definition, field.value))
    }
    return parts
  }

  /// The fields of the event's own, codes first: they say what kind of thing it was.
  private func stated(
    _ event: JourneyEvent
  ) -> [(definition: FieldDefinition, value: FieldValue)] {
    let fields = event.fields.entries.compactMap { entry in
      Fields.common.contains { $0.tag == entry.tag }
        ? nil : event.type.schema.definition(of: entry.tag).map { ($0, entry.value) }
    }
    func isCode(_ definition: FieldDefinition) -> Bool {
      if case .code = definition.type { return EventText.prefixes[definition.tag] == nil }
      return false
    }
    return fields.filter { isCode($0.0) } + fields.filter { !isCode($0.0) }
  }

  /// One stated value in words; nil where it says nothing.
  public func text(_ field: FieldDefinition, _ value: FieldValue) -> String? {
    let worded = plain(field, value)
    guard let worded, let prefix = EventText.prefixes[field.tag] else { return worded }
    return "\(prefix(language)) \(worded)"
  }

  private func plain(_ field: FieldDefinition, _ value: FieldValue) -> String? {
    switch (field.type, value) {
    case (.code(let list), .integer(let number)):
      UInt8(exactly: number).flatMap { list.entry(of: $0) }?.label(language)
    case (.boolean, .integer(let number)): boolean(field.tag, number == 1)
    case (.decimal, .integer(let number)): decimal(field.tag, number)
    case (_, .integer(let number)): String(number)
    case (_, .text(let text)): text.linesWithoutControls
    case (_, .date(let date)): self.date(date)
    }
  }

  private func boolean(_ tag: UInt8, _ isTrue: Bool) -> String? {
    guard let words = EventText.facts[tag] else { return nil }
    return isTrue ? words.yes(language) : words.no?(language)
  }

  private func decimal(_ tag: UInt8, _ hundredths: Int64) -> String {
    let places = hundredths % 100 == 0 ? 0 : hundredths % 10 == 0 ? 1 : 2
    let number = numbers.decimal(Double(hundredths) / 100, places: places)
    return EventText.units[tag].map { "\(number)\u{A0}\($0(language))" } ?? number
  }

  private static let prefixes: [UInt8: LocalizedText] = [
    Fields.birthYear.tag: .init(en: "born", de: "geb."),
    Fields.german.tag: .init(en: "German", de: "Deutsch"),
    Fields.languageLevel.tag: .init(en: "German", de: "Deutsch"),
    Fields.isced.tag: .init(en: "education:", de: "Bildung:"),
    Fields.unemployedSince.tag: .init(en: "unemployed since", de: "arbeitslos seit"),
    Fields.arrivedOn.tag: .init(en: "arrived", de: "eingereist"),
    Fields.plannedEnd.tag: .init(en: "planned until", de: "geplant bis"),
    Fields.validUntil.tag: .init(en: "until", de: "bis"),
    Fields.fixedTermUntil.tag: .init(en: "fixed-term until", de: "befristet bis"),
    Fields.dueOn.tag: .init(en: "due", de: "fällig"),
    Fields.referenceDate.tag: .init(en: "as of", de: "Stand"),
    Fields.employer.tag: .init(en: "employer", de: "Betrieb"),
    Fields.occupation.tag: .init(en: "occupation", de: "Beruf"),
    Fields.sector.tag: .init(en: "sector", de: "Branche"),
    Fields.advisor.tag: .init(en: "advisor", de: "Beratung"),
    Fields.spell.tag: .init(en: "no.", de: "Nr."),
    Fields.familyMembers.tag: .init(en: "family members:", de: "Familienangehörige:"),
    Fields.inEducation.tag: .init(en: "in education:", de: "in Bildung:"),
    Fields.thirdCountry.tag: .init(en: "third country:", de: "Drittstaat:"),
    Fields.foreignBackground.tag: .init(en: "foreign background:", de: "ausländische Herkunft:"),
    Fields.rural.tag: .init(en: "rural area:", de: "ländlicher Raum:"),
    Fields.workAccess.tag: .init(en: "work access:", de: "Arbeitsmarktzugang:"),
    Fields.employed.tag: .init(en: "employed:", de: "beschäftigt:"),
    Fields.education.tag: .init(en: "in education:", de: "in Bildung:"),
    Fields.jobSearch.tag: .init(en: "job search:", de: "Arbeitsuche:"),
    Fields.qualification.tag: .init(en: "qualification:", de: "Qualifizierung:"),
    Fields.improvement.tag: .init(en: "improved:", de: "verbessert:"),
    Fields.disability.tag: .init(en: "disability:", de: "Behinderung:"),
    Fields.minority.tag: .init(en: "minority:", de: "Minderheit:"),
    Fields.homeless.tag: .init(en: "homeless:", de: "wohnungslos:"),
    Fields.level.tag: .init(en: "level", de: "Niveau"),
  ]

  private static let facts: [UInt8: (yes: LocalizedText, no: LocalizedText?)] = [
    Fields.certificate.tag: (
      .init(en: "with certificate", de: "mit Zertifikat"),
      .init(en: "without certificate", de: "ohne Zertifikat")
    ),
    Fields.temporaryAgency.tag: (.init(en: "temporary agency", de: "Zeitarbeit"), nil),
    Fields.subsidised.tag: (.init(en: "subsidised", de: "gefördert"), nil),
    Fields.mediated.tag: (.init(en: "found by the project", de: "durch das Vorhaben"), nil),
    Fields.permanent.tag: (
      .init(en: "permanent", de: "unbefristet"), .init(en: "fixed-term", de: "befristet")
    ),
    Fields.promotion.tag: (.init(en: "promotion", de: "Aufstieg"), nil),
  ]

  private static let units: [UInt8: LocalizedText] = [
    Fields.hours.tag: .init(en: "h", de: "Std."),
    Fields.weeklyHours.tag: .init(en: "h a week", de: "Std./Woche"),
    Fields.grossMonthly.tag: .init(en: "€ a month", de: "€/Monat"),
  ]
}
