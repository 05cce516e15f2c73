import Journey
import Testing

@testable import Simulation

@Suite("The shares of a made-up programme")
struct ShareTests {
  // Entered early enough for whole participations to lie before the data cut.
  static let journeys: [[JourneyEvent]] = {
    let programme = SimulatedProgramme(participants: 40_000, seed: 11)
    return (0..<12_000).map { programme.journey(of: $0).effectiveEvents }
  }()

  /// Whether a share of n draws lies within five standard errors, and some slack for truncation.
  private func expect(
    _ count: Int, of total: Int, near share: Double, slack: Double = 0,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let observed = Double(count) / Double(max(total, 1))
    let error = 5 * (share * (1 - share) / Double(max(total, 1))).squareRoot() + slack
    #expect(abs(observed - share) < error, "\(observed)", sourceLocation: location)
  }

  private func count(_ isCounted: ([JourneyEvent]) -> Bool) -> Int {
    Self.journeys.count(where: isCounted)
  }

  private func count(_ type: EventType, _ isCounted: (JourneyEvent) -> Bool = { _ in true }) -> Int
  {
    count { events in events.contains { $0.type == type && isCounted($0) } }
  }

  @Test("follow the scenario at entry")
  func profiles() {
    let scenario = Scenario()
    let total = Self.journeys.count
    func profiles(_ isCounted: @escaping (JourneyEvent) -> Bool) -> Int {
      count(.entryProfileRecorded, isCounted)
    }
    expect(profiles { $0[Fields.gender] == .female }, of: total, near: scenario.women)
    for status in scenario.employment.values {
      // A profile whose correction was still on its way at the data cut may be off.
      expect(
        profiles { $0[Fields.employmentStatus] == status }, of: total,
        near: scenario.employment.share(of: status), slack: 0.002)
    }
    for level in scenario.education.values {
      expect(
        profiles { $0[Fields.isced] == level }, of: total,
        near: scenario.education.share(of: level), slack: 0.002)
    }
    for title in scenario.residence.values {
      expect(
        profiles { $0[Fields.residence] == title }, of: total,
        near: scenario.residence.share(of: title))
    }
    expect(count(.healthImpairmentRecorded), of: total, near: scenario.impaired)
  }

  @Test("follow the scenario at placement, with work rarer among women")
  func placements() {
    let scenario = Scenario()
    let total = Self.journeys.count
    // Some leave the country or die before, and some starts are not known at the data cut.
    let mediated = count(.employmentStarted) { $0[Fields.mediated] == true }
    expect(mediated, of: total, near: scenario.placedInWork, slack: 0.02)
    expect(count(.trainingStarted), of: total, near: scenario.placedInTraining, slack: 0.015)
    expect(count(.schoolStarted), of: total, near: scenario.placedInSchool, slack: 0.01)
    func share(of gender: Gender) -> Double {
      let people = Self.journeys.filter { events in
        events.contains { $0.type == .entryProfileRecorded && $0[Fields.gender] == gender }
      }
      let placed = people.count { events in
        events.contains { $0.type == .employmentStarted && $0[Fields.mediated] == true }
      }
      return Double(placed) / Double(people.count)
    }
    #expect(abs(share(of: .female) / share(of: .male) - scenario.womenRelativeToMen) < 0.08)
  }

  @Test("follow the scenario in contact, re-entry and follow-up")
  func contact() {
    let scenario = Scenario()
    let total = Self.journeys.count
    expect(count(.contactLost), of: total, near: scenario.contactLost, slack: 0.025)
    expect(count(.participationReentered), of: total, near: scenario.reentry, slack: 0.01)
    func response(_ kind: FollowUpKind) -> (answered: Int, asked: Int) {
      var (answered, asked) = (0, 0)
      for events in Self.journeys {
        // Whoever was later still in touch was in touch when the follow-up was due.
        let observed = events.filter { $0.type == .statusConfirmed }.map(\.occurredOn.day).max()
        let lost = events.contains { $0.type == .contactLost }
        for event in events where event[Fields.followUpKind] == kind && !lost {
          guard let observed, observed >= event.occurredOn.day else { continue }
          if event.type == .followUpCompleted { answered += 1 }
          if event.type == .followUpCompleted || event.type == .followUpAttempted { asked += 1 }
        }
      }
      return (answered, asked)
    }
    let six = response(.month6)
    let twelve = response(.month12)
    expect(six.answered, of: six.asked, near: scenario.responseAtSixMonths, slack: 0.01)
    expect(twelve.answered, of: twelve.asked, near: scenario.responseAtTwelveMonths, slack: 0.01)
  }

  @Test("follow the scenario on paper: late, corrected, and a dozen events a person")
  func paper() {
    let scenario = Scenario()
    let programme = SimulatedProgramme(participants: 40_000, seed: 11)
    var lags: [Int32] = []
    var corrections = 0
    var told = 0
    for index in 0..<8_000 {
      for event in programme.journey(of: index).events {
        told += 1
        if case .correction = event.role { corrections += 1 }
        guard event.isFact else { continue }
        lags.append(Day(microseconds: event.recordedAt) - event.event.occurredOn.day)
      }
    }
    lags.sort()
    #expect((7...10).contains(lags[lags.count / 2]))
    let late = lags.count { $0 > 90 }
    #expect((0.04...0.065).contains(Double(late) / Double(lags.count)))
    // A few kinds of events carry nothing that could be mistaken.
    let share = Double(corrections) / Double(lags.count)
    #expect((scenario.correction * 0.8...scenario.correction * 1.1).contains(share), "\(share)")
    #expect((11.0...15.0).contains(Double(told) / 8_000))
  }
}
