import EventLog
import Imports
import Interchange
import Journey
import Keyring
import Synchronization
import Testing

@Suite("An import")
struct ImportTests {
  let files = [("people.csv", people), ("events.csv", events)]

  @Test("stores participants and events, names its batch, and keeps the mapping")
  func stores() throws {
    let store = try TemporaryStore()
    let report = try store.run(twoFiles, files)
    #expect(report.outcome == .stored)
    #expect(report.diagnostics.kept.isEmpty)
    #expect(report.newParticipants == 3)
    #expect(report.rows.read == 7 && report.rows.new == 7 && report.rows.reconcile)
    let kinds: [EventType: Int] = [
      .participationEntered: 3, .attributesRecorded: 2, .statusConfirmed: 3,
      .employmentStarted: 2, .employmentEnded: 1, .measureStarted: 1,
    ]
    #expect(report.events == kinds)
    #expect(
      try store.events(of: "t:a") == [
        JourneyEvent(.participationEntered, on: date("2024-01-15")),
        JourneyEvent(.attributesRecorded, on: date("2024-01-15"))
          .with(Fields.attribute, "group=x"),
        JourneyEvent(.statusConfirmed, on: date("2024-12-31")),
        JourneyEvent(.employmentStarted, on: date("2024-03-01"))
          .with(Fields.placementKind, .svp).with(Fields.spell, 1),
        JourneyEvent(.employmentEnded, on: date("2024-06-30"))
          .with(Fields.placementKind, .svp).with(Fields.spell, 1),
      ])
    let batches = try ImportRun.list(store.log)
    #expect(batches.count == 1)
    let batch = try #require(batches.first)
    #expect(batch.isFinished && batch.rows == 7 && batch.events == 12 && !batch.isSimulated)
    #expect(batch.files == "people.csv, events.csv")
    #expect(batch.code == report.batchCode)
    let system = try store.log.events(of: .system).compactMap(\.event)
    #expect(system.map(\.type) == [.definitionStored, .importBatchBegun, .importBatchEnded])
    #expect(system[0][Fields.definitionText] == twoFiles)
    let ref = try #require(try store.log.participant(externalID: "t:a"))
    for read in try store.log.events(of: .participant(ref)) {
      #expect(read.event?[Fields.batch] == Int(batch.begun.number))
      #expect(read.event?[Fields.source] == .fileImport)
    }
  }

  @Test("of the same files again stores nothing and names the earlier batch (6.8, no. 33)")
  func again() throws {
    let store = try TemporaryStore()
    let first = try store.run(twoFiles, files)
    let size = try store.log.size()
    let second = try store.run(twoFiles, files)
    guard case .alreadyImported(let batch) = second.outcome else {
      Issue.record("imported again: \(second.outcome)")
      return
    }
    #expect(batch.code == first.batchCode)
    #expect(try store.log.size() == size)
  }

  @Test("of a file with one more row adds that row")
  func oneMore() throws {
    let store = try TemporaryStore()
    try #expect(store.run(twoFiles, files).outcome == .stored)
    let more = events + "c,EmploymentEnded,2024-07-31,MINIJOB,\n"
    let report = try store.run(twoFiles, [("people.csv", people), ("events.csv", more)])
    #expect(report.outcome == .stored)
    #expect(report.events == [.employmentEnded: 1])
    #expect(report.newParticipants == 0 && report.knownParticipants == 3)
    #expect(report.rows.new == 1 && report.rows.unchanged == 7 && report.rows.reconcile)
    #expect(report.unchangedEvents == 12)
    #expect(report.batchCode?.hasSuffix("-0002") == true)
    // The definition's text is kept once.
    let kept = try store.log.events(of: .system).count { $0.event?.type == .definitionStored }
    #expect(kept == 1)
  }

  @Test("that is only forecast stores nothing and predicts the real one")
  func forecast() throws {
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, [("people.csv", people)])
    let more = people + "d,2024-04-01,x,2024-12-31\n"
    let lines = events + "d,CounsellingHeld,2024-04-02,,\n"
    var options = ImportOptions()
    options.isDryRun = true
    let size = try store.log.size()
    let forecast = try store.run(
      twoFiles, [("people.csv", more), ("events.csv", lines)], options)
    #expect(forecast.outcome == .forecast)
    #expect(try store.log.size() == size)
    let real = try store.run(twoFiles, [("people.csv", more), ("events.csv", lines)])
    #expect(real.outcome == .stored)
    #expect(forecast.batchCode == real.batchCode)
    #expect(forecast.files == real.files)
    #expect(forecast.events == real.events)
    #expect(forecast.newParticipants == real.newParticipants && real.newParticipants == 1)
    #expect(forecast.knownParticipants == real.knownParticipants)
    #expect(forecast.unchangedEvents == real.unchangedEvents)
  }

  @Test("with an error stores nothing, or all other rows when told to skip")
  func errors() throws {
    let wrong = events + "a,EmploymentStarted,31.11.2024,SVP,2\nx,CounsellingHeld,2024-05-01,,\n"
    let store = try TemporaryStore()
    let refused = try store.run(twoFiles, [("people.csv", people), ("events.csv", wrong)])
    #expect(refused.outcome == .refused)
    #expect(refused.diagnostics.errors == 2)
    #expect(refused.diagnostics.kept.map(\.code) == ["E-DATE", "E-UNKNOWN-PARTICIPANT"])
    #expect(refused.rows.rejected == 2 && refused.rows.new == 7 && refused.rows.reconcile)
    #expect(try store.log.size() == 0)

    var options = ImportOptions()
    options.skipsErrors = true
    let skipped = try store.run(
      twoFiles, [("people.csv", people), ("events.csv", wrong)], options)
    #expect(skipped.outcome == .stored)
    #expect(skipped.files == refused.files)
    let plain = try TemporaryStore()
    _ = try plain.run(twoFiles, files)
    #expect(try store.digest() == plain.digest())
  }

  @Test("does not admit a person whose only row has an error")
  func rejectedPerson() throws {
    let wrong = people + "d,2024-13-01,x,\n"
    var options = ImportOptions()
    options.skipsErrors = true
    let store = try TemporaryStore()
    let report = try store.run(
      twoFiles,
      [("people.csv", wrong), ("events.csv", events + "d,CounsellingHeld,2024-05-01,,\n")], options)
    #expect(report.newParticipants == 3)
    #expect(report.diagnostics.kept.map(\.code) == ["E-DATE", "E-UNKNOWN-PARTICIPANT"])
    #expect(try store.log.participant(externalID: "t:d") == nil)
  }

  @Test("takes a correction by hand for stored, and so does not undo it")
  func corrected() throws {
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, files)
    let ref = try #require(try store.log.participant(externalID: "t:c"))
    let job = try #require(
      try store.log.events(of: .participant(ref)).first {
        $0.event?.type == .employmentStarted
      })
    let correction = JourneyEvent(.employmentStarted, on: try date("2024-05-15"))
      .with(Fields.placementKind, .svp).with(Fields.target, Int(job.header.position.number))
    try store.log.append(
      AppendRequest([.init(.stream(.participant(ref)), expecting: .any, [correction])]))
    let report = try store.run(
      twoFiles, [("people.csv", people + "e,2024-01-01,,\n"), ("events.csv", events)])
    #expect(report.newEvents == 1 && report.newParticipants == 1)
  }

  @Test("marks made-up data")
  func simulated() throws {
    let store = try TemporaryStore()
    let text = "id,entry,group,until,simulated\na,2024-01-15,x,2024-12-31,yes\n"
    let report = try store.run(twoFiles, [("people.csv", text)])
    #expect(report.isSimulated)
    #expect(try ImportRun.list(store.log).first?.isSimulated == true)
    let ref = try #require(try store.log.participant(externalID: "t:a"))
    let sources = try store.log.events(of: .participant(ref)).map { $0.event?[Fields.source] }
    #expect(sources.allSatisfy { $0 == .simulation })
  }

  @Test("takes files by order when their names do not fit, and else refuses them")
  func matching() throws {
    let store = try TemporaryStore()
    #expect(throws: ImportError.self) { try store.run(twoFiles, [("other.csv", people)]) }
    let report = try store.run(twoFiles, [("one.csv", people), ("two.csv", events)])
    #expect(report.outcome == .stored && report.newEvents == 12)
    // Whatever the order of the arguments, the mapping's order counts.
    let reversed = try TemporaryStore()
    let second = try reversed.run(twoFiles, [("events.csv", events), ("people.csv", people)])
    #expect(second.outcome == .stored && second.files.first?.path.hasSuffix("people.csv") == true)
  }
}
