import Disclosure
import Testing

@Suite("Tables released one after the other that count other things or other people")
struct OtherCountsTests {
  private let rules = CountRules(minimum: 5)

  private func table(
    _ ids: some Sequence<UInt64>, classes: Int, at time: UInt64 = 0,
    _ number: (UInt64) -> Int
  ) throws -> MemberTable {
    let shape = TableShape([
      try Hierarchy(name: "c", total: "all", categories: (0..<classes).map { "\($0)" })
    ])
    return MemberTable(
      shape: shape,
      members: ids.map {
        TableMember(
          id: $0 << 32 | time, classNumber: number($0 & 0xffff), person: ($0 & 0xffff) << 32)
      })
  }

  private func printed(_ table: MemberTable, _ topic: String) -> ReleasedTable {
    ReleasedTable(
      people: table, hidden: [Bool](repeating: false, count: table.shape.cellCount), rules: rules,
      topic: topic)
  }

  /// Whether what is left of the total of all without the new table's total is printed.
  private func isLargeTotalPrinted(
    without few: UInt64, minimum: Int64, people: UInt64 = 4_000
  ) throws -> Bool {
    let rules = CountRules(minimum: minimum)
    // Tables with so many cells together that nearly everybody has a class alone.
    let earlier = try [83, 89, 97].map { classes in
      ReleasedTable(
        people: try table(0..<people, classes: 9) { Int($0) % classes % 9 },
        hidden: [Bool](repeating: false, count: 10), rules: rules, topic: "all by \(classes)")
    }
    let new = try table(few..<people, classes: 2) { Int($0 / 2 % 2) }
    do {
      return try protect(new, topic: "some", by: rules, after: earlier).printed[0] != nil
    } catch {
      guard case .suppression(.impossible) = error else { throw error }
      return false
    }
  }

  @Test(
    "do not let four people follow as the difference of two totals, however many classes there are")
  func fourPeople() throws {
    #expect(try !isLargeTotalPrinted(without: 4, minimum: 5))
    #expect(try isLargeTotalPrinted(without: 40, minimum: 5))
  }

  @Test("do not let nine people follow as the difference of two totals where ten are the minimum")
  func ninePeople() throws {
    #expect(try !isLargeTotalPrinted(without: 9, minimum: 10))
    #expect(try isLargeTotalPrinted(without: 40, minimum: 10))
  }

  @Test("take a person's one participation for the person")
  func participations() throws {
    let people = try table(0..<100, classes: 3) { $0 < 95 ? 0 : $0 < 98 ? 1 : 2 }
    let first = try protect(people, topic: "people", by: rules, after: [])
    let released = ReleasedTable(
      people: people, hidden: first.statuses.map(\.isHidden), rules: rules, topic: "people")
    let participations = try table(0..<100, classes: 3, at: 777) { $0 < 95 ? 0 : $0 < 98 ? 1 : 2 }
    // Printed by itself, as a rule that finds nothing too small would.
    let second = try protect(
      participations, topic: "participations", by: CountRules(minimum: 1), after: [released])
    #expect(second.printed == first.printed)
    #expect(first.printed.contains(nil))
  }

  @Test("count people where a group that follows has many jobs of few people")
  func jobsOfFew() throws {
    // Two people have six jobs between them; all others have one each.
    let ids = (UInt64(0)..<60).map { $0 } + (1...4).map { UInt64($0) << 16 | UInt64($0 % 2) }
    let jobs = try table(ids, classes: 2) { $0 < 2 ? 0 : Int($0 % 2) }
    let alone = try protect(jobs, topic: "jobs", by: rules, after: [])
    #expect(alone.printed[0] == 64)
    // Everybody but the two: what is left are six jobs, of two people.
    let others = try table(2..<60, classes: 2) { Int($0 % 2) }
    do {
      let second = try protect(others, topic: "others", by: rules, after: [printed(jobs, "jobs")])
      #expect(second.printed[0] == nil)
    } catch {
      guard case .suppression(.impossible) = error else { throw error }
    }
  }
}
