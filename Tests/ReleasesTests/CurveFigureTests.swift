import Disclosure
import FoundationEssentials
import LinearPrograms
import TestSupport
import Testing

@testable import Releases

@Suite("Curves that are released")
struct CurveFigureTests {
  /// Somebody followed for so many months, until an event or out of sight.
  private struct Followed {
    let gender: String
    let months: Int
    let cause: String
  }

  /// How many programmes are made up; without optimisation the audit of each takes 20 seconds.
  private static let seeds =
    ProcessInfo.processInfo.environment["WEGMARKE_CURVE_SEEDS"].flatMap { Int($0) } ?? 2

  private static let causes = ["interruption", "death", CurveDimensions.censored]
  private let grid = CurveGrid(figureRules.months)

  private func made(seed: UInt64) -> [Followed] {
    var generator = SeededGenerator(seed: seed)
    let count = generator.pick([60, 90, 120])
    let speed = generator.pick([3, 6, 12])
    return (0..<count).map { _ in
      let event = (0..<60).first { _ in generator.chance(speed) } ?? 60
      let lost = generator.chance(40) ? Int.random(in: 0..<60, using: &generator) : 60
      let cause = event <= lost ? (generator.chance(5) ? "death" : "interruption") : "censored"
      return Followed(
        gender: generator.pick(["f", "f", "m", "m", "m", "x"]), months: min(event, lost),
        cause: cause)
    }
  }

  private func people(_ followed: [Followed]) throws -> CountedPeople {
    let grid = try #require(grid)
    return CountedPeople(
      dimensions: [
        .init(
          name: "gender", links: ["f", "m", "x"].map { Hierarchy.Link($0) }, mayCoarsen: true),
        .init(
          name: CurveDimensions.until, links: grid.links, mayCoarsen: true, leastLevels: 1),
        .init(
          name: CurveDimensions.ended, links: Self.causes.map { Hierarchy.Link($0) },
          mayCoarsen: false),
      ],
      people: followed.enumerated().map { number, one in
        .init(id: UInt64(number) << 32, codes: [one.gender, grid.code(of: one.months), one.cause])
      })
  }

  /// The share to whom nothing happened up to a time, from single months.
  private func raw(_ followed: [Followed], at time: Int) -> Double {
    (0...time).reduce(1.0) { share, month in
      let atRisk = followed.count { $0.months >= month }
      let events = followed.count { $0.months == month && $0.cause != "censored" }
      return atRisk == 0 ? share : share * (1 - Double(events) / Double(atRisk))
    }
  }

  @Test(
    "are within 0.05 of the curve of single months, print true numbers, and give no step away",
    arguments: 1...seeds)
  func released(seed: Int) throws {
    let followed = made(seed: UInt64(seed))
    let store = try TemporaryStore(inMemory: true)
    let ledger = try Ledger(try store.log)
    guard let proposal = try proposal(followed, after: ledger) else {
      // Sixty people may be too few for three causes in steps.
      #expect(followed.count <= 150, "seed \(seed): \(followed.count) people refused")
      return
    }
    let table = try #require(FigureTable(proposal.file))
    let printed = table.rows.filter { $0.last != PublishedFile.secret }
    #expect(!printed.isEmpty)
    let isByGender = table.header[0] == "gender"
    var attacker = StepAttacker(isByGender: isByGender)
    for row in printed {
      let group = isByGender ? row[0] : "total"
      let members = followed.filter { group == "total" || $0.gender == group }
      let numbers = row.dropFirst(isByGender ? 1 : 0).map { Double($0) ?? .nan }
      let (from, to) = (Int(numbers[0]), Int(numbers[1]))
      let share = numbers[numbers.count - 2] / 100
      let within = numbers[numbers.count - 1] / 100
      let off = abs(share - raw(members, at: to))
      #expect(off <= within + 1e-9 && within <= 0.05 + 1e-9, "seed \(seed): \(row), off \(off)")
      let first = from == 0 ? -1 : from
      #expect(Int(numbers[2]) == members.count { $0.months > first })
      for (place, cause) in Self.causes.enumerated() {
        let count = members.count { $0.months > first && $0.months <= to && $0.cause == cause }
        // A rare cause may be hidden; all of them together are not.
        guard !numbers[3 + place].isNaN else { continue }
        #expect(Int(numbers[3 + place]) == count)
        #expect(!(1..<5).contains(count), "seed \(seed): \(row)")
        attacker.know(group, after: first, upTo: to, cause, count)
      }
      let ended = members.count { $0.months > first && $0.months <= to }
      attacker.know(group, after: first, upTo: to, nil, ended)
      attacker.know(group, after: first, upTo: 1_000, nil, Int(numbers[2]))
    }
    let steps = Set(
      followed.filter { $0.cause != "censored" }.map { [$0.gender, "\($0.months)", $0.cause] })
    // Every program takes its time without optimisation: a dozen steps, spread over all of them.
    let spread = steps.sorted { $0.lexicographicallyPrecedes($1) }.enumerated()
      .filter { $0.offset.isMultiple(of: max(1, steps.count / 12)) }
    for (_, one) in spread {
      let month = try #require(Int(one[1]))
      let range = try attacker.range(of: isByGender ? one[0] : "total", month, one[2])
      #expect(range.upperBound - range.lowerBound >= 4, "seed \(seed): \(one), \(range)")
    }
  }

  /// A curve of these people; nil where none is safe.
  private func proposal(_ followed: [Followed], after ledger: Ledger) throws -> Proposal? {
    let people = try people(followed)
    do throws(ReleaseError) {
      return try Proposal(
        figureRequest(.curve), people, by: figurePolicy, after: ledger, key: { $0 })
    } catch {
      guard case .notSafe = error else { throw error }
      return nil
    }
  }

  @Test("end where too few are at risk")
  func ends() throws {
    let followed = (0..<80).map { number in
      Followed(
        gender: number < 40 ? "f" : "m", months: number % 20,
        cause: number % 4 == 0 ? "censored" : "interruption")
    }
    let store = try TemporaryStore(inMemory: true)
    let proposal = try Proposal(
      figureRequest(.curve), try people(followed), by: figurePolicy,
      after: try Ledger(try store.log), key: { $0 })
    let table = try #require(FigureTable(proposal.file))
    let place = try #require(table.header.firstIndex(of: "at-risk"))
    #expect(table.rows.allSatisfy { Int($0[place]).map { $0 >= 10 } ?? true })
  }
}

/// Somebody who has the file and wants to know how many had an event in a single month.
///
/// Written apart from what it attacks: unknown is the number of every gender, month and cause.
private struct StepAttacker {
  let isByGender: Bool
  private var program = LinearProgram()
  private var columns: [[String]: Int] = [:]
  private static let months = 0...61

  init(isByGender: Bool) {
    self.isByGender = isByGender
    for gender in isByGender ? ["f", "m", "x"] : ["total"] {
      for month in Self.months {
        for cause in ["interruption", "death", CurveDimensions.censored] {
          columns[[gender, "\(month)", cause]] = columns.count
          program.addColumn(.init(0, 10_000))
        }
      }
    }
  }

  mutating func know(
    _ group: String, after first: Int, upTo last: Int, _ cause: String?, _ count: Int
  ) {
    let found = columns.filter { key, _ in
      let month = Int(key[1]) ?? 0
      return (group == "total" || key[0] == group) && month > first && month <= last
        && (cause == nil || key[2] == cause)
    }
    program.addRow(found.values.sorted().map { .init($0) }, .exactly(Double(count)))
  }

  func range(of gender: String, _ month: Int, _ cause: String) throws -> ClosedRange<Double> {
    guard let column = columns[[gender, "\(month)", cause]] else { return 0...0 }
    var solver = SimplexSolver(program)
    let least = try solver.optimum(.least, of: [.init(column)]).value
    return least...max(least, try solver.optimum(.greatest, of: [.init(column)]).value)
  }
}
