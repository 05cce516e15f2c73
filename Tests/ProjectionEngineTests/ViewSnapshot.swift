import EventLog
import Journey
import Statistics
import Testing

@testable import ProjectionEngine

/// Everything a journeys view says about everybody, in words.
struct ViewSnapshot: Equatable {
  var people: [UInt32: ExpectedJourneys.Person] = [:]

  init(_ view: JourneysView, size: UInt64? = nil) throws {
    let (halves, _) = try view.scan(size: size, reading: .details) { catalogue, next in
      var found: [(UInt32, ExpectedJourneys.Person?)] = []
      while let block = try next() {
        for index in 0..<block.count {
          let rows = Int(block.starts[index])..<Int(block.starts[index + 1])
          var attributes: [String: String] = [:]
          for (column, attribute) in catalogue.columns.enumerated() {
            let number = block.value(of: column, participant: index)
            attributes[attribute.name] = catalogue.value(number, of: column)
          }
          let person = ExpectedJourneys.Person(
            milestones: Array(block.milestones[rows]), details: Array(block.details[rows]),
            attributes: attributes)
          found.append((block.firstRef + UInt32(index), block.isKnown(index) ? person : nil))
        }
      }
      return found
    }
    for (ref, person) in halves.joined() {
      guard let person else { continue }
      #expect(people[ref] == nil, "participant \(ref) stands in the view twice")
      people[ref] = person
    }
  }
}

extension Teller {
  /// What a view must say after this teller told statements in an order.
  func expected(_ order: some Sequence<Int>) -> [UInt32: ExpectedJourneys.Person] {
    var people: [UInt32: ExpectedJourneys.Person] = [:]
    for (person, journey) in ExpectedJourneys(telling, told: order).people {
      if let ref = ref(person) { people[ref.number] = journey }
    }
    return people
  }
}

/// The answers to a few questions, comparable as a whole.
struct Answers: Equatable {
  struct Group: Equatable {
    let values: [String?]
    let times: [Double]
    let atRisk: [Int]
    let events: [Int]
  }

  var groups: [[Group]] = []
  var attritions: [Attrition] = []

  init(_ view: JourneysView, size: UInt64? = nil) throws {
    for question in Answers.questions {
      let result = try Answers.ask(question, view, size)
      groups.append(
        result.groups.map {
          Group(
            values: $0.values, times: $0.counts.times, atRisk: $0.counts.atRisk,
            events: $0.counts.events)
        })
      attritions.append(result.attrition)
    }
  }

  /// Asks; an attribute that nobody has yet is one that nobody states.
  private static func ask(
    _ question: TimeToEventQuestion, _ view: JourneysView, _ size: UInt64?
  ) throws -> TimeToEventResult {
    do {
      return try question.ask(view, size: size)
    } catch {
      guard case .unknownAttribute = error else { throw error }
    }
    var ungrouped = question
    ungrouped.groupedBy = []
    let plain = try ungrouped.ask(view, size: size)
    return TimeToEventResult(
      groups: plain.groups.map { .init(values: [nil], counts: $0.counts, causes: $0.causes) },
      attrition: plain.attrition, knowledge: plain.knowledge)
  }

  private static let questions: [TimeToEventQuestion] = [
    TimeToEventQuestion(
      clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp, .miniJob],
      groupedBy: ["subproject"], referenceDay: CivilDate.test("2024-11-15").day),
    TimeToEventQuestion(
      clock: .month, origin: .firstPlacement, outcome: .interruption(gap: 1, rule: .a),
      kinds: [.svp], groupedBy: ["x3"], referenceDay: CivilDate.test("2024-12-31").day),
    TimeToEventQuestion(
      clock: .day, origin: .firstPlacement, outcome: .interruption(gap: 3, rule: .b),
      kinds: [.svp, .miniJob], groupedBy: ["gender"],
      referenceDay: CivilDate.test("2024-09-30").day),
  ]
}
