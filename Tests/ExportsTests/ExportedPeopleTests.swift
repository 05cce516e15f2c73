import EventLog
import Exports
import Interchange
import Journey
import ProjectionEngine
import TestSupport
import Testing

@Suite("Exported people")
struct ExportedPeopleTests {
  private static let day = Day(number: 20_500)

  private static func entry(_ offset: Int32) -> JourneyEvent {
    JourneyEvent(.participationEntered, on: CivilDate(day + offset)).with(Fields.operation, "V-1")
  }

  private func rows(_ kind: ExportKind, _ log: EventLog) throws -> [[TableValue]] {
    let table = try ExportTable(
      kind, of: log,
      try ExportBasis(
        of: log, size: try log.size(), recordedUntil: nil, referenceDay: Self.day + 400,
        isSimulated: false))
    var writer = Collected()
    _ = try table.write(&writer, to: { _ in })
    #expect(writer.rows.allSatisfy { $0.count == table.variables.count }, "\(kind)")
    for row in writer.rows {
      for (value, variable) in zip(row, table.variables) {
        #expect(value.fits(variable.kind), "\(variable.name): \(value)")
        if variable.kind == .code, case .text(let code) = value {
          #expect(variable.codes.contains { $0.code == code }, "\(variable.name): \(code)")
        }
      }
    }
    return writer.rows
  }

  @Test("are each there once, merged or not, and every value is of its column's kind")
  func once() throws {
    try withTemporaryStore { store in
      for number in 0..<5 {
        try store.admit(
          "t:\(number)",
          [
            Self.entry(Int32(number)),
            JourneyEvent(.employmentStarted, on: CivilDate(Self.day + 30))
              .with(Fields.placementKind, .svp).with(Fields.employer, "X")
              .with(Fields.weeklyHours, Hundredths(3850)).with(Fields.spell, 1),
            JourneyEvent(.employmentEnded, on: CivilDate(Self.day + 90, .month))
              .with(Fields.spell, 1).with(Fields.jobEndReason, .unknown),
            JourneyEvent(.counsellingHeld, on: CivilDate(Self.day + 7))
              .with(Fields.topics, "secret"),
          ])
      }
      let log = try store.log
      for kind in ExportKind.allCases {
        let names = Set(try rows(kind, log).map { $0[0] })
        #expect(names.count == 5, "\(kind)")
      }
      #expect(try rows(.spells, log).count == 5)
      let events = try rows(.events, log)
      #expect(events.count == 20 && !events.joined().contains(.text("secret")))
    }
  }
}

/// Keeps the rows.
private struct Collected: TableWriter {
  var rows: [[TableValue]] = []
  mutating func append(_ row: [TableValue]) { rows.append(row) }
  mutating func end() {}
  mutating func take() -> [UInt8] { [] }
}

extension TableValue {
  fileprivate func fits(_ kind: TableVariable.Kind) -> Bool {
    switch (self, kind) {
    case (.missing, _), (.text, .text), (.text, .code), (.whole, .whole), (.decimal, .decimal),
      (.day, .day), (.yesNo, .yesNo), (.instant, .instant):
      true
    default: false
    }
  }
}
