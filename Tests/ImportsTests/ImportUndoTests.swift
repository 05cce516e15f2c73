import EventLog
import Imports
import Interchange
import Journey
import Keyring
import ProjectionEngine
import Testing

@Suite("Undoing an import")
struct ImportUndoTests {
  private static let files = [
    (
      "people.csv",
      "id,entry,group,until\n" + (0..<12).map { "p\($0),2024-01-15,g,2024-12\n" }.joined()
    ),
    (
      "events.csv",
      "id,event,on,kind,spell\n"
        + (0..<12).map { "p\($0),EmploymentStarted,2024-03-01,SVP,1\n" }.joined()
    ),
  ]

  private struct Imported {
    let store: TemporaryStore
    let batch: ImportBatch
    let events: Int

    init() throws {
      store = try TemporaryStore()
      let report = try store.run(twoFiles, ImportUndoTests.files)
      events = report.newEvents
      batch = try #require(try ImportRun.list(store.log).first)
    }

    func undo() throws -> ImportUndo {
      // What is known of the batch now, not what was known when it came in.
      let batch = try #require(try ImportRun.list(store.log).first { $0.code == self.batch.code })
      return ImportUndo(
        batch, in: store.log, author: "anna", role: .advisor, reason: "wrong file",
        now: { 1_700_000_000_000_000 })
    }

    func ref(_ id: String) throws -> ParticipantRef {
      try #require(try store.log.participant(externalID: "t:\(id)"))
    }

    /// Every event of the import of one person, first statements only.
    func brought(_ id: String) throws -> [ReadEvent] {
      try store.log.events(of: .participant(try ref(id))).filter {
        $0.event?[Fields.batch] == Int(batch.begun.number)
      }
    }
  }

  @Test("takes back every event once, as forecast, and says so in the log")
  func everything() throws {
    let imported = try Imported()
    let size = try imported.store.log.size()
    let forecast = try imported.undo().run(stores: false)
    #expect(try imported.store.log.size() == size)
    let outcome = try imported.undo().run(stores: true)
    #expect(outcome == forecast)
    // The events of the import are those of people; the two that frame it are not among them.
    #expect(outcome.reversed == imported.events && outcome.events == imported.events)
    #expect(outcome.people == 12 && outcome.kept == 0 && outcome.impossible == 0)
    #expect(try imported.store.log.size() == size + UInt64(outcome.reversed) + 1)
    for index in 0..<12 {
      let events = try imported.store.log.events(of: .participant(try imported.ref("p\(index)")))
      let brought = try imported.brought("p\(index)").map { Int($0.header.position.number) }
      let retracted = events.compactMap { $0.event }.filter { $0.type == .eventRetracted }
      #expect(Set(retracted.compactMap { $0[Fields.target] }) == Set(brought))
      #expect(
        retracted.allSatisfy { $0[Fields.reason] == "wrong file" && $0[Fields.author] == "anna" })
    }
    #expect(try ImportRun.list(imported.store.log).map(\.isUndone) == [true])
    // Again: nothing.
    let end = try imported.store.log.size()
    let again = try imported.undo().run(stores: true)
    #expect(again.reversed == 0 && again.reversedBefore == outcome.reversed)
    #expect(try imported.store.log.size() == end)
    let findings = try imported.store.log.verify(deep: true).findings
    #expect(findings.isEmpty)
  }

  @Test("keeps all of a person about whom somebody stored something since")
  func touched() throws {
    let imported = try Imported()
    let (byHand, corrected) = (try imported.ref("p3"), try imported.ref("p7"))
    try imported.store.log.append(
      AppendRequest([
        .init(
          .stream(.participant(byHand)), expecting: .any,
          [try JourneyEvent(.counsellingHeld, on: CivilDate.parse("2024-05-02"))])
      ]))
    let first = try #require(try imported.brought("p7").first)
    var correction = try #require(first.event)
    correction[Fields.batch] = nil
    correction[Fields.target] = Int(first.header.position.number)
    try imported.store.log.append(
      AppendRequest([.init(.stream(.participant(corrected)), expecting: .any, [correction])]))
    let kept = try imported.brought("p3").count + imported.brought("p7").count
    let outcome = try imported.undo().run(stores: true)
    #expect(outcome.touched == [byHand, corrected] && outcome.kept == kept)
    #expect(outcome.reversed == imported.events - kept)
    let streams = try [byHand, corrected].flatMap {
      try imported.store.log.events(of: .participant($0))
    }
    #expect(!streams.contains { $0.event?.type == .eventRetracted })
  }

  @Test("goes on where an earlier run was stopped, and ends it once", arguments: [1, 5, 30])
  func stopped(after count: Int) throws {
    let imported = try Imported()
    // What a run leaves that was killed: some portions, and no end.
    var done = 0
    for index in 0..<12 where done < count {
      let events = try imported.brought("p\(index)")
      try imported.store.log.append(
        AppendRequest([
          .init(
            .stream(.participant(try imported.ref("p\(index)"))), expecting: .any,
            try events.map { read in
              try JourneyEvent(.eventRetracted, on: CivilDate.parse("2024-06-01"))
                .with(Fields.target, Int(read.header.position.number))
                .with(Fields.retractionReason, .importUndone)
            })
        ]))
      done += events.count
    }
    let outcome = try imported.undo().run(stores: true)
    #expect(outcome.reversedBefore == done && outcome.reversed == imported.events - done)
    #expect(outcome.kept == 0)
    let ends = try imported.store.log.events(of: .system).compactMap(\.event).filter {
      $0.type == .importBatchRolledBack
    }
    #expect(ends.map { $0[Fields.count] } == [imported.events])
  }

  @Test("takes back corrections that a file signed itself, and tells them from reversals")
  func signedByFile() throws {
    let mapping = head(
      """
      [[file]]
      match = "talks*.csv"
      shape = "participant"
      id = { column = "id" }
      [[file.event]]
      type = "ParticipationEntered"
      on = { column = "entry" }
      fields = { author = { column = "who" } }
      """)
    func file(_ day: String) -> [(String, String)] {
      [("talks.csv", "id,entry,who\na,\(day),anna\n")]
    }
    let store = try TemporaryStore()
    _ = try store.run(mapping, file("2024-01-15"))
    #expect(try store.run(mapping, file("2024-01-16")).corrections == 1)
    let batches = try ImportRun.list(store.log)
    func undo(_ batch: ImportBatch) -> ImportUndo {
      ImportUndo(
        batch, in: store.log, author: "ben", role: .advisor, reason: "wrong file",
        now: { 1_700_000_000_000_000 })
    }
    // The second one stands on the first.
    #expect(try undo(batches[0]).run(stores: false).kept == 1)
    let outcome = try undo(batches[1]).run(stores: true)
    #expect(outcome.reversed == 1 && outcome.kept == 0)
    let ref = try #require(try store.log.participant(externalID: "t:a"))
    let standing = Statement.list(try store.log.events(of: .participant(ref)))
    #expect(standing.map(\.wording.event?.occurredOn) == [try date("2024-01-15")])
    #expect(try undo(batches[1]).run(stores: true).reversedBefore == 1)
  }

  @Test("leaves alone what cannot be opened any more")
  func erased() throws {
    let imported = try Imported()
    let lost = try imported.brought("p5").count
    try imported.store.log.orderErasure(
      ErasureRequest([try imported.ref("p5")], reason: "Art. 17", author: nil))
    _ = try imported.store.log.carryOutOrders()
    let outcome = try imported.undo().run(stores: true)
    #expect(outcome.impossible == lost && outcome.reversed == imported.events - lost)
    #expect(outcome.events == imported.events)
  }

  @Test("is undone by importing the same files again, which bring everything as a new import")
  func back() throws {
    let imported = try Imported()
    _ = try imported.undo().run(stores: true)
    let again = try imported.store.run(twoFiles, Self.files)
    #expect(again.outcome == .stored && again.newParticipants == 0)
    #expect(again.newEvents == imported.events && again.batchCode != imported.batch.code)
    // Once: the third time there is nothing to do, and the new import can be undone as well.
    guard case .alreadyImported(let batch) = try imported.store.run(twoFiles, Self.files).outcome
    else {
      Issue.record("imported a third time")
      return
    }
    #expect(batch.code == again.batchCode)
    let undo = ImportUndo(
      batch, in: imported.store.log, author: "anna", role: .advisor, reason: "again",
      now: { 1_700_000_000_000_000 })
    #expect(try undo.run(stores: true).reversed == imported.events)
  }
}
