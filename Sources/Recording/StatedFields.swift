import Definitions
import Interchange
public import Journey

/// Reads what a person writes: a type by name or wording, and fields as `name=value`.
public enum StatedFields {
  /// Fields that the program fills in, or that have an option of their own.
  private static let reserved: Set<UInt8> = [
    Fields.author.tag, Fields.actorRole.tag, Fields.batch.tag, Fields.target.tag, Fields.reason.tag,
  ]

  /// The type that a person means: `EmploymentStarted`, `employment-started`, `Arbeit aufgenommen`.
  public static func type(_ text: String) throws(RecordingError) -> EventType {
    let wanted = folded(text)
    for type in EventType.statable
    where [type.name, type.label.en, type.label.de].contains(where: { folded($0) == wanted }) {
      return type
    }
    let near = nearestName(to: text, among: EventType.statable.map(\.name)) ?? byWording(text)
    throw .notAStatement(
      LocalizedText(
        en: "There is no event “\(text)” that can be recorded.\(didYouMean(near).en)",
        de: "Ein Ereignis „\(text)“, das sich erfassen lässt, gibt es nicht.\(didYouMean(near).de)"
      ),
      advice: .init(
        en: "See them: wegmarke import vocabulary", de: "Alle zeigt: wegmarke import vocabulary"))
  }

  /// The name of the type whose wording is nearest.
  private static func byWording(_ text: String) -> String? {
    let wordings = EventType.statable.flatMap { type in
      [type.label.en, type.label.de].map { (type.name, $0) }
    }
    guard let near = nearestName(to: text, among: wordings.map(\.1)) else { return nil }
    return wordings.first { $0.1 == near }?.0
  }

  private static func folded(_ text: String) -> String {
    String(text.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " })
  }

  /// The date that a person means; words such as today and yesterday too.
  public static func date(_ text: String, today: Day) throws(RecordingError) -> CivilDate {
    if let date = CivilDate.parse(word: text, today: today) { return date }
    do throws(DateProblem) { return try CivilDate.parse(text) } catch {
      var message = LocalizedText(en: "“\(text)” is no date.", de: "„\(text)“ ist kein Datum.")
      if case .ambiguous = error {
        message = LocalizedText(
          en: "“\(text)” is ambiguous: day and month could be swapped.",
          de: "„\(text)“ ist mehrdeutig: Tag und Monat könnten vertauscht sein.")
      }
      if case .ambiguousYear(let earlier, let later) = error {
        let years = (earlier.day.parts.year, later.day.parts.year)
        message = LocalizedText(
          en: "“\(text)” is ambiguous: \(years.0) or \(years.1)?",
          de: "„\(text)“ ist mehrdeutig: \(years.0) oder \(years.1)?")
      }
      throw .notAStatement(
        message,
        advice: .init(
          en: "Write 2026-11-22, 22.11.2026, 2026-11, today or yesterday.",
          de: "Bitte 22.11.2026, 2026-11-22, 11.2026, heute oder gestern schreiben."))
    }
  }

  /// Sets fields of an event, each written as `name=value`.
  public static func set(
    _ assignments: [String], in event: inout JourneyEvent
  ) throws(RecordingError) {
    var seen: Set<UInt8> = []
    for assignment in assignments {
      guard let equals = assignment.firstIndex(of: "=") else {
        throw .notAStatement(
          LocalizedText(
            en: "“\(assignment)” is no field with a value.",
            de: "„\(assignment)“ ist kein Feld mit einem Wert."),
          advice: .init(en: "Write --set kind=SVP.", de: "Bitte --set kind=SVP schreiben."))
      }
      let field = try definition(String(assignment[..<equals]), of: event.type)
      let text = String(assignment[assignment.index(after: equals)...])
      guard !text.isEmpty else {
        throw .notAStatement(
          LocalizedText(
            en: "“\(field.name)” has no value.", de: "„\(field.name)“ hat keinen Wert."),
          advice: .init(
            en: "To state nothing: --unset \(field.name).",
            de: "Um nichts anzugeben: --unset \(field.name)."))
      }
      let value: FieldValue
      do throws(WrittenValueError) { value = try field.value(written: text) } catch {
        throw .notAStatement(error.message, advice: error.advice)
      }
      if case .text = field.type {
        let subject = LocalizedText(en: "The field “\(field.name)”", de: "Das Feld „\(field.name)“")
        if field.tag == Fields.note.tag {
          try StatedText.lines(text, subject)
        } else {
          try StatedText.line(text, subject)
        }
      }
      guard field.tag == Fields.attribute.tag else {
        guard seen.insert(field.tag).inserted else {
          throw .notAStatement(
            LocalizedText(
              en: "“\(field.name)” is stated twice.", de: "„\(field.name)“ ist zweimal angegeben."),
            advice: nil)
        }
        event.fields.set(field.tag, value)
        continue
      }
      if seen.insert(field.tag).inserted { event.fields.set(field.tag, nil) }
      event.fields.add(Fields.attribute, text)
    }
  }

  /// Removes fields of an event.
  public static func unset(
    _ names: [String], in event: inout JourneyEvent
  ) throws(RecordingError) {
    for name in names { event.fields.set(try definition(name, of: event.type).tag, nil) }
  }

  private static func definition(
    _ name: String, of type: EventType
  ) throws(RecordingError) -> FieldDefinition {
    let schema = type.schema
    if let found = schema.definition(named: name), !reserved.contains(found.tag) { return found }
    let possible = schema.fieldNames.filter { name in
      schema.definition(named: name).map { !reserved.contains($0.tag) } ?? false
    }
    let isReserved = schema.definition(named: name) != nil
    let near = isReserved ? nil : nearestName(to: name, among: possible)
    throw .notAStatement(
      isReserved
        ? LocalizedText(
          en: "“\(name)” is not set this way: it has an option of its own, or the program sets it.",
          de: "„\(name)“ wird nicht so gesetzt: Es hat eine eigene Option, oder das Programm setzt"
            + " es.")
        : LocalizedText(
          en: "\(type.name) has no field “\(name)”.\(didYouMean(near).en)",
          de: "\(type.name) hat kein Feld „\(name)“.\(didYouMean(near).de)"),
      advice: .init(
        en: "Its fields: \(possible.joined(separator: ", ")).",
        de: "Seine Felder: \(possible.joined(separator: ", "))."))
  }
}
