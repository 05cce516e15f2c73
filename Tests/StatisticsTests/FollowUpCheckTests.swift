import TestSupport
import Testing

@testable import Statistics

@Suite("The check of follow-up")
struct FollowUpCheckTests {
  @Test("finds nothing in rows that adjoin")
  func sound() {
    #expect(
      FollowUpCheck.faults(
        subjects: [0, 1, 0], starts: [4, 0, 0], stops: [7, 3, 4], from: [1, 0, 0],
        to: [StateFollowUp.stays, 1, 1]
      ).isEmpty)
  }

  @Test(
    "names the person, the two rows and the fault",
    arguments: [
      (2.0, 1, FollowUpFault.Kind.overlap), (5, 1, .gap), (5, 0, .jump), (4, 0, .teleport),
    ])
  func faults(_ start: Double, _ state: Int, _ kind: FollowUpFault.Kind) {
    // Person 7 goes from state 0 to state 1 at 4; the later row comes first in the table.
    let faults = FollowUpCheck.faults(
      subjects: [7, 3, 7], starts: [start, 0, 0], stops: [9, 9, 4], from: [state, 0, 0],
      to: [StateFollowUp.stays, 1, 1])
    #expect(faults == [FollowUpFault(kind: kind, subject: 7, row: 2, next: 0)])
  }

  @Test("names a row that ends before it begins, and goes on with the others")
  func empty() {
    let faults = FollowUpCheck.faults(
      subjects: [0, 0, 0], starts: [0, 5, 3], stops: [3, 5, 6])
    #expect(
      faults == [FollowUpFault(kind: .entryNotBeforeExit, subject: 0, row: 1, next: nil)])
  }

  @Test("sees an overlap with a row before the last")
  func longRow() {
    let faults = FollowUpCheck.faults(
      subjects: [0, 0, 0], starts: [0, 1, 5], stops: [9, 2, 7])
    #expect(faults.map(\.kind) == [.overlap, .overlap])
    #expect(faults.map(\.row) == [0, 0] && faults.map(\.next) == [1, 2])
  }

  @Test("finds a second row of a person where nobody enters late")
  func secondRow() {
    #expect(
      FollowUpCheck.faults(subjects: [4, 4], starts: nil, stops: [1, 2]).map(\.kind) == [.overlap])
  }

  @Test("finds exactly the faults put into sound journeys", arguments: UInt64(0)..<40)
  func broken(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = try generator.journeys(people: 8, states: 3, areClustered: false)
    let subjects = try #require(rows.subjects)
    var starts = try #require(rows.starts)
    #expect(
      FollowUpCheck.faults(
        subjects: subjects, starts: starts, stops: rows.stops, from: rows.from, to: rows.to
      ).isEmpty)
    guard let row = starts.indices.first(where: { starts[$0] > 0 }) else { return }
    starts[row] -= 0.5
    let faults = FollowUpCheck.faults(
      subjects: subjects, starts: starts, stops: rows.stops, from: rows.from, to: rows.to)
    #expect(
      faults == [
        FollowUpFault(kind: .overlap, subject: subjects[row], row: row - 1, next: row)
      ])
  }
}
