import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

/// What is said to be known must hold whatever the unknown turns out to be.
@Suite("A known value of an expression")
struct ExpressionSoundnessTests {
  /// A person of whom a few things are known, one is unknown, and the age is 23 or 24.
  private func person() throws -> (ExpressionPerson, ExpressionContext) {
    let person = try ExpressionPerson(
      [
        "2024-01-10 ParticipationEntered",
        "2024-01-10 EntryProfileRecorded gender=f birth-year=2000",
      ],
      on: "2024-12-31")
    return (person, try person.context(.entry))
  }

  private static let yes = "gender = f"
  private static let no = "gender = m"
  private static let unknown = "rural"

  /// A random statement; `U` stands for the unknown ones.
  private func statement(_ depth: Int, _ random: inout SeededGenerator) -> String {
    guard depth > 0 else { return random.pick([Self.yes, Self.no, "U", "U"]) }
    let left = statement(depth - 1, &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return "not (\(left))"
    case 1: return "(\(left)) and (\(statement(depth - 1, &random)))"
    default: return "(\(left)) or (\(statement(depth - 1, &random)))"
    }
  }

  @Test("of a statement stays when every unknown part is settled", arguments: 0..<20)
  func statements(seed: UInt64) throws {
    let (person, context) = try person()
    var random = SeededGenerator(seed: seed)
    for round in 0..<10 {
      let text = statement(round % 4, &random)
      let open = text.split(separator: "U", omittingEmptySubsequences: false)
      let value = try person.truth(open.joined(separator: Self.unknown), context)
      for _ in 0..<4 {
        var settled = String(open[0])
        for part in open.dropFirst() { settled += random.pick([Self.yes, Self.no]) + part }
        let truth = try person.truth(settled, context)
        #expect(truth.isKnown, "seed \(seed): \(settled)")
        if value.isKnown { #expect(truth == value, "seed \(seed): \(text) as \(settled)") }
      }
    }
  }

  /// A random calculation with the age in it.
  private func number(_ depth: Int, _ random: inout SeededGenerator) -> String {
    guard depth > 0 else { return random.pick(["age", "age", "2", "0.5", "24"]) }
    let sign = random.pick(Arithmetic.allCases).rawValue
    return "(\(number(depth - 1, &random)) \(sign) \(number(depth - 1, &random)))"
  }

  @Test(
    "of a number lies within its bounds, and a comparison holds for all of them", arguments: 0..<20)
  func numbers(seed: UInt64) throws {
    let (person, context) = try person()
    var random = SeededGenerator(seed: seed)
    for round in 0..<10 {
      let text = number(round % 4, &random)
      let limit = Double(Int.random(in: -60...60, using: &random))
      let comparison = random.pick(Comparison.allCases)
      let bounds = try person.bound(text, .number).bounds(in: context)
      let truth = try person.truth("\(text) \(comparison.rawValue) \(limit)", context)
      for age in ["23", "24"] {
        let exact = text.split(separator: "age", omittingEmptySubsequences: false)
          .joined(separator: age)
        guard let value = try person.bound(exact, .number).number(in: context) else { continue }
        if let bounds {
          let slack = 1e-9 * max(1, abs(value))
          #expect(
            value >= bounds.lowerBound - slack && value <= bounds.upperBound + slack,
            "seed \(seed): \(text) with \(age)")
        }
        if truth.isKnown, abs(value - limit) > 1e-9 {
          #expect(
            truth == Truth(comparison.holds(value, limit)),
            "seed \(seed): \(text) \(comparison.rawValue) \(limit) with \(age)")
        }
      }
    }
  }
}
