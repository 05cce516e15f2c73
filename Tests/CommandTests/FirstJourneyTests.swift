import Foundation
import FoundationXML
import Testing

@Suite("The first journey")
struct FirstJourneyTests {
  @Test("goes from made-up files to a timeline, an answer and a chart")
  func whole() throws {
    let desk = try Desk()
    #expect(
      try desk.expect("simulate --participants 200 --seed 7 -o net") == """
        Made up 200 journeys in net (nobody in them exists).
        Next: wegmarke import net/*.csv --mapping wir-simulated

        """)
    let created = try desk.expect("init")
    #expect(created.hasPrefix("Created the store \(desk.store) (wegmarke/"))
    #expect(created.contains("Its key: \(desk.keys)/"))
    let report = try desk.expect(
      "import net/participants.csv net/events.csv --mapping wir-simulated")
    #expect(report.contains("200 new participants.\n"))
    let timeline = try desk.expect("timeline wir-sim:S-0000001")
    #expect(timeline.hasPrefix("TN-") && timeline.contains("Simulated data: nobody here exists."))
    for command in [
      "ask retention-after-job-start --gap 2mo --chart retention.svg",
      "ask time-to-first-job --by gender --chart first-job.svg --lang de",
    ] {
      let answer = try desk.run(command)
      #expect(answer.exitCode == 0)
      #expect(
        answer.output.contains(
          command.hasSuffix("de") ? "Simulierte Daten: Niemand hier ist echt." : "Simulated data"))
      #expect(answer.errors.contains(".svg\n"))
    }
    for (name, word) in [("retention.svg", "Simulated data"), ("first-job.svg", "Simulierte")] {
      let svg = try desk.read(name)
      #expect(svg.contains(word))
      let parser = XMLParser(data: Data(svg.utf8))
      let elements = ElementNames()
      parser.delegate = elements
      #expect(parser.parse(), "\(name): \(String(describing: parser.parserError))")
      #expect(elements.names.first == "svg" && elements.names.contains("title"))
    }
    #expect(try desk.expect("log stats").contains("Made up       yes\n"))
    _ = try desk.verifiedSize()
  }

  @Test("tells the same journeys from files and from a store made up directly")
  func sameSeed() throws {
    let desk = try Desk()
    for number in 1...2 {
      try desk.expect("simulate --participants 60 --seed 4 -o net\(number)")
      try desk.expect("init --store s\(number)")
      try desk.expect(
        "import net\(number)/participants.csv net\(number)/events.csv"
          + " --mapping wir-simulated --store s\(number)")
    }
    let digests = try (1...2).map { try desk.expect("views digest --store s\($0)") }
    #expect(digests[0] == digests[1])
    try desk.expect("views rebuild --store s1")
    #expect(try desk.expect("views digest --store s1") == digests[0])
    #expect(
      try desk.expect("views status --store s1").contains(/covers ([\d,]+) of \1 records/))
  }

  @Test(
    "has questions that are listed, shown and hold for their examples", arguments: ["en", "de"])
  func questions(language: String) throws {
    let desk = try Desk()
    let names = try desk.run("questions list --lang \(language)").lines.dropFirst()
      .compactMap { $0.split(separator: " ").first }
    #expect(names.contains("retention-after-job-start") && names.contains("time-to-first-job"))
    for name in names {
      let shown = try desk.expect("questions show \(name) --lang \(language)")
      if name == "retention-after-job-start" {
        #expect(shown.contains("Kaplan") && shown.contains("10.1080/01621459.1958.10501452"))
      }
      #expect(shown.contains(language == "en" ? "Source: " : "Quelle: "))
      let checked = try desk.expect("questions check \(name) --lang \(language)")
      #expect(checked.hasPrefix("\(name) \(language == "en" ? "holds" : "stimmt")"))
    }
  }

  @Test("has a page of all questions that the program itself writes")
  func document() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let page = try String(contentsOfFile: "/\(folder)/docs/questions.md", encoding: .utf8)
    // Made with: wegmarke questions document > docs/questions.md
    #expect(try Desk().expect("questions document") == page)
  }

  /// Notes the names of elements in the order in which they begin.
  private final class ElementNames: NSObject, XMLParserDelegate {
    var names: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      names.append(name)
    }
  }
}
