import Disclosure
import EventLog
import Journey
import TestSupport
import Testing

@testable import Releases

/// Rules for figures as tests use them.
let figureRules = FigureRules(
  leastAsked: 20, leastMeant: 10, side: 10, leastAtRisk: 10,
  months: [[12, 24], [6, 12, 24], [3, 6, 12, 18, 24]],
  classBounds: [0, 100, 200, 500, 1_000, 2_000, 5_000])

/// A request for a figure.
func figureRequest(_ figure: ReleaseFigure?, by: [String] = ["gender"]) -> ReleaseRequest {
  var request = ReleaseRequest(
    question: "made-up", questionDigest: nil, settings: [], row: nil, horizon: nil, groupedBy: by,
    window: nil, referenceDay: "2026-06-30", logSize: 0, profile: "ministry", profileVersion: 1,
    profileDigest: "ab", hierarchy: [], mayCoarsen: true)
  request.figure = figure
  request.value = figure == .mean || figure == .median ? "pay" : nil
  request.clock = "month"
  return request
}

/// Hides below five, and prints figures.
let figurePolicy = ReleasePolicy(
  .suppression(CountRules(minimum: 5)), figures: figureRules)

@Suite("Rates, means and medians")
struct FigureTests {
  private static let today = CivilDate(Day(year: 2026, month: 6, day: 30) ?? .earliest).day
  private let order = Publisher.Order(recipient: "Ministry", purpose: "Letter", approvedBy: [])

  private func people(
    _ groups: [(code: String, amounts: [Int64?])], outcomes: [String] = []
  ) -> CountedPeople {
    var people: [CountedPeople.Person] = []
    for group in groups {
      for (place, amount) in group.amounts.enumerated() {
        let outcome = outcomes.isEmpty ? [] : [outcomes[place % outcomes.count]]
        people.append(
          .init(id: UInt64(people.count) << 32, codes: [group.code] + outcome, amount: amount))
      }
    }
    let gender = CountedPeople.Dimension(
      name: "gender", links: groups.map { Hierarchy.Link($0.code) }, mayCoarsen: true)
    let outcome = CountedPeople.Dimension(
      name: "outcome", links: RateFigures.outcomes.map { Hierarchy.Link($0) }, mayCoarsen: false)
    return CountedPeople(
      dimensions: [gender] + (outcomes.isEmpty ? [] : [outcome]), people: people)
  }

  /// Publishes, and gives back what the file says.
  private func publish(
    _ figure: ReleaseFigure, _ people: CountedPeople, in log: EventLog, size: UInt64 = 0
  ) throws -> FigureTable {
    let ledger = try Ledger(log)
    var request = figureRequest(figure)
    request.settings = ["\(ledger.releases.count)"]
    let proposal = try Proposal(request, people, by: figurePolicy, after: ledger, key: { $0 })
    let number = try Publisher(log, today: Self.today).publish(
      proposal, to: order, keeping: [], after: ledger)
    let table = try #require(try Ledger(log).release(number).table)
    #expect(table.file == proposal.file)
    return try #require(FigureTable(table.file))
  }

  @Test("are printed of rates only from printed numbers, of twenty people or more")
  func rates() throws {
    let store = try TemporaryStore(inMemory: true)
    let numbers = [Int64?](repeating: nil, count: 60)
    let table = try publish(
      .rate,
      people(
        [("f", Array(numbers.prefix(30))), ("m", numbers), ("x", Array(numbers.prefix(15)))],
        outcomes: ["yes", "no", "no"]), in: try store.log)
    #expect(table.header == ["gender", "asked", "yes", "percent"])
    #expect(
      table.rows == [
        ["total", "105", "35", "33.3"], ["f", "30", "10", "33"], ["m", "60", "20", "33"],
        ["x", "15", "5", "."],
      ])
    #expect(RateFigures.percent(7, of: 5, least: 1) == "100")
    #expect(RateFigures.percent(0, of: 0, least: 1) == nil)
    #expect(RateFigures.percent(nil, of: 50, least: 1) == nil)
    #expect(RateFigures.percent(1, of: 8, least: 1) == "13")
  }

  @Test("are hidden of rates whose numerator is")
  func hiddenRate() throws {
    let store = try TemporaryStore(inMemory: true)
    var rows: [CountedPeople.Person] = []
    for (code, yes, no) in [("f", 2, 40), ("m", 30, 40), ("x", 20, 30), ("z", 25, 25)] {
      for place in 0..<(yes + no) {
        rows.append(.init(id: UInt64(rows.count) << 32, codes: [code, place < yes ? "yes" : "no"]))
      }
    }
    let shape = people([("f", []), ("m", []), ("x", []), ("z", [])], outcomes: ["yes"])
    let table = try publish(
      .rate, CountedPeople(dimensions: shape.dimensions, people: rows), in: try store.log)
    let women = try #require(table.rows.first { $0[0] == "f" })
    #expect(women[2] == "." && women[3] == ".")
    for row in table.rows { #expect((row[3] == ".") == (row[1] == "." || row[2] == ".")) }
    #expect(table.rows.contains { $0[3] != "." })
  }

  @Test("are rounded of means so far that the last one of many stays unknown")
  func rounding() {
    // Nine in ten do not exceed 2,000.00, twenty people: steps of a hundred.
    let amounts = [Int64](repeating: 150_000, count: 17) + [Int64](repeating: 200_000, count: 3)
    let spread = MeanFigures.spread(amounts)
    #expect(spread == 200_000)
    #expect(MeanFigures.mean(of: amounts.reduce(0, +), 20, spread) == "1600")
    #expect(MeanFigures.mean(of: -12_345, 100, 100) == "-1.23")
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let count = Int.random(in: 10...200, using: &generator)
      let numbers = (0..<count).map { _ in Int64.random(in: 0...500_000, using: &generator) }
      let spread = MeanFigures.spread(numbers)
      let sum = numbers.reduce(0, +)
      let printed = MeanFigures.mean(of: sum, Int64(count), spread)
      // Whoever knows all but one can move that one by half the spread and more, unseen.
      let others = (-2...2).map { sum + Int64($0) * spread / 4 }
      let same = others.count { MeanFigures.mean(of: $0, Int64(count), spread) == printed }
      #expect(same >= 2, "seed 5: \(count) people, \(sum)")
    }
  }

  @Test("are hidden of means where few are counted or one of them has most")
  func dominance() throws {
    let store = try TemporaryStore(inMemory: true)
    let table = try publish(
      .mean,
      people([
        ("f", [Int64?](repeating: 100_000, count: 30)),
        ("m", [50_000_000] + [Int64?](repeating: 100_000, count: 29)),
        ("x", [Int64?](repeating: 120_000, count: 25)),
        ("z", [Int64?](repeating: 120_000, count: 8)),
      ]), in: try store.log)
    #expect(table.header == ["gender", "people", "mean"])
    let means = Dictionary(table.rows.map { ($0[0], $0[2]) }, uniquingKeysWith: { one, _ in one })
    #expect(means["m"] == "." && means["z"] == "." && table.rows.allSatisfy { $0[1] != "." })
    #expect(means["f"] != "." || means["x"] != ".", "\(means)")
  }

  @Test("stay what they were of the same people, and are hidden where few numbers changed")
  func changes() throws {
    let store = try TemporaryStore(inMemory: true)
    let log = try store.log
    func groups(_ changed: Int) -> CountedPeople {
      people([
        ("f", (0..<40).map { $0 < changed ? 190_000 : 100_000 + Int64($0) * 1_000 }),
        ("m", (0..<50).map { 110_000 + Int64($0) * 1_000 }),
      ])
    }
    let first = try publish(.mean, groups(0), in: log)
    #expect(first.rows.allSatisfy { $0[2] != "." }, "\(first.rows)")
    #expect(try publish(.mean, groups(0), in: log) == first)
    let few = try publish(.mean, groups(3), in: log)
    #expect(few.rows.map { $0[2] } == [".", ".", first.rows[2][2]])
    let many = try publish(.mean, groups(20), in: log)
    #expect(many.rows[1][2] != "." && many.rows[1][2] != first.rows[1][2])
  }

  @Test("are classes of medians, printed where ten lie on either side, and known to later audits")
  func medians() throws {
    let store = try TemporaryStore(inMemory: true)
    let log = try store.log
    let table = try publish(
      .median,
      people([
        ("f", (0..<41).map { Int64($0) * 5_000 }),
        ("m", (0..<60).map { 90_000 + Int64($0) * 2_000 }),
        ("x", [Int64?](repeating: 30_000, count: 14)),
      ]), in: log)
    #expect(table.header == ["gender", "people", "median-from", "median-below"])
    #expect(
      table.rows == [
        ["total", "115", "1000", "2000"], ["f", "41", "1000", "2000"], ["m", "60", "1000", "2000"],
        ["x", "14", "200", "500"],
      ])
    let ledger = try Ledger(log)
    #expect(ledger.published == [1, 1])
    let known = try #require(ledger.tables.last)
    for (cell, count) in known.people.counts.enumerated() {
      let range = try #require(known.behind[cell])
      #expect(known.hidden[cell] && range.contains(count), "cell \(cell): \(count), \(range)")
    }
    #expect(known.behind.contains { $0 == 21...41 } && known.behind.contains { $0 == 0...20 })
    #expect(try attack(ledger.tables).allSatisfy(\.isWideEnough))
  }

  @Test("are refused where many units are of few people")
  func fewPeople() throws {
    let store = try TemporaryStore(inMemory: true)
    let ledger = try Ledger(try store.log)
    func people(_ persons: UInt64) -> CountedPeople {
      let dimension = CountedPeople.Dimension(
        name: "gender", links: [.init("f"), .init("m")], mayCoarsen: true)
      return CountedPeople(
        dimensions: [dimension],
        people: (0..<60).map { number in
          .init(
            id: (number < 30 ? number % persons : number) << 32 | number,
            codes: [number < 30 ? "f" : "m"], amount: 100)
        })
    }
    for figure in [nil, ReleaseFigure.mean] {
      let request = figureRequest(figure)
      _ = try Proposal(request, people(5), by: figurePolicy, after: ledger, key: { $0 })
      do {
        _ = try Proposal(request, people(4), by: figurePolicy, after: ledger, key: { $0 })
        Issue.record("four people were published")
      } catch {
        guard case .notSafe = error else { throw error }
      }
    }
  }

  @Test("are refused where the profile has no rules for them, or moves numbers")
  func unfit() throws {
    let store = try TemporaryStore(inMemory: true)
    let ledger = try Ledger(try store.log)
    let people = people([("f", [Int64?](repeating: 100, count: 30))])
    let policies = [
      (ReleasePolicy(.suppression(CountRules(minimum: 5))), ReleaseFigure.mean),
      (ReleasePolicy(.exact, figures: figureRules), .rate),
      (
        ReleasePolicy(
          .perturbation(Perturbation(.nearest(base: 5), minimum: 3)), figures: figureRules), .median
      ),
    ]
    for (policy, figure) in policies {
      do {
        _ = try Proposal(figureRequest(figure), people, by: policy, after: ledger, key: { $0 })
        Issue.record("\(figure) was made")
      } catch {
        guard case .noFigure(figure, "ministry") = error else { throw error }
      }
    }
  }
}
