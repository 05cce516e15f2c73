import EventLog
import Files
import Glibc
import Imports
import Interchange
import Journey
import Keyring
import ProjectionEngine
import Testing

/// A folder that goes away with the value.
final class TemporaryFolder {
  let path: String
  init() throws { path = try Folder.temporary("wegmarke-imports") }
  deinit { try? Folder.remove(path) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Folder.replace(file, with: Array(text.utf8).span)
    return file
  }
}

/// A store in a folder of its own, and files to import into it.
final class TemporaryStore {
  let folder: TemporaryFolder
  let log: EventLog

  init(in path: String? = nil) throws {
    folder = try TemporaryFolder()
    let store = "\(path ?? folder.path)/store"
    let key = RootKeySource.file("\(folder.path)/root.key")
    try EventLog.create(store: store, rootKey: key)
    log = try EventLog(store: store, access: .write(waitingAtMost: .seconds(1)), rootKey: key)
  }

  func run(
    _ mapping: String, _ files: [(name: String, text: String)],
    _ options: ImportOptions = ImportOptions()
  ) throws -> ImportReport {
    let paths = try files.map { try folder.write($0.text, to: $0.name) }
    return try ImportRun(
      log: log, mapping: try Mapping.parse(mapping, file: "mapping.toml"), files: paths,
      options: options
    ).run()
  }

  /// The events of a participant without their provenance.
  func events(of id: String) throws -> [JourneyEvent] {
    guard let ref = try log.participant(externalID: id) else { return [] }
    return try log.events(of: .participant(ref)).compactMap { read in
      read.event.map { event in
        var event = event
        event[Fields.batch] = nil
        event[Fields.source] = nil
        return event
      }
    }
  }

  func digest() throws -> String {
    let view = JourneysView(of: log)
    try view.refresh()
    return try view.digest()
  }
}

func date(_ text: String) throws -> CivilDate { try CivilDate.parse(text) }

/// What every mapping begins with.
func head(_ rest: String) -> String {
  """
  format = "wegmarke.mapping/1"
  name = "test"
  version = 1
  id-system = "t"
  title = { en = "Test", de = "Test" }
  source = { text = "made up" }

  \(rest)
  """
}

let twoFiles = head(
  """
  [[file]]
  match = "people.csv"
  shape = "participant"
  id = { column = "id" }
  attributes = ["group"]
  observed-until = { column = "until" }
  [[file.event]]
  type = "ParticipationEntered"
  on = { column = "entry" }

  [[file]]
  match = "events.csv"
  shape = "event"
  id = { column = "id" }
  type = { column = "event" }
  on = { column = "on" }
  fields = { kind = { column = "kind" }, spell = { column = "spell" } }
  """)
let people = """
  id,entry,group,until
  a,2024-01-15,x,2024-12-31
  b,2024-02-01,y,2024-11-30
  c,2024-03-01,,2024-12-31

  """
let events = """
  id,event,on,kind,spell
  a,EmploymentStarted,2024-03-01,SVP,1
  a,EmploymentEnded,2024-06-30,SVP,1
  b,MeasureStarted,2024-02-05,LANG,
  c,EmploymentStarted,2024-05-01,MINIJOB,

  """

extension String {
  func replacing(_ old: String, with new: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: old) {
      result += rest[..<range.lowerBound]
      result += new
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
