import Journey
import Testing

@testable import Simulation

@Suite("A made-up journey")
struct GuardTests {
  static let participants = 20_000
  static let programme = SimulatedProgramme(participants: participants, seed: 7)

  @Test("has events that fit their schemas, in the order of the record and before the data cut")
  func record() throws {
    let scenario = Self.programme.scenario
    let closing = (scenario.dataCut + 1).microseconds
    var problems: [String] = []
    for index in 0..<Self.participants {
      let journey = Self.programme.journey(of: index)
      var last = Int64.min
      for (place, told) in journey.events.enumerated() {
        do { try told.event.check() } catch { problems.append("\(index): \(error)") }
        if told.recordedAt < last || told.recordedAt >= closing {
          problems.append("\(index): \(told.event.type.name) out of the order of the record")
        }
        if told.event.occurredOn.day.microseconds > told.recordedAt {
          problems.append("\(index): \(told.event.type.name) recorded before it happened")
        }
        let tags = told.event.fields.entries.map(\.tag)
        if Set(tags).count != tags.count { problems.append("\(index): a field stands twice") }
        if let problem = misplaced(told, at: place, in: journey) {
          problems.append("\(index): \(problem)")
        }
        last = told.recordedAt
      }
    }
    #expect(problems.isEmpty, "\(problems.prefix(5))")
  }

  private func misplaced(
    _ told: SimulatedEvent, at place: Int, in journey: SimulatedJourney
  ) -> String? {
    switch told.role {
    case .fact: return told.event.type == .eventRetracted ? "a retraction without target" : nil
    case .correction(let target):
      guard target < place, journey.events[target].isFact else { return "a loose correction" }
      let original = journey.events[target]
      if original.event.type != told.event.type { return "a correction of another type" }
      if original.event == told.event { return "a correction that changes nothing" }
      return original.recordedAt < told.recordedAt ? nil : "a correction before its target"
    case .retraction(let target):
      guard target < place, journey.events[target].isFact else { return "a loose retraction" }
      let original = journey.events[target]
      if told.event.type != .eventRetracted { return "a retraction of another type" }
      return original.recordedAt < told.recordedAt ? nil : "a retraction before its target"
    }
  }

  @Test("keeps the guards of the state machine")
  func guards() {
    var problems: [String] = []
    for index in 0..<Self.participants {
      let events = Self.programme.journey(of: index).effectiveEvents
      problems += GuardCheck(events).problems.map { "\(index): \($0)" }
    }
    #expect(problems.isEmpty, "\(problems.count): \(problems.prefix(5))")
  }

  @Test("keeps the guards in every scenario with ends and losses, however short")
  func harsh() {
    var scenario = Scenario()
    scenario.deathPerYear = 0.6
    scenario.departurePerYear = 0.6
    scenario.contactLost = 0.6
    scenario.contactRegained = 0.7
    scenario.reentry = 0.55
    scenario.correction = 0.5
    scenario.duplicateContact = 0.5
    scenario.sideJob = 0.9
    scenario.projectEnd = scenario.start + 900
    for (seed, cut) in zip(UInt64(1)..., [Int32(3), 60, 400, 950, 1_600]) {
      scenario.dataCut = scenario.start + cut
      let programme = SimulatedProgramme(scenario, participants: 1_500, seed: seed)
      var problems: [String] = []
      for index in 0..<1_500 {
        let journey = programme.journey(of: index)
        problems += GuardCheck(journey.effectiveEvents).problems.map { "\(index): \($0)" }
        for (place, told) in journey.events.enumerated() {
          if told.event.occurredOn.day.microseconds > told.recordedAt
            || told.recordedAt >= (scenario.dataCut + 1).microseconds
          {
            problems.append("\(index): \(told.event.type.name) recorded too soon or too late")
          }
          if let problem = misplaced(told, at: place, in: journey) {
            problems.append("\(index): \(problem)")
          }
        }
      }
      #expect(problems.isEmpty, "seed \(seed): \(problems.count), \(problems.prefix(5))")
    }
  }

  @Test("tells nothing of the days after the last confirmation but what needs no contact")
  func silence() {
    var scenario = Scenario()
    scenario.correction = 0
    let programme = SimulatedProgramme(scenario, participants: 5_000, seed: 8)
    let withoutContact: Set<ExitReason> = [.contactLost, .projectEnd]
    var later: [String] = []
    var unreached = 0
    for index in 0..<5_000 {
      let events = programme.journey(of: index).effectiveEvents
      let confirmed = events.filter { $0.type == .statusConfirmed }.map(\.occurredOn.day).max()
      for event in events where event.occurredOn.day > confirmed ?? .earliest {
        switch event.type {
        case .followUpAttempted: unreached += 1
        case .participationExited where withoutContact.contains(event[Fields.exitReason] ?? .work):
          continue
        default: later.append("\(index): \(event.type.name)")
        }
      }
    }
    #expect(later.isEmpty, "\(later.count): \(later.prefix(5))")
    #expect(unreached > 100)
  }
}
