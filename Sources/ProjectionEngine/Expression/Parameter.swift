import Definitions
public import Journey

/// A named constant of definitions, with its source; expressions use it by its name.
public struct Parameter: Sendable, Equatable {
  /// What a parameter is.
  public enum Value: Sendable, Equatable {
    /// A number without a unit of time.
    case number(Double)
    /// A length of time.
    case length(TimeLength)
    /// A day.
    case day(Day)
    /// Numbers, each from a day on; ascending by day, at least one.
    case table([Step])
  }

  /// A number that holds from a day on, until the next one does.
  public struct Step: Sendable, Equatable {
    /// The first day on which it holds.
    public let from: Day
    /// The number.
    public let value: Double

    /// Creates a step.
    public init(from: Day, value: Double) {
      self.from = from
      self.value = value
    }
  }

  /// The name in kebab-case.
  public var name: String
  /// The value.
  public var value: Value
  /// The unit of a number: `EUR/h`, `h/week`; empty for numbers without.
  public var unit: String
  /// What it means.
  public var meaning: LocalizedText
  /// Law, office or paper that the value comes from.
  public var source: String
  /// Whether the person who asked chose another value than the file.
  public var isChosen = false

  /// Creates a parameter.
  public init(
    name: String, value: Value, unit: String, meaning: LocalizedText, source: String
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.meaning = meaning
    self.source = source
  }

  /// The value as files and the command line have it: `28d`, `0.8`, `2026-01-01`.
  ///
  /// A table is written as `2024-01-01: 12.41, 2025-01-01: 12.82`.
  public var written: String {
    switch value {
    case .number(let number): Self.text(number)
    case .length(let length): length.description
    case .day(let day): day.description
    case .table(let steps):
      steps.map { "\($0.from): \(Self.text($0.value))" }.joined(separator: ", ")
    }
  }

  static func text(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
    return String(number)
  }

  /// The number that holds on a day; nil before the first step, or when this is no table.
  func value(on day: Day) -> Double? {
    guard case .table(let steps) = value else { return nil }
    return steps.last { $0.from <= day }?.value
  }
}

/// Why a parameter cannot be set.
public enum ParameterProblem: ReadableError, Equatable {
  /// The text is not `name=value`.
  case noAssignment(String)
  /// No parameter of the question has the name.
  case unknown(String, known: [String])
  /// The value is of another kind than that of the file.
  case kind(name: String, written: String, now: String)

  /// What happened and why.
  public var message: LocalizedText {
    switch self {
    case .noAssignment(let text):
      LocalizedText(
        en: "“\(text)” is not NAME=VALUE.", de: "„\(text)“ ist nicht NAME=WERT.")
    case .unknown(let name, let known):
      LocalizedText(
        en: "There is no parameter “\(name)”.\(didYouMean(nearestName(to: name, among: known)).en)",
        de:
          "Es gibt keinen Parameter „\(name)“.\(didYouMean(nearestName(to: name, among: known)).de)"
      )
    case .kind(let name, let written, let now):
      LocalizedText(
        en: "“\(written)” does not fit the parameter “\(name)”, which is \(now).",
        de: "„\(written)“ passt nicht zum Parameter „\(name)“, der \(now) ist.")
    }
  }

  /// What to do next.
  public var advice: LocalizedText? {
    switch self {
    case .noAssignment:
      LocalizedText(en: "Example: exit-window=14d", de: "Beispiel: exit-window=14d")
    case .unknown(_, let known):
      known.isEmpty
        ? LocalizedText(
          en: "The question has no parameters.", de: "Die Frage hat keine Parameter.")
        : LocalizedText(
          en: "Known: \(known.joined(separator: ", ")).",
          de: "Bekannt: \(known.joined(separator: ", ")).")
    case .kind:
      LocalizedText(
        en: "Write a value of the same kind: a number, a length such as 28d or 6mo, a date.",
        de: "Bitte einen Wert derselben Art schreiben: Zahl, Zeitspanne wie 28d oder 6mo, Datum.")
    }
  }
}

/// The parameters that an expression can use, by name.
public struct ParameterSet: Sendable, Equatable {
  /// The parameters in the order of their files.
  public private(set) var parameters: [Parameter]

  /// No parameters.
  public static let empty = ParameterSet([])

  /// Creates a set; of two parameters of one name the later one counts.
  public init(_ parameters: [Parameter]) {
    self.parameters = []
    for parameter in parameters { add(parameter) }
  }

  /// The parameter of a name, or nil.
  public subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }

  /// Adds a parameter, in the place of one of the same name.
  public mutating func add(_ parameter: Parameter) {
    if let index = parameters.firstIndex(where: { $0.name == parameter.name }) {
      parameters[index] = parameter
    } else {
      parameters.append(parameter)
    }
  }

  /// Gives a parameter another value, written as `exit-window=14d`.
  ///
  /// A length may change its unit; nothing else may change its kind. A number set for a table holds
  /// on every day.
  ///
  /// - Throws: `ParameterProblem` when there is no such parameter or the value does not fit.
  public mutating func set(_ assignment: String) throws(ParameterProblem) {
    guard let equals = assignment.firstIndex(of: "=") else { throw .noAssignment(assignment) }
    let name = String(assignment[..<equals]).trimmed
    let written = String(assignment[assignment.index(after: equals)...]).trimmed
    guard let index = parameters.firstIndex(where: { $0.name == name }) else {
      throw .unknown(name, known: parameters.map(\.name))
    }
    let old = parameters[index]
    let value: Parameter.Value? =
      switch old.value {
      case .number: Self.number(written).map { .number($0) }
      case .length: TimeLength(written).map { .length($0) }
      case .day: Self.day(written).map { .day($0) }
      case .table:
        Self.number(written).map { .table([Parameter.Step(from: .earliest, value: $0)]) }
      }
    guard let value else { throw .kind(name: name, written: written, now: old.written) }
    parameters[index].value = value
    parameters[index].isChosen = value != old.value || old.isChosen
  }

  static func number(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }),
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }

  static func day(_ text: String) -> Day? {
    guard let date = try? CivilDate.parse(text), date.precision == .day else { return nil }
    return date.day
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
