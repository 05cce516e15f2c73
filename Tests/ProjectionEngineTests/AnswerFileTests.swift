import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("An answer in a file")
struct AnswerFileTests {
  /// An answer about nobody: everything but figures.
  private func answer() throws -> TimeToEventAnswer {
    try withView(of: Telling()) { view, log in
      let definition = try QuestionFile.read(
        Array(QuestionFileTests.valid.utf8), file: "made-up.toml")
      var choices = QuestionDefinition.Choices(referenceDay: CivilDate.test("2024-12-31").day)
      choices.window = CivilDate.test("2024-01-01").day...CivilDate.test("2024-06-30").day
      choices.gap = TimeLength(2, .month)
      choices.rule = .c
      let question = try definition.timeToEvent(choices)
      return try TimeToEventAnswer(
        try question.ask(view), to: question, of: definition, intervals: .logit, level: 0.9,
        horizons: [1, 2.5],
        certificate: AnswerCertificate(log, size: 0, isSimulated: false, program: "0.0.0"))
    }
  }

  @Test("is read as everything that was chosen")
  func reading() throws {
    let answer = try answer()
    let file = try AnswerFile(parsing: try answer.json())
    #expect(file.isCanonical)
    #expect(try file.expectedDigest == file.digest)
    #expect(file.digest == (try answer.digest()))
    #expect(file.definition.text == QuestionFileTests.valid)
    #expect(file.intervals == .logit && file.level == 0.9 && file.choices.horizons == [1, 2.5])
    #expect(file.choices.window == answer.question.window)
    #expect(file.choices.gap == TimeLength(2, .month) && file.choices.rule == .c)
    #expect(file.choices.referenceDay == answer.question.referenceDay)
    #expect(file.knowledge.origin == answer.certificate.origin && file.result == nil)
  }

  @Test("of figures alone has a certificate that names the file and its digest")
  func certificate() throws {
    let bytes = try answer().certificate(ofCSV: [1, 2, 3], file: "a.csv")
    let file = try AnswerFile(parsing: bytes)
    #expect(try file.isCanonical && file.expectedDigest == file.digest)
    #expect(file.result?.file == "a.csv" && file.result?.format == "csv")
    #expect(file.result?.digest == ContentDigest.hex(ContentDigest.sha256([1, 2, 3])))
  }

  @Test("may be laid out otherwise, but not hold a key twice or in another order")
  func form() throws {
    let json = String(decoding: try answer().json(), as: UTF8.self)
    let compact = json.replacing(/\n */, with: "").replacing("\" : ", with: "\":")
    #expect(try AnswerFile(parsing: Array(compact.utf8)).isCanonical)
    let doubled = json.replacing("\"size\" : 0", with: "\"size\" : 0,\n\"size\" : 0")
    #expect(doubled != json)
    // Which of the two counts is left to the reader of JSON; that there are two is found.
    if let file = try? AnswerFile(parsing: Array(doubled.utf8)) { #expect(!file.isCanonical) }
  }

  @Test(
    "with a value that no answer has is refused by its key",
    arguments: [
      (#""clock" : "month""#, #""clock" : "week""#, "parameters.clock"),
      (#""gap" : 2"#, #""gap" : -2"#, "parameters.gap"),
      (#""gap" : 2"#, #""gap" : 2000000"#, "parameters.gap"),
      (#""rule" : "C""#, #""rule" : "D""#, "parameters.rule"),
      (#""level" : 0.9"#, #""level" : 1"#, "parameters.level"),
      (#""interval" : "logit""#, #""interval" : "probit""#, "parameters.interval"),
      (#""on" : "2024-12-31""#, #""on" : "2024-13-31""#, "parameters.on"),
      (#""on" : "2024-12-31""#, #""on" : "2024-12""#, "parameters.on"),
      (#""windowFrom" : "2024-01-01""#, #""windowFrom" : null"#, "parameters.windowTo"),
      (#""windowFrom" : "2024-01-01""#, #""windowFrom" : "2025-01-01""#, "parameters.windowTo"),
      (#""size" : 0"#, #""size" : -1"#, "knowledge.size"),
      (#""origin" : "#, #""other" : "#, "knowledge.origin"),
    ])
  func badKeys(old: String, new: String, key: String) throws {
    let json = String(decoding: try answer().json(), as: UTF8.self)
    let bytes = Array(json.replacing(old, with: new).utf8)
    #expect(json.contains(old))
    #expect(throws: AnswerFileError.badKey(key)) { try AnswerFile(parsing: bytes) }
  }

  @Test("of another kind or version is refused as such")
  func otherKinds() throws {
    let json = String(decoding: try answer().json(), as: UTF8.self)
    func error(_ text: String) -> AnswerFileError? {
      do { _ = try AnswerFile(parsing: Array(text.utf8)) } catch { return error }
      return nil
    }
    #expect(error("") == .notJSON)
    #expect(error("{") == .notJSON)
    #expect(error("[]") == .otherSchema(""))
    #expect(error(#"{"schema": "x"}"#) == .otherSchema("x"))
    #expect(
      error(json.replacing(#""schemaVersion" : 1"#, with: #""schemaVersion" : 2"#))
        == .newerVersion(2))
    #expect(
      error(json.replacing("wegmarke.answer", with: "wegmarke.certificate")) == .badKey("result"))
  }

  @Test("of any bytes is read or refused, and never ends the program", arguments: 0..<20)
  func mutations(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let original = try answer().json()
    for _ in 0..<60 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(generator.pick(Array("{}[]\":,0-e9\\".utf8)), at: index)
        }
      }
      guard let file = try? AnswerFile(parsing: bytes), bytes != original else { continue }
      // What is read all the same is found out by form or digest, unless only blanks differ.
      let isSame = try file.isCanonical && file.expectedDigest == file.digest
      let content = try JSONValue(parsing: original)
      #expect(!isSame || content == file.content, "seed \(seed)")
    }
  }
}

@Suite("Two JSON documents")
struct JSONValueTests {
  private func difference(_ left: String, _ right: String) throws -> JSONValue.Difference? {
    try JSONValue(parsing: Array(left.utf8)).difference(
      from: JSONValue(parsing: Array(right.utf8)))
  }

  @Test("that say the same do not differ, whatever their layout")
  func equal() throws {
    let left = #"{"a": [1, 2.5, null, true], "b": {"c": "x"}}"#
    #expect(try difference(left, #"{"b":{"c":"x"},"a":[1.0,25e-1,null,true]}"#) == nil)
  }

  @Test(
    "differ at a place that is named",
    arguments: [
      (#"{"a": [{"b": 1}]}"#, #"{"a": [{"b": 2}]}"#, "a[0].b", "1", "2"),
      (#"{"a": [1, 2]}"#, #"{"a": [1]}"#, "a", "[2]", "[1]"),
      (#"{"a": null}"#, #"{"a": 0.5}"#, "a", "null", "0.5"),
      (#"{"a": true}"#, #"{"a": 1}"#, "a", "true", "1"),
      (#"{"a": "x"}"#, #"{}"#, "a", "“x”", ""), (#"{"a": {}}"#, #"{"a": []}"#, "a", "{…}", "[0]"),
    ])
  func different(left: String, right: String, path: String, here: String, there: String) throws {
    #expect(
      try difference(left, right) == JSONValue.Difference(path: path, here: here, there: there))
  }
}
