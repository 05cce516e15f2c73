import Disclosure
import EventLog
import Journey
import TestSupport
import Testing

@testable import Releases

@Suite("The ledger of releases")
struct LedgerTests {
  private static let today = CivilDate(Day(year: 2026, month: 6, day: 30) ?? .earliest).day
  private let order = Publisher.Order(
    recipient: "Ministry", purpose: "Letter 21", approvedBy: ["A. Steward"])

  private func request(
    size: UInt64 = 0, by: [String] = ["gender", "region"], mayCoarsen: Bool = true
  ) -> ReleaseRequest {
    ReleaseRequest(
      question: nil, questionDigest: nil, settings: [], row: nil, horizon: nil, groupedBy: by,
      window: nil, referenceDay: "2026-06-30", logSize: size, profile: "ministry",
      profileVersion: 1, profileDigest: "ab", hierarchy: [], mayCoarsen: mayCoarsen)
  }

  /// Made-up people: numbers by gender and region.
  private func people(_ counts: [String: [Int]], from first: UInt64 = 0) -> CountedPeople {
    var people: [CountedPeople.Person] = []
    for (gender, numbers) in counts.sorted(by: { $0.key < $1.key }) {
      for (region, number) in zip(["N", "S"], numbers) {
        for _ in 0..<number {
          people.append(.init(id: (first + UInt64(people.count)) << 32, codes: [gender, region]))
        }
      }
    }
    return CountedPeople(
      dimensions: [
        .init(
          name: "gender", links: counts.keys.sorted().map { Hierarchy.Link($0) }, mayCoarsen: true),
        .init(name: "region", links: [.init("N"), .init("S")], mayCoarsen: true),
      ], people: people)
  }

  private let rules = CountRules(minimum: 5)

  @Test("gives back every byte of what was published, in another opening of the store")
  func roundTrip() throws {
    let store = try TemporaryStore()
    let proposal = try Proposal(
      request(), people(["m": [12, 15], "w": [9, 20], "x": [7, 8]]),
      by: ReleasePolicy(.suppression(rules)), after: try Ledger(try store.log), key: { $0 })
    let number = try Publisher(try store.log, today: Self.today).publish(
      proposal, to: order,
      keeping: [.init(title: "ministry", digest: "ab", text: "minimum = 5")],
      after: try Ledger(try store.log))
    #expect(number == 1)
    store.close()
    let release = try Ledger(try store.log).release(1)
    let table = try #require(release.table)
    #expect(table.file == proposal.file)
    #expect(table.people == proposal.protection.people)
    #expect(table.audit == proposal.audit)
    #expect(table.rules == rules)
    #expect(release.approvals == ["A. Steward"])
    #expect(release.deliveries.map(\.recipient) == ["Ministry"])
    #expect(release.state == .published)
    try store.verify()
  }

  @Test("is refused by a second publisher who has not seen the first one's release")
  func overtaken() throws {
    let store = try TemporaryStore()
    let log = try store.log
    let before = try Ledger(log)
    let proposal = try Proposal(
      request(), people(["m": [12, 15], "w": [9, 20]]), by: ReleasePolicy(.suppression(rules)),
      after: before, key: { $0 })
    let publisher = Publisher(log, today: Self.today)
    _ = try publisher.publish(proposal, to: order, keeping: [], after: before)
    do {
      _ = try publisher.publish(proposal, to: order, keeping: [], after: before)
      Issue.record("published beside what was not audited")
    } catch {
      guard case .overtaken = error else { throw error }
    }
    #expect(try Ledger(log).releases.count == 1)
  }

  /// Publishes the plain request as the first release.
  private func publish(in log: EventLog) throws -> Publisher {
    let ledger = try Ledger(log)
    let proposal = try Proposal(
      request(), people(["m": [12, 15], "w": [9, 20]]), by: ReleasePolicy(.suppression(rules)),
      after: ledger, key: { $0 })
    let publisher = Publisher(log, today: Self.today)
    _ = try publisher.publish(proposal, to: order, keeping: [], after: ledger)
    return publisher
  }

  @Test("answers the same request with the same release, and notes another recipient")
  func sameRequest() throws {
    let store = try TemporaryStore()
    let log = try store.log
    let publisher = try publish(in: log)
    let known = try #require(try Ledger(log).answer(to: request()))
    let size = try log.size()
    try publisher.deliver(known, to: order, after: try Ledger(log))
    #expect(try log.size() == size)
    let other = Publisher.Order(recipient: "Office", purpose: "Letter 21", approvedBy: [])
    try publisher.deliver(known, to: other, after: try Ledger(log))
    let release = try Ledger(log).release(1)
    #expect(release.deliveries.map(\.recipient) == ["Ministry", "Office"])
    #expect(try Ledger(log).tables.count == 1)
    #expect(try Ledger(log).answer(to: request(size: 1)) == nil)
  }

  @Test("hands a withdrawn release out no more, and goes on counting it")
  func withdrawal() throws {
    let store = try TemporaryStore()
    let log = try store.log
    let publisher = try publish(in: log)
    try publisher.withdraw(1, reason: "wrong period", by: "A. Steward", after: try Ledger(log))
    let release = try #require(try Ledger(log).answer(to: request()))
    #expect(release.state == .withdrawn(reason: "wrong period"))
    #expect(try Ledger(log).tables.count == 1)
    do {
      try publisher.deliver(release, to: order, after: try Ledger(log))
      Issue.record("handed out again")
    } catch {
      guard case .withdrawn(1) = error else { throw error }
    }
  }

  @Test("refuses with the coarser tables that pass, or gives the first of them")
  func coarsening() throws {
    let store = try TemporaryStore()
    let ledger = try Ledger(try store.log)
    // One region is nearly empty, so that hardly anything could be printed by region.
    let sparse = people(["m": [30, 2], "w": [25, 1]])
    do {
      _ = try Proposal(
        request(mayCoarsen: false), sparse, by: ReleasePolicy(.suppression(rules)), after: ledger,
        key: { $0 })
      Issue.record("published as asked")
    } catch {
      guard case .notSafe(let alternatives) = error else { throw error }
      #expect(
        alternatives.first?.steps == [Coarsening.Step(dimension: "region", levels: 0)],
        "\(alternatives)")
    }
    let coarse = try Proposal(
      request(), sparse, by: ReleasePolicy(.suppression(rules)), after: ledger,
      key: { $0 })
    #expect(coarse.protection.people.shape.dimensions.map(\.name) == ["gender"])
    #expect(coarse.protection.printed == [58, 32, 26])
    #expect(coarse.coarsening?.steps == [Coarsening.Step(dimension: "region", levels: 0)])
  }

  @Test("knows a profile that changed under its name")
  func changedProfile() throws {
    let store = try TemporaryStore()
    let log = try store.log
    _ = try publish(in: log)
    let ledger = try Ledger(log)
    #expect(throws: Never.self) {
      try ledger.check(profile: "ministry", version: 1, digest: "ab")
      try ledger.check(profile: "ministry", version: 2, digest: "cd")
    }
    #expect(throws: ReleaseError.self) {
      try ledger.check(profile: "ministry", version: 1, digest: "cd")
    }
  }

  @Test("refuses to be read where a release rests on records that were never written")
  func unknownPosition() throws {
    let store = try TemporaryStore()
    let log = try store.log
    let ledger = try Ledger(log)
    let proposal = try Proposal(
      request(size: 1_000), people(["m": [12, 15], "w": [9, 20]]),
      by: ReleasePolicy(.suppression(rules)), after: ledger, key: { $0 })
    _ = try Publisher(log, today: Self.today).publish(
      proposal, to: order, keeping: [], after: ledger)
    do {
      _ = try Ledger(log)
      Issue.record("read")
    } catch {
      guard case .unknownPosition(1) = error else { throw error }
    }
  }

  @Test("gives a recipient so many tables in a time, and the same people in so many ways")
  func quota() throws {
    let store = try TemporaryStore()
    let log = try store.log
    _ = try publish(in: log)
    let ledger = try Ledger(log)
    let day: Int64 = 86_400_000_000
    let now = store.clock.now()
    let tight = ReleaseQuota(tables: 1, decompositions: 1, days: 30)
    // The same request again gives nothing new.
    let same = people(["m": [12, 15], "w": [9, 20]])
    try ledger.check(tight, of: request(), counting: same, for: "Ministry", now: now)
    var other = request(by: ["gender"])
    var counted = same
    func refusal(_ quota: ReleaseQuota, _ name: String, _ now: Int64) throws -> ReleaseQuota.Limit?
    {
      do {
        try ledger.check(quota, of: other, counting: counted, for: name, now: now)
        return nil
      } catch {
        guard case .quota(_, let limit) = error else { throw error }
        return limit
      }
    }
    #expect(try refusal(tight, " MINISTRY ", now) == .tables)
    #expect(try refusal(tight, "Mini-stry.", now) == .tables)
    #expect(try refusal(tight, "Office", now) == nil)
    #expect(try refusal(tight, "Ministry", now + 31 * day) == nil)
    let many = ReleaseQuota(tables: 9, decompositions: 1, days: 30)
    #expect(try refusal(many, "Ministry", now) == .decompositions)
    // Other words for nearly the same people change nothing.
    other.window = "2026-01-01..2026-03-31"
    #expect(try refusal(many, "Ministry", now) == .decompositions)
    counted = people(["m": [12, 15], "w": [9, 17]])
    #expect(try refusal(many, "Ministry", now) == .decompositions)
    counted = people(["m": [12, 15], "w": [9, 10]])
    #expect(try refusal(many, "Ministry", now) == nil)
    other.profile = "publication"
    #expect(try refusal(tight, "Ministry", now) == nil)
  }
}
