import EventLog
import Imports
import Interchange
import Journey
import Testing

@Suite("Files of one kind in one import")
struct RepeatedFileTests {
  /// The two kinds of files, each under any name that begins like it.
  private let mapping = twoFiles.replacing("people.csv", with: "people*.csv")
    .replacing("events.csv", with: "events*.csv")

  private func run(_ files: [(String, String)]) throws -> (ImportReport, TemporaryStore) {
    let store = try TemporaryStore()
    return (try store.run(mapping, files), store)
  }

  @Test("say what one of them says once: the same file twice is the file")
  func same() throws {
    let (once, control) = try run([("people.csv", people), ("events.csv", events)])
    let (twice, store) = try run([
      ("people1.csv", people), ("people2.csv", people), ("events1.csv", events),
      ("events2.csv", events),
    ])
    #expect(twice.newParticipants == 3 && twice.events == once.events)
    #expect(twice.rows.duplicate == 7 && twice.rows.reconcile)
    #expect(Set(twice.diagnostics.kept.map(\.code)) == ["W-DUPLICATE"])
    for id in ["t:a", "t:b", "t:c"] {
      #expect(try store.events(of: id) == control.events(of: id), "\(id)")
    }
  }

  @Test("add up where they are about different people or different things")
  func different() throws {
    let more = "id,entry,group,until\nd,2024-04-01,x,2024-12-31\n"
    let later = "id,event,on,kind,spell\na,MeasureStarted,2024-09-05,LANG,\n"
    let (report, _) = try run([
      ("people1.csv", people), ("people2.csv", more), ("events1.csv", events),
      ("events2.csv", later + "b,MeasureStarted,2024-02-05,LANG,\n"),
    ])
    #expect(report.newParticipants == 4 && report.rows.duplicate == 1)
    #expect(report.events[.measureStarted] == 2 && report.events[.participationEntered] == 4)
  }

  @Test("have a job once that stands among the events and among the states")
  func shared() throws {
    let mapping = head(
      """
      [[file]]
      match = "events.csv"
      shape = "event"
      id = { column = "id" }
      type = { column = "event", values = { "job" = "EmploymentStarted", "talk" = "CounsellingHeld" } }
      on = { column = "on" }
      fields = { kind = { column = "kind" } }

      [[file]]
      match = "states.csv"
      shape = "state-change"
      id = { column = "id" }
      on = { column = "from" }
      state = { column = "state" }
      [file.states.job]
      start = { type = "EmploymentStarted", fields = { kind = "SVP" } }
      end = { type = "EmploymentEnded", fields = { kind = "SVP" } }
      [file.states.none]
      at = { type = "LabourStatusReported", fields = { employment-status = "UNE" } }
      """)
    let store = try TemporaryStore()
    let report = try store.run(
      mapping,
      [
        ("events.csv", "id,event,on,kind\na,job,2026-06-01,SVP\nb,job,2026-06-02,SVP\n"),
        ("states.csv", "id,from,state\na,2026-06-01,job\na,2026-09-01,none\nb,2026-06-03,job\n"),
      ])
    #expect(report.diagnostics.kept.map(\.code) == ["W-TWICE"] && report.rows.reconcile)
    #expect(
      try store.events(of: "t:a").map(\.type)
        == [.employmentStarted, .employmentEnded, .labourStatusReported])
    #expect(report.events[.employmentStarted] == 3)
  }

  @Test("do not store two entries where they contradict each other")
  func contradiction() throws {
    let corrected = people.replacing("2024-02-01", with: "2024-02-02")
    let (report, store) = try run([("people1.csv", people), ("people2.csv", corrected)])
    #expect(report.outcome == .refused)
    #expect(
      report.diagnostics.kept.filter { $0.severity == .error }.map(\.code) == [
        "E-CONTRADICTION"
      ])
    #expect(try store.log.participantCount() == 0)
    // One after the other the later one corrects.
    _ = try store.run(mapping, [("people1.csv", people)])
    let later = try store.run(mapping, [("people2.csv", corrected)])
    #expect(later.rows.changed == 1 && later.newParticipants == 0, "\(later.rows)")
  }
}
