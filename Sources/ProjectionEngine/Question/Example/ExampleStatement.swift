import Definitions
import Journey

/// A statement of an example as people write it: a date, a type of event, and fields.
///
///     2024-03-01 EmploymentStarted kind=SVP spell=1 weekly-hours=38.5
///
/// Codes, numbers and dates are written exactly as in files of definitions; a text has no blanks.
enum ExampleStatement {
  /// What is wrong with a statement.
  struct Problem: Error, Equatable {
    let message: LocalizedText
    var hint: LocalizedText?
  }

  /// Reads a statement.
  static func event(_ text: String) throws(Problem) -> JourneyEvent {
    let words = text.split(separator: " ").map(String.init)
    guard words.count >= 2, let date = try? CivilDate.parse(words[0]) else {
      throw Problem(
        message: LocalizedText(
          en: "“\(text)” does not begin with a date and a type of event.",
          de: "„\(text)“ beginnt nicht mit einem Datum und einem Ereignistyp."),
        hint: LocalizedText(
          en: "Write 2024-03-01 EmploymentStarted kind=SVP.",
          de: "Bitte 2024-03-01 EmploymentStarted kind=SVP schreiben."))
    }
    guard let type = EventType(name: words[1]), !type.schema.name.isEmpty else {
      let near = didYouMean(nearestName(to: words[1], among: EventType.allCases.map(\.name)))
      throw Problem(
        message: LocalizedText(
          en: "There is no event “\(words[1])”.\(near.en)",
          de: "Ein Ereignis „\(words[1])“ gibt es nicht.\(near.de)"))
    }
    var event = JourneyEvent(type, on: date)
    for word in words.dropFirst(2) { try set(word, in: &event) }
    do throws(EventProblem) { try event.check() } catch {
      throw Problem(message: LocalizedText(verbatim: "\(words[1]): ") + error.words)
    }
    return event
  }

  private static func set(_ word: String, in event: inout JourneyEvent) throws(Problem) {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    let schema = event.type.schema
    guard parts.count == 2, let field = schema.definition(named: parts[0]) else {
      let near = didYouMean(nearestName(to: parts.first ?? word, among: schema.fieldNames))
      throw Problem(
        message: LocalizedText(
          en: "“\(word)” states no field of \(event.type.name).\(near.en)",
          de: "„\(word)“ nennt kein Feld von \(event.type.name).\(near.de)"))
    }
    if field.tag == Fields.attribute.tag {
      return event.fields.add(Fields.attribute, parts[1])
    }
    guard let value = value(parts[1], of: field) else {
      var near = LocalizedText(verbatim: "")
      if case .code(let list) = field.type {
        near = didYouMean(nearestName(to: parts[1], among: list.entries.map(\.entry.code)))
      }
      throw Problem(
        message: LocalizedText(
          en: "“\(parts[1])” is no value of “\(field.name)”.\(near.en)",
          de: "„\(parts[1])“ ist kein Wert von „\(field.name)“.\(near.de)"))
    }
    event.fields.set(field.tag, value)
  }

  private static func value(_ text: String, of field: FieldDefinition) -> FieldValue? {
    switch field.type {
    case .code(let list): return list.rawValue(of: text).map { .integer(Int64($0)) }
    case .integer: return Int64(text).map { .integer($0) }
    case .boolean:
      return ["yes": 1, "no": 0][text].map { .integer($0) }
    case .decimal:
      guard let number = Double(text), number.isFinite, abs(number) < 1e12 else { return nil }
      return .integer(Int64((number * 100).rounded()))
    case .text: return .text(text)
    case .date: return (try? CivilDate.parse(text)).map { .date($0) }
    }
  }
}
