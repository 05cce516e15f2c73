import EventLog
import Files
import Journey
import LMDB
import Synchronization
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("The checkpoint of a view")
struct CheckpointTests {
  private let telling: Telling = {
    var random = SeededGenerator(seed: 31)
    return Telling.random(people: 6, statements: 40, using: &random)
  }()

  /// A store that was told the first statements, and its teller.
  private func store(telling count: Int) throws -> (TemporaryStore, Teller) {
    let store = try TemporaryStore()
    var teller = Teller(telling)
    try teller.tell(0..<count, to: store.log)
    return (store, teller)
  }

  /// The views folder of one store laid into another.
  private func bringViews(of store: TemporaryStore, to other: TemporaryStore) throws {
    store.close()
    other.close()
    try Folder.remove("\(other.path)/views")
    try TemporaryStore.copy("\(store.path)/views", to: "\(other.path)/views")
  }

  private func refusal(_ store: TemporaryStore) throws -> ViewError? {
    let view = JourneysView(of: try store.log)
    do {
      _ = try view.refresh()
      return nil
    } catch { return error }
  }

  @Test("refuses a log that is shorter than the view: it came from a backup")
  func ahead() throws {
    var (store, teller) = try store(telling: 10)
    try store.withCopy { backup in
      try teller.tell(10..<15, to: store.log)
      try JourneysView(of: store.log).refresh()
      try bringViews(of: store, to: backup)
      #expect(try refusal(backup) == .aheadOfLog(view: 15, log: 10))
      // A rebuild is the way out.
      let view = JourneysView(of: try backup.log)
      #expect(try view.rebuild() == .init(size: 10, records: 10, wasRebuilt: true))
      #expect(try view.refresh() == .init(size: 10, records: 0, wasRebuilt: false))
    }
  }

  @Test("refuses a log that went another way from a common beginning")
  func otherWay() throws {
    var (store, teller) = try store(telling: 10)
    try store.withCopy { other in
      var otherTeller = teller
      try otherTeller.tell(20..<30, to: other.log)
      try teller.tell(10..<15, to: store.log)
      try JourneysView(of: store.log).refresh()
      try bringViews(of: store, to: other)
      #expect(try refusal(other) == .otherLineage(path: "\(other.path)/views/journeys-1"))
      #expect(try JourneysView(of: other.log).rebuild().size == 20)
      #expect(try refusal(other) == nil)
    }
  }

  @Test("refuses the log of another store")
  func otherStore() throws {
    let (store, _) = try store(telling: 10)
    let (other, _) = try self.store(telling: 12)
    try JourneysView(of: store.log).refresh()
    try bringViews(of: store, to: other)
    #expect(try refusal(other) == .otherLineage(path: "\(other.path)/views/journeys-1"))
  }

  @Test("accepts a log that only grew")
  func grown() throws {
    var (store, teller) = try store(telling: 10)
    try JourneysView(of: store.log).refresh()
    try teller.tell(10..<15, to: store.log)
    #expect(
      try JourneysView(of: store.log).refresh() == .init(size: 15, records: 5, wasRebuilt: false))
  }

  @Test("of another layout makes the view be rebuilt")
  func otherLayout() throws {
    let (store, _) = try store(telling: 10)
    try JourneysView(of: store.log).refresh()
    try withEnvironment("\(store.path)/views/journeys-1") { environment in
      let meta = try environment.database("meta")
      try environment.write { transaction in
        let key = Array("checkpoint".utf8)
        let old = try transaction.value(for: key.span, in: meta)?.copied() ?? []
        try #require(old.count > 48)
        let new = [0, 0, 0, 99] + old[4...]
        try transaction.put(key: key.span, value: new.span, in: meta)
      }
    }
    let view = JourneysView(of: try store.log)
    #expect(try view.size() == nil)
    #expect(try view.refresh() == .init(size: 10, records: 10, wasRebuilt: true))
    #expect(try Folder.names("\(store.path)/views").contains("journeys-2"))
  }

  @Test("is written anew when everything derived was deleted", arguments: [false, true])
  func deleted(whileOpen: Bool) throws {
    let (store, teller) = try store(telling: 10)
    let open = JourneysView(of: try store.log)
    try open.refresh()
    try Folder.remove("\(store.path)/views")
    let view = whileOpen ? open : JourneysView(of: try store.log)
    #expect(try view.refresh() == .init(size: 10, records: 10, wasRebuilt: true))
    #expect(try ViewSnapshot(view).people == teller.expected(0..<10))
    #expect(try Folder.permissions("\(store.path)/views") == 0o700)
    try Folder.remove("\(store.path)/views")
    #expect(try view.rebuild().wasRebuilt)
    #expect(try ViewSnapshot(view).people == teller.expected(0..<10))
  }

  @Test(
    "is written anew when the file that names the view names none",
    arguments: [
      "journeys-77", "journeys-", "", "../log", "journeys-1/../journeys-1",
    ])
  func strayPointer(_ name: String) throws {
    let (store, teller) = try store(telling: 10)
    try JourneysView(of: store.log).refresh()
    try Folder.replace("\(store.path)/views/journeys", with: Array(name.utf8).span)
    let view = JourneysView(of: try store.log)
    #expect(try view.size() == nil)
    #expect(try view.refresh().wasRebuilt)
    #expect(try ViewSnapshot(view).people == teller.expected(0..<10))
  }

  @Test("is untouched by what a crash left of a rebuild; the next one clears it away")
  func crashed() throws {
    let (store, teller) = try store(telling: 10)
    let view = JourneysView(of: try store.log)
    try view.refresh()
    for (name, bytes) in [("journeys-2", 100), ("journeys-9", 0)] {
      try Folder.create("\(store.path)/views/\(name)")
      let half = [UInt8](repeating: 7, count: bytes)
      try Folder.replace("\(store.path)/views/\(name)/data.mdb", with: half.span)
    }
    #expect(try view.refresh() == .init(size: 10, records: 0, wasRebuilt: false))
    #expect(try view.rebuild().wasRebuilt)
    let names = try Folder.names("\(store.path)/views").filter { $0.hasPrefix("journeys") }
    #expect(names == ["journeys", "journeys-10"])
    #expect(try ViewSnapshot(view).people == teller.expected(0..<10))
  }

  @Test("keeps the old view readable while a new one is made")
  func readableDuringRebuild() throws {
    var (store, teller) = try store(telling: 10)
    let view = JourneysView(of: try store.log)
    try view.refresh()
    try teller.tell(10..<20, to: store.log)
    let old = teller.expected(0..<10)
    let seen = Mutex<[Result<Bool, any Error>]>([])
    try view.rebuild { done, all in
      let isOld = Result { try view.size() == 10 && ViewSnapshot(view).people == old }
      seen.withLock { $0.append(isOld.map { $0 && done <= all && all == 20 }) }
    }
    let outcomes = try seen.withLock { $0 }.map { try $0.get() }
    #expect(!outcomes.isEmpty && outcomes.allSatisfy { $0 })
    #expect(try ViewSnapshot(view).people == teller.expected(0..<20))
  }

  @Test("does not disturb who reads the old view when the new one takes its place")
  func switchedDuringScan() throws {
    let (store, teller) = try store(telling: 40)
    let view = JourneysView(of: try store.log)
    try view.refresh()
    let rebuilt = Mutex(false)
    let (halves, _) = try view.scan { _, next in
      try rebuilt.withLock { isDone in
        if !isDone { try view.rebuild() }
        isDone = true
      }
      var milestones = 0
      while let block = try next() { milestones += block.milestones.count }
      return milestones
    }
    let expected = teller.expected(0..<40).values.reduce(0) { $0 + $1.milestones.count }
    #expect(halves.reduce(0, +) == expected && expected > 0)
  }

  @Test("lets a scan pass on what its body throws")
  func bodyThrows() throws {
    struct Mine: Error, Equatable {}
    let (store, _) = try store(telling: 10)
    let view = JourneysView(of: try store.log)
    try view.refresh()
    #expect(throws: Mine()) { try view.scan { _, _ in throw Mine() } }
    #expect(throws: ViewError.damaged) { try view.scan { _, _ in throw ViewError.damaged } }
  }

  @Test("refuses a block that does not hold what it announces")
  func damagedBlock() throws {
    let (store, _) = try store(telling: 10)
    try JourneysView(of: store.log).refresh()
    try withEnvironment("\(store.path)/views/journeys-1") { environment in
      let blocks = try environment.database("blocks")
      try environment.write { transaction in
        let bytes = try transaction.value(for: UInt32(0), in: blocks)?.copied() ?? []
        try #require(bytes.count > 100)
        let half = Array(bytes[..<(bytes.count / 2)])
        try transaction.put(key: UInt32(0), value: half.span, in: blocks)
      }
    }
    let view = JourneysView(of: try store.log)
    try view.refresh()
    #expect(throws: ViewError.damaged) { try view.digest() }
    try view.rebuild()
    _ = try view.digest()
  }

  @Test("finds every changed byte of a block, and reads each part without the others")
  func changedByte() throws {
    var random = SeededGenerator(seed: 3)
    var catalogue = AttributeCatalogue()
    let group = UInt16(catalogue.add("group"))
    let value = catalogue.add("x", to: Int(group))
    let journeys = (0..<20).map { person -> FoldedJourney in
      var rows: [FoldedJourney.Row] = []
      for step in 0..<Int.random(in: 0...6, using: &random) {
        let milestone = Milestone(
          day: Day(number: Int32(19_000 + step)), kind: .placementStarted, spell: 0, code: 1)
        let details = MilestoneDetails(
          bits: random.chance(50) ? random.next() : 0, name: random.chance(50) ? 7 : 0)
        let end = random.chance(70) ? FoldedJourney.open : 900
        rows.append(
          .init(milestone: milestone, details: details, from: UInt64(person * 10 + step), to: end))
      }
      return FoldedJourney(
        firstRecorded: UInt64(person * 10), rows: rows,
        attributes: [
          .init(column: group, value: value, day: 1, from: UInt64(person * 10), to: .max)
        ])
    }
    // A block of the sample, which says when steps were told, and one outside of it.
    let days = RecordedDays((0..<900).map { Day(number: 19_000 + $0 / 100) })
    for firstRef in [0, 9 * UInt32(JourneyBlock.width)] {
      let bytes = JourneyBlock(firstRef: firstRef, journeys, catalogue, days: days).bytes
      let read = try JourneyBlock(bytes: bytes.span)
      #expect(read.journeys().map { $0.rows } == journeys.map { $0.rows })
      #expect(read.told.count == (firstRef == 0 ? read.milestones.count : 0))
      #expect(read.values == [[UInt16](repeating: value, count: journeys.count)])
      let places = try JourneyBlock.Head(bytes: bytes.span).places
      // Each part with its checksum, which attributes are parts of, too.
      func whole(_ part: Range<Int>) -> Range<Int> { part.lowerBound..<part.upperBound + 8 }
      let parts: [(JourneyBlock.Parts, Range<Int>)] = [
        (.outline, whole(places.outline)), (.steps, whole(places.steps)),
        (.told, whole(places.told)), (.details, whole(places.details)),
        (.history, whole(places.history)),
      ]
      let attribute = whole(places.attributes[0])
      for place in bytes.indices {
        var changed = bytes
        changed[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
        let own = parts.first { $0.1.contains(place) }?.0
        for part in [JourneyBlock.Parts.outline, .steps, .told, .details, .history, .all] {
          for columns in [JourneyBlock.Columns.all, .only([])] {
            let isRead =
              attribute.contains(place)
              ? columns.contains(0) : own.map { part.contains($0) } ?? true
            let isFound =
              (try? JourneyBlock(bytes: changed.span, part, attributes: columns)) == nil
            #expect(isFound == isRead, "byte \(place), part \(part), \(columns)")
          }
        }
      }
    }
  }

  private func withEnvironment(_ path: String, _ body: (Environment) throws -> Void) throws {
    let environment = try Environment(path: path)
    try body(environment)
    try environment.close()
  }
}
