import Disclosure
import EventLog
import Files
import Journey
import Releases
import TestSupport

/// Asks a ledger for tables in every order and attacks all that it gave out.
///
///     swift run -c release Attacker [people] [orders] [seed]
///     swift run -c release Attacker ledger [releases] [people] [seed]
///     swift run -c release Attacker tables [seed]
@main
struct Attacker {
  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    if CommandLine.arguments.dropFirst().first == "ledger" {
      return try LongLedger(
        releases: numbers.first ?? 50, people: numbers.count > 1 ? numbers[1] : 10_000,
        seed: UInt64(numbers.count > 2 ? numbers[2] : 11)
      ).run()
    }
    if CommandLine.arguments.dropFirst().first == "tables" {
      return try SingleTables(seed: UInt64(numbers.first ?? 11)).run()
    }
    let orders = numbers.count > 1 ? numbers[1] : 20
    let seed = UInt64(numbers.count > 2 ? numbers[2] : 11)
    var total = Loot()
    for people in numbers.isEmpty ? [600, 6_000] : [numbers[0]] {
      let programme = Programme(people: people, seed: seed)
      print("\(people) made-up people, \(orders) orders a class")
      print("exact narrow groups unsound   cells hidden refused  seconds  class")
      for attack in AttackClass.all {
        let loot = try run(attack, programme, orders: orders, seed: seed)
        total = total + loot
      }
    }
    print("in all: \(total.exact) exact, \(total.narrow) narrow, \(total.groups) small groups,")
    print("\(total.unsound) unsound, of \(total.hidden) hidden cells of \(total.cells)")
    if !total.isHarmless { throw Harm() }
  }

  private struct Harm: Error {}

  private static func run(
    _ attack: AttackClass, _ programme: Programme, orders: Int, seed: UInt64
  ) throws -> Loot {
    var loot = Loot()
    var refused = 0
    var generator = SeededGenerator(seed: seed)
    let start = ContinuousClock.now
    for order in 0..<orders {
      var requests = attack.requests
      if order > 0 { requests.shuffle(using: &generator) }
      let store = try TemporaryStore(isSimulated: true, inMemory: true)
      let tables = try released(requests, programme, try store.log, &refused)
      loot = loot + (try Adversary(tables, minimum: 5).attack())
    }
    let seconds = Double((ContinuousClock.now - start).components.seconds)
    let columns = [
      (loot.exact, 5), (loot.narrow, 7), (loot.groups, 7), (loot.unsound, 8), (loot.cells, 8),
      (loot.hidden, 7), (refused, 8), (Int(seconds), 9),
    ]
    let row = columns.map { number, width in
      String(repeating: " ", count: max(0, width - "\(number)".count)) + "\(number)"
    }
    print(row.joined() + "  " + attack.name)
    return loot
  }

  /// What a ledger gives out, one request after the other.
  private static func released(
    _ requests: [Request], _ programme: Programme, _ log: EventLog, _ refused: inout Int
  ) throws -> [Release.Table] {
    let publisher = Publisher(log, today: CivilDate(.earliest).day)
    let order = Publisher.Order(recipient: "attacker", purpose: "attack", approvedBy: [])
    for (number, request) in requests.enumerated() {
      let ledger = try Ledger(log)
      do {
        let proposal = try Proposal(
          request.request(number: number), request.people(programme),
          by: ReleasePolicy(.suppression(.init(minimum: 5))), after: ledger, key: { $0 })
        _ = try publisher.publish(proposal, to: order, keeping: [], after: ledger)
      } catch {
        guard case .notSafe = error else { throw error }
        refused += 1
      }
    }
    return try Ledger(log).releases.compactMap(\.table)
  }
}
