/// What the subjects read of an answer in the schema `wegmarke.answer`.
struct RetentionAnswer: Decodable, Equatable {
  struct Population: Decodable, Equatable {
    let participants: Int
    let counted: Int
    let withoutEntry: Int
    let withoutIndexEvent: Int
    let notObserved: Int
    let tooLate: Int
  }

  struct Group: Decodable, Equatable {
    let values: [String?]
    let subjects: Int
    let events: Int
    let at: [Reading]
  }

  struct Reading: Decodable, Equatable {
    let time: Double
    let survival: Double?
  }

  let population: Population
  let groups: [Group]
  let digest: String

  var subjects: Int { groups.reduce(0) { $0 + $1.subjects } }
  var events: Int { groups.reduce(0) { $0 + $1.events } }

  /// Checks that everybody is accounted for.
  func checkSums(participants: Int) throws {
    let all = population
    try WrongAnswer.check("participants", all.participants, expected: participants)
    try WrongAnswer.check(
      "participants, added up",
      all.counted + all.withoutEntry + all.withoutIndexEvent + all.notObserved + all.tooLate,
      expected: participants)
    try WrongAnswer.check("counted, over all groups", subjects, expected: all.counted)
  }
}

/// The answer to the retention question for a simulated programme of known size and seed.
///
/// Changes when the simulation is meant to make up other journeys; then the peer's answer, which
/// must agree, is the new one.
struct KnownAnswer {
  let participants: Int
  let seed: Int
  let subjects: Int
  let events: Int

  static let all = [
    KnownAnswer(participants: 1_000_000, seed: 1, subjects: 192_725, events: 69_654)
  ]

  /// Compares where the answer is known.
  static func check(_ answer: RetentionAnswer, _ options: Options) throws {
    let known = all.first {
      $0.participants == options.askParticipants && $0.seed == options.seed
    }
    guard let known else { return }
    try WrongAnswer.check("counted", answer.subjects, expected: known.subjects)
    try WrongAnswer.check("losses", answer.events, expected: known.events)
  }
}
