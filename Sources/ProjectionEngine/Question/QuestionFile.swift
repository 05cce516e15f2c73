public import Definitions
import EventLog
import Journey

/// Reads question files: TOML in a closed vocabulary; `projections/README.md` describes it.
public enum QuestionFile {
  /// The first line of every question file.
  public static let format = "wegmarke.question/1"

  /// Reads a question file.
  ///
  /// - Throws: `DefinitionError` with everything that is wrong, each with its line and column.
  public static func read(_ bytes: [UInt8], file: String) throws(DefinitionError)
    -> QuestionDefinition
  {
    let reader = TableReader(try DefinitionDocument.parse(bytes: bytes, file: file))
    let format = reader.code("format", of: [QuestionFile.format])
    let name = reader.required("name", String.self)
    let version = reader.required("version", Int.self)
    let kind = reader.code("kind", of: ["time-to-event"])
    let title = reader.words("title")
    let sentence = reader.words("sentence")
    let rule = reader.words("rule")
    let source = reader.table("source")?.required("text", String.self)
    let population = reader.table("population")
    let unit = population?.code("unit", of: ["person"])
    let origin = population?.code("index", of: ["entry", "first-placement"])
    let clock = reader.table("clock")?.code("unit", ClockUnit.self)
    let event = reader.table("event").flatMap { Event($0) }
    let horizons = reader.table("horizons")
    let times = horizons?.requiredList("at", of: Double.self)
    let mean = horizons?.optional("restricted-mean", Double.self)
    let example = example(reader)
    if let origin, let event { check(origin, event) }
    let required = try reader.finish(
      format, name, version, kind, title, sentence, rule, source, unit, origin, clock, event,
      times, example)
    return QuestionDefinition(
      name: required.1, version: required.2, title: required.4, sentence: required.5,
      rule: required.6, source: required.7, clock: required.10,
      origin: required.9 == "entry" ? .entry : .firstPlacement,
      waitsForInterruption: required.11.waitsForInterruption, kinds: required.11.kinds,
      gap: required.11.gap, rules: required.11.rule, horizons: required.12,
      restrictedMeanTo: mean, digest: ContentDigest.hex(ContentDigest.sha256(bytes)),
      text: String(decoding: bytes, as: UTF8.self),
      example: required.13)
  }

  /// The table `[event]`.
  private struct Event {
    let reader: TableReader
    let waitsForInterruption: Bool
    let kinds: Set<PlacementKind>
    var gap: TimeLength?
    var rule: GapRule?

    init?(_ reader: TableReader) {
      self.reader = reader
      let outcome = reader.code("outcome", of: ["first-placement", "interruption"])
      let codes = reader.codes("kinds", of: PlacementKind.allCases.map(\.code))
      kinds = Set(codes.compactMap { PlacementKind(code: $0) })
      waitsForInterruption = outcome == "interruption"
      if kinds.isEmpty {
        reader.report(
          "D-EMPTY",
          LocalizedText(
            en: "“kinds” names no kind of placement.", de: "„kinds“ nennt keine Art."))
      }
      if waitsForInterruption {
        gap = QuestionFile.length("gap", reader)
        rule = reader.code("rule", GapRule.self)
      }
      if outcome == nil {
        // Whether these keys belong here is not known; do not call them unknown.
        _ = (reader.has("gap"), reader.has("rule"))
        return nil
      }
    }
  }

  /// Work can be interrupted only where the clock starts with it, and waited for only before.
  private static func check(_ origin: String, _ event: Event) {
    guard (origin == "entry") == event.waitsForInterruption else { return }
    event.reader.report(
      "D-COMBINATION",
      LocalizedText(
        en: "This outcome does not go with the index event “\(origin)”.",
        de: "Dieses Ereignis passt nicht zum Startereignis „\(origin)“."),
      hint: LocalizedText(
        en: "“interruption” goes with index “first-placement”, “first-placement” with “entry”.",
        de: "„interruption“ gehört zu index „first-placement“, „first-placement“ zu „entry“."),
      at: event.reader.optional("outcome", Located<String>.self)?.range)
  }

  private static func length(_ name: String, _ reader: TableReader) -> TimeLength? {
    guard let written = reader.required(name, Located<String>.self) else { return nil }
    if let length = TimeLength(written.value) { return length }
    reader.report(
      "D-LENGTH",
      LocalizedText(
        en: "“\(written.value)” is not a length of time.",
        de: "„\(written.value)“ ist keine Zeitspanne."),
      hint: LocalizedText(en: "Write 28d, 4w or 2mo.", de: "Bitte 28d, 4w oder 2mo schreiben."),
      at: written.range)
    return nil
  }

  private static func example(_ reader: TableReader) -> QuestionExample? {
    guard let table = reader.table("example") else { return nil }
    var people: [QuestionExample.Person] = []
    for person in table.tables("person") {
      let id = person.required("id", String.self)
      let entry = date("entry", person)
      let jobs = spells(person)
      let until = date("observed-until", person)
      guard let id, let entry, let until else { continue }
      people.append(.init(id: id, entry: entry, jobs: jobs, observedUntil: until))
    }
    guard let expect = table.table("expect") else { return nil }
    let counted = expect.required("counted", Int.self)
    let tooLate = expect.required("too-late", Int.self)
    let times = expect.requiredList("times", of: Double.self)
    let atRisk = expect.requiredList("at-risk", of: Int.self)
    let survival = expect.requiredList("survival", of: Double.self)
    guard let counted, let tooLate, let times, let atRisk, let survival else { return nil }
    return QuestionExample(
      people: people, counted: counted, tooLate: tooLate, times: times, atRisk: atRisk,
      survival: survival)
  }

  private static func date(_ name: String, _ reader: TableReader) -> CivilDate? {
    guard let written = reader.required(name, Located<String>.self) else { return nil }
    return date(written.value, at: written.range, reader)
  }

  private static func date(
    _ text: String, at range: SourceRange, _ reader: TableReader
  ) -> CivilDate? {
    if let date = try? CivilDate.parse(text) { return date }
    reader.report(
      "D-DATE",
      LocalizedText(en: "“\(text)” is not a date.", de: "„\(text)“ ist kein Datum."),
      hint: LocalizedText(
        en: "Write it as 2026-03-01 or 2026-03.", de: "Bitte als 2026-03-01 oder 2026-03."),
      at: range)
    return nil
  }

  /// Spells as `first/last`; nothing behind the slash when they have not ended.
  private static func spells(_ reader: TableReader) -> [(first: CivilDate, last: CivilDate?)] {
    var spells: [(first: CivilDate, last: CivilDate?)] = []
    for written in reader.list("jobs", of: Located<String>.self) ?? [] {
      let parts = written.value.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        reader.report(
          "D-SPELL",
          LocalizedText(
            en: "“\(written.value)” is not a first and a last day.",
            de: "„\(written.value)“ ist kein erster und letzter Tag."),
          hint: LocalizedText(
            en: "Write 2026-03/2026-07, or 2026-03/ for a job that has not ended.",
            de: "Bitte 2026-03/2026-07 schreiben, oder 2026-03/ für eine Arbeit ohne Ende."),
          at: written.range)
        continue
      }
      guard let first = date(String(parts[0]), at: written.range, reader) else { continue }
      let last = parts[1].isEmpty ? nil : date(String(parts[1]), at: written.range, reader)
      spells.append((first, last))
    }
    return spells
  }
}

extension TableReader {
  /// A list that must be there.
  func requiredList<Value: DefinitionDecodable>(_ name: String, of type: Value.Type) -> [Value]? {
    // A missing key is noted like that of any required value.
    has(name) ? list(name, of: type) : required(name, DefinitionValue.self).map { _ in [] }
  }

  /// A table with one wording a language.
  func words(_ name: String) -> LocalizedText? {
    guard let table = table(name) else { return nil }
    let en = table.required("en", String.self)
    let de = table.required("de", String.self)
    guard let en, let de else { return nil }
    return LocalizedText(en: en, de: de)
  }
}
