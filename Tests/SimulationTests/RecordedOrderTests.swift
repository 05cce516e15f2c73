import Journey
import Testing

@testable import Simulation

@Suite("The order of the record")
struct RecordedOrderTests {
  @Test("holds every event of every journey once and never goes back", arguments: [1, 97, 4_096])
  func complete(_ batchSize: Int) {
    let programme = SimulatedProgramme(participants: 3_000, seed: 9)
    var steps: [RecordedStep] = []
    var sizes: [Int] = []
    programme.recordedOrder(batchSize: batchSize) { batch in
      sizes.append(batch.count)
      steps += batch
    }
    #expect(sizes.dropLast().allSatisfy { $0 == batchSize })
    #expect((1...batchSize).contains(sizes.last ?? 0))
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.event.recordedAt <= $1.event.recordedAt })
    var expected = Set<RecordedStep>()
    for index in 0..<3_000 {
      for (place, event) in programme.journey(of: index).events.enumerated() {
        expected.insert(RecordedStep(participant: index, place: place, event: event))
      }
    }
    #expect(steps.count == expected.count)
    #expect(Set(steps) == expected)
  }

  @Test("gives the events of a person in their places, so corrections follow their targets")
  func places() {
    let programme = SimulatedProgramme(participants: 3_000, seed: 10)
    var next = [Int](repeating: 0, count: 3_000)
    var isInOrder = true
    programme.recordedOrder { batch in
      for step in batch {
        if step.place != next[step.participant] { isInOrder = false }
        next[step.participant] += 1
      }
    }
    #expect(isInOrder)
    #expect(next.allSatisfy { $0 > 0 })
  }

  @Test("is empty without participants")
  func empty() {
    SimulatedProgramme(participants: 0, seed: 1).recordedOrder { _ in
      Issue.record("nobody, and yet something is recorded")
    }
  }

  @Test("stops when the receiver fails")
  func failure() {
    struct Full: Error {}
    let programme = SimulatedProgramme(participants: 3_000, seed: 10)
    var batches = 0
    #expect(throws: Full.self) {
      try programme.recordedOrder(batchSize: 10) { _ throws(Full) in
        batches += 1
        if batches == 3 { throw Full() }
      }
    }
    #expect(batches == 3)
  }
}

@Suite("What waits to be recorded")
struct WaitingRoomTests {
  @Test("takes little room, since most of a large programme waits at some time")
  func size() {
    #expect(MemoryLayout<WaitingRoom.Waiting>.stride <= 64)
  }
}
