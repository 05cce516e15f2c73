public import Definitions
import Journey

/// An expression of a question file whose types were checked.
///
/// `projections/README.md` describes the language.
public struct QuestionExpression: Sendable, Equatable {
  enum Root: Sendable, Equatable {
    case truth(TruthNode)
    case number(NumberNode)
    case moment(MomentNode)
  }

  let root: Root
  let uses: [AttributeUse]
  let syntax: ExpressionSyntax
  /// What counts as work where the expression names no kinds.
  let kinds: PlacementKinds
  /// The unit of the horizon.
  let clock: ClockUnit
  /// What must be read to evaluate it.
  public let needs: ExpressionNeeds
  /// The parameters it speaks of, with their values.
  public let parameters: [Parameter]

  /// The expression in the one way in which Wegmarke writes it.
  public var source: String { syntax.source }

  /// The attributes at entry that it reads.
  public var attributes: [String] { uses.map(\.name) }

  /// Reads an expression.
  ///
  /// - Throws: `DefinitionError` with everything that is wrong, each at its place in the file.
  public static func read(
    _ text: LocatedText, expecting type: ExpressionType, in environment: ExpressionEnvironment
  ) throws(DefinitionError) -> QuestionExpression {
    let (syntax, found) = ExpressionParser.parse(text.text)
    var checker = ExpressionChecker(environment)
    // What could be read of an expression need not give what the whole one would.
    let root = found.isEmpty ? checker.root(syntax, type) : nil
    if !found.isEmpty { _ = checker.typed(syntax) }
    let mistakes = found + checker.mistakes
    guard let root, mistakes.isEmpty else {
      // A piece that could not be read always comes with a mistake of its own.
      throw DefinitionError(mistakes.map { $0.diagnostic(in: text) })
    }
    return QuestionExpression(
      root: root, uses: checker.attributes, syntax: syntax, kinds: environment.kinds,
      clock: environment.clock, needs: checker.needs, parameters: checker.parameters)
  }
}

extension ExpressionChecker {
  mutating func root(
    _ syntax: ExpressionSyntax, _ type: ExpressionType
  ) -> QuestionExpression.Root? {
    switch type {
    case .truth: return truth(syntax).map { .truth($0) }
    case .moment: return moment(syntax).map { .moment($0) }
    case .number:
      switch typed(syntax) {
      case nil: return nil
      case .number(let node), .length(let node, .day): return .number(node)
      case let other?:
        refuse(other, .number, syntax.range)
        return nil
      }
    }
  }
}

extension TableReader {
  /// The expression of a key that must be there; what is wrong with it is noted.
  public func expression(
    _ name: String, _ type: ExpressionType, _ environment: ExpressionEnvironment
  ) -> QuestionExpression? {
    locatedText(name).flatMap { read($0, type, environment) }
  }

  /// The expression of a key that may be missing; what is wrong with it is noted.
  public func optionalExpression(
    _ name: String, _ type: ExpressionType, _ environment: ExpressionEnvironment
  ) -> QuestionExpression? {
    optionalLocatedText(name).flatMap { read($0, type, environment) }
  }

  private func read(
    _ text: LocatedText, _ type: ExpressionType, _ environment: ExpressionEnvironment
  ) -> QuestionExpression? {
    do throws(DefinitionError) {
      return try QuestionExpression.read(text, expecting: type, in: environment)
    } catch {
      report(error.diagnostics)
      return nil
    }
  }
}
