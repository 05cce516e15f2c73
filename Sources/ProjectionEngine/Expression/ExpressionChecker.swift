import Definitions
import Journey

/// Gives every part of an expression its type, and notes what does not fit together.
struct ExpressionChecker {
  let environment: ExpressionEnvironment
  var mistakes: [ExpressionMistake] = []
  private(set) var attributes: [AttributeUse] = []
  private(set) var parameters: [Parameter] = []
  var needs = ExpressionNeeds()

  init(_ environment: ExpressionEnvironment) { self.environment = environment }

  /// A part with its type.
  enum Typed {
    case truth(TruthNode)
    case number(NumberNode)
    case length(NumberNode, ClockUnit)
    case moment(MomentNode)
    case period(PeriodNode)
    case code(CodeNode, CodeListReference)
    case text(slot: Int)

    var type: ExpressionValueType {
      switch self {
      case .truth: .truth
      case .number: .number
      case .length(_, let unit): .length(unit)
      case .moment: .moment
      case .period: .period
      case .code(_, let list): .code(list)
      case .text(let slot): .text(slot)
      }
    }
  }

  // MARK: What is written down while checking

  /// The number of an attribute in this expression.
  mutating func slot(_ name: String, _ reading: AttributeUse.Reading, isProfile: Bool) -> Int {
    if let known = attributes.firstIndex(where: {
      $0.name == name && $0.isProfile == isProfile
    }) {
      return known
    }
    attributes.append(AttributeUse(name: name, reading: reading, isProfile: isProfile))
    return attributes.count - 1
  }

  /// The number of a text among those that the expression names for an attribute.
  mutating func number(of text: String, slot: Int, _ range: Range<Int>) -> UInt8? {
    guard case .texts(var texts) = attributes[slot].reading else { return nil }
    if let known = texts.firstIndex(of: text) { return UInt8(known + 1) }
    guard texts.count < 60 else {
      mistakes.append(
        .other(
          "D-EXPRESSION", en: "One attribute can be compared with at most 60 texts.",
          de: "Ein Merkmal kann mit höchstens 60 Texten verglichen werden.", range))
      return nil
    }
    texts.append(text)
    attributes[slot].reading = .texts(texts)
    return UInt8(texts.count)
  }

  mutating func use(_ parameter: Parameter) {
    if !parameters.contains(where: { $0.name == parameter.name }) { parameters.append(parameter) }
  }

  // MARK: Demands

  mutating func truth(_ syntax: ExpressionSyntax) -> TruthNode? {
    guard let typed = typed(syntax) else { return nil }
    if case .truth(let node) = typed { return node }
    refuse(typed, .truth, syntax.range)
    return nil
  }

  mutating func moment(_ syntax: ExpressionSyntax) -> MomentNode? {
    guard let typed = typed(syntax) else { return nil }
    if case .moment(let node) = typed { return node }
    refuse(typed, .moment, syntax.range)
    return nil
  }

  mutating func period(_ syntax: ExpressionSyntax) -> PeriodNode? {
    guard let typed = typed(syntax) else { return nil }
    if case .period(let node) = typed { return node }
    refuse(
      typed, .period, syntax.range,
      hint: LocalizedText(
        en: "Write FIRST until END (END no longer counts) or FIRST through LAST (both count).",
        de: "Bitte ANFANG until ENDE (ENDE zählt nicht mehr) oder ANFANG through ENDE schreiben."))
    return nil
  }

  mutating func refuse(
    _ found: Typed, _ expected: ExpressionValueType, _ range: Range<Int>,
    hint: LocalizedText? = nil
  ) {
    mistakes.append(
      .type(expected: expected.words, found: found.type.words, hint: hint, range))
  }

  // MARK: Parts

  /// The type of a part; nil after a mistake, which is noted.
  mutating func typed(_ syntax: ExpressionSyntax) -> Typed? {
    switch syntax.form {
    case .missing: return nil
    case .word(let name): return word(name, syntax.range)
    case .number(let text):
      guard let number = Double(text), number.isFinite else {
        return note(
          .other(
            "D-NUMBER", en: "The number \(text) is too large.",
            de: "Die Zahl \(text) ist zu groß.", syntax.range))
      }
      return .number(.number(number))
    case .length(let text):
      guard let length = TimeLength(text) else { return note(noLength(text, syntax.range)) }
      return .length(.length(length), length.unit)
    case .date(let day): return .moment(.date(day))
    case .text(let text):
      return note(
        .other(
          "D-EXPRESSION-TYPE", en: "The text “\(text)” has nothing to be compared with.",
          de: "Der Text „\(text)“ wird mit nichts verglichen.",
          hint: LocalizedText(
            en: "Texts are compared with attributes: attribute(\"name\") = \"…\".",
            de: "Texte werden mit Merkmalen verglichen: attribute(\"name\") = \"…\"."),
          syntax.range))
    case .list:
      return note(
        .expected(
          LocalizedText(en: "a value", de: "ein Wert"),
          found: LocalizedText(en: "a list", de: "eine Liste"),
          hint: LocalizedText(
            en: "Lists stand behind “in” and “as”.", de: "Listen stehen hinter „in“ und „as“."),
          syntax.range))
    case .call(let name, let arguments): return call(name, arguments, syntax.range)
    case .or(let parts): return all(parts).map { .truth(.or($0)) }
    case .and(let parts): return all(parts).map { .truth(.and($0)) }
    case .not(let part): return truth(part).map { .truth(.not($0)) }
    case .comparison(let comparison, let left, let right):
      return compare(comparison, left, right).map { .truth($0) }
    case .between(let value, let low, let high):
      return between(value, low, high).map { .truth($0) }
    case .isIn(let value, let list): return isIn(value, list).map { .truth($0) }
    case .isKnown(let value, let isKnown):
      return known(value).map { .truth(isKnown ? $0 : .not($0)) }
    case .period(let end, let from, let to):
      let from = moment(from)
      let to = moment(to)
      guard let from, let to else { return nil }
      return .period(.between(from, to, end))
    case .arithmetic(let sign, let left, let right):
      return arithmetic(sign, left, right, syntax.range)
    case .negative(let value):
      switch typed(value) {
      case nil: return nil
      case .number(let node): return .number(.negative(node))
      case .length(let node, let unit): return .length(.negative(node), unit)
      case let other?:
        refuse(other, .number, value.range)
        return nil
      }
    }
  }

  mutating func note(_ mistake: ExpressionMistake) -> Typed? {
    mistakes.append(mistake)
    return nil
  }

  private mutating func all(_ parts: [ExpressionSyntax]) -> [TruthNode]? {
    // Every part is looked at, so that all mistakes are said at once.
    let nodes = parts.map { truth($0) }
    return nodes.contains { $0 == nil } ? nil : nodes.compactMap { $0 }
  }

  private mutating func known(_ value: ExpressionSyntax) -> TruthNode? {
    switch typed(value) {
    case nil: return nil
    case .truth(let node): return .truthKnown(node)
    case .number(let node), .length(let node, _): return .numberKnown(node)
    case .moment(let node): return .momentKnown(node)
    case .code(let node, _): return .codeKnown(node)
    case .text(let slot): return .codeKnown(.stated(slot: slot))
    case .period:
      mistakes.append(
        .type(
          expected: LocalizedText(en: "a value", de: "ein Wert"),
          found: ExpressionValueType.period.words, value.range))
      return nil
    }
  }

  func noLength(_ text: String, _ range: Range<Int>) -> ExpressionMistake {
    .other(
      "D-LENGTH", en: "“\(text)” is not a length of time.", de: "„\(text)“ ist keine Zeitspanne.",
      hint: LocalizedText(
        en: "Write 28d, 4w, 6mo or 1y.", de: "Bitte 28d, 4w, 6mo oder 1y schreiben."),
      range)
  }

  // MARK: Arithmetic

  private mutating func arithmetic(
    _ sign: Arithmetic, _ left: ExpressionSyntax, _ right: ExpressionSyntax, _ range: Range<Int>
  ) -> Typed? {
    let a = typed(left)
    let b = typed(right)
    guard let a, let b else { return nil }
    switch (a, sign, b) {
    case (.number(let x), _, .number(let y)): return .number(.arithmetic(sign, x, y))
    case (.length(let x, let u), .plus, .length(let y, let v)) where u == v,
      (.length(let x, let u), .minus, .length(let y, let v)) where u == v:
      return .length(.arithmetic(sign, x, y), u)
    case (.length(let x, let u), .dividedBy, .length(let y, let v)) where u == v:
      return .number(.arithmetic(.dividedBy, x, y))
    case (.length(let x, let unit), .times, .number(let y)),
      (.length(let x, let unit), .dividedBy, .number(let y)),
      (.number(let x), .times, .length(let y, let unit)):
      return .length(.arithmetic(sign, x, y), unit)
    case (.moment(let day), .plus, .length(let by, let unit)):
      return .moment(.shifted(day, 1, by, unit))
    case (.moment(let day), .minus, .length(let by, let unit)):
      return .moment(.shifted(day, -1, by, unit))
    case (.length(let by, let unit), .plus, .moment(let day)):
      return .moment(.shifted(day, 1, by, unit))
    case (.moment(let x), .minus, .moment(let y)): return .length(.daysBetween(y, x), .day)
    default:
      let hint: LocalizedText? =
        switch (a, b) {
        case (.moment, .number):
          LocalizedText(
            en: "Say which unit: 28d or 6mo.", de: "Bitte die Einheit nennen: 28d oder 6mo.")
        case (.length, .length):
          LocalizedText(
            en: "Days and months cannot be reckoned together: a month has no fixed number of days.",
            de: "Tage und Monate lassen sich nicht verrechnen: Monate sind verschieden lang.")
        default: nil
        }
      return note(
        .other(
          "D-EXPRESSION-TYPE",
          en: "“\(sign.rawValue)” does not go between \(a.type.words.en) and \(b.type.words.en).",
          de: "„\(sign.rawValue)“ passt nicht zwischen: \(a.type.words.de); \(b.type.words.de).",
          hint: hint, range))
    }
  }
}
