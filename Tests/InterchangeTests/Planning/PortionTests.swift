import Dispatch
import Files
import Journey
import Synchronization
import TestSupport
import Testing

@testable import Interchange

private let persons = """
  [[file]]
  match = "*.csv"
  shape = "participant"
  id = { column = "Nr" }
  observed-until = { column = "Stand", optional = true }
  [[file.event]]
  type = "ParticipationEntered"
  on = { column = "Eintritt" }
  [[file.event]]
  type = "ParticipationExited"
  on = { column = "Austritt" }

  """
private let occurrences = """
  [[file]]
  match = "*.csv"
  shape = "event"
  id = { column = "Nr" }
  type = { column = "Art" }
  on = { column = "Am" }
  fields = { kind = { column = "Form" }, spell = { column = "Zahl" } }

  """
private let states = """
  [[file]]
  match = "*.csv"
  shape = "state-change"
  id = { column = "Nr" }
  state = { column = "Art" }
  on = { column = "Am" }
  [file.states.job]
  start = { type = "EmploymentStarted", fields = { kind = "SVP" } }
  end = { type = "EmploymentEnded", fields = { kind = "SVP" } }
  [file.states.none]
  at = { type = "LabourStatusReported", fields = { employment-status = "UNE" } }

  """

@Suite("Rows understood in portions")
struct PortionTests {
  /// Understands the last portions first, on other threads, before more rows are read.
  private static let backwards: PlanningHands = { count, body, own in
    let done = DispatchGroup()
    for number in (0..<count).reversed() {
      DispatchQueue.global().async(group: done) { body(number) }
    }
    done.wait()
    own()
  }
  /// Understands portions while more rows are read.
  private static let beside: PlanningHands = { count, body, own in
    let done = DispatchGroup()
    DispatchQueue.global().async(group: done) { for number in 0..<count { body(number) } }
    own()
    done.wait()
  }

  /// A file of rows with faults of all kinds, now and then apart, cut off, or in Windows-1252.
  private func file(
    _ head: String, _ random: inout SeededGenerator,
    _ row: (String, inout SeededGenerator) -> String
  ) -> [UInt8] {
    var rows: [String] = []
    for person in 0..<Int.random(in: 0...40, using: &random) {
      for _ in 0..<(random.chance(4) ? 30 : random.pick([1, 1, 2, 4])) {
        let id = random.chance(3) ? random.pick(["", "Summe", "#NV", "9"]) : "p\(person)"
        var text = row(id, &random)
        if random.chance(4) {
          text = random.pick([text + ";zu viel", id, text + "\n" + text, ";;;", head])
        }
        rows.append(text)
      }
    }
    if random.chance(25), rows.count > 3 { rows.swapAt(0, rows.count - 1) }
    if random.chance(20) { rows.append(random.pick([";;3;", "Gesamt;;;", "\"offen;"])) }
    let text = ([head] + rows).joined(separator: random.pick(["\n", "\r\n"]))
    guard random.chance(20) else { return Array(text.utf8) }
    return Array(text.utf8) + [0x0A] + Array("z;".utf8) + [0xFC] + Array(";x;".utf8)
  }

  /// Everything that whoever reads a file gets to see, step by step.
  private func course(
    of path: String, _ mapping: FileMapping, admits: Bool, scattered: Bool, limit: Int, rows: Int,
    _ hands: PlanningHands?
  ) throws -> [String] {
    let people = PersonTable()
    people.beginPass(comparing: true, shared: [.employmentStarted])
    var seen: [String] = []
    do throws(PlanError) {
      var planner = try FilePlanner(
        path, as: mapping, people: people, admits: admits, scattered: scattered,
        diagnosticLimit: limit, knows: { !$0.hasSuffix("7") })
      planner.refuses = { $0 == "p5" ? LocalizedText(en: "gone", de: "weg") : nil }
      planner.today = Day(year: 2026, month: 12, day: 1)
      planner.collectsRejects = true
      planner.hands = hands
      planner.portionRows = rows
      func look(_ planner: inout FilePlanner, _ what: String) {
        let rejects = planner.takeRejects().map { "\($0.place) \($0.codes) \($0.messages)" }
        seen.append(
          "\(what) \(planner.counts) \(planner.bytesRead) \(planner.encoding as Any) \(rejects)"
            + " \(planner.diagnostics.kept.count) \(planner.diagnostics.byCode.sorted { $0 < $1 })")
      }
      do throws(PlanError) {
        while let person = try planner.next() {
          look(&planner, "\(people.id(of: person.person)): \(person.rows) \(person.events)")
        }
      } catch {
        if case .scattered = error { return ["scattered"] }
        seen.append("\(error)")
      }
      look(&planner, "\(planner.simulatedRows) \(planner.notices)")
      for found in planner.diagnostics.kept { seen.append(found.rendered(in: .english)) }
    } catch { seen.append("\(error)") }
    return seen
  }

  @Test("give the same however many make a portion and whoever understands them", arguments: 0..<60)
  func same(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    func date(_ random: inout SeededGenerator) -> String {
      random.chance(5)
        ? random.pick(["", "31.02.2026", "x", "01.01.2031"])
        : "\(Int.random(in: 1...28, using: &random)).\(random.pick([3, 4, 5])).2026"
    }
    let (text, head) = random.pick([
      (persons, "Nr;Eintritt;Austritt;Stand"), (occurrences, "Nr;Am;Art;Form;Zahl"),
      (states, "Nr;Am;Art;x"),
    ])
    let bytes = file(head, &random) { id, random in
      let first = "\(id);\(date(&random));"
      switch text {
      case persons: return first + "\(date(&random));\(random.chance(50) ? date(&random) : "")"
      case states: return first + "\(random.pick(["job", "none", "job", "?"]));"
      default:
        let kind = random.pick(["EmploymentStarted;SVP;1", "EmploymentEnded;SVP;1", "?;;"])
        return first + random.pick([kind, kind, "CounsellingHeld;;", "MeasureStarted;LANG;"])
      }
    }
    let file = try TemporaryFile(bytes)
    defer { withExtendedLifetime(file) {} }
    let mapping = try Mapping.parse(mappingHead + text, file: "m.toml").files[0]
    let (admits, limit) = (random.chance(70), random.pick([0, 3, 1000]))
    for scattered in [false, true] {
      // A row a portion, one after the other: as if there were no portions.
      let expected = try course(
        of: file.path, mapping, admits: admits, scattered: scattered, limit: limit, rows: 1, nil)
      for (rows, hands) in [
        (512, nil), (3, nil), (1, Self.backwards), (5, Self.backwards), (2, Self.beside),
        (512, Self.beside),
      ] as [(Int, PlanningHands?)] {
        let found = try course(
          of: file.path, mapping, admits: admits, scattered: scattered, limit: limit, rows: rows,
          hands)
        #expect(found == expected, "seed \(seed), \(rows) rows, scattered: \(scattered)")
      }
    }
  }

  @Test("are no more than were asked for and as many again, however long the file is")
  func bounded() throws {
    let text = "Nr;Eintritt;Austritt\n" + (0..<9_000).map { "\($0);01.03.2026;\n" }.joined()
    let file = try TemporaryFile(Array(text.utf8))
    defer { withExtendedLifetime(file) {} }
    let mapping = try Mapping.parse(mappingHead + persons, file: "m.toml").files[0]
    let people = PersonTable()
    var planner = try FilePlanner(file.path, as: mapping, people: people, admits: true)
    planner.hands = Self.beside
    _ = try planner.next()
    #expect(people.count <= 8 * RowPortion.usualRows(sideBySide: true) + 1)
    #expect(planner.counts.read == 2, "what was not taken up is not counted")
  }

  @Test("of a file whose rows are sorted first are rejected as the file is gone through")
  func sortedFirst() throws {
    let text = "Nr;Eintritt;Austritt\na;01.03.2026;\nb;x;\n;01.03.2026;wer\n"
    let file = try TemporaryFile(Array(text.utf8))
    defer { withExtendedLifetime(file) {} }
    let mapping = try Mapping.parse(mappingHead + persons, file: "m.toml").files[0]
    for rows in [1, 512] {
      var planner = try FilePlanner(
        file.path, as: mapping, people: PersonTable(), admits: true, scattered: true)
      planner.collectsRejects = true
      planner.portionRows = rows
      _ = try planner.next()
      // The row at the end has no id: that is known before the first participant is given.
      #expect(planner.takeRejects().map(\.place.line) == [4, 3], "\(rows)")
    }
  }

  @Test("keep as many findings as the limit allows, in their order, and count all")
  func findings() {
    func diagnostic(_ number: Int) -> RowDiagnostic {
      RowDiagnostic(
        number % 3 == 0 ? .warning : .error, file: "f", line: number, column: nil,
        code: number % 2 == 0 ? "A" : "B", LocalizedText(verbatim: "\(number)"))
    }
    for limit in [0, 1, 4, 100] {
      var (whole, parts) = (RowDiagnostics(limit: limit), RowDiagnostics(limit: limit))
      for start in [0, 5, 6, 20] {
        var part = RowDiagnostics(limit: limit)
        for number in start..<(start + 5) {
          whole.add(diagnostic(number))
          part.add(diagnostic(number))
        }
        parts.append(part)
      }
      #expect(parts.kept == whole.kept && parts.byCode == whole.byCode, "limit \(limit)")
      #expect((parts.errors, parts.warnings) == (whole.errors, whole.warnings))
    }
  }
}
