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
