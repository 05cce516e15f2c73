import Files
import Journey
import TestSupport
import Testing

@testable import EventLog

@Suite("The page about the log's format")
struct FormatPageTests {
  private func page() throws -> String {
    String(
      decoding: try Folder.contents(of: "\(FixtureFiles.folder)/../../docs/log-format.md"),
      as: UTF8.self)
  }

  @Test("shows the first record of the fixture as it is")
  func record() throws {
    let store = try TemporaryStore.copying(
      store: "\(FixtureFiles.folder)/store-v1/store",
      rootKey: "\(FixtureFiles.folder)/store-v1/root.key")
    let hex = ContentDigest.hex(try store.log.records(0..<1)[0].bytes)
    #expect(try page().replacing(" ", with: "").replacing("\n", with: "").contains(hex))
  }

  @Test("shows an encoded event as it is")
  func payload() throws {
    let event = JourneyEvent(.employmentStarted, on: CivilDate(Day(number: 20_514)))
      .with(Fields.placementKind, .svp).with(Fields.spell, 3)
      .with(Fields.weeklyHours, Hundredths(3850)).with(Fields.note, "Café")
    let hex = ContentDigest.hex(EventCodec.encode(event))
    #expect(try page().contains("Whole: `\(hex)`"))
  }

  @Test("names every kind, group, stream and table with its number")
  func numbers() throws {
    let page = try page()
    func listed(_ numbers: [(UInt8, String)]) -> String {
      numbers.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
    #expect(page.contains(listed(RecordKind.allCases.map { ($0.rawValue, "\($0)") })))
    #expect(page.contains(listed(FieldGroup.allCases.map { ($0.rawValue, $0.name) })))
    #expect(page.contains(listed(StreamID.Kind.allCases.map { ($0.rawValue, "\($0)") })))
    #expect(RecordHeader.size == 60)
    #expect(page.contains("60 bytes of header"))
  }
}
