import Definitions
import Journey

extension ExpressionChecker {
  mutating func compare(
    _ comparison: Comparison, _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) -> TruthNode? {
    // A code on the left: look at the right side first, for it says of which list.
    if isConstant(left), !isConstant(right) { return compare(comparison.swapped, right, left) }
    guard let a = typed(left) else {
      // The other side can still be wrong by itself.
      if !isConstant(right) { _ = typed(right) }
      return nil
    }
    switch a {
    case .code(let node, let list):
      if let written = constant(right, in: list) {
        return test(node, list, .comparison(comparison), [(written, right.range)])
      }
      return compareCodes(comparison, node, list, right)
    case .text(let slot):
      guard case .text(let text) = right.form else { return refuseText(right) }
      guard comparison == .equal || comparison == .unequal else {
        return refuseOrder(right.range)
      }
      guard let number = number(of: text, slot: slot, right.range) else { return nil }
      let own = UInt64(1) << UInt64(number)
      return .code(
        .stated(slot: slot),
        CodeTest(
          form: .comparison(comparison), written: [number],
          passing: comparison == .equal ? own : ~own & ~1))
    case .truth:
      mistakes.append(
        .other(
          "D-EXPRESSION-TYPE", en: "A statement is not compared; it stands by itself.",
          de: "Eine Aussage wird nicht verglichen; sie steht für sich.",
          hint: LocalizedText(
            en: "Write it alone, or with “not” before it.",
            de: "Bitte allein schreiben, oder mit „not“ davor."), left.range))
      return nil
    default: break
    }
    guard let b = typed(right) else { return nil }
    switch (a, b) {
    case (.number(let x), .number(let y)): return .numbers(comparison, x, y)
    case (.length(let x, let u), .length(let y, let v)) where u == v:
      return .numbers(comparison, x, y)
    case (.moment(let x), .moment(let y)): return .moments(comparison, x, y)
    default:
      refuse(b, a.type, right.range, hint: unitHint(a, b))
      return nil
    }
  }

  mutating func between(
    _ value: ExpressionSyntax, _ low: ExpressionSyntax, _ high: ExpressionSyntax
  ) -> TruthNode? {
    guard let a = typed(value) else { return nil }
    if case .code(let node, let list) = a {
      guard let low = code(low, in: list), let high = code(high, in: list) else { return nil }
      return test(node, list, .between, [(low, value.range), (high, value.range)])
    }
    let low = typed(low).map { ($0, low.range) }
    let high = typed(high).map { ($0, high.range) }
    guard let low, let high else { return nil }
    switch (a, low.0, high.0) {
    case (.number(let x), .number(let y), .number(let z)): return .numberBetween(x, y, z)
    case (.length(let x, let u), .length(let y, let v), .length(let z, let w))
    where u == v && v == w:
      return .numberBetween(x, y, z)
    case (.moment(let x), .moment(let y), .moment(let z)): return .momentBetween(x, y, z)
    case (.number, _, _), (.length, _, _), (.moment, _, _):
      let wrong = low.0.type == a.type ? high : low
      refuse(wrong.0, a.type, wrong.1, hint: unitHint(a, wrong.0))
    default:
      mistakes.append(
        .type(
          expected: LocalizedText(en: "a number or a day", de: "eine Zahl oder ein Tag"),
          found: a.type.words, value.range))
    }
    return nil
  }

  mutating func isIn(_ value: ExpressionSyntax, _ list: ExpressionSyntax) -> TruthNode? {
    guard case .list(let items) = list.form else { return nil }
    guard let a = typed(value) else { return nil }
    guard !items.isEmpty else {
      mistakes.append(
        .other("D-EMPTY", en: "The list is empty.", de: "Die Liste ist leer.", list.range))
      return nil
    }
    switch a {
    case .code(let node, let codes):
      let written = items.map { item in code(item, in: codes).map { ($0, item.range) } }
      guard !written.contains(where: { $0 == nil }) else { return nil }
      return test(node, codes, .list, written.compactMap { $0 })
    case .text(let slot):
      var numbers: [UInt8] = []
      for item in items {
        guard case .text(let text) = item.form else { return refuseText(item) }
        guard let number = number(of: text, slot: slot, item.range) else { return nil }
        numbers.append(number)
      }
      return .code(
        .stated(slot: slot),
        CodeTest(
          form: .list, written: numbers, passing: numbers.reduce(0) { $0 | 1 << UInt64($1) }))
    default:
      mistakes.append(
        .type(
          expected: LocalizedText(
            en: "something that has codes or texts", de: "etwas, das Codes oder Texte hat"),
          found: a.type.words,
          hint: LocalizedText(
            en: "Numbers and days are compared with “between … and …”.",
            de: "Zahlen und Tage werden mit „between … and …“ verglichen."), value.range))
      return nil
    }
  }

  // MARK: Codes

  /// Whether a part is a written value that says its type only by what it is compared with.
  private func isConstant(_ syntax: ExpressionSyntax) -> Bool {
    switch syntax.form {
    case .text, .number, .length: true
    case .word(let name): !isKnownName(name)
    default: false
    }
  }

  /// The code that a part writes, if it writes one of this list.
  private func constant(_ syntax: ExpressionSyntax, in list: CodeListReference) -> UInt8? {
    switch syntax.form {
    case .word(let text), .number(let text), .length(let text), .text(let text):
      list.rawValue(of: text)
    default: nil
    }
  }

  /// The code that a part writes; anything else is a mistake.
  mutating func code(_ syntax: ExpressionSyntax, in list: CodeListReference) -> UInt8? {
    if let code = constant(syntax, in: list) { return code }
    let written: String
    switch syntax.form {
    case .word(let text), .number(let text), .length(let text), .text(let text): written = text
    case .missing: return nil
    default:
      mistakes.append(
        .expected(
          ExpressionValueType.code(list).words,
          found: LocalizedText(en: "“\(syntax.source)”", de: "„\(syntax.source)“"), syntax.range))
      return nil
    }
    let near = didYouMean(list.nearestCode(to: written))
    let shown = list.shown
    mistakes.append(
      ExpressionMistake(
        code: "D-UNKNOWN-CODE",
        message: LocalizedText(
          en: "“\(written)” is no code of “\(list.name)”.\(near.en)",
          de: "„\(written)“ ist kein Code aus „\(list.name)“.\(near.de)"),
        hint: LocalizedText(en: "Allowed: \(shown.en).", de: "Erlaubt: \(shown.de)."),
        range: syntax.range))
    return nil
  }

  private mutating func compareCodes(
    _ comparison: Comparison, _ node: CodeNode, _ list: CodeListReference,
    _ right: ExpressionSyntax
  ) -> TruthNode? {
    switch right.form {
    case .word(let name) where !isKnownName(name): break
    case .number, .length, .text: break
    default:
      guard let b = typed(right) else { return nil }
      guard case .code(let other, let otherList) = b, otherList == list else {
        refuse(b, .code(list), right.range)
        return nil
      }
      guard list.isOrdered || comparison == .equal || comparison == .unequal else {
        return refuseOrder(right.range)
      }
      return .codes(comparison, node, other)
    }
    _ = code(right, in: list)
    return nil
  }

  private mutating func test(
    _ node: CodeNode, _ list: CodeListReference, _ form: CodeTest.Form,
    _ written: [(code: UInt8, range: Range<Int>)]
  ) -> TruthNode? {
    for (code, range) in written where list.unknown.contains(code) {
      mistakes.append(
        .other(
          "D-EXPRESSION-TYPE",
          en: "The code “\(list.entry(of: code)?.code ?? "")” says that nothing is known.",
          de: "Der Code „\(list.entry(of: code)?.code ?? "")“ sagt, dass nichts bekannt ist.",
          hint: LocalizedText(
            en: "Ask for it with “is not known”.", de: "Bitte mit „is not known“ danach fragen."),
          range))
      return nil
    }
    let passes: (UInt8) -> Bool
    switch form {
    case .list: passes = { code in written.contains { $0.code == code } }
    case .between:
      guard list.isOrdered else { return refuseOrder(written[0].range) }
      passes = { $0 >= written[0].code && $0 <= written[1].code }
    case .comparison(let comparison):
      guard list.isOrdered || comparison == .equal || comparison == .unequal else {
        return refuseOrder(written[0].range)
      }
      passes = { comparison.holds($0, written[0].code) }
    }
    let passing = list.rawValues.filter { passes($0) && !list.unknown.contains($0) }
    return .code(
      node,
      CodeTest(
        form: form, written: written.map(\.code),
        passing: passing.reduce(0) { $0 | 1 << UInt64($1) }))
  }

  private mutating func refuseOrder(_ range: Range<Int>) -> TruthNode? {
    mistakes.append(
      .other(
        "D-EXPRESSION-TYPE", en: "These values have no order.",
        de: "Diese Werte haben keine Reihenfolge.",
        hint: LocalizedText(
          en: "Compare with =, != or in […].", de: "Bitte mit =, != oder in […] vergleichen."),
        range))
    return nil
  }

  private mutating func refuseText(_ syntax: ExpressionSyntax) -> TruthNode? {
    guard syntax.form != .missing else { return nil }
    mistakes.append(
      .expected(
        LocalizedText(en: "a text in quotes", de: "ein Text in Anführungszeichen"),
        found: LocalizedText(en: "“\(syntax.source)”", de: "„\(syntax.source)“"), syntax.range))
    return nil
  }

  private func unitHint(_ a: Typed, _ b: Typed) -> LocalizedText? {
    switch (a, b) {
    case (.length, .number):
      LocalizedText(
        en: "Say which unit: 28d or 6mo.", de: "Bitte die Einheit nennen: 28d oder 6mo.")
    case (.number, .length(_, .day)):
      LocalizedText(
        en: "Divide by 1d to get a number of days.",
        de: "Durch 1d teilen ergibt eine Zahl von Tagen.")
    case (.length, .length):
      LocalizedText(
        en: "Days and months cannot be compared: a month has no fixed number of days.",
        de: "Tage und Monate lassen sich nicht vergleichen: Monate sind verschieden lang.")
    default: nil
    }
  }
}

extension Comparison {
  /// Whether it holds between two known values.
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
