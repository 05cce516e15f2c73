import Definitions
import EventLog
import Journey
import TestSupport

@testable import ProjectionEngine

/// Statements, each with the day on which it was told: what the log's two times are made of.
struct LateTelling {
  /// Day 0.
  static let first = CivilDate.test("2025-01-01").day

  private(set) var telling = Telling()
  private var told: [Int] = []

  static func date(_ day: Int) -> String { "\(first + Int32(day))" }

  @discardableResult
  mutating func say(_ person: Int, _ event: JourneyEvent, told day: Int, about target: Int? = nil)
    -> Int
  {
    told.append(day)
    return telling.say(person, event, about: target)
  }

  /// Tells a store all of it, day by day, and opens its view.
  func withView<R>(_ body: (JourneysView, EventLog) throws -> R) throws -> R {
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      for (day, statements) in Dictionary(grouping: told.indices, by: { told[$0] })
        .sorted(by: { $0.key < $1.key })
      {
        store.clock.set(
          Int64(LateTelling.first.number + Int32(day)) * 86_400_000_000 + 43_200_000_000)
        try teller.tell(statements, to: log)
      }
      let view = JourneysView(of: log)
      try view.refresh()
      return try body(view, log)
    }
  }

  /// Asks a question of all of it, at the end of a day.
  func answer(
    _ text: String, on day: Int, _ choose: (inout QuestionDefinition.Choices) -> Void = { _ in }
  ) throws -> any QuestionAnswer {
    try withView { view, log in
      try LateTelling.answer(text, from: view, log, on: day, choose)
    }
  }

  /// Asks a question of a store that was told already.
  static func answer(
    _ text: String, from view: JourneysView, _ log: EventLog, on day: Int,
    _ choose: (inout QuestionDefinition.Choices) -> Void = { _ in }
  ) throws -> any QuestionAnswer {
    let definition = try QuestionFile.read(Array(text.utf8), file: "late.toml")
    var choices = QuestionDefinition.Choices(referenceDay: LateTelling.first + Int32(day))
    choose(&choices)
    return try definition.answer(
      choices, from: view,
      certificate: AnswerCertificate(log, size: try log.size(), isSimulated: true, program: "test"))
  }

  private static let head = """
    format = "wegmarke.question/1"
    name = "late"
    version = 1
    kind = "KIND"
    [title]
    en = "Late"
    de = "Spät"
    [sentence]
    en = "How late?"
    de = "Wie spät?"
    [rule]
    en = "As it says."
    de = "Wie es dasteht."
    [source]
    text = "nowhere"
    [clock]
    unit = "day"
    [population]
    unit = "person"

    """

  private static let curveExample = """
    [[example.person]]
    id = "a"
    entry = "2024-01-01"
    jobs = ["2024-01-01/"]
    observed-until = "2024-12-31"
    [example.expect]
    counted = 1
    too-late = 0
    times = []
    at-risk = []
    survival = []

    """

  /// From the entry to the first job.
  static let firstJob =
    head.replacing("KIND", with: "time-to-event")
      + """
      index = "entry"
      [event]
      outcome = "first-placement"
      kinds = ["SVP"]
      [horizons]
      at = [30, 60]

      """ + curveExample

  /// From the first job to the first day without work, no gap allowed.
  static let retention =
    head.replacing("KIND", with: "time-to-event")
      + """
      index = "first-placement"
      [event]
      outcome = "interruption"
      kinds = ["SVP"]
      gap = "0d"
      rule = "B"
      [horizons]
      at = [40, 182]

      """ + curveExample

  /// In work so many days after the first job began.
  static let share =
    head.replacing("KIND", with: "point")
      + """
      index = "first-placement"
      [work]
      kinds = ["SVP"]
      [outcome]
      yes = 'working(at index + h)'
      horizons = [10]
      [[example.person]]
      id = "a"
      entry = "2024-01-01"
      jobs = ["2024-01-01/"]
      observed-until = "2024-12-31"
      [[example.expect.row]]
      horizon = 10
      yes = 1

      """
}
