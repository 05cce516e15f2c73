import EventLog
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A question asked as known then")
struct AsOfTests {
  @Test("gives what a store gives that was told only so much", arguments: 21...28)
  func prefix(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    // Few people have long histories with much that was changed, many have short and plain ones.
    let telling = Telling.random(
      people: seed % 2 == 0 ? 9 : 70, statements: 170, using: &random)
    let order = telling.interleaved(using: &random)
    let cuts = Telling.cuts(of: order.count, using: &random, most: 30)
    // Ends of commits, middles of commits, both ends of the log.
    var sizes: Set<Int> = [0, 1, order.count - 1, order.count]
    for _ in 0..<4 { sizes.insert(random.pick(cuts)) }
    for _ in 0..<9 { sizes.insert(Int.random(in: 0...order.count, using: &random)) }

    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      // Part in blocks, part overlaid, in another way with every seed.
      var thresholds = JourneysView.Thresholds()
      if seed % 4 < 2 { thresholds.overlaid = (4, .max) }
      let view = JourneysView(of: log, thresholds: thresholds)
      for end in cuts {
        try teller.tell(order[(cuts.last { $0 < end } ?? 0)..<end], to: log)
        if random.chance(40) { try view.refresh() }
        if random.chance(15) { try view.rebuild() }
      }
      try view.refresh()
      for size in sizes.sorted() {
        let then = try ViewSnapshot(view, size: UInt64(size))
        #expect(then.people == teller.expected(order[..<size]), "seed \(seed), size \(size)")
        let fresh = try told(telling, order[..<size], using: &random)
        let place: Comment = "seed \(seed), size \(size)"
        #expect(then == fresh.snapshot, place)
        #expect(try Answers(view, size: UInt64(size)) == fresh.answers, place)
        #expect(try view.digest(size: UInt64(size)) == fresh.digest, place)
      }
    }
  }

  /// What a store says that was told some statements in one go or in two.
  private func told(
    _ telling: Telling, _ order: ArraySlice<Int>, using random: inout SeededGenerator
  ) throws -> (snapshot: ViewSnapshot, answers: Answers, digest: String) {
    let middle = Int.random(in: 0...order.count, using: &random)
    return try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      for part in [order[..<middle], order[middle...]] where !part.isEmpty {
        try teller.tell(part, to: log)
      }
      let view = JourneysView(of: log)
      try view.refresh()
      return (try ViewSnapshot(view), try Answers(view), try view.digest())
    }
  }

  @Test("knows when an attribute was stated, soon after the first record or long after it")
  func attributeDistance() throws {
    var telling = Telling()
    let distances = [1, 2, 253, 254, 255, 256, 300]
    // One person for each distance, all with a first record, then the attributes in their turn.
    for person in distances.indices { telling.say(person, .counselled("2024-01-01")) }
    var stated: [Int: Int] = [:]
    while stated.count < distances.count {
      let position = telling.statements.count
      if let person = distances.indices.first(where: { $0 + distances[$0] == position }) {
        stated[person] = telling.say(person, .profile("2024-02-01", "x=\(person)"))
      } else if let late = distances.indices.first(where: {
        stated[$0] == nil && $0 + distances[$0] < position
      }) {
        stated[late] = telling.say(late, .profile("2024-02-01", "x=\(late)"))
      } else {
        telling.say(distances.count, .counselled("2024-01-02"))
      }
    }
    try withView(of: telling) { view, _ in
      for (person, position) in stated {
        let value = { (size: Int) in
          try ViewSnapshot(view, size: UInt64(size)).people[UInt32(person)]?.attributes["x"]
        }
        let (before, after) = (try value(position), try value(position + 1))
        #expect(before == nil && after == "\(person)", "position \(position)")
      }
    }
  }

  @Test("says which state of knowledge it used")
  func knowledge() throws {
    var telling = Telling()
    for person in 0..<4 { telling.say(person, .job("2024-03-01")) }
    try withView(of: telling) { view, _ in
      let sizes: [UInt64?] = [nil, 4, 9, 3, 0]
      let states = try sizes.map { size in
        try view.scan(size: size) { _, next in while try next() != nil {} }.knowledge
      }
      #expect(
        states == [
          Knowledge(size: 4, isCurrent: true), Knowledge(size: 4, isCurrent: true),
          Knowledge(size: 4, isCurrent: true), Knowledge(size: 3, isCurrent: false),
          Knowledge(size: 0, isCurrent: false),
        ])
    }
  }

  @Test("is not moved by anything that is told later")
  func laterStatements() throws {
    var telling = Telling()
    telling.say(0, JourneyEvent(.participationEntered, on: .test("2024-01-10")))
    let job = telling.say(0, .job("2024-03-01"))
    telling.say(0, .profile("2024-01-10", "x=first"))
    telling.say(0, JourneyEvent(.statusConfirmed, on: .test("2024-10-31")))
    try withTemporaryStore { store in
      let log = try store.log
      let size = UInt64(telling.statements.count)
      let view = JourneysView(of: log)
      var teller = Teller(telling)
      try teller.tell(telling.statements.indices, to: log)
      try view.refresh()
      let before = (try ViewSnapshot(view), try Answers(view), try view.digest())
      var later = telling
      later.say(0, .job("2024-07-01"), about: job)
      later.say(0, .profile("2023-01-10", "x=earlier in time"))
      later.say(0, .profile("2024-02-01", "a new name=y"))
      later.say(1, .job("2024-02-01"))
      for index in telling.statements.indices { later.takeBack(index) }
      try teller.tellMore(later, to: log)
      try view.refresh()
      #expect(try ViewSnapshot(view, size: size) == before.0)
      #expect(try Answers(view, size: size) == before.1)
      #expect(try view.digest(size: size) == before.2)
      #expect(try view.digest() != before.2)
    }
  }
}

extension Teller {
  /// Tells what a longer telling holds beyond what this teller has told.
  mutating func tellMore(_ longer: Telling, to log: EventLog) throws {
    let known = telling.statements.count
    telling = longer
    try tell(known..<longer.statements.count, to: log)
  }
}
