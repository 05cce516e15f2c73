import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("An answer")
struct AnswerTests {
  /// Six people: group 1 loses everybody, group 2 nobody, of the last the group is not stated.
  private static let telling: Telling = {
    var telling = Telling()
    let jobs: [(group: String?, first: String, last: String?)] = [
      ("1", "2024-01", "2024-03"), ("1", "2024-02", "2024-06"), ("2", "2024-03", nil),
      ("2", "2024-06", nil), (nil, "2024-04", "2024-08"), ("2", "2024-11", nil),
    ]
    for (person, job) in jobs.enumerated() {
      telling.say(person, .enters("2024-01"))
      if let group = job.group { telling.say(person, .profile("2024-01", "x=\(group)")) }
      telling.say(person, .job(job.first))
      if let last = job.last { telling.say(person, .jobEnded(last)) }
      telling.say(person, .confirmed("2024-12"))
    }
    telling.say(6, .counselled("2024-05-01"))
    return telling
  }()

  private func withAnswer<R>(
    by groups: [String] = ["x"], _ body: (TimeToEventAnswer) throws -> R
  ) throws -> R {
    try withView(of: AnswerTests.telling) { view, log in
      let definition = try QuestionFile.read(
        Array(QuestionFileTests.valid.utf8), file: "made-up.toml")
      var choices = QuestionDefinition.Choices(referenceDay: CivilDate.test("2024-12-31").day)
      choices.groupedBy = groups
      let question = try definition.timeToEvent(choices)
      let result = try question.ask(view)
      return try body(
        TimeToEventAnswer(
          result, to: question, of: definition,
          certificate: AnswerCertificate(
            log, size: result.knowledge.size, isSimulated: false, program: "0.0.0")))
    }
  }

  @Test("has the JSON form that others read: keys, types and figures are pinned")
  func json() throws {
    let (json, certificate, definition) = try withAnswer { answer in
      (String(decoding: try answer.json(), as: UTF8.self), answer.certificate, answer.definition)
    }
    let recorded = Timestamp.text(try #require(certificate.recordedUntil))
    var text = json
    for (value, name) in [
      (certificate.origin, "ORIGIN"), (certificate.root, "ROOT"), (recorded, "RECORDED"),
      (definition.digest, "DEFINITION"),
    ] {
      #expect(text.ranges(of: "\"\(value)\"").count == 1, "\(name)")
      text = text.replacing("\"\(value)\"", with: "\"\(name)\"")
    }
    let stated = try JSONValue(parsing: Array(json.utf8))["definition"]?["text"]
    #expect(stated == .text(QuestionFileTests.valid))
    text = text.replacing(/"text" : "(?:[^"\\]|\\.)*"/, with: "\"text\" : \"TEXT\"")
    let digest = try #require(text.firstMatch(of: /"digest" : "([0-9a-f]{64})"/))
    text = text.replacing(digest.output.1, with: "DIGEST")
    #expect(text == AnswerGolden.json)
  }

  @Test("carries a digest that anybody can work out again")
  func digest() throws {
    try withAnswer { answer in
      let digest = try answer.digest()
      let json = String(decoding: try answer.json(), as: UTF8.self)
      #expect(json.hasSuffix("}\n"))
      // Without the line of the digest the text is what the digest was taken of.
      let line = "  \"digest\" : \"\(digest)\",\n"
      #expect(json.ranges(of: line).count == 1)
      let bare = Array(json.replacing(line, with: "").dropLast().utf8)
      #expect(ContentDigest.hex(ContentDigest.sha256(bare)) == digest)
    }
  }

  @Test("has the same bytes whenever it is given, and other bytes when a figure is another")
  func sameBytes() throws {
    try withAnswer { answer in
      let first = try answer.json()
      for _ in 0..<5 {
        let again = try answer.json()
        #expect(again == first)
      }
      let other = try TimeToEventAnswer(
        TimeToEventResult(
          groups: answer.groups.dropLast().map {
            .init(values: $0.values, counts: $0.curve.counts, causes: [$0.curve.counts.events])
          },
          attrition: answer.attrition, knowledge: Knowledge(size: 0, isCurrent: true)),
        to: answer.question, of: answer.definition, certificate: answer.certificate)
      let otherDigest = try other.digest()
      let ownDigest = try answer.digest()
      #expect(otherDigest != ownDigest)
    }
  }

  @Test("orders groups by number where they are numbers, what is not stated last")
  func order() throws {
    let words = ["10", "9", "b", "nan", "-1", "a", "inf", "9.5", "B", "1e1"]
    let sorted = words.sorted { AttributeOrder.precedes($0, $1) }
    #expect(sorted == ["-1", "9", "9.5", "10", "1e1", "B", "a", "b", "inf", "nan"])
    let byCode = AttributeOrder(["gender", "residence@index", "town"], conditions: ["z", "a"])
    let groups: [[String?]] = [
      ["z", "f", nil, "b"], ["z", "m", nil, "2"], ["z", "m", nil, "a"], ["z", "d", nil, "a"],
      ["z", "unheard of", nil, "a"], ["z", nil, nil, "a"], ["a", "f", nil, "a"],
    ]
    #expect(groups.reversed().sorted { byCode.precedes($0, $1) } == groups)
    let values = try withAnswer { $0.groups.map(\.values) }
    #expect(values == [["1"], ["2"], [nil]])
  }

  @Test("takes words of the same letters for one group, and spells it the same every time")
  func spellings() throws {
    // Composed and decomposed: the same word to whoever reads it.
    let words = ["\u{E4}", "a\u{308}", "\u{E4}", "a\u{308}", "b"]
    var spellings: Set<[UInt8]> = []
    for shift in words.indices {
      var telling = Telling()
      for person in words.indices {
        telling.say(person, .enters("2024-01"))
        telling.say(person, .profile("2024-01", "x=\(words[(person + shift) % words.count])"))
      }
      let groups = try withView(of: telling) { view, _ in
        let question = TimeToEventQuestion(
          clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp], groupedBy: ["x"],
          referenceDay: CivilDate.test("2024-12-31").day)
        return try question.ask(view).groups
      }
      try #require(groups.count == 2)
      #expect(groups.map(\.counts.subjects) == [4, 1] || groups.map(\.counts.subjects) == [1, 4])
      for group in groups { spellings.insert(Array((group.values[0] ?? "").utf8)) }
    }
    #expect(spellings.count == 2)
  }

  @Test("counts everybody once, with the reason where somebody does not count")
  func attrition() throws {
    let attrition = try withAnswer { $0.attrition }
    #expect(attrition.participants == 7 && attrition.counted == 5)
    #expect(attrition.withoutEntry == 1 && attrition.tooLate == 1)
    #expect(attrition.withoutIndexEvent == 0 && attrition.notObserved == 0)
  }

  @Test("is one curve called all when nothing groups, and none when nobody counts")
  func ungrouped() throws {
    let labels = try withAnswer(by: []) { answer in answer.groups.map { answer.label($0) } }
    #expect(labels == ["all"])
    let groups = try withView(of: Telling()) { view, _ in
      let definition = try QuestionFile.read(
        Array(QuestionFileTests.valid.utf8), file: "made-up.toml")
      let choices = QuestionDefinition.Choices(referenceDay: CivilDate.test("2024-12-31").day)
      return try definition.timeToEvent(choices).ask(view).groups.count
    }
    #expect(groups == 0)
  }

  @Test("says which attributes there are when one is unknown")
  func unknownAttribute() throws {
    #expect(throws: QuestionError.unknownAttribute("y", known: ["x"])) {
      try withAnswer(by: ["y"]) { _ in }
    }
  }

  @Test("refuses to show more groups than anybody can read")
  func tooManyGroups() throws {
    var telling = Telling()
    for person in 0...TimeToEventQuestion.groupLimit {
      telling.say(person, .enters("2024-01"))
      telling.say(person, .profile("2024-01", "x=\(person)"))
    }
    let limit = TimeToEventQuestion.groupLimit
    try withView(of: telling) { view, _ in
      let question = TimeToEventQuestion(
        clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp], groupedBy: ["x"],
        referenceDay: CivilDate.test("2024-12-31").day)
      #expect(throws: QuestionError.tooManyGroups("x", limit: limit)) { try question.ask(view) }
    }
  }

  @Test("has a table with the columns of the reference values, NA where nothing is defined")
  func rows() throws {
    #expect(
      try withAnswer { $0.columnNames } == [
        "stratum", "time", "n_risk", "n_event", "n_censor", "surv", "se_surv", "se_log_surv",
        "cumhaz", "se_cumhaz", "lower_plain", "upper_plain", "lower_log", "upper_log",
        "lower_log_log", "upper_log_log", "lower_logit", "upper_logit", "lower_arcsin",
        "upper_arcsin",
      ])
    let rows = try withAnswer { try $0.rows() }
    #expect(rows.allSatisfy { $0.count == 20 })
    #expect(rows.map { $0[0] } == ["1", "1", "2", "2", "(not stated)"])
    #expect(rows[0][..<6] == ["1", "3", "2", "1", "0", "0.5"])
    #expect(
      rows[1][1...]
        == (["5", "1", "1", "0", "0", "NA", "NA", "1.5"] + rows[1][9...9]
        + Array(repeating: "NA", count: 10))[...])
    #expect(rows[2][5...7] == ["1", "0", "0"])
  }
}

extension JourneyEvent {
  static func counselled(_ day: String) -> JourneyEvent {
    JourneyEvent(.counsellingHeld, on: .test(day))
  }
}
