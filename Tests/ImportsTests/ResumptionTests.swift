import EventLog
import Imports
import Interchange
import Journey
import Keyring
import Synchronization
import Testing

@Suite("An import resumed after another one")
struct ResumptionTests {
  /// Every third participant is missing at first, so that batches end elsewhere once all are known.
  static let missing = (0..<90).filter { $0 % 3 == 2 }
  static let present = (0..<90).filter { $0 % 3 != 2 }
  static func people(_ numbers: [Int]) -> String {
    "id,entry,group,until\n" + numbers.map { "p\($0),2024-01-15,g,2024-12\n" }.joined()
  }
  static let events =
    "id,event,on,kind,spell\n"
    + (0..<90).map {
      "p\($0),EmploymentStarted,2024-03-01,SVP,1\np\($0),EmploymentEnded,2024-0\($0 % 6 + 4),SVP,1\n"
    }.joined()
  let files = [("people.csv", people(present)), ("events.csv", events)]

  private var options: ImportOptions {
    var options = ImportOptions()
    options.batchSize = 20
    options.skipsErrors = true
    return options
  }

  private func stopping(after batches: Int) -> ImportOptions {
    let asked = Mutex(0)
    var options = options
    options.shouldStop = {
      asked.withLock { count in
        count += 1
        // The first time nothing is begun.
        return count > batches + 1
      }
    }
    return options
  }

  /// What is stored of everybody, in an order that does not depend on that of the imports.
  private func contents(_ store: TemporaryStore) throws -> [[String]] {
    try (0..<90).map { try store.events(of: "t:p\($0)").map { "\($0)" }.sorted() }
  }

  @Test(
    "loses nothing and stores nothing twice, wherever it was stopped",
    arguments: [0, 3, 9, 12, 13, 14, 16, 18])
  func interleaved(after batches: Int) throws {
    let control = try TemporaryStore()
    #expect(try control.run(twoFiles, files, options).outcome == .stored)
    _ = try control.run(twoFiles, [("people.csv", Self.people(Self.missing))])

    let store = try TemporaryStore()
    let stopped = try store.run(twoFiles, files, stopping(after: batches))
    #expect(stopped.outcome == .interrupted)
    let other = try store.run(twoFiles, [("people.csv", Self.people(Self.missing))])
    #expect(other.newParticipants == Self.missing.count)
    let resumed = try store.run(twoFiles, files, options)
    #expect(resumed.outcome == .stored && resumed.isResumed && resumed.rows.reconcile)
    #expect(resumed.rows.rejected == 2 * Self.missing.count)
    #expect(try contents(store) == contents(control))

    // The rows that were left out come in with the next run of the same files, once.
    let whole = try TemporaryStore()
    _ = try whole.run(twoFiles, [("people.csv", Self.people(Array(0..<90))), files[1]])
    let again = try store.run(twoFiles, files, options)
    #expect(again.outcome == .stored && again.rows.rejected == 0)
    #expect(again.newEvents == 2 * Self.missing.count)
    #expect(try contents(store) == contents(whole))
    let size = try store.log.size()
    let last = try store.run(twoFiles, files, options)
    guard case .alreadyImported = last.outcome else {
      Issue.record("imported again: \(last.outcome)")
      return
    }
    #expect(try store.log.size() == size)
  }

  /// Erases one person and gives how many records there are of them.
  private func erase(_ id: String, in store: TemporaryStore) throws -> UInt32 {
    let ref = try #require(try store.log.participant(externalID: id))
    try store.log.orderErasure(ErasureRequest([ref], reason: "Art. 17", author: nil))
    try store.log.carryOutOrders()
    return try store.log.version(of: .participant(ref))
  }

  private func records(of id: String, in store: TemporaryStore) throws -> UInt32 {
    let ref = try #require(try store.log.participant(externalID: id))
    return try store.log.version(of: .participant(ref))
  }

  @Test(
    "stores nothing about who was erased meanwhile, and all of the others",
    arguments: [0, 1, 4, 7])
  func erasedMeanwhile(after batches: Int) throws {
    let people = [("people.csv", Self.people(Array(0..<90)))]
    let control = try TemporaryStore()
    _ = try control.run(twoFiles, people)
    _ = try control.run(twoFiles, [files[1]], options)
    var expected = try contents(control)
    expected[89] = []

    let store = try TemporaryStore()
    _ = try store.run(twoFiles, people)
    let stopped = try store.run(twoFiles, [files[1]], stopping(after: batches))
    #expect(stopped.outcome == .interrupted)
    let records = try erase("t:p89", in: store)
    let resumed = try store.run(twoFiles, [files[1]], options)
    #expect(resumed.outcome == .stored && resumed.isResumed)
    #expect(resumed.rows.reconcile && resumed.rows.rejected == 2)
    #expect(resumed.diagnostics.kept.map(\.code) == ["E-ERASED", "E-ERASED"])
    #expect(try self.records(of: "t:p89", in: store) == records)
    #expect(try contents(store) == expected)
    #expect(try store.log.verify(deep: true).isIntact)
  }

  @Test(
    "of somebody whose rows it had stored before the erasure is refused, and goes on as another")
  func erasedBefore() throws {
    let people = ("people.csv", Self.people(Array(0..<90)))
    let control = try TemporaryStore()
    _ = try control.run(twoFiles, [people, files[1]], options)
    var expected = try contents(control)
    expected[0] = []

    let store = try TemporaryStore()
    #expect(
      try store.run(twoFiles, [people, files[1]], stopping(after: 9)).outcome == .interrupted)
    let records = try erase("t:p0", in: store)
    let size = try store.log.size()
    do {
      _ = try store.run(twoFiles, [people, files[1]], options)
      Issue.record("what was stored before cannot be recognised any more")
    } catch {
      guard let error = error as? ImportError, case .storeChanged = error else { throw error }
    }
    #expect(try store.log.size() == size)
    // What the refusal advises: another import, with one more empty line.
    let other = try store.run(twoFiles, [people, (files[1].0, files[1].1 + "\n")], options)
    #expect(other.outcome == .stored && !other.isResumed && other.rows.reconcile)
    #expect(other.diagnostics.kept.map(\.code) == ["E-ERASED", "E-ERASED", "E-ERASED"])
    #expect(try self.records(of: "t:p0", in: store) == records)
    #expect(try contents(store) == expected)
    #expect(try store.log.verify(deep: true).isIntact)
  }

  @Test("of rows that another import brought meanwhile completes without storing them twice")
  func overlapping() throws {
    let whole = try TemporaryStore()
    _ = try whole.run(twoFiles, files, options)
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, files, stopping(after: 14))
    // Another size of batches is another import, which is compared by content.
    var other = options
    other.batchSize = 1000
    #expect(try store.run(twoFiles, files, other).outcome == .stored)
    let resumed = try store.run(twoFiles, files, options)
    #expect(resumed.outcome == .stored && resumed.newEvents == 0)
    #expect(try contents(store) == contents(whole))
  }

  @Test("knows people of whom nothing was stored before it began")
  func namedOnly() throws {
    let names = "id,entry,group,until\n" + (0..<90).map { "p\($0),,,\n" }.joined()
    let control = try TemporaryStore()
    _ = try control.run(twoFiles, [("people.csv", names)])
    #expect(try control.run(twoFiles, [files[1]], options).outcome == .stored)
    let store = try TemporaryStore()
    #expect(try store.run(twoFiles, [("people.csv", names)]).newParticipants == 90)
    let stopped = try store.run(twoFiles, [files[1]], stopping(after: 3))
    #expect(stopped.outcome == .interrupted)
    let resumed = try store.run(twoFiles, [files[1]], options)
    #expect(resumed.outcome == .stored && resumed.rows.rejected == 0)
    #expect(try contents(store) == contents(control))
  }

  @Test("whose rest is still wrong is not begun again without need")
  func stillMissing() throws {
    let store = try TemporaryStore()
    #expect(try store.run(twoFiles, files, options).outcome == .stored)
    #expect(try ImportRun.list(store.log).map(\.rejected) == [2 * Self.missing.count])
    let size = try store.log.size()
    let again = try store.run(twoFiles, files, options)
    guard case .alreadyImported = again.outcome else {
      Issue.record("imported again: \(again.outcome)")
      return
    }
    #expect(try store.log.size() == size)
  }
}
