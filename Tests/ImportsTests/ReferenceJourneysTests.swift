import EventLog
import Files
import Glibc
import Imports
import Interchange
import Journey
import Simulation
import Testing

/// Files of the checkout and beside it, found from this source file.
enum Checkout {
  static let root: String = {
    let real = unsafe realpath(#filePath, nil)
    defer { unsafe free(real) }
    let path = unsafe real.map { unsafe String(cString: $0) } ?? #filePath
    return path.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  }()
  static let mvad = "\(Folder.parent(of: root))/shared/reference/mvad"

  static func mapping(_ name: String) throws -> Mapping {
    let path = "\(root)/projections/mappings/\(name).toml"
    return try Mapping.parse(bytes: try Folder.contents(of: path), file: path)
  }
}

@Suite("The school-to-work journeys", .enabled(if: Folder.exists(Checkout.mvad)))
struct ReferenceJourneysTests {
  @Test("come in whole, with the events of person 1 as worked by hand")
  func mvad() throws {
    let store = try TemporaryStore()
    let files = ["input_persons.csv", "input_state_changes.csv"].map { "\(Checkout.mvad)/\($0)" }
    let report = try ImportRun(
      log: store.log, mapping: Checkout.mapping("mvad"), files: files
    ).run()
    #expect(report.outcome == .stored && report.newParticipants == 712)
    #expect(report.diagnostics.errors == 0 && report.diagnostics.warnings == 0)
    #expect(report.rows.read == 712 + 2526 && report.rows.reconcile)
    #expect(report.events[.employmentStarted] == 898)
    var attributes = FieldSet()
    for pair in [
      "male=no", "catholic=no", "Grammar=no", "funemp=no", "gcse5eq=no", "fmpr=yes",
      "livboth=yes", "weight=0.33",
    ] {
      attributes.add(Fields.attribute, pair)
    }
    func event(_ type: EventType, _ on: String, _ kind: PlacementKind?) throws -> JourneyEvent {
      JourneyEvent(type, on: try date(on)).with(Fields.placementKind, kind)
    }
    #expect(
      try store.events(of: "mvad:1") == [
        event(.participationEntered, "1993-07", nil),
        JourneyEvent(.attributesRecorded, on: date("1993-07"), attributes),
        event(.statusConfirmed, "1999-06", nil),
        event(.trainingStarted, "1993-07", .dualTraining),
        event(.trainingEnded, "1993-08", .dualTraining),
        event(.employmentStarted, "1993-09", .svp), event(.employmentEnded, "1993-12", .svp),
        event(.trainingStarted, "1994-01", .dualTraining),
        event(.trainingEnded, "1994-02", .dualTraining),
        event(.employmentStarted, "1994-03", .svp),
      ])
  }
}

@Suite("A simulated programme")
struct SimulatedImportTests {
  @Test("comes in without errors and gives back its journeys")
  func simulated() throws {
    let store = try TemporaryStore()
    var texts: [SimulatedFile: [UInt8]] = [:]
    let programme = SimulatedProgramme(participants: 40, seed: 11)
    programme.writeFiles { file, bytes in texts[file, default: []] += bytes }
    let files = try [SimulatedFile.participants, .events].map { file in
      try store.folder.write(
        String(decoding: texts[file, default: []], as: UTF8.self), to: file.name)
    }
    let report = try ImportRun(
      log: store.log, mapping: Checkout.mapping("wir-simulated"), files: files
    ).run()
    #expect(report.outcome == .stored && report.isSimulated)
    #expect(report.diagnostics.errors == 0, "\(report.diagnostics.kept.prefix(3))")
    #expect(report.newParticipants == 40)
    for index in 0..<40 {
      let journey = programme.journey(of: index)
      var told: [JourneyEvent: Int] = [:]
      for event in journey.effectiveEvents {
        var event = event
        event[Fields.source] = nil
        told[event] = 1
      }
      let stored = try store.events(of: "wir-sim:\(journey.externalID)")
      #expect(Set(stored) == Set(told.keys), "participant \(index)")
      #expect(stored.count == told.count, "participant \(index)")
    }
  }
}
