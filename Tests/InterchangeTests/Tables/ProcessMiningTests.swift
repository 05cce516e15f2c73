import Foundation
import Interchange
import Journey
import Testing

@Suite("A log for process mining")
struct ProcessMiningTests {
  private let step = MinedStep(
    activity: "Arbeit & <Schule>", type: "EmploymentStarted", day: Day(number: 20_000),
    lifecycle: .start, instance: "1",
    attributes: [
      ("hours_per_week", .decimal(38.5)), ("permanent", .yesNo(true)), ("kind", .text("SVP")),
      ("nothing", .missing), ("no", .whole(3)), ("recorded_at", .instant(0)),
    ])

  @Test("in XES is well-formed, with cases, days, lifecycles and typed attributes")
  func xes() throws {
    var log = XESLog(name: "made \"up\"", facts: [("size", "17")])
    log.append("P-1", attributes: [("gender", .text("f"))], [step])
    log.append("P-2", attributes: [], [])
    log.end()
    let bytes = log.take()
    let text = String(decoding: bytes, as: UTF8.self)
    for words in [
      "<log xes.version=\"1849-2016\"", "value=\"made &quot;up&quot;\"",
      "<string key=\"concept:name\" value=\"Arbeit &amp; &lt;Schule&gt;\"/>",
      "<date key=\"time:timestamp\" value=\"2024-10-04T00:00:00.000+00:00\"/>",
      "<string key=\"lifecycle:transition\" value=\"start\"/>",
      "<string key=\"concept:instance\" value=\"1\"/>",
      "<float key=\"hours_per_week\" value=\"38.5\"/>",
      "<boolean key=\"permanent\" value=\"true\"/>",
      "<int key=\"no\" value=\"3\"/>", "value=\"1970-01-01T00:00:00.000000+00:00\"",
    ] { #expect(text.contains(words), "\(words)") }
    #expect(!text.contains("nothing"))
    #expect(text.components(separatedBy: "<trace>").count == 3)
  }

  @Test("in OCEL has every object once, with its types and what events are about")
  func ocel() throws {
    var log = OCELLog(
      objectTypes: [
        .init("Person", [.init("gender", .text, .init(verbatim: "gender"))]), .init("Employer"),
      ],
      eventTypes: [.init("EmploymentStarted", [.init("no", .whole, .init(verbatim: "no"))])])
    log.append(.init(id: "P-1", type: "Person", attributes: [("gender", .text("f"))]))
    log.append("P-1-1", step, about: [("P-1", "person"), ("E", "employer")])
    log.append(.init(id: "E", type: "Employer"))
    log.append("P-1-2", step, about: [("P-1", "person")])
    var bytes = log.take()
    log.end()
    bytes += log.take()
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect((object["objects"] as? [[String: Any]])?.map { $0["id"] as? String } == ["P-1", "E"])
    let events = try #require(object["events"] as? [[String: Any]])
    #expect(events.count == 2 && events[0]["time"] as? String == "2024-10-04T00:00:00Z")
    let relations = events[0]["relationships"] as? [[String: String]]
    #expect(relations?.map { $0["qualifier"] } == ["person", "employer"])
    #expect(
      (events[0]["attributes"] as? [[String: Any]])?.count == 5, "what is missing is left out")
    #expect((object["objectTypes"] as? [[String: Any]])?.count == 2)
  }
}
