import Journey
import Testing

@testable import Simulation

@Suite("A made-up programme")
struct DeterminismTests {
  @Test("is the same each time, in any order and on several threads")
  func repeatable() async {
    let programme = SimulatedProgramme(participants: 1_000, seed: 42)
    let forwards = (0..<1_000).map { programme.journey(of: $0) }
    let again = SimulatedProgramme(participants: 1_000, seed: 42)
    let backwards = (0..<1_000).reversed().map { again.journey(of: $0) }
    #expect(forwards == backwards.reversed())
    let threaded = await withTaskGroup(of: (Int, [SimulatedJourney]).self) { group in
      for part in 0..<4 {
        group.addTask { (part, (part * 250..<part * 250 + 250).map { programme.journey(of: $0) }) }
      }
      var parts: [Int: [SimulatedJourney]] = [:]
      for await (part, journeys) in group { parts[part] = journeys }
      return (0..<4).flatMap { parts[$0] ?? [] }
    }
    #expect(digest(threaded) == digest(forwards))
    #expect(threaded == forwards)
  }

  @Test("is another one for another seed")
  func seeds() {
    let one = SimulatedProgramme(participants: 200, seed: 1)
    let other = SimulatedProgramme(participants: 200, seed: 2)
    let equal = (0..<200).count { one.journey(of: $0) == other.journey(of: $0) }
    #expect(equal == 0)
  }

  @Test("names people by number, and longer numbers past ten million")
  func externalIDs() {
    #expect(SimulatedJourney.externalID(of: 0) == "S-0000001")
    #expect(SimulatedJourney.externalID(of: 9_999_998) == "S-9999999")
    #expect(SimulatedJourney.externalID(of: 9_999_999) == "S-10000000")
  }

  @Test("says of every event that it is simulated")
  func marked() {
    let programme = SimulatedProgramme(participants: 500, seed: 3)
    for index in 0..<500 {
      #expect(
        programme.journey(of: index).events.allSatisfy {
          $0.event[Fields.source] == .simulation
        })
    }
  }

  /// FNV-1a over everything that a journey says.
  private func digest(_ journeys: [SimulatedJourney]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for journey in journeys {
      for byte in "\(journey.externalID) \(journey.events)".utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    return hash
  }
}
