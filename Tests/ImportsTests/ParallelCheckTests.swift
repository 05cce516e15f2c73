import EventLog
import Imports
import Interchange
import Journey
import Synchronization
import TestSupport
import Testing

@Suite("Checking rows on several cores")
struct ParallelCheckTests {
  /// Files of some thousand rows, a few of them with faults.
  private func files(seed: UInt64) -> [(String, String)] {
    var random = SeededGenerator(seed: seed)
    var people = "id,entry,group,until\n"
    var events = "id,event,on,kind,spell\n"
    for person in 0..<2_500 {
      let entry = random.chance(2) ? "2024-02-31" : "2024-01-1\(person % 9)"
      people += "p\(person),\(entry),g\(person % 7),2024-12\n"
      for _ in 0..<random.pick([0, 1, 2]) {
        let kind = random.chance(2) ? "nonsense" : "EmploymentStarted"
        events += "p\(person),\(kind),2024-0\(random.pick([3, 4, 5]))-01,SVP,1\n"
      }
    }
    return [("people.csv", people), ("events.csv", events)]
  }

  private func said(_ report: ImportReport) -> [String] {
    report.files.map { "\($0.rows) \($0.notices)" }
      + report.diagnostics.kept.map { $0.rendered(in: .german).replacing(/\S*\//, with: "") }
      + ["\(report.events.map { "\($0.key) \($0.value)" }.sorted())", "\(report.newParticipants)"]
  }

  @Test("says and stores what checking on one says and stores", arguments: [1, 2])
  func same(seed: UInt64) throws {
    let files = files(seed: seed)
    var digests: [String] = []
    var reports: [[String]] = []
    for isParallel in [false, true] {
      let store = try TemporaryStore()
      var options = ImportOptions()
      options.skipsErrors = true
      if !isParallel { options.hands = nil }
      options.isDryRun = true
      let forecast = try store.run(twoFiles, files, options)
      options.isDryRun = false
      let report = try store.run(twoFiles, files, options)
      #expect(forecast.outcome == .forecast && report.outcome == .stored)
      #expect(said(forecast) == said(report))
      #expect(report.rows.rejected > 50 && report.rows.reconcile)
      reports.append(said(report))
      digests.append(try store.digest())
    }
    #expect(reports[0] == reports[1] && digests[0] == digests[1])
  }

  @Test("stops when asked to, and leaves a store that takes the import", arguments: [1, 2, 3])
  func stops(question: Int) throws {
    let files = files(seed: 3)
    let store = try TemporaryStore()
    let size = try store.log.size()
    let asked = Mutex(0)
    var options = ImportOptions()
    options.skipsErrors = true
    var stopping = options
    stopping.shouldStop = {
      asked.withLock { count in
        count += 1
        return count >= question
      }
    }
    #expect(try store.run(twoFiles, files, stopping).outcome == .interrupted)
    #expect(try store.log.size() == size)
    #expect(try store.run(twoFiles, files, options).outcome == .stored)
  }

  @Test("ends with what is wrong with the file, where it breaks off in the middle")
  func breaksOff() throws {
    var files = files(seed: 4)
    files[1].1 += "\"p1,EmploymentStarted"
    for isParallel in [false, true] {
      let store = try TemporaryStore()
      let size = try store.log.size()
      var options = ImportOptions()
      options.skipsErrors = true
      if !isParallel { options.hands = nil }
      let report = try store.run(twoFiles, files, options)
      #expect(report.outcome == .refused)
      #expect(report.diagnostics.kept.contains { $0.severity == .fatal })
      #expect(try store.log.size() == size)
    }
  }
}
