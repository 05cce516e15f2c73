import Disclosure
import EventLog
import Files
import Journey
import Releases
import TestSupport

/// Years of releases to one ledger, and what each further request costs.
///
/// Every quarter five tables of up to some 400 cells: three of all who entered so far, two of those who are
/// in the programme.
struct LongLedger {
  let releases: Int
  let people: Int
  let seed: UInt64

  /// Prints the CPU time of every request, and in the end of the last one.
  func run() throws {
    let programme = Programme(people: people, seed: seed)
    let store = try TemporaryStore(isSimulated: true, inMemory: true)
    let log = try store.log
    let publisher = Publisher(log, today: CivilDate(.earliest).day)
    let order = Publisher.Order(recipient: "attacker", purpose: "speed", approvedBy: [])
    print("\(people) made-up people, \(releases) releases and one more request")
    print("release  cells  hidden  CPU s  table")
    for number in 0...releases {
      let request = request(number)
      let ledger = try Ledger(log)
      let counted = request.people(programme)
      let start = SystemClock.processorMicroseconds()
      var shown = "refused"
      do {
        let proposal = try Proposal(
          request.request(number: number), counted,
          by: ReleasePolicy(.suppression(.init(minimum: 5))), after: ledger, key: { $0 })
        let statuses = proposal.protection.statuses
        shown = "\(statuses.count)  \(statuses.count(where: \.isHidden))"
        if number < releases {
          _ = try publisher.publish(proposal, to: order, keeping: [], after: ledger)
        }
      } catch {
        guard case .notSafe = error else { throw error }
      }
      let seconds = Double(SystemClock.processorMicroseconds() - start) / 1e6
      print("\(number + 1)  \(shown)  \((seconds * 10).rounded() / 10)  \(request.name)")
    }
  }

  /// What is asked for as the so manieth.
  private func request(_ number: Int) -> Request {
    let month = min(Programme.months, 6 + number / 5 * 2)
    let tables: [(by: [String], isStock: Bool)] = [
      (["gender", "status", "network"], false), (["gender", "five", "region"], false),
      (["status", "five", "region"], false), (["gender", "network"], true),
      (["gender", "status", "region"], true),
    ]
    let table = tables[number % tables.count]
    let name = "\(table.by.joined(separator: ", ")) in month \(month)"
    guard table.isStock else { return Request(name: name, by: table.by, month: month) }
    return Request(
      name: name + ", stock", by: table.by, month: month, topic: "stock",
      condition: { person, _, month in person.lastMonth >= month })
  }
}
