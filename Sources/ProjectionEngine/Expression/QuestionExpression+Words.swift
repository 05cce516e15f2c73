public import Journey

extension QuestionExpression {
  /// The expression in plain words, in one line; good enough to be read as a definition.
  public func words(in language: Language) -> String {
    let words: LocalizedText =
      switch root {
      case .truth(let node): statement(node)
      case .number(let node): number(node)
      case .moment(let node): moment(node)
      }
    switch language {
    case .english: return words.en
    case .german: return words.de.contracted
    }
  }
}

extension String {
  /// German prepositions drawn together with their article: “an dem Starttag” is “am Starttag”.
  fileprivate var contracted: String {
    var text = " " + self
    for (long, short) in [("an", "am"), ("von", "vom"), ("zu", "zum"), ("in", "im")] {
      text = text.split(separator: " \(long) dem ", omittingEmptySubsequences: false)
        .joined(separator: " \(short) ")
    }
    return String(text.dropFirst())
  }
}

// MARK: Statements

extension QuestionExpression {
  private func joined(_ parts: [LocalizedText], _ en: String, _ de: String) -> LocalizedText {
    LocalizedText(
      en: parts.map(\.en).joined(separator: "\(en) "),
      de: parts.map(\.de).joined(separator: "\(de) "))
  }

  /// A statement; in parentheses where it stands inside another one and has several parts.
  private func inner(_ node: TruthNode, isNegated: Bool = false) -> LocalizedText {
    switch node {
    case .and, .or:
      let words = statement(node)
      let en = "(\(words.en))"
      let de = "(\(words.de))"
      return isNegated
        ? LocalizedText(en: "not \(en)", de: "nicht \(de)") : LocalizedText(en: en, de: de)
    default: return statement(node, isNegated: isNegated)
    }
  }

  func statement(_ node: TruthNode, isNegated: Bool = false) -> LocalizedText {
    switch node {
    case .not(let part): return inner(part, isNegated: !isNegated)
    case .and(let parts):
      let words = joined(parts.map { inner($0) }, "; and", "; und")
      return isNegated ? LocalizedText(en: "not (\(words.en))", de: "nicht (\(words.de))") : words
    case .or(let parts):
      let words = joined(parts.map { inner($0) }, "; or", "; oder")
      return isNegated ? LocalizedText(en: "not (\(words.en))", de: "nicht (\(words.de))") : words
    case .numbers(let comparison, let left, let right):
      return compared(number(left), isNegated ? comparison.contrary : comparison, number(right))
    case .numberBetween(let value, let low, let high):
      let (value, low, high) = (number(value), number(low), number(high))
      let not = LocalizedText(en: isNegated ? "not " : "", de: isNegated ? "nicht " : "")
      return LocalizedText(
        en: "\(value.en) \(not.en)from \(low.en) to \(high.en)",
        de: "\(value.de) \(not.de)von \(low.de) bis \(high.de)")
    case .moments(let comparison, let left, let right):
      return ordered(left, isNegated ? comparison.contrary : comparison, right)
    case .momentBetween(let value, let low, let high):
      let (value, low, high) = (moment(value), moment(low), moment(high))
      let not = LocalizedText(en: isNegated ? "not " : "", de: isNegated ? "nicht " : "")
      return LocalizedText(
        en: "\(value.en) lies \(not.en)between \(low.en) and \(high.en), both included",
        de:
          "\(value.de.nominative) liegt \(not.de)zwischen \(low.de) und \(high.de), beide eingeschlossen"
      )
    case .code(let node, let test): return coded(node, test, isNegated)
    case .codes(let comparison, let left, let right):
      let (left, right) = (name(of: left), name(of: right))
      let words = (isNegated ? comparison.contrary : comparison).words
      return LocalizedText(
        en: "\(left.en): \(words.en) \(right.en)", de: "\(left.de): \(words.de) \(right.de)")
    case .truthKnown(let part):
      let words = inner(part)
      return LocalizedText(
        en: "it is \(isNegated ? "not " : "")known whether: \(words.en)",
        de: "\(isNegated ? "unbekannt" : "bekannt") ist, ob: \(words.de)")
    case .numberKnown(let value): return known(number(value), isNegated)
    case .momentKnown(let value):
      let words = moment(value)
      return known(LocalizedText(en: words.en, de: words.de.nominative), isNegated)
    case .codeKnown(let value): return known(name(of: value), isNegated)
    default:
      let words = ExpressionPhrases(expression: self).phrase(node)
      if isNegated, let contrary = words.contrary { return contrary }
      return isNegated
        ? LocalizedText(en: "not \(words.text.en)", de: "nicht \(words.text.de)") : words.text
    }
  }

  private func known(_ value: LocalizedText, _ isNegated: Bool) -> LocalizedText {
    LocalizedText(
      en: "\(value.en) \(isNegated ? "not known" : "known")",
      de: "\(value.de) \(isNegated ? "unbekannt" : "bekannt")")
  }

  private func compared(
    _ left: LocalizedText, _ comparison: Comparison, _ right: LocalizedText
  ) -> LocalizedText {
    let words = comparison.words
    return LocalizedText(
      en: "\(left.en) \(words.en) \(right.en)", de: "\(left.de) \(words.de) \(right.de)")
  }

  private func ordered(
    _ left: MomentNode, _ comparison: Comparison, _ right: MomentNode
  ) -> LocalizedText {
    let (left, right) = (moment(left), moment(right))
    let words: LocalizedText =
      switch comparison {
      case .equal: LocalizedText(en: "is the same day as", de: "fällt zusammen mit")
      case .unequal: LocalizedText(en: "is another day than", de: "fällt nicht zusammen mit")
      case .less: LocalizedText(en: "is before", de: "liegt vor")
      case .lessOrEqual: LocalizedText(en: "is on or before", de: "liegt nicht nach")
      case .greater: LocalizedText(en: "is after", de: "liegt nach")
      case .greaterOrEqual: LocalizedText(en: "is on or after", de: "liegt nicht vor")
      }
    return LocalizedText(
      en: "\(left.en) \(words.en) \(right.en)",
      de: "\(left.de.nominative) \(words.de) \(right.de)")
  }

  private func coded(_ node: CodeNode, _ test: CodeTest, _ isNegated: Bool) -> LocalizedText {
    let name = name(of: node)
    let labels = test.written.map { label(of: $0, node) }
    var words: LocalizedText
    switch test.form {
    case .list: words = joined(labels, " or", " oder")
    case .between:
      words = LocalizedText(
        en: "from \(labels[0].en) to \(labels[1].en)", de: "von \(labels[0].de) bis \(labels[1].de)"
      )
    case .comparison(.equal): words = labels[0]
    case .comparison(.unequal):
      words = labels[0]
      return LocalizedText(
        en: "\(name.en): \(isNegated ? "" : "not ")\(words.en)",
        de: "\(name.de): \(isNegated ? "" : "nicht ")\(words.de)")
    case .comparison(let comparison):
      let sign = (isNegated ? comparison.contrary : comparison).words
      return LocalizedText(
        en: "\(name.en): \(sign.en) \(labels[0].en)", de: "\(name.de): \(sign.de) \(labels[0].de)")
    }
    if isNegated { words = LocalizedText(en: "not \(words.en)", de: "nicht \(words.de)") }
    return LocalizedText(en: "\(name.en): \(words.en)", de: "\(name.de): \(words.de)")
  }

  private func label(of code: UInt8, _ node: CodeNode) -> LocalizedText {
    if case .stated(let slot) = node, case .texts(let texts) = uses[slot].reading {
      let text = Int(code) <= texts.count ? texts[Int(code) - 1] : ""
      return LocalizedText(en: "“\(text)”", de: "„\(text)“")
    }
    guard let list = list(of: node), let entry = list.entry(of: code) else {
      return LocalizedText(verbatim: "?")
    }
    guard list.isOrdered, entry.label.en != entry.code else { return entry.label }
    return LocalizedText(
      en: "\(entry.code) (\(entry.label.en))", de: "\(entry.code) (\(entry.label.de))")
  }

  private func list(of node: CodeNode) -> CodeListReference? {
    switch node {
    case .stated(let slot):
      if case .codes(let list) = uses[slot].reading { return list }
      return nil
    case .residenceClassAtEntry, .residenceClass: return CodeListReference(ResidenceClass.self)
    case .placementKind: return CodeListReference(PlacementKind.self)
    case .exitReason: return CodeListReference(ExitReason.self)
    case .exitType: return CodeListReference(ExitType.self)
    case .labourStatus: return CodeListReference(EmploymentStatus.self)
    case .residence: return CodeListReference(ResidenceStatus.self)
    }
  }

  func attributeName(_ slot: Int) -> LocalizedText {
    let use = uses[slot]
    if use.isProfile, let field = ProfileField.named(use.name) { return field.words }
    return LocalizedText(en: "attribute “\(use.name)”", de: "Merkmal „\(use.name)“")
  }

  private func name(of node: CodeNode) -> LocalizedText {
    switch node {
    case .stated(let slot): return attributeName(slot)
    case .residenceClassAtEntry: return ExpressionName.residenceClass.words
    case .placementKind: return ExpressionName.placementKind.words
    case .exitReason: return ExpressionName.exitReason.words
    case .exitType: return ExpressionName.exitType.words
    case .labourStatus(let day):
      return on(day, LocalizedText(en: "status on the labour market", de: "Erwerbsstatus"))
    case .residence(let day):
      return on(day, LocalizedText(en: "residence status", de: "Aufenthaltsstatus"))
    case .residenceClass(let day):
      return on(day, LocalizedText(en: "class of residence", de: "Aufenthaltsklasse"))
    }
  }
}

extension Comparison {
  /// The comparison that holds when this one does not.
  var contrary: Comparison {
    switch self {
    case .equal: .unequal
    case .unequal: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  var words: LocalizedText {
    switch self {
    case .equal: LocalizedText(en: "equal to", de: "gleich")
    case .unequal: LocalizedText(en: "not equal to", de: "ungleich")
    case .less: LocalizedText(en: "less than", de: "weniger als")
    case .lessOrEqual: LocalizedText(en: "at most", de: "höchstens")
    case .greater: LocalizedText(en: "more than", de: "mehr als")
    case .greaterOrEqual: LocalizedText(en: "at least", de: "mindestens")
    }
  }
}

extension String {
  /// A German day, which is made in the dative, in the nominative.
  var nominative: String { hasPrefix("dem ") ? "der " + dropFirst(4) : self }
}
