public import Definitions
import EventLog
import Journey

/// Reads files of `projections/indicators`; `projections/README.md` describes them.
public enum IndicatorFile {
  /// The first line of such a file.
  public static let format = "wegmarke.indicators/1"

  /// Reads a set of indicators.
  ///
  /// - Parameters:
  ///   - parameters: The programme's open parameters.
  ///   - questions: All questions of kind `count` that an indicator can name.
  /// - Throws: `DefinitionError` with everything that is wrong, each with its line and column.
  public static func read(
    _ bytes: [UInt8], file: String, parameters: ParameterSet, questions: [QuestionDefinition]
  ) throws(DefinitionError) -> IndicatorSet {
    let reader = TableReader(try DefinitionDocument.parse(bytes: bytes, file: file))
    let format = reader.code("format", of: [IndicatorFile.format])
    let name = reader.required("name", String.self)
    let version = reader.required("version", Int.self)
    let title = reader.words("title")
    let source = reader.table("source")?.required("text", String.self)
    let programme = reader.table("programme")
    let priority = programme?.required("priority", String.self)
    let objective = programme?.required("specific-objective", String.self)
    let complete = reader.table("complete").flatMap {
      ShareDefinition($0, isPoint: false, clock: .day, parameters: parameters)
    }
    var known = Known(questions: questions)
    let indicators = reader.tables("indicator").compactMap { indicator($0, &known) }
    let codes = indicators.map(\.code)
    let checks = reader.tables("check").compactMap { check($0, codes) }
    if indicators.isEmpty {
      reader.report(
        "D-EMPTY",
        LocalizedText(en: "The file states no indicator.", de: "Die Datei nennt keinen Indikator."))
    }
    let found = try reader.finish(
      format, name, version, title, source, priority, objective, complete)
    let named = Set(
      indicators.compactMap { if case .row(let name, _, _) = $0.basis { name } else { nil } })
    return IndicatorSet(
      name: found.1, version: found.2, title: found.3, source: found.4, priority: found.5,
      specificObjective: found.6, indicators: indicators, checks: checks, completeness: found.7,
      questions: Dictionary(
        questions.filter { named.contains($0.name) }.map { ($0.name, $0) }
      ) { one, _ in one },
      digest: ContentDigest.hex(ContentDigest.sha256(bytes)))
  }

  /// What an indicator can name.
  private struct Known {
    /// The questions of kind `count`.
    let questions: [(name: String, shares: ShareDefinition)]
    /// The codes of the indicators so far.
    var codes: [String] = []

    init(questions: [QuestionDefinition]) {
      self.questions = questions.compactMap { question in
        guard question.kind == .count, case .shares(let shares) = question.content else {
          return nil
        }
        return (question.name, shares)
      }
    }
  }

  private static func indicator(_ reader: TableReader, _ known: inout Known) -> Indicator? {
    let code = reader.required("code", String.self)
    let number = reader.required("table", Located<Int>.self)
    let table = number.flatMap { Indicator.Table(rawValue: $0.value) }
    if let number, table == nil {
      reader.report(
        "D-VALUE",
        LocalizedText(
          en: "There is no table \(number.value): outputs are 6, results 10.",
          de: "Eine Tabelle \(number.value) gibt es nicht: Outputs sind 6, Ergebnisse 10."),
        at: number.range)
    }
    let reference = reader.optionalCode("reference", of: known.codes)
    let found = basis(reader, code, known)
    if let code { known.codes.append(code) }
    guard let code, let table, let found else { return nil }
    return Indicator(
      code: code, label: found.label, table: table, basis: found.basis, reference: reference)
  }

  /// Where the numbers come from, and what they are called: exactly one key says so.
  private static func basis(
    _ reader: TableReader, _ code: String?, _ known: Known
  ) -> (basis: Indicator.Basis, label: LocalizedText)? {
    let ways = ["question", "any-of", "statement", "entities"].filter { reader.has($0) }
    guard ways.count == 1 else {
      reader.passOver()
      reader.report(
        "D-COMBINATION",
        LocalizedText(
          en: "An indicator has one of “question”, “any-of”, “statement” and “entities”.",
          de: "Ein Indikator hat eines von „question“, „any-of“, „statement“ und „entities“."))
      return nil
    }
    switch ways[0] {
    case "question":
      let name = reader.code("question", of: known.questions.map(\.name))
      let everybody = reader.optional("target-group", Bool.self, default: false)
      guard let shares = known.questions.first(where: { $0.name == name })?.shares, let code else {
        _ = reader.optional("row", String.self)
        return nil
      }
      let row =
        reader.has("row") ? reader.code("row", of: shares.rows.map(\.code)) : Optional(code)
      guard let found = shares.rows.first(where: { $0.code == row }) else {
        reader.report(
          "D-COMBINATION",
          LocalizedText(
            en: "The question has no row “\(row ?? "")”.",
            de: "Die Frage hat keine Zeile „\(row ?? "")“."))
        return nil
      }
      return (
        .row(question: name ?? "", row: found.code, everybody: everybody),
        found.label.without(prefix: code)
      )
    case "any-of":
      let label = reader.words("label")
      let codes = reader.codes("any-of", of: known.codes)
      return label.map { (.anyOf(codes), $0) }
    case "statement":
      let label = reader.words("label")
      let statement = reader.code("statement", SealedStatement.self)
      let among = reader.code("among", of: known.codes)
      guard let label, let statement, let among else { return nil }
      return (.statement(statement, among: among), label)
    default:
      let isOne = reader.required("entities", Bool.self)
      let label = reader.words("label")
      guard isOne == true, let label else { return nil }
      return (.entities, label)
    }
  }

  private static func check(_ reader: TableReader, _ codes: [String]) -> IndicatorCheck? {
    let code = reader.required("code", String.self)
    let title = reader.words("title")
    let source = reader.required("source", String.self)
    let rule: IndicatorCheck.Rule?
    switch reader.code("rule", of: ["sum", "at-most", "reference", "genders", "cumulative"]) {
    case "sum":
      let left = reader.code("indicator", of: codes)
      let right = reader.codes("of", of: codes)
      rule = left.map { .sum($0, of: right) }
    case "at-most":
      let left =
        reader.has("each")
        ? reader.codes("each", of: codes)
        : reader.code("indicator", of: codes).map { [$0] }
      let plus = reader.codes("plus", of: codes)
      let right = reader.codes("of", of: codes)
      rule = left.map { .atMost($0, plus: plus, right) }
    case "reference": rule = .reference
    case "genders": rule = .genders
    case "cumulative": rule = .cumulative
    default:
      reader.passOver()
      rule = nil
    }
    guard let code, let title, let source, let rule else { return nil }
    return IndicatorCheck(code: code, rule: rule, title: title, source: source)
  }
}

extension LocalizedText {
  /// The same text without a word that both wordings begin with.
  fileprivate func without(prefix word: String) -> LocalizedText {
    func cut(_ text: String) -> String {
      text.hasPrefix(word + " ") ? String(text.dropFirst(word.count + 1)) : text
    }
    return LocalizedText(en: cut(en), de: cut(de))
  }
}
