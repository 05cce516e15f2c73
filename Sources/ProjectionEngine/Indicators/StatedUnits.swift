import EventLog
import Journey

/// Who counted for answers of sealed field groups, before and now: read once for each statement and question,
/// however many numbers rest on it.
struct StatedUnits {
  let set: IndicatorSet
  let states: IndicatorStates
  let view: JourneysView
  private var answers: [SealedStatement: StatedAnswers] = [:]
  private var found: [Key: Found] = [:]

  init(set: IndicatorSet, states: IndicatorStates, view: JourneysView) {
    self.set = set
    self.states = states
    self.view = view
  }

  private struct Key: Hashable {
    let statement: SealedStatement
    let question: String
  }

  /// The answers, and who had a yes at each of the two states.
  struct Found {
    let answers: StatedAnswers
    let before: Counted
    let now: Counted
  }

  /// How many units of each person with a yes are in which group and gender.
  struct Counted {
    private struct Place: Hashable {
      let group: [String?]
      let gender: String?
    }

    private var units: [Place: [ParticipantRef: Int]] = [:]

    fileprivate init() {}

    fileprivate init(
      _ counted: CountedUnits, _ answers: StatedAnswers, _ state: IndicatorStates.State
    ) {
      let grouping = state.request.grouping
      for unit in counted.units
      where answers.answer(of: unit.participant, size: state.size) == .yes {
        let place = Place(group: grouping.group(unit.values), gender: unit.values[0])
        units[place, default: [:]][unit.participant, default: 0] += 1
      }
    }

    /// The people of a row and column, with the number of their units.
    func people(of finding: IndicatorFinding) -> [ParticipantRef: Int] {
      if let gender = finding.column.code {
        return units[Place(group: finding.group, gender: gender)] ?? [:]
      }
      return units.filter { $0.key.group == finding.group }.values.reduce(into: [:]) {
        $0.merge($1, uniquingKeysWith: +)
      }
    }
  }

  /// What is known of a statement among those whom a question counts.
  ///
  /// - Throws: `ChoiceProblem` when the question does not fit, or `QuestionError`.
  mutating func find(_ statement: SealedStatement, _ name: String) throws -> Found {
    let key = Key(statement: statement, question: name)
    if let known = found[key] { return known }
    let answers = try read(statement)
    func counted(_ state: IndicatorStates.State) throws -> Counted {
      // A question that the set does not have counts nobody.
      guard let question = set.questions[name] else { return Counted() }
      return Counted(
        try CountedUnits(of: question, state.request.choices, from: view, size: state.size),
        answers, state)
    }
    let new = Found(
      answers: answers, before: try counted(states.before), now: try counted(states.now))
    found[key] = new
    return new
  }

  private mutating func read(_ statement: SealedStatement) throws -> StatedAnswers {
    if let known = answers[statement] { return known }
    let new = try StatedAnswers(
      statement, in: view, sizes: [states.before.size, states.now.size])
    answers[statement] = new
    return new
  }
}
