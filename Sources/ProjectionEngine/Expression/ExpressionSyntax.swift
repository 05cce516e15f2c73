import Journey

/// An expression as it is written, before anybody asks what its words mean.
struct ExpressionSyntax: Sendable {
  indirect enum Form: Sendable {
    case word(String)
    /// A number, as written.
    case number(String)
    /// A number with letters after it: a length of time, or a code such as `12m`.
    case length(String)
    case date(Day)
    case text(String)
    case list([ExpressionSyntax])
    case call(String, [ExpressionArgument])
    case or([ExpressionSyntax])
    case and([ExpressionSyntax])
    case not(ExpressionSyntax)
    case comparison(Comparison, ExpressionSyntax, ExpressionSyntax)
    case between(ExpressionSyntax, ExpressionSyntax, ExpressionSyntax)
    case isIn(ExpressionSyntax, ExpressionSyntax)
    case isKnown(ExpressionSyntax, Bool)
    case period(PeriodEnd, ExpressionSyntax, ExpressionSyntax)
    case arithmetic(Arithmetic, ExpressionSyntax, ExpressionSyntax)
    case negative(ExpressionSyntax)
    /// Something that could not be read, and was reported.
    case missing
  }

  let form: Form
  /// The place in bytes of the text.
  let range: Range<Int>
}

/// An argument of a function, with its label where it has one.
struct ExpressionArgument: Sendable {
  let label: String?
  let value: ExpressionSyntax
}

/// How two values are compared.
enum Comparison: String, Sendable, CaseIterable {
  case equal = "="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The comparison with its sides swapped.
  var swapped: Comparison {
    switch self {
    case .equal, .unequal: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

/// The four kinds of arithmetic.
enum Arithmetic: String, Sendable, CaseIterable {
  case plus = "+"
  case minus = "-"
  case times = "*"
  case dividedBy = "/"
}

/// Whether the second day of a period belongs to it.
enum PeriodEnd: String, Sendable, CaseIterable {
  /// The second day is the first that no longer counts.
  case until
  /// Both days count.
  case through
}

extension ExpressionSyntax {
  /// How tightly the parts of a form hold together; a looser part inside a tighter one needs
  /// parentheses.
  private var strength: Int {
    switch form {
    case .or: 1
    case .and: 2
    case .not: 3
    case .comparison, .between, .isIn, .isKnown: 4
    case .period: 5
    case .arithmetic(.plus, _, _), .arithmetic(.minus, _, _): 6
    case .arithmetic: 7
    case .negative: 8
    default: 9
    }
  }

  private func text(atLeast strength: Int) -> String {
    self.strength < strength ? "(\(source))" : source
  }

  /// The one way in which Wegmarke writes this expression; read again it is the same.
  var source: String {
    switch form {
    case .word(let text), .number(let text), .length(let text): return text
    case .date(let day): return day.description
    case .text(let text): return text.contains("\"") ? "'\(text)'" : "\"\(text)\""
    case .list(let items): return "[\(items.map(\.source).joined(separator: ", "))]"
    case .call(let name, let arguments):
      let parts = arguments.map { ($0.label.map { "\($0) " } ?? "") + $0.value.source }
      return "\(name)(\(parts.joined(separator: ", ")))"
    case .or(let parts): return parts.map { $0.text(atLeast: 2) }.joined(separator: " or ")
    case .and(let parts): return parts.map { $0.text(atLeast: 3) }.joined(separator: " and ")
    case .not(let part): return "not \(part.text(atLeast: 3))"
    case .comparison(let comparison, let left, let right):
      return "\(left.text(atLeast: 5)) \(comparison.rawValue) \(right.text(atLeast: 5))"
    case .between(let value, let low, let high):
      return "\(value.text(atLeast: 5)) between \(low.text(atLeast: 6)) and "
        + high.text(atLeast: 6)
    case .isIn(let value, let list): return "\(value.text(atLeast: 5)) in \(list.source)"
    case .isKnown(let value, let isKnown):
      return "\(value.text(atLeast: 5)) is \(isKnown ? "" : "not ")known"
    case .period(let end, let from, let to):
      return "\(from.text(atLeast: 6)) \(end.rawValue) \(to.text(atLeast: 6))"
    case .arithmetic(let sign, let left, let right):
      let own = strength
      return "\(left.text(atLeast: own)) \(sign.rawValue) \(right.text(atLeast: own + 1))"
    case .negative(let value): return "-\(value.text(atLeast: 9))"
    case .missing: return "?"
    }
  }
}

/// Two expressions are the same when they are written the same but for blanks and parentheses that
/// change nothing.
extension ExpressionSyntax: Equatable {
  static func == (left: ExpressionSyntax, right: ExpressionSyntax) -> Bool {
    left.form == right.form
  }
}

extension ExpressionSyntax.Form: Equatable {}
extension ExpressionArgument: Equatable {}
