import Interchange
import Journey
import Testing

@testable import Simulation

@Suite("The files of a made-up programme")
struct SimulatedFilesTests {
  static let programme = SimulatedProgramme(participants: 2_000, seed: 13)

  /// The files as rows of cells; no cell of these files needs quotes.
  static func tables(_ dialect: CSVDialect = .csv) -> [SimulatedFile: [[String]]] {
    var bytes: [SimulatedFile: [UInt8]] = [:]
    programme.writeFiles(dialect) { file, chunk in bytes[file, default: []] += chunk }
    return bytes.mapValues { bytes in
      String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
  }

  @Test("have a header and rows of its length, each of them marked as simulated")
  func shape() throws {
    let tables = Self.tables()
    for file in [SimulatedFile.participants, .events] {
      let rows = try #require(tables[file])
      let header = rows[0]
      #expect(header.last == "simulated")
      #expect(Set(header).count == header.count)
      #expect(rows.allSatisfy { $0.count == header.count })
      #expect(rows.dropFirst().allSatisfy { $0.last == "yes" })
      // Every column is used by somebody.
      for column in header.indices {
        #expect(rows.dropFirst().contains { !$0[column].isEmpty }, "\(header[column])")
      }
    }
    #expect(tables[.participants]?.count == 2_001)
    #expect(
      try #require(tables[.participants])[0].prefix(4) == [
        "id", "entry_date", "operation", "network",
      ])
    #expect(try #require(tables[.events])[0].prefix(3) == ["id", "event", "date"])
  }

  @Test("say that the data are made up")
  func readme() {
    var text = ""
    Self.programme.writeFiles { file, bytes in
      if file == .readme { text += String(decoding: bytes, as: UTF8.self) }
    }
    #expect(text.hasPrefix("These data are made up."))
    #expect(text.contains("Diese Daten sind erfunden."))
    #expect(text.contains("seed          13"))
  }

  @Test("state the journeys as they stand at the data cut, each fact once")
  func parity() throws {
    let tables = Self.tables()
    let people = try #require(tables[.participants])
    let rows = try #require(tables[.events])
    var restored: [String: [JourneyEvent: Int]] = [:]
    for row in people.dropFirst() {
      let entry = try CivilDate.parse(row[1])
      let observed = try CivilDate.parse(row[row.count - 2])
      for event in [
        try restore(.participationEntered, on: entry, people[0], row),
        try restore(.entryProfileRecorded, on: entry, people[0], row),
        JourneyEvent(.statusConfirmed, on: observed),
      ] { restored[row[0], default: [:]][event, default: 0] += 1 }
    }
    for row in rows.dropFirst() {
      let type = try #require(EventType(name: row[1]))
      let event = try restore(type, on: try CivilDate.parse(row[2]), rows[0], row)
      restored[row[0], default: [:]][event, default: 0] += 1
    }
    var different: [String] = []
    for index in 0..<2_000 {
      let journey = Self.programme.journey(of: index)
      var expected: [JourneyEvent: Int] = [:]
      for var event in journey.effectiveEvents {
        event[Fields.source] = nil
        expected[event, default: 0] += 1
      }
      if restored[journey.externalID] != expected { different.append(journey.externalID) }
    }
    #expect(different.isEmpty)
  }

  @Test("come by participant, then by day")
  func order() throws {
    let rows = try #require(Self.tables()[.events])
    let keys = rows.dropFirst().map { ($0[0], $0[2]) }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("can be written for German spreadsheets")
  func german() throws {
    var bytes: [UInt8] = []
    Self.programme.writeFiles(.germanCSV) { file, chunk in
      if file == .participants { bytes += chunk }
    }
    #expect(bytes.starts(with: Array("\u{FEFF}id;entry_date;operation".utf8)))
  }

  /// Makes an event from a row, with the fields that its schema has by the names of the columns.
  private func restore(
    _ type: EventType, on day: CivilDate, _ header: [String], _ row: [String]
  ) throws -> JourneyEvent {
    var event = JourneyEvent(type, on: day)
    // One row holds entry and profile: operation, network and sub-project belong to the entry.
    let common = type == .entryProfileRecorded ? [] : Fields.common.prefix(3)
    for definition in type.schema.required + type.schema.optional + common {
      let name = definition.name.split(separator: "-").joined(separator: "_")
      guard let column = header.firstIndex(of: name), !row[column].isEmpty else { continue }
      let text = row[column]
      let value: FieldValue =
        switch definition.type {
        case .code(let list): .integer(Int64(try #require(list.rawValue(of: text))))
        case .integer: .integer(try #require(Int64(text)))
        case .decimal: .integer(try #require(Int64(text.filter { $0 != "." })))
        case .boolean: .integer(try #require(["no": 0, "yes": 1][text]))
        case .text: .text(text)
        case .date: .date(try CivilDate.parse(text))
        }
      event.fields.set(definition.tag, value)
    }
    return event
  }
}
