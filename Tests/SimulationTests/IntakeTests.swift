import Journey
import Testing

@testable import Simulation

@Suite("The intake of a programme")
struct IntakeTests {
  @Test("is monotone, on working days, and within the run time", arguments: [1, 2, 1_000, 50_000])
  func entryDays(_ participants: Int) {
    let programme = SimulatedProgramme(participants: participants, seed: 1)
    let scenario = programme.scenario
    let days = (0..<participants).map { programme.entryDay(of: $0) }
    #expect(days.allSatisfy { $0 >= scenario.start && $0 <= scenario.dataCut && $0.weekday < 5 })
    #expect(zip(days, days.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("grows over the first half year and is even afterwards")
  func growth() {
    let programme = SimulatedProgramme(participants: 100_000, seed: 1)
    var byQuarter = [Int](repeating: 0, count: 17)
    for index in 0..<100_000 {
      byQuarter[Int(programme.entryDay(of: index) - programme.scenario.start) / 91] += 1
    }
    #expect(byQuarter[0] * 5 < byQuarter[4] * 2)
    for quarter in 3..<16 {
      #expect(abs(byQuarter[quarter] - byQuarter[8]) < byQuarter[8] / 20)
    }
  }

  @Test("starts and ends where the default scenario says")
  func defaults() {
    let scenario = Scenario()
    #expect(scenario.start.description == "2022-10-01")
    #expect(scenario.dataCut.description == "2026-11-22")
    #expect(scenario.projectEnd.description == "2028-12-31")
  }

  @Test("ends with the projects")
  func projectEnd() {
    var scenario = Scenario()
    scenario.projectEnd = scenario.start + 400
    let programme = SimulatedProgramme(scenario, participants: 2_000, seed: 4)
    #expect(programme.entryDay(of: 1_999) <= scenario.projectEnd)
    var administrative = 0
    for index in 0..<2_000 {
      var exit: JourneyEvent?
      for event in programme.journey(of: index).effectiveEvents
      where event.type == .participationExited {
        exit = event
        #expect(event.occurredOn.day <= scenario.projectEnd)
        if event[Fields.exitType] == .administrative { administrative += 1 }
      }
      // What is missing has not come to the record by the data cut.
      if let exit, exit[Fields.exitReason] == .projectEnd {
        #expect(exit.occurredOn.day == scenario.projectEnd)
      }
    }
    #expect(administrative > 500)
  }
}
