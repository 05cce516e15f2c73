import Definitions
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

/// Makes expressions that the grammar allows, whether or not they make sense.
struct ExpressionAuthor {
  var random: SeededGenerator

  private static let words = [
    "index", "exit", "SVP", "age", "in-education", "a1", "x_y", "known-as",
  ]

  mutating func expression(_ depth: Int) -> ExpressionSyntax {
    node(form(depth))
  }

  private func node(_ form: ExpressionSyntax.Form) -> ExpressionSyntax {
    ExpressionSyntax(form: form, range: 0..<0)
  }

  private mutating func leaf() -> ExpressionSyntax.Form {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .number(random.pick(["0", "18", "0.8", "2024"]))
    case 1: .length(random.pick(["28d", "12mo", "26w", "12m", "1y"]))
    case 2: .date(Day(number: Int32.random(in: 0..<30_000, using: &random)))
    case 3: .text(random.pick(["ja", "", "ä \u{1F9ED}", "it's", "say \"x\""]))
    default: .word(random.pick(Self.words))
    }
  }

  private mutating func form(_ depth: Int) -> ExpressionSyntax.Form {
    guard depth > 0 else { return leaf() }
    let next = depth - 1
    switch Int.random(in: 0..<13, using: &random) {
    case 0: return .or(many(next, atLeast: 2))
    case 1: return .and(many(next, atLeast: 2))
    case 2: return .not(expression(next))
    case 3: return .comparison(random.pick(Comparison.allCases), expression(next), expression(next))
    case 4: return .between(expression(next), expression(next), expression(next))
    case 5: return .isIn(expression(next), node(.list(many(next, atLeast: 0))))
    case 6: return .isKnown(expression(next), random.chance(50))
    case 7: return .period(random.pick(PeriodEnd.allCases), expression(next), expression(next))
    case 8:
      return .arithmetic(random.pick(Arithmetic.allCases), expression(next), expression(next))
    case 9: return .negative(expression(next))
    case 10, 11:
      let labels = [nil] + ExpressionFunction.labels.sorted().map { Optional($0) }
      let arguments = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        ExpressionArgument(label: random.pick(labels), value: expression(next))
      }
      return .call(random.pick(["working", "f", "days-worked"]), arguments)
    default: return leaf()
    }
  }

  private mutating func many(_ depth: Int, atLeast least: Int) -> [ExpressionSyntax] {
    (0..<Int.random(in: least...max(least, 3), using: &random)).map { _ in expression(depth) }
  }
}

@Suite("Writing an expression and reading it again")
struct ExpressionRoundTripTests {
  @Test("gives the same tree", arguments: 0..<20)
  func same(seed: UInt64) throws {
    var author = ExpressionAuthor(random: SeededGenerator(seed: seed))
    for round in 0..<100 {
      let tree = author.expression(round % 5)
      let (again, mistakes) = ExpressionParser.parse(tree.source)
      guard again == tree, mistakes.isEmpty else {
        Issue.record("seed \(seed), round \(round): \(tree.source)\n\(again.source) \(mistakes)")
        return
      }
      // Blanks and line breaks between the words change nothing.
      let spread = tree.source.split(separator: " ", omittingEmptySubsequences: false)
        .joined(separator: " \n ")
      if !tree.source.contains("'"), !tree.source.contains("\"") {
        #expect(ExpressionParser.parse(spread).0 == tree, "seed \(seed), round \(round)")
      }
    }
  }

  @Test("refuses what is too long or too deep, and ends")
  func limits() {
    for text in [
      String(repeating: "(", count: 9_000), String(repeating: "not ", count: 2_000),
      String(repeating: "-", count: 9_000), String(repeating: "f(", count: 4_000),
      String(repeating: "[", count: 9_000), "1" + String(repeating: "+1", count: 4_000),
      String(repeating: "a", count: 20_000), String(repeating: "f(,", count: 3_000),
    ] {
      let (_, mistakes) = ExpressionParser.parse(text)
      #expect(!mistakes.isEmpty, "\(text.prefix(10))")
    }
  }
}
