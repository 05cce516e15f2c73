import Definitions
import Files
import Interchange
import Journey

/// What a planner says about a file.
struct Planned {
  var people: [String: [JourneyEvent]] = [:]
  var order: [String] = []
  var counts = RowCounts()
  var diagnostics: [RowDiagnostic] = []
  var fatal: [RowDiagnostic] = []
  var isScattered = false

  /// Place and code of everything found wrong.
  var places: [String] {
    (fatal + diagnostics).map { finding in
      "\(finding.line.map { "\($0)" } ?? "-"):\(finding.column.map { "\($0)" } ?? "-")"
        + " \(finding.code)"
    }
  }
}

let mappingHead = """
  format = "wegmarke.mapping/1"
  name = "test"
  version = 1
  id-system = "t"
  title = { en = "Test", de = "Test" }
  source = { text = "made up" }

  """

/// Plans one file held in a text, in sorted mode where its rows do not stand together.
func plan(_ mapping: String, _ text: String, scattered: Bool = false) throws -> Planned {
  try plan(mapping, bytes: Array(text.utf8), scattered: scattered)
}

func plan(_ mapping: String, bytes: [UInt8], scattered: Bool = false) throws -> Planned {
  let file = try TemporaryFile(bytes)
  defer { withExtendedLifetime(file) {} }
  return try plan(mapping, at: file.path, scattered: scattered)
}

func plan(_ text: String, at path: String, scattered: Bool = false) throws -> Planned {
  let mapping = try Mapping.parse(mappingHead + text, file: "m.toml")
  let people = PersonTable()
  var result = Planned()
  result.isScattered = scattered
  var needsSorting = false
  do throws(PlanError) {
    var planner = try FilePlanner(
      path, as: mapping.files[0], people: people, admits: true, scattered: scattered)
    do throws(PlanError) {
      while let person = try planner.next() {
        let id = people.id(of: person.person)
        result.order.append(id)
        result.people[id, default: []] += person.events.map(\.event)
      }
    } catch {
      needsSorting = if case .scattered = error { true } else { false }
      result.fatal = error.diagnostics
    }
    result.counts = planner.counts
    var found = planner.diagnostics
    found.sortByPlace()
    result.diagnostics = found.kept
  } catch {
    result.fatal = error.diagnostics
  }
  if needsSorting { return try plan(text, at: path, scattered: true) }
  return result
}

func date(_ text: String) throws -> CivilDate { try CivilDate.parse(text) }

/// What a planner remarks about a file held in a text, once all of it is read.
func noticed(_ mapping: String, _ text: String) throws -> [CSVNotice] {
  let file = try TemporaryFile(Array(text.utf8))
  defer { withExtendedLifetime(file) {} }
  let mapping = try Mapping.parse(mappingHead + mapping, file: "m.toml")
  var planner = try FilePlanner(
    file.path, as: mapping.files[0], people: PersonTable(), admits: true)
  while try planner.next() != nil {}
  return planner.notices
}
