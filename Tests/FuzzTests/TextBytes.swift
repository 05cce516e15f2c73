import Definitions
import EventLog
import Files
import Interchange
import Journey
import ProjectionEngine
import Projections

/// Readers of what people hand in: files of offices, definitions, answers, words.
enum TextBytes {
  /// The first byte says how large the pieces are in which the file is read.
  static func csv(_ bytes: [UInt8]) throws {
    guard let first = bytes.first else { return }
    let content = Array(bytes.dropFirst())
    let whole = rows(content, in: 1 << 18)
    let pieces = rows(content, in: 1 + Int(first) % 61)
    try FuzzFinding.unless(whole == pieces, "a file read in pieces says something else")
  }

  private static func rows(_ bytes: [UInt8], in size: Int) -> [String] {
    var found: [String] = []
    do throws(CSVError) {
      var reader = try CSVReader(ByteSource(bytes: bytes, name: "fuzz.csv", chunkSize: size))
      found = reader.header
      while try reader.next() {
        let row = reader.row
        found.append("\(row.line) \(row.byteOffset) \(row.byteCount)")
        for column in 0..<row.count {
          found.append("\(row.position(of: column)) \(row.text(column))")
        }
        if let problem = row.problem { found.append("\(problem)") }
      }
    } catch { found.append("\(error)") }
    return found
  }

  /// A file of an office, planned with the mapping for simulated ones.
  static func plan(_ bytes: [UInt8]) throws {
    try withFolder { folder in
      let path = "\(folder)/fuzz.csv"
      try File(path, .createNew).write(bytes.span, at: 0)
      for file in mapping.files {
        if read(path, as: file, scattered: false) { _ = read(path, as: file, scattered: true) }
      }
    }
  }

  /// Whether the rows of a person do not stand together.
  private static func read(_ path: String, as file: FileMapping, scattered: Bool) -> Bool {
    do throws(PlanError) {
      var planner = try FilePlanner(
        path, as: file, people: PersonTable(), admits: true, scattered: scattered)
      while let person = try planner.next() {
        // What a planner gives is what the log takes.
        for event in person.events { _ = EventCodec.encode(event.event) }
      }
    } catch {
      if case .scattered = error { return !scattered }
      _ = error.diagnostics
    }
    return false
  }

  private static let mapping: Mapping = {
    let file = BuiltInFiles.mappings.first { $0.name == "wir-simulated" }
    guard let file, let mapping = try? Mapping.parse(bytes: file.bytes, file: file.name) else {
      preconditionFailure("the built-in mapping cannot be read")
    }
    return mapping
  }()

  static func mapping(_ bytes: [UInt8]) throws {
    do throws(DefinitionError) { _ = try Mapping.parse(bytes: bytes, file: "fuzz.toml") } catch {
      try check(error, bytes)
    }
  }

  static func question(_ bytes: [UInt8]) throws {
    do throws(DefinitionError) {
      let definition = try QuestionFile.read(bytes, file: "fuzz.toml")
      _ = try? definition.checkExample()
    } catch { try check(error, bytes) }
  }

  /// The first byte says what the expression is to give.
  static func expression(_ bytes: [UInt8]) throws {
    guard let first = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    let text = String(decoding: rest, as: UTF8.self)
    let type = [ExpressionType.truth, .number, .moment][Int(first) % 3]
    do {
      let read = try QuestionExpression.read(
        LocatedText(text, file: "fuzz.toml"), expecting: type, in: environment)
      let again = try QuestionExpression.read(
        LocatedText(read.source, file: "again.toml"), expecting: type, in: environment)
      try FuzzFinding.unless(read == again, "an expression written again is another")
    } catch let error as DefinitionError { try check(error, Array(text.utf8)) }
  }

  private static let environment = ExpressionEnvironment(
    clock: .month, adding: [.horizon, .day, .lag],
    parameters: ParameterSet([
      Parameter(
        name: "exit-window", value: .length(TimeLength(28, .day)), unit: "",
        meaning: LocalizedText(verbatim: ""), source: "")
    ]))

  /// What is wrong lies in the file, and can be shown.
  private static func check(_ error: DefinitionError, _ bytes: [UInt8]) throws {
    let lines = bytes.count { $0 == 10 || $0 == 13 } + 1
    for diagnostic in error.diagnostics {
      try FuzzFinding.unless(
        (1...lines).contains(diagnostic.line) && diagnostic.column >= 1,
        "a diagnostic at \(diagnostic.line):\(diagnostic.column) of \(lines) lines")
    }
    _ = error.rendered(in: .german)
  }

  static func answer(_ bytes: [UInt8]) throws {
    guard let file = try? AnswerFile(parsing: bytes) else { return }
    _ = try? file.expectedDigest
    try FuzzFinding.unless(
      file.content.difference(from: file.content) == nil, "an answer differs from itself")
  }

  static func words(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    if let date = try? CivilDate.parse(text), date.precision == .day {
      let again = try CivilDate.parse(date.description)
      try FuzzFinding.unless(again == date, "a date written again is another")
    }
    if let instant = Timestamp.parse(text) {
      try FuzzFinding.unless(
        Timestamp.parse(Timestamp.text(instant)) == instant, "an instant written again is another")
      _ = StoreZone.time(of: instant)
    }
    if let code = ParticipantCode(text) {
      try FuzzFinding.unless(
        ParticipantCode(code.description) == code, "a code written again is another")
    }
  }
}
