import EventLog
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("What is stated about a milestone besides")
struct MilestoneDetailsTests {
  typealias Places = MilestoneDetails.Places

  @Test("of a job is kept to the cent and to the hundredth of an hour")
  func terms() {
    let details = JourneyEvent.job("2024-03-01")
      .with(Fields.employer, "B-17").with(Fields.weeklyHours, Hundredths(3_850))
      .with(Fields.grossMonthly, Hundredths(231_499)).with(Fields.temporaryAgency, false)
      .with(Fields.subsidised, true).with(Fields.mediated, true)
      .with(Fields.fixedTermUntil, .test("2025-02-28")).with(Fields.occupation, "63302")
      .milestoneDetails
    #expect(details.number(Places.weeklyHours) == 3_850)
    #expect(details.number(Places.grossMonthly) == 231_499)
    #expect(details.flag(Places.temporaryAgency) == false)
    #expect(details.flag(Places.subsidised) == true)
    #expect(details.flag(Places.mediated) == true)
    #expect(details.flag(Places.promotion) == nil)
    #expect(details.flag(Places.contract) == false)
    #expect(details[Places.skill] == 2)
    #expect(details.name != 0)
  }

  @Test("is clipped to the largest that there is room for, and never runs into its neighbours")
  func clipped() {
    let details = JourneyEvent.job("2024-03-01")
      .with(Fields.weeklyHours, Hundredths(.max)).with(Fields.grossMonthly, Hundredths(.max))
      .milestoneDetails
    #expect(details.number(Places.weeklyHours) == 32_766)
    #expect(details.number(Places.grossMonthly) == 16_777_214)
    #expect(details.flag(Places.contract) == nil && details[Places.skill] == 0)
    let negative = JourneyEvent.job("2024-03-01").with(Fields.weeklyHours, Hundredths(-1))
    #expect(negative.milestoneDetails.isEmpty)
  }

  @Test("tells whether two employers are one, by their exact letters")
  func employers() {
    let names = ["B-17", "B-17", "B-18", "b-17", "Müller", "Mu\u{308}ller"].map {
      JourneyEvent.job("2024-03-01").with(Fields.employer, $0).milestoneDetails.name
    }
    #expect(names[0] == names[1])
    #expect(Set(names).count == 5 && !names.contains(0))
  }

  @Test("of a contract follows its own word, then the end of a term")
  func contracts() {
    let job = JourneyEvent.job("2024-03-01")
    let until = CivilDate.test("2025-02-28")
    let contracts = [
      job, job.with(Fields.permanent, true), job.with(Fields.permanent, false),
      job.with(Fields.fixedTermUntil, until),
      job.with(Fields.fixedTermUntil, until).with(Fields.permanent, true),
    ].map { $0.milestoneDetails.flag(Places.contract) }
    #expect(contracts == [nil, true, false, false, true])
  }

  @Test(
    "of an occupation is the fifth digit of its code",
    arguments: [
      ("63302", 2), ("B 63301", 1), ("633-04", 4), ("6330", 0), ("633020", 0), ("63309", 0),
      ("cook", 0),
    ])
  func skill(occupation: String, level: UInt64) {
    let details = JourneyEvent.job("2024-03-01").with(Fields.occupation, occupation)
      .milestoneDetails
    #expect(details[Places.skill] == level)
  }

  @Test("weighs a document more than a third party, and that more than the person's own word")
  func evidence() {
    let answer = JourneyEvent(.followUpCompleted, on: .test("2024-03-01"))
    let weights = [
      answer, answer.with(Fields.followUpResult, .reachedPerson),
      answer.with(Fields.followUpResult, .reachedEmployer),
      answer.with(Fields.source, .participantCall), answer.with(Fields.source, .register),
      answer.with(Fields.evidence, .document).with(Fields.followUpResult, .reachedPerson),
      answer.with(Fields.evidence, .selfDeclared).with(Fields.followUpResult, .reachedEmployer),
    ].map { $0.milestoneDetails.evidence }
    #expect(
      weights == [.unstated, .own, .thirdParty, .own, .thirdParty, .document, .own])
  }

  @Test(
    "keeps the day that an answer speaks about, as precisely as it was given",
    arguments: [
      "1800-01-01", "1969-12-31", "2024-02-29", "2024-05", "2024-Q3", "2199-12-31",
    ])
  func dates(text: String) {
    let details = JourneyEvent(.followUpCompleted, on: .test("2024-03-01"))
      .with(Fields.referenceDate, .test(text)).milestoneDetails
    #expect(details.statedDate == .test(text))
  }

  @Test("is read only where a question asks for it, and gives the same milestones")
  func columns() throws {
    var random = SeededGenerator(seed: 9)
    let telling = Telling.random(people: 20, statements: 200, merges: 8, using: &random)
    var corrected = 0
    try withView(of: telling) { view, log in
      for size in [nil, 120, 60] as [UInt64?] {
        let plain = try rows(view, size, [])
        #expect(plain.allSatisfy { $0.details.isEmpty && $0.positions.isEmpty })
        for columns in [ViewColumns.details, .positions, [.details, .positions]] {
          let read = try rows(view, size, columns)
          #expect(read.map(\.milestones) == plain.map(\.milestones))
          for (person, other) in zip(read, plain) {
            let count = other.milestones.count
            #expect(person.details.count == (columns.contains(.details) ? count : 0))
            #expect(person.positions.count == (columns.contains(.positions) ? count : 0))
          }
        }
        // Every position is that of the record that first told of it, before any correction.
        for person in try rows(view, size, .positions) {
          for (bits, position) in zip(person.milestones, person.positions) {
            // A correction can make a step of something that was none.
            let first = telling.statements[Int(position)]
            let target = first.target.map { telling.statements[$0].event.milestone }
            #expect(target == nil || target == .some(nil))
            let stated = wordings(of: Int(position), telling).compactMap(\.milestone)
            #expect(
              stated.contains {
                $0.day == Milestone(bits: bits).day && $0.rawKind == Milestone(bits: bits).rawKind
              })
            corrected += stated.count > 1 ? 1 : 0
          }
        }
      }
    }
    #expect(corrected > 10)
  }

  /// The statement that another goes back to, and all that correct it, or a correction of it.
  private func wordings(of place: Int, _ telling: Telling) -> [JourneyEvent] {
    var first = place
    while let target = telling.statements[first].target { first = target }
    var (found, events) = (Set([first]), [telling.statements[first].event])
    for place in telling.statements.indices {
      guard let target = telling.statements[place].target, found.contains(target) else { continue }
      found.insert(place)
      events.append(telling.statements[place].event)
    }
    return events
  }

  private struct Rows: Sendable {
    let milestones: [UInt64]
    let details: [MilestoneDetails]
    let positions: [UInt64]
  }

  private func rows(
    _ view: JourneysView, _ size: UInt64?, _ columns: ViewColumns
  ) throws -> [Rows] {
    try view.scan(size: size, reading: columns) { _, next in
      var found: [Rows] = []
      while let block = try next() {
        for index in 0..<block.count where block.isKnown(index) {
          let rows = Int(block.starts[index])..<Int(block.starts[index + 1])
          found.append(
            Rows(
              milestones: Array(block.milestones[rows]),
              details: block.details.isEmpty ? [] : Array(block.details[rows]),
              positions: block.positions.isEmpty ? [] : Array(block.positions[rows])))
        }
      }
      return found
    }.results.flatMap { $0 }
  }
}
