import EventLog
import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("The journeys view")
struct JourneysViewTests {
  @Test("of an empty log knows nobody")
  func empty() throws {
    try withTemporaryStore { store in
      let view = JourneysView(of: try store.log)
      #expect(try view.size() == nil)
      #expect(try view.refresh() == .init(size: 0, records: 0, wasRebuilt: true))
      #expect(try view.refresh() == .init(size: 0, records: 0, wasRebuilt: false))
      #expect(try ViewSnapshot(view).people.isEmpty)
      #expect(try view.digest().count == 64)
    }
  }

  @Test("catches up to what a rebuild gives, over random histories", arguments: 1...6)
  func catchUp(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let telling = Telling.random(people: 14, statements: 260, using: &random)
    let order = telling.interleaved(using: &random)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      // Merges often: three overlaid participants are enough.
      var thresholds = JourneysView.Thresholds()
      if seed % 2 == 0 { thresholds.overlaid = (3, .max) }
      let view = JourneysView(of: log, thresholds: thresholds)
      var start = 0
      for (turn, end) in Telling.cuts(of: order.count, using: &random).enumerated() {
        try teller.tell(order[start..<end], to: log)
        let refresh = try view.refresh()
        #expect(refresh.size == UInt64(end))
        #expect(refresh.wasRebuilt == (turn == 0))
        #expect(refresh.records == UInt64(end - start))
        let caughtUp = try ViewSnapshot(view)
        #expect(caughtUp.people == teller.expected(order[..<end]), "seed \(seed), size \(end)")
        start = end
      }
      let (caughtUp, digest, answers) = (
        try ViewSnapshot(view), try view.digest(), try Answers(view)
      )
      #expect(try view.rebuild().wasRebuilt)
      #expect(try ViewSnapshot(view) == caughtUp, "seed \(seed)")
      #expect(try view.digest() == digest, "seed \(seed)")
      #expect(try Answers(view) == answers, "seed \(seed)")
      try view.rebuild()
      #expect(try view.digest() == digest, "a second replay says something else, seed \(seed)")
    }
  }

  @Test("gives way to what a correction says, whichever wording it names")
  func corrections() throws {
    var telling = Telling()
    let job = telling.say(0, .job("2024-03-01"))
    let once = telling.say(0, .job("2024-03-02"), about: job)
    telling.say(0, .job("2024-03-03"), about: job)
    telling.say(0, .job("2024-03-04"), about: once)
    telling.say(0, .job("2024-05-01"))
    #expect(try days(telling) == [["2024-03-04", "2024-05-01"]])
  }

  @Test("drops what is taken back, whichever wording the retraction names")
  func retractions() throws {
    var telling = Telling()
    let first = telling.say(0, .job("2024-03-01"))
    telling.takeBack(first)
    let second = telling.say(0, .job("2024-04-01"))
    let corrected = telling.say(0, .job("2024-04-02"), about: second)
    telling.takeBack(corrected)
    let third = telling.say(0, .job("2024-05-01"))
    telling.say(0, .job("2024-05-02"), about: third)
    telling.takeBack(third)
    telling.say(0, .job("2024-06-01"))
    #expect(try days(telling) == [["2024-06-01"]])
  }

  @Test("takes back in a statement that corrects a retraction")
  func revived() throws {
    var telling = Telling()
    let job = telling.say(0, .job("2024-03-01"))
    let retraction = telling.takeBack(job)
    telling.say(0, .job("2024-03-08"), about: retraction)
    #expect(try days(telling) == [["2024-03-08"]])
  }

  @Test("keeps the attributes of the first entry, and the latest office in charge")
  func attributes() throws {
    var telling = Telling()
    telling.say(0, .profile("2024-03-01", "x=late"))
    telling.say(0, .profile("2024-02-01", "x=early"))
    telling.say(0, .profile("2024-02-01", "x=same-day"))
    let entry = JourneyEvent(.participationEntered, on: .test("2024-02-01"))
    telling.say(0, entry.with(Fields.subproject, "north").with(Fields.advisor, "ab"))
    // Neither transfers nor advisors are steps of the journey; their day counts all the same.
    let transfer = JourneyEvent(.transferredToSubproject, on: .test("2024-06-01"))
    telling.say(0, transfer.with(Fields.subproject, "south"))
    telling.say(
      0,
      JourneyEvent(.transferredToSubproject, on: .test("2024-04-01"))
        .with(Fields.subproject, "told later, earlier in time"))
    let advisor = JourneyEvent(.advisorAssigned, on: .test("2024-06-01"))
    telling.say(0, advisor.with(Fields.advisor, "cd"))
    telling.say(0, advisor.with(Fields.advisor, "ef"))
    let expected = ["x": "early", "subproject": "south", "advisor": "ef"]
    let found = try withView(of: telling) { view, _ in try ViewSnapshot(view).people[0] }
    #expect(found?.attributes == expected)
  }

  @Test("falls back to the next statement when the one that counted is taken back")
  func attributeFallsBack() throws {
    var telling = Telling()
    let first = telling.say(0, .profile("2024-02-01", "x=one"))
    telling.say(0, .profile("2024-03-01", "x=two"))
    let third = telling.say(0, .profile("2024-01-01", "x=three"))
    telling.say(0, .profile("2024-04-01", "x=four"), about: third)
    telling.takeBack(first)
    try withView(of: telling) { view, _ in
      let values = try (0...5).map {
        try ViewSnapshot(view, size: UInt64($0)).people[0]?.attributes["x"]
      }
      #expect(values == [nil, "one", "one", "three", "one", "two"])
    }
  }

  @Test("knows people about whom it may hold nothing")
  func otherGroups() throws {
    var telling = Telling()
    let health = JourneyEvent(.healthImpairmentRecorded, on: .test("2024-02-01"))
    telling.say(0, health.with(Fields.disability, .yes))
    telling.say(1, .job("2024-03-01"))
    let identity = JourneyEvent(.identityRecorded, on: .test("2024-02-01"))
    telling.say(2, identity.with(Fields.personName, "Agathe Zwirnmeier"))
    try withView(of: telling) { view, log in
      let nobody = ExpectedJourneys.Person(milestones: [], details: [], attributes: [:])
      let people = try ViewSnapshot(view).people
      #expect(people.count == 3 && people[0] == nobody && people[2] == nobody)
      #expect(try ViewSnapshot(view, size: 1).people == [0: nobody])
      let bytes = try Folder.contents(of: "\(log.path)/views/journeys-1/data.mdb")
      let file = String(decoding: bytes, as: UTF8.self)
      #expect(file.contains("catalogue"), "not the file that the view is in")
      #expect(!file.contains("Zwirnmeier") && !file.contains("test:0"))
    }
  }

  @Test("says the same of two stores told the same in another order and other batches")
  func sameDigest() throws {
    for seed in 11...14 {
      var random = SeededGenerator(seed: UInt64(seed))
      let telling = Telling.random(people: 20, statements: 200, using: &random)
      var digests: Set<String> = []
      for _ in 0..<3 {
        let order = telling.interleaved(using: &random)
        try withTemporaryStore { store in
          let log = try store.log
          var teller = Teller(telling)
          let cuts = Telling.cuts(of: order.count, using: &random, most: 60)
          let half = cuts.count / 2
          try teller.tell(order, cutAt: Array(cuts[..<half]), to: log)
          let view = JourneysView(of: log)
          try view.refresh()
          let told = half == 0 ? 0 : cuts[half - 1]
          try teller.tell(Array(order[told...]), cutAt: cuts[half...].map { $0 - told }, to: log)
          try view.refresh()
          digests.insert(try view.digest())
        }
      }
      #expect(digests.count == 1, "seed \(seed)")
      // One statement less is another digest.
      var less = telling
      less.statements.removeLast(1)
      less.say(0, .job("2031-01-01"))
      try withView(of: less) { view, _ in
        let other = try view.digest()
        #expect(!digests.contains(other), "seed \(seed)")
      }
    }
  }

  @Test("lays out several blocks of participants, and overlays any of them")
  func manyPeople() throws {
    let count = 2 * JourneyBlock.width + 300
    var telling = Telling()
    for person in 0..<count {
      telling.say(person, .profile("2024-01-\(10 + person % 20)", "group=\(person % 3)"))
    }
    for person in stride(from: 0, to: count, by: 97) { telling.say(person, .job("2024-03-01")) }
    // New people in a block that is there, and a whole block more.
    for person in count..<count + JourneyBlock.width { telling.say(person, .job("2024-04-01")) }
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      let all = Array(telling.statements.indices)
      var thresholds = JourneysView.Thresholds()
      thresholds.overlaid = (100, .max)
      let view = JourneysView(of: log, thresholds: thresholds)
      for part in [0..<count, count..<(count + 46), (count + 46)..<all.count] {
        try teller.tell(all[part], to: log)
        #expect(try view.refresh().wasRebuilt == (part.lowerBound == 0))
        let expected = teller.expected(all[..<part.upperBound])
        #expect(try ViewSnapshot(view).people == expected, "size \(part.upperBound)")
      }
      let known = UInt64(count + 20)
      let (before, digest) = (try ViewSnapshot(view, size: known), try view.digest(size: known))
      #expect(before.people == teller.expected(all[..<(count + 20)]))
      try view.rebuild()
      #expect(try ViewSnapshot(view, size: known) == before)
      #expect(try view.digest(size: known) == digest)

      // In portions of a block or two each, which are told about other attributes first.
      for records in [UInt64(all.count / 2), 100] {
        thresholds.recordsInPortion = records
        let portioned = JourneysView(of: log, thresholds: thresholds)
        try portioned.rebuild()
        #expect(try ViewSnapshot(portioned, size: known) == before)
        #expect(try portioned.digest(size: known) == digest)
        #expect(try ViewSnapshot(portioned).people == teller.expected(all[...]))
      }
    }
  }

  @Test("is rebuilt in portions of whole blocks that hold everybody once", arguments: 0...40)
  func portions(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let participants = UInt32.random(in: 0...40_000, using: &random)
    let records = UInt64.random(in: 0...400_000, using: &random)
    let most = UInt64.random(in: 1...200_000, using: &random)
    let portions = RebuildPortions(
      participants: participants, records: records, recordsInPortion: most)
    let ranges = Array(portions)
    #expect(ranges.count == portions.count)
    #expect(ranges.flatMap { Array($0) } == Array(0..<Int(participants)), "seed \(seed)")
    #expect(ranges.allSatisfy { $0.lowerBound % JourneyBlock.width == 0 })
    if records <= most { #expect(ranges.count == 1) }
  }

  @Test("is rebuilt rather than overlaid when much is new")
  func rebuiltWhenMuchIsNew() throws {
    var random = SeededGenerator(seed: 5)
    let telling = Telling.random(people: 10, statements: 60, using: &random)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      var thresholds = JourneysView.Thresholds()
      thresholds.records = (10, 2)
      thresholds.participants = (4, 100)
      let view = JourneysView(of: log, thresholds: thresholds)
      let all = Array(telling.statements.indices)
      try teller.tell(all[..<30], to: log)
      #expect(try view.refresh().wasRebuilt)
      try teller.tell(all[30..<33], to: log)
      #expect(try !view.refresh().wasRebuilt)
      try teller.tell(all[33..<40], to: log)
      #expect(try view.refresh().wasRebuilt, "more than four participants")
      try teller.tell(all[40...], to: log)
      #expect(try view.refresh().wasRebuilt, "more than ten records, and more than half")
      #expect(try ViewSnapshot(view).people == teller.expected(all))
    }
  }

  // MARK: What the tests share

  private func days(_ telling: Telling) throws -> [[String]] {
    try withView(of: telling) { view, _ in
      let people = try ViewSnapshot(view).people
      return people.keys.sorted().map { ref in
        people[ref, default: .init(milestones: [], details: [], attributes: [:])].milestones.map {
          Milestone(bits: $0).day.description
        }
      }
    }
  }
}

/// Tells a store of its own and runs a body on its view.
func withView<R>(
  of telling: Telling, _ body: (JourneysView, EventLog) throws -> R
) throws -> R {
  try withTemporaryStore { store in
    let log = try store.log
    var teller = Teller(telling)
    try teller.tell(telling.statements.indices, to: log)
    let view = JourneysView(of: log)
    try view.refresh()
    return try body(view, log)
  }
}

extension JourneyEvent {
  static func job(_ day: String) -> JourneyEvent {
    JourneyEvent(.employmentStarted, on: .test(day)).with(Fields.placementKind, .svp)
  }

  static func profile(_ day: String, _ pair: String) -> JourneyEvent {
    JourneyEvent(.attributesRecorded, on: .test(day)).with(Fields.attribute, pair)
  }
}
