import Files
import Journey
import Testing

@testable import EventLog

/// Every event that was ever written must be read for ever; these are as they were written.
///
/// A line: type, schema version, payload in hexadecimal digits, and what it says; tabs between.
/// Of an earlier schema version it is what today's program reads in it. Lines are only ever added: run the tests with WEGMARKE_WRITE_FIXTURES=1 after a type, a field or
/// a schema version has come.
@Suite("The corpus of encoded events")
struct EventCorpusTests {
  private struct Line {
    let type: EventType
    let schema: UInt16
    let payload: [UInt8]
    let text: String

    init(_ line: String) throws {
      let parts = line.split(separator: "\t", maxSplits: 3).map(String.init)
      try #require(parts.count == 4)
      type = try #require(EventType(name: parts[0]))
      schema = try #require(UInt16(parts[1]))
      payload = try #require(bytes(hex: parts[2]))
      text = parts[3]
    }
  }

  private static let name = "events-v1.txt"

  @Test("decodes to what it says, line by line")
  func decoding() throws {
    for content in try FixtureFiles.lines(Self.name) {
      let line = try Line(content)
      let event = try EventCodec.decode(line.payload, schema: line.schema)
      #expect(event.type == line.type)
      #expect(text(of: event) == line.text)
      try event.check()
    }
  }

  @Test("is what the program writes today, as long as the schema version is the same")
  func encoding() throws {
    var current = 0
    for content in try FixtureFiles.lines(Self.name) {
      let line = try Line(content)
      guard line.schema == line.type.schema.version else { continue }
      current += 1
      let event = try EventCodec.decode(line.payload, schema: line.schema)
      #expect(EventCodec.encode(event) == line.payload, "\(content)")
    }
    #expect(current > 0)
  }

  @Test("holds every type, every field of every type and every code")
  func coverage() throws {
    var seen: Set<String> = []
    for content in try FixtureFiles.lines(Self.name) {
      let line = try Line(content)
      let event = try EventCodec.decode(line.payload, schema: line.schema)
      for entry in event.fields.entries {
        seen.insert("\(line.type.name).\(entry.tag)")
        if case .integer(let number) = entry.value { seen.insert("\(entry.tag)=\(number)") }
      }
      seen.insert(line.type.name)
    }
    for type in EventType.allCases {
      #expect(seen.contains(type.name))
      for definition in type.schema.required + type.schema.optional + Fields.common {
        #expect(seen.contains("\(type.name).\(definition.tag)"), "\(definition.name)")
        guard case .code(let list) = definition.type else { continue }
        for entry in list.entries {
          #expect(seen.contains("\(definition.tag)=\(entry.rawValue)"), "\(entry.entry.code)")
        }
      }
    }
  }

  @Test("gets lines for what is new", .enabled(if: FixtureFiles.mayBeWritten))
  func write() throws {
    var lines = (try? FixtureFiles.lines(Self.name)) ?? []
    var known = Set(lines)
    for event in SampleEvents.corpus {
      let line =
        "\(event.type.name)\t\(event.type.schema.version)\t"
        + "\(ContentDigest.hex(EventCodec.encode(event)))\t\(text(of: event))"
      if known.insert(line).inserted { lines.append(line) }
    }
    try FixtureFiles.write(lines, to: Self.name)
  }
}
