import EventLog
import Imports
import Interchange
import Journey
import Keyring
import ProjectionEngine
import Testing

@Suite("A file exported again")
struct ChangedRowTests {
  /// A store with the two files, and what importing others then does.
  private func again(
    people newPeople: String = people, events newEvents: String = events
  ) throws -> (store: TemporaryStore, report: ImportReport) {
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, [("people.csv", people), ("events.csv", events)])
    let files = [("people.csv", newPeople), ("events.csv", newEvents)]
    var options = ImportOptions()
    options.isDryRun = true
    let forecast = try store.run(twoFiles, files, options)
    let report = try store.run(twoFiles, files)
    // The forecast says what the run does, message by message.
    #expect(forecast.rows == report.rows && forecast.events == report.events)
    #expect(forecast.corrections == report.corrections)
    #expect(forecast.diagnostics.kept == report.diagnostics.kept)
    #expect(report.rows.reconcile)
    return (store, report)
  }

  private func standing(_ id: String, in store: TemporaryStore) throws -> [JourneyEvent] {
    let ref = try #require(try store.log.participant(externalID: id))
    return Statement.list(try store.log.events(of: .participant(ref)))
      .filter { $0.retraction == nil }.compactMap(\.wording.event)
  }

  @Test("corrects what a row words anew, and counts the row as changed")
  func changed() throws {
    let (store, report) = try again(
      events: events.replacing("2024-06-30,SVP,1", with: "2024-07-31,SVP,1"))
    #expect(report.rows.changed == 1 && report.rows.new == 0 && report.rows.unchanged == 6)
    #expect(report.corrections == 1 && report.newEvents == 1)
    let warning = try #require(report.diagnostics.kept.first)
    #expect(warning.code == "W-CHANGED" && warning.severity == .warning && warning.line == 3)
    #expect(
      warning.message.de
        == "Arbeit beendet: gespeichert 30.06.2024, jetzt 31.07.2024; wird berichtigt.")
    let ends = try standing("t:a", in: store).filter { $0.type == .employmentEnded }
    #expect(ends.map(\.occurredOn) == [try date("2024-07-31")])
    // And importing it once more is nothing to do.
    let third = try store.run(
      twoFiles,
      [
        ("people.csv", people),
        ("events.csv", events.replacing("2024-06-30,SVP,1", with: "2024-07-31,SVP,1") + "\n"),
      ])
    #expect(third.newEvents == 0)
  }

  @Test("corrects the day of entry, and the attributes stated with it")
  func entry() throws {
    let (store, report) = try again(people: people.replacing("2024-02-01,y", with: "2024-02-02,z"))
    #expect(report.rows.changed == 1 && report.corrections == 2)
    let standing = try standing("t:b", in: store)
    let entries = standing.filter { $0.type == .participationEntered }
    #expect(entries.map(\.occurredOn) == [try date("2024-02-02")])
    let attributes = standing.filter { $0.type == .attributesRecorded }
    #expect(attributes.map { $0[Fields.attribute] } == ["group=z"])
  }

  @Test("takes nothing back where a cell is empty now, or a row is gone")
  func emptied() throws {
    let (store, report) = try again(
      people: people.replacing("2024-01-15,x", with: "2024-01-15,"),
      events: events.replacing("2024-06-30,SVP,1", with: "2024-06-30,,1")
        .replacing("b,MeasureStarted,2024-02-05,LANG,\n", with: ""))
    #expect(report.newEvents == 0)
    #expect(try standing("t:a", in: store).contains { $0[Fields.attribute] == "group=x" })
    #expect(try standing("t:b", in: store).contains { $0.type == .measureStarted })
  }

  @Test("keeps in a correction what the new row leaves empty")
  func merged() throws {
    let (store, report) = try again(
      events: events.replacing(
        "a,EmploymentEnded,2024-06-30,SVP,1", with: "a,EmploymentEnded,2024-07-31,,1"))
    #expect(report.corrections == 1)
    let end = try #require(try standing("t:a", in: store).first { $0.type == .employmentEnded })
    let day = try date("2024-07-31")
    #expect(end[Fields.placementKind] == .svp && end.occurredOn == day)
  }

  @Test("leaves alone what somebody corrected or took back by hand, and says so")
  func byHand() throws {
    let store = try TemporaryStore()
    _ = try store.run(twoFiles, [("people.csv", people), ("events.csv", events)])
    let ref = try #require(try store.log.participant(externalID: "t:a"))
    let job = try #require(
      try store.log.events(of: .participant(ref)).first { $0.event?.type == .employmentEnded })
    let correction = JourneyEvent(.employmentEnded, on: try date("2024-08-15"))
      .with(Fields.spell, 1).with(Fields.target, Int(job.header.position.number))
    try store.log.append(
      AppendRequest([.init(.stream(.participant(ref)), expecting: .any, [correction])]))
    let report = try store.run(
      twoFiles, [("events.csv", events.replacing("2024-06-30,SVP,1", with: "2024-07-31,SVP,1"))])
    #expect(report.newEvents == 0)
    let warning = try #require(report.diagnostics.kept.first { $0.code == "W-KEPT" })
    #expect(warning.message.en.contains("corrected it to 2024-08-15") && warning.line == 3)
    let ends = try standing("t:a", in: store).filter { $0.type == .employmentEnded }
    #expect(ends.map(\.occurredOn) == [try date("2024-08-15")])
  }

  @Test("with another date where only a person can tell puts both side by side")
  func beside() throws {
    let (_, report) = try again(
      events: events.replacing(
        "c,EmploymentStarted,2024-05-01", with: "c,EmploymentStarted,2024-05-15"))
    let warning = try #require(report.diagnostics.kept.first)
    #expect(warning.code == "W-BESIDE" && warning.line == 5 && report.rows.new == 1)
    #expect(warning.message.de.contains("Beides steht jetzt nebeneinander; bitte prüfen."))
  }

  @Test("of a list of states becomes a correction where the list says again what it said")
  func states() throws {
    let mapping = head(
      """
      [[file]]
      match = "states*.csv"
      shape = "state-change"
      id = { column = "id" }
      on = { column = "from" }
      state = { column = "state" }
      [file.states.job]
      start = { type = "EmploymentStarted", fields = { kind = "SVP" } }
      end = { type = "EmploymentEnded", fields = { kind = "SVP" } }
      [file.states.training]
      start = { type = "TrainingStarted", fields = { kind = "DUAL" } }
      end = { type = "TrainingEnded", fields = { kind = "DUAL" } }
      [file.states.none]
      at = { type = "LabourStatusReported", fields = { employment-status = "UNE" } }
      """)
    let first = """
      id,from,state
      a,2026-07-01,training
      b,2026-06-01,job
      b,2026-09-01,none

      """
    let store = try TemporaryStore()
    _ = try store.run(mapping, [("states1.csv", first)])
    let changed = first.replacing("2026-07-01", with: "2026-07-15")
      .replacing("2026-09-01", with: "2026-09-15")
    let report = try store.run(mapping, [("states2.csv", changed)])
    #expect(report.rows.changed == 2 && report.rows.new == 0, "\(report.rows)")
    #expect(report.corrections == 3)
    let control = try TemporaryStore()
    _ = try control.run(mapping, [("states2.csv", changed)])
    for id in ["t:a", "t:b"] {
      let told = try standing(id, in: store).map { [$0.type.name, "\($0.occurredOn)"] }
      let alone = try standing(id, in: control).map { [$0.type.name, "\($0.occurredOn)"] }
      #expect(Set(told) == Set(alone) && told.count == alone.count, "\(id): \(told)")
    }
    // The next state of somebody is news, and takes the place of none.
    let more = changed + "c,2026-10-01,job\nb,2026-11-01,job\n"
    let sorted = more.replacing("c,2026-10-01,job\nb,2026-11-01,job\n", with: "b,2026-11-01,job\n")
    let next = try store.run(mapping, [("states3.csv", sorted + "c,2026-10-01,job\n")])
    #expect(next.corrections == 0 && next.rows.new == 2, "\(next.rows)")
  }

  /// A store with one talk, and what importing a file of news about the same person then does.
  private func talks(
    _ news: String, erase: String = ""
  ) throws -> (store: TemporaryStore, report: ImportReport) {
    let mapping = head(
      """
      [[file]]
      match = "talks*.csv"
      shape = "event"
      id = { column = "id" }
      type = { column = "event" }
      on = { column = "on" }
      \(erase)
      fields = { hours = { column = "hours" }, kind = { column = "kind" }, topics = { column = "topics" } }
      """)
    let header = "id,event,on,hours,kind,topics\n"
    let store = try TemporaryStore()
    let first =
      "a,CounsellingHeld,2024-05-02,1.5,,housing\na,MeasureStarted,2024-05-02,,LANG,\n"
    _ = try store.run(mapping, [("talks-1.csv", header + first)])
    var options = ImportOptions()
    options.isDryRun = true
    let files = [("talks-2.csv", header + news)]
    let forecast = try store.run(mapping, files, options)
    let report = try store.run(mapping, files)
    #expect(forecast.rows == report.rows && forecast.events == report.events)
    #expect(forecast.diagnostics.kept == report.diagnostics.kept)
    return (store, report)
  }

  @Test("with another talk of the same day lets both stand, and asks whether they are two")
  func twoTalks() throws {
    let (store, report) = try talks("a,CounsellingHeld,2024-05-02,0.5,,\n")
    #expect(report.corrections == 0 && report.newEvents == 1 && report.rows.new == 1)
    let warning = try #require(report.diagnostics.kept.first)
    #expect(warning.code == "W-BESIDE" && report.diagnostics.kept.count == 1)
    #expect(
      warning.message.de.hasPrefix(
        "Beratung (02.05.2024): von diesem Tag ist schon ein anderer Eintrag gespeichert"))
    let hours = try standing("t:a", in: store).compactMap { $0[Fields.hours] }
    #expect(hours == [Hundredths(150), Hundredths(50)])
    // A measure of another kind is another measure, about which nobody needs to ask.
    #expect(try talks("a,MeasureStarted,2024-05-02,,QUAL,\n").report.diagnostics.kept.isEmpty)
    // The same row, or less of it, is the same talk.
    #expect(try talks("a,CounsellingHeld,2024-05-02,1.5,,\n").report.newEvents == 0)
  }

  @Test("that states again what is stored corrects a talk, whichever of its rows comes first")
  func restatedTalk() throws {
    let measure = "a,MeasureStarted,2024-05-02,,LANG,\n"
    let talk = "a,CounsellingHeld,2024-05-02,2,,\n"
    let other = "b,CounsellingHeld,2024-06-01,1,,\n"
    for news in [measure + talk, talk + measure, talk + other + measure] {
      let (store, report) = try talks(news)
      #expect(report.corrections == 1 && report.diagnostics.kept.map(\.code) == ["W-CHANGED"])
      #expect(
        report.diagnostics.kept.first?.message.de
          == "Beratung (02.05.2024): andere Angaben als gespeichert (Stunden);"
          + " wird berichtigt.")
      let talks = try standing("t:a", in: store).filter { $0.type == .counsellingHeld }
      #expect(talks.map { $0[Fields.hours] } == [Hundredths(200)])
      #expect(talks.map { $0[Fields.topics] } == ["housing"])
    }
  }

  @Test("erases a detail where it holds the word that its mapping names, once, and nothing else")
  func erasedDetail() throws {
    let row = "a,CounsellingHeld,2024-05-02,1.5,,#leer\n"
    let (store, report) = try talks(row, erase: "erase = \"#leer\"")
    #expect(report.corrections == 1 && report.rows.changed == 1)
    let talk = try #require(try standing("t:a", in: store).first { $0.type == .counsellingHeld })
    #expect(talk[Fields.topics] == nil && talk[Fields.hours] == Hundredths(150))
    // Without the word in the mapping it is a text like any other.
    let plain = try talks(row)
    #expect(plain.report.corrections == 0)
    #expect(try standing("t:a", in: plain.store).contains { $0[Fields.topics] == "#leer" })
    // What is erased already is nothing new.
    let twice = try talks(row + row + "\n", erase: "erase = \"#leer\"")
    #expect(twice.report.corrections == 1 && twice.report.rows.duplicate == 1)
  }

  @Test("that holds the news of a month alone warns of nothing")
  func news() throws {
    let (_, report) = try again(
      events: "id,event,on,kind,spell\na,EmploymentStarted,2024-09-01,SVP,\n"
        + "b,MeasureStarted,2024-05-05,LANG,\n")
    #expect(report.newEvents == 2 && report.corrections == 0)
    #expect(report.diagnostics.kept.isEmpty)
  }

  @Test("with one more job, a later day of observation, or other order does not warn")
  func added() throws {
    #expect(
      try again(events: events + "c,EmploymentStarted,2024-09-01,SVP,\n").report.diagnostics.kept
        .isEmpty)
    let later = people.replacing("2024-12-31", with: "2025-01-31")
    #expect(try again(people: later).report.diagnostics.kept.isEmpty)
    let lines = events.split(separator: "\n").map { String($0) }
    let reversed = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
    #expect(try again(events: reversed).report.diagnostics.kept.isEmpty)
  }

  @Test("goes back to an earlier wording when the file does")
  func back() throws {
    let store = try TemporaryStore()
    let changed = events.replacing("2024-06-30,SVP,1", with: "2024-07-31,SVP,1")
    _ = try store.run(twoFiles, [("people.csv", people), ("events.csv", events)])
    _ = try store.run(twoFiles, [("events.csv", changed)])
    let report = try store.run(twoFiles, [("events.csv", events + "\n")])
    #expect(report.corrections == 1)
    let ends = try standing("t:a", in: store).filter { $0.type == .employmentEnded }
    #expect(ends.map(\.occurredOn) == [try date("2024-06-30")])
  }

  @Test("whose import is undone says again what was said before it, once")
  func undone() throws {
    let changed = events.replacing("2024-06-30,SVP,1", with: "2024-07-31,SVP,1")
    let (store, report) = try again(events: changed + "b,MeasureCompleted,2024-03-05,LANG,\n")
    #expect(report.corrections == 1 && report.newEvents == 2)
    let batch = try #require(try ImportRun.list(store.log).last)
    let undo = ImportUndo(
      batch, in: store.log, author: "anna", role: .advisor, reason: "wrong",
      now: { 1_700_000_000_000_000 })
    let outcome = try undo.run(stores: true)
    #expect(outcome.reversed == 2 && outcome.kept == 0)
    let ends = try standing("t:a", in: store).filter { $0.type == .employmentEnded }
    #expect(ends.map(\.occurredOn) == [try date("2024-06-30")])
    #expect(try undo.run(stores: true).reversed == 0)
    let fresh = try TemporaryStore()
    _ = try fresh.run(twoFiles, [("people.csv", people), ("events.csv", events)])
    #expect(try store.digest() == fresh.digest())
    // The same file again corrects again.
    let again = try store.run(
      twoFiles,
      [("people.csv", people), ("events.csv", changed + "b,MeasureCompleted,2024-03-05,LANG,\n")])
    #expect(again.corrections == 1)
  }
}
