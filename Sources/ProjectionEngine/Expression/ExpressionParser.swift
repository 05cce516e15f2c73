import Definitions
import Journey

/// Reads the grammar of expressions; `projections/README.md` has it on one page.
///
/// After a mistake inside parentheses reading goes on behind the next comma or parenthesis, so that
/// people see more than one mistake at a time.
struct ExpressionParser {
  private let tokens: [ExpressionToken]
  private var at = 0
  private var depth = 0
  private(set) var mistakes: [ExpressionMistake]

  /// Longer expressions and deeper parentheses are refused, so that no text exhausts the stack.
  static let longest = 10_000
  static let deepest = 60

  /// What a piece of an expression could not be read for; the mistake is noted already.
  private struct Stop: Error {}

  private init(_ lexer: ExpressionLexer) {
    tokens = lexer.tokens
    mistakes = lexer.mistakes
  }

  /// Reads a text as one expression, and notes everything that is wrong with its grammar.
  static func parse(_ text: String) -> (ExpressionSyntax, [ExpressionMistake]) {
    let whole = 0..<text.utf8.count
    let missing = ExpressionSyntax(form: .missing, range: whole)
    guard text.utf8.count <= longest else {
      let mistake = ExpressionMistake.other(
        "D-EXPRESSION", en: "The expression is longer than \(longest) bytes.",
        de: "Der Ausdruck ist länger als \(longest) Bytes.", 0..<1)
      return (missing, [mistake])
    }
    var parser = ExpressionParser(ExpressionLexer(text))
    do throws(Stop) {
      let expression = try parser.or()
      if parser.current.kind != .end {
        parser.note(
          LocalizedText(
            en: "“and”, “or”, a comparison, or the end",
            de: "„and“, „or“, ein Vergleich oder das Ende"))
      }
      return (expression, parser.mistakes)
    } catch {
      return (missing, parser.mistakes)
    }
  }

  // MARK: Tokens

  private var current: ExpressionToken { tokens[at] }

  private func isSign(_ text: String) -> Bool { current.kind == .sign && current.text == text }

  private func isWord(_ text: String) -> Bool { current.kind == .word && current.text == text }

  private mutating func skip(word: String) -> Bool {
    guard isWord(word) else { return false }
    at += 1
    return true
  }

  private mutating func skip(sign: String) -> Bool {
    guard isSign(sign) else { return false }
    at += 1
    return true
  }

  private var found: LocalizedText {
    switch current.kind {
    case .end: LocalizedText(en: "the end", de: "das Ende")
    default: LocalizedText(en: "“\(current.text)”", de: "„\(current.text)“")
    }
  }

  private mutating func note(_ expected: LocalizedText, hint: LocalizedText? = nil) {
    // One mistake a place: what follows a strange sign has been noted with it.
    let place =
      current.range.isEmpty ? max(0, current.range.lowerBound - 1) : current.range.lowerBound
    let range = place..<max(place + 1, current.range.upperBound)
    guard mistakes.count < ExpressionMistake.most,
      !mistakes.contains(where: { $0.range.overlaps(range) })
    else { return }
    mistakes.append(.expected(expected, found: found, hint: hint, range))
  }

  private mutating func stop(_ expected: LocalizedText, hint: LocalizedText? = nil) -> Stop {
    note(expected, hint: hint)
    return Stop()
  }

  private mutating func demand(word: String) throws(Stop) {
    guard skip(word: word) else {
      throw stop(LocalizedText(en: "“\(word)”", de: "„\(word)“"))
    }
  }

  private func range(from start: Int) -> Range<Int> {
    start..<max(start, at > 0 ? tokens[at - 1].range.upperBound : start)
  }

  private func node(_ form: ExpressionSyntax.Form, from start: Int) -> ExpressionSyntax {
    ExpressionSyntax(form: form, range: range(from: start))
  }

  /// Passes over everything up to the comma or bracket that ends the argument in work.
  private mutating func recover() {
    var open = 0
    while current.kind != .end {
      if isSign("(") || isSign("[") { open += 1 }
      if isSign(")") || isSign("]") {
        if open == 0 { return }
        open -= 1
      }
      if isSign(","), open == 0 { return }
      at += 1
    }
  }

  // MARK: Grammar

  private mutating func or() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw stop(
        LocalizedText(
          en: "at most \(Self.deepest) parentheses in each other",
          de: "höchstens \(Self.deepest) ineinander liegende Klammern"))
    }
    var parts = [try and()]
    while skip(word: "or") { parts.append(try and()) }
    return parts.count == 1 ? parts[0] : node(.or(parts), from: start)
  }

  private mutating func and() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    var parts = [try not()]
    while skip(word: "and") { parts.append(try not()) }
    return parts.count == 1 ? parts[0] : node(.and(parts), from: start)
  }

  private mutating func not() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    guard skip(word: "not") else { return try comparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw stop(LocalizedText(en: "fewer “not”", de: "weniger „not“"))
    }
    return node(.not(try not()), from: start)
  }

  private mutating func comparison() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    let left = try period()
    let result: ExpressionSyntax
    if current.kind == .sign, let comparison = Comparison(rawValue: current.text) {
      at += 1
      result = node(.comparison(comparison, left, try period()), from: start)
    } else if skip(word: "between") {
      let low = try sum()
      try demand(word: "and")
      result = node(.between(left, low, try sum()), from: start)
    } else if skip(word: "in") {
      guard isSign("[") else {
        throw stop(
          LocalizedText(en: "a list", de: "eine Liste"),
          hint: LocalizedText(
            en: "Write the values in brackets: in [A, B].",
            de: "Die Werte bitte in eckige Klammern setzen: in [A, B]."))
      }
      result = node(.isIn(left, try list()), from: start)
    } else if skip(word: "is") {
      let isKnown = !skip(word: "not")
      guard skip(word: "known") else {
        throw stop(
          LocalizedText(en: "“known” or “not known”", de: "„known“ oder „not known“"),
          hint: LocalizedText(
            en: "Values are compared with “=”.", de: "Werte werden mit „=“ verglichen."))
      }
      result = node(.isKnown(left, isKnown), from: start)
    } else {
      return left
    }
    if current.kind == .sign, Comparison(rawValue: current.text) != nil {
      throw stop(
        LocalizedText(en: "“and” or “or”", de: "„and“ oder „or“"),
        hint: LocalizedText(
          en: "One comparison at a time: a < b and b < c.",
          de: "Nur ein Vergleich auf einmal: a < b and b < c."))
    }
    return result
  }

  private mutating func period() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    let from = try sum()
    for end in PeriodEnd.allCases where skip(word: end.rawValue) {
      return node(.period(end, from, try sum()), from: start)
    }
    return from
  }

  private mutating func sum() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    var left = try product()
    while current.kind == .sign, let sign = Arithmetic(rawValue: current.text),
      sign == .plus || sign == .minus
    {
      try limit()
      at += 1
      left = node(.arithmetic(sign, left, try product()), from: start)
    }
    return left
  }

  private mutating func product() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    var left = try factor()
    while current.kind == .sign, let sign = Arithmetic(rawValue: current.text),
      sign == .times || sign == .dividedBy
    {
      try limit()
      at += 1
      left = node(.arithmetic(sign, left, try factor()), from: start)
    }
    return left
  }

  /// Long sums lean to the left, one step deeper a sign.
  private var steps = 0
  private mutating func limit() throws(Stop) {
    steps += 1
    guard steps <= 100 else {
      throw stop(
        LocalizedText(en: "at most 100 signs of arithmetic", de: "höchstens 100 Rechenzeichen"))
    }
  }

  private mutating func factor() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    guard skip(sign: "-") else { return try primary() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw stop(LocalizedText(en: "a value", de: "ein Wert"))
    }
    return node(.negative(try factor()), from: start)
  }

  private mutating func primary() throws(Stop) -> ExpressionSyntax {
    let token = current
    let start = token.range.lowerBound
    switch token.kind {
    case .number:
      at += 1
      return node(.number(token.text), from: start)
    case .length:
      at += 1
      return node(.length(token.text), from: start)
    case .date:
      at += 1
      guard let date = try? CivilDate.parse(token.text), date.precision == .day else {
        mistakes.append(
          .other(
            "D-DATE", en: "“\(token.text)” is not a date.", de: "„\(token.text)“ ist kein Datum.",
            hint: LocalizedText(
              en: "Write it as 2026-03-01.", de: "Bitte als 2026-03-01 schreiben."),
            token.range))
        return node(.missing, from: start)
      }
      return node(.date(date.day), from: start)
    case .string:
      at += 1
      return node(.text(token.text), from: start)
    case .sign where token.text == "(":
      at += 1
      let inner = try or()
      try close(")", openedAt: token.range)
      return inner
    case .sign where token.text == "[":
      return try list()
    case .word where !ExpressionLexer.keywords.contains(token.text):
      at += 1
      if isSign("(") { return node(.call(token.text, try arguments()), from: start) }
      return node(.word(token.text), from: start)
    default:
      throw stop(
        LocalizedText(en: "a value, a name or “(”", de: "ein Wert, ein Name oder „(“"))
    }
  }

  private mutating func close(_ sign: String, openedAt open: Range<Int>) throws(Stop) {
    guard skip(sign: sign) else {
      throw stop(LocalizedText(en: "“\(sign)”", de: "„\(sign)“"))
    }
  }

  private mutating func list() throws(Stop) -> ExpressionSyntax {
    let start = current.range.lowerBound
    at += 1
    let items = try items("]", nil) { parser throws(Stop) in try parser.or() }
    return node(.list(items), from: start)
  }

  private mutating func arguments() throws(Stop) -> [ExpressionArgument] {
    at += 1
    let place = current.range
    // What could not be read was an argument all the same.
    let missing = ExpressionArgument(
      label: nil, value: ExpressionSyntax(form: .missing, range: place))
    return try items(")", missing) { parser throws(Stop) in try parser.argument() }
  }

  /// Things between commas up to the closing bracket; another stands for those that cannot be read.
  private mutating func items<Item>(
    _ closing: String, _ missing: Item?, _ read: (inout ExpressionParser) throws(Stop) -> Item
  ) throws(Stop) -> [Item] {
    var items: [Item] = []
    if skip(sign: closing) { return items }
    while true {
      do throws(Stop) { items.append(try read(&self)) } catch {
        if let missing { items.append(missing) }
        recover()
      }
      if skip(sign: closing) { return items }
      if skip(sign: ",") { continue }
      note(LocalizedText(en: "“,” or “\(closing)”", de: "„,“ oder „\(closing)“"))
      recover()
      if skip(sign: closing) { return items }
      guard skip(sign: ",") else { throw Stop() }
    }
  }

  /// A value, with a label when a word stands right before it.
  private mutating func argument() throws(Stop) -> ExpressionArgument {
    var label: String?
    if current.kind == .word, !ExpressionLexer.keywords.contains(current.text) {
      let next = tokens[min(at + 1, tokens.count - 1)]
      let nextBegins =
        switch next.kind {
        case .word: next.text == "not" || !ExpressionLexer.keywords.contains(next.text)
        case .number, .length, .date, .string: true
        case .sign: next.text == "["
        case .end: false
        }
      // The labels that functions have name nothing else.
      if nextBegins || ExpressionFunction.labels.contains(current.text) {
        label = current.text
        at += 1
      }
    }
    return ExpressionArgument(label: label, value: try or())
  }
}
