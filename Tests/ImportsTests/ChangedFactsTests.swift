import EventLog
import Imports
import Interchange
import Journey
import Testing

@Suite("A file exported again")
struct ChangedFactsTests {
  private func warnings(
    _ changed: String, people newPeople: String? = nil
  ) throws -> [RowDiagnostic] {
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, [("people.csv", people), ("events.csv", events)])
    let report = try store.run(
      twoFiles, [("people.csv", newPeople ?? people), ("events.csv", changed)])
    #expect(report.rows.reconcile)
    return report.diagnostics.kept.filter { $0.code == "W-CHANGED" }
  }

  @Test("with another date for a stored fact warns at its row")
  func changedDate() throws {
    let found = try warnings(
      events.replacing("c,EmploymentStarted,2024-05-01", with: "c,EmploymentStarted,2024-05-15"))
    #expect(found.count == 1)
    let warning = try #require(found.first)
    #expect(warning.severity == .warning && warning.line == 5)
    #expect(warning.file.hasSuffix("events.csv"))
    #expect(warning.message.en.contains("2024-05-01") && warning.message.en.contains("2024-05-15"))
    #expect(warning.message.de.contains("Beides steht jetzt nebeneinander; bitte prüfen."))
  }

  @Test("with one more job, or a later day of observation, does not warn")
  func added() throws {
    #expect(try warnings(events + "c,EmploymentStarted,2024-09-01,SVP,\n").isEmpty)
    let later = people.replacing("2024-12-31", with: "2025-01-31")
    #expect(try warnings(events, people: later).isEmpty)
  }

  @Test("with the same rows in another order does not warn")
  func same() throws {
    let lines = events.split(separator: "\n").map { String($0) }
    let reversed = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
    #expect(try warnings(reversed).isEmpty)
  }

  @Test("with a corrected cell counts the row as new")
  func counted() throws {
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, [("people.csv", people), ("events.csv", events)])
    let changed = people.replacing("2024-02-01", with: "2024-02-02")
    let report = try store.run(twoFiles, [("people.csv", changed), ("events.csv", events)])
    #expect(report.rows.new == 1 && report.rows.reconcile)
    // The day of entry is also that of the attributes, which are a state and not warned of.
    #expect(report.diagnostics.byCode["W-CHANGED"] == 1)
  }
}
