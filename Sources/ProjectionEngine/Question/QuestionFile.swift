public import Definitions
import EventLog
import Journey

/// Reads question files: TOML in a closed vocabulary; `projections/README.md` describes it.
public enum QuestionFile {
  /// The first line of every question file.
  public static let format = "wegmarke.question/1"

  /// Reads a question file.
  ///
  /// - Parameter parameters: What expressions can name beside the file's own parameters; of two of
  ///   one name the file's counts, and before it one that was chosen by who asks.
  /// - Throws: `DefinitionError` with everything that is wrong, each with its line and column.
  public static func read(
    _ bytes: [UInt8], file: String, parameters: ParameterSet = .empty
  ) throws(DefinitionError) -> QuestionDefinition {
    let reader = TableReader(try DefinitionDocument.parse(bytes: bytes, file: file))
    let format = reader.code("format", of: [QuestionFile.format])
    let name = reader.required("name", String.self)
    let version = reader.required("version", Int.self)
    let kind = reader.code("kind", QuestionDefinition.Kind.self)
    if let kind { reader.reportStrays(kind) }
    let title = reader.words("title")
    let sentence = reader.words("sentence")
    let rule = reader.words("rule")
    let source = reader.table("source")?.sourceText()
    let clock = reader.table("clock")?.code("unit", ClockUnit.self)
    var all = reader.parameters(over: parameters)
    for parameter in parameters.parameters where parameter.isChosen { all.add(parameter) }
    let content: QuestionDefinition.Content?
    let example: QuestionExample?
    switch kind {
    case nil:
      // Which keys there may be depends on the kind.
      reader.passOver()
      (content, example) = (nil, nil)
    case .timeToEvent?:
      let definition = TimeToEventDefinition(reader, clock: clock, parameters: all)
      content = definition.map { .timeToEvent($0) }
      example = ExampleReader(reader, kinds: definition?.kinds ?? [])?.curve(
        definition)
    case .point?, .count?:
      let definition = ShareDefinition(
        reader, isPoint: kind == .point, clock: clock, parameters: all)
      content = definition.map { .shares($0) }
      example = ExampleReader(reader, kinds: [])?.shares(definition)
    case .occupancy?, .transitions?:
      let definition = StateDefinition(
        reader, isFollowed: kind == .occupancy, clock: clock, parameters: all)
      content = definition.map { .states($0) }
      example = ExampleReader(reader, kinds: [])?.states(definition)
    case .table?:
      let definition = CohortTableDefinition(reader, clock: clock, parameters: all)
      content = definition.map { .table($0) }
      example = ExampleReader(reader, kinds: definition?.timeToEvent.kinds ?? [])?.cohorts(
        definition)
    case .sequences?:
      let definition = SequenceDefinition(reader, clock: clock, parameters: all)
      content = definition.map { .sequences($0) }
      example = ExampleReader(reader, kinds: [])?.sequences(definition)
    }
    let required = try reader.finish(
      format, name, version, kind, title, sentence, rule, source, clock, content)
    return QuestionDefinition(
      name: required.1, version: required.2, title: required.4, sentence: required.5,
      rule: required.6, source: required.7, kind: required.3, clock: required.8,
      content: required.9,
      digest: ContentDigest.hex(ContentDigest.sha256(bytes)),
      text: String(decoding: bytes, as: UTF8.self), example: example)
  }
}

extension QuestionFile {
  /// The parameters that a question file can name: shared ones and its own before them.
  ///
  /// - Throws: `DefinitionError` when the file is no table of definitions at all.
  public static func parameters(
    of bytes: [UInt8], file: String, over shared: ParameterSet
  ) throws(DefinitionError) -> ParameterSet {
    TableReader(try DefinitionDocument.parse(bytes: bytes, file: file)).parameters(over: shared)
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

  /// The placements that count as work, of the key `kinds`; noted when it names none.
  func placementKinds() -> Set<PlacementKind> {
    let codes = codes("kinds", of: PlacementKind.allCases.map(\.code))
    let kinds = Set(codes.compactMap { PlacementKind(code: $0) })
    if kinds.isEmpty {
      report(
        "D-EMPTY",
        LocalizedText(
          en: "“kinds” names no kind of placement.", de: "„kinds“ nennt keine Art."))
    }
    return kinds
  }

  /// A length of time that must be there.
  func length(_ name: String) -> TimeLength? {
    guard let written = required(name, Located<String>.self) else { return nil }
    if let length = TimeLength(written.value) { return length }
    report(
      "D-LENGTH",
      LocalizedText(
        en: "“\(written.value)” is not a length of time.",
        de: "„\(written.value)“ ist keine Zeitspanne."),
      hint: LocalizedText(en: "Write 28d, 4w or 2mo.", de: "Bitte 28d, 4w oder 2mo schreiben."),
      at: written.range)
    return nil
  }

  /// A date that must be there.
  func date(_ name: String) -> CivilDate? {
    guard let written = required(name, Located<String>.self) else { return nil }
    return date(written.value, at: written.range)
  }

  /// The date that a text of the file is.
  func date(_ text: String, at range: SourceRange) -> CivilDate? {
    if let date = try? CivilDate.parse(text) { return date }
    report(
      "D-DATE",
      LocalizedText(en: "“\(text)” is not a date.", de: "„\(text)“ ist kein Datum."),
      hint: LocalizedText(
        en: "Write it as 2026-03-01 or 2026-03.", de: "Bitte als 2026-03-01 oder 2026-03."),
      at: range)
    return nil
  }
}
