public import ArgumentParser
import EventLog
import Journey
import Presentation
import ProjectionEngine
public import Statistics

/// A question, and what may be chosen of it: of whom, since when, at which times.
struct QuestionOptions: ParsableArguments {
  @Argument(
    help: "Name of a question (see: wegmarke questions list) or path of a file.",
    completion: Completing.questions)
  var question: String

  @Option(help: "Allowed gap, in the unit of the clock: 2mo, 28d.") var gap: TimeLength?
  @Option(help: "Gap rule: A, B or C. A overstates retention while people still come in.")
  var rule: GapRule?
  @Option(help: "Clock: day or month. Default: the definition's.") var clock: ClockUnit?
  @Option(parsing: .singleValue, help: "Group by an attribute at entry; may be repeated.")
  var by: [String] = []
  @Option(help: "Period of the index event: 2024, 2024-H1, 2024-Q3, 2024-05, or FROM..TO.")
  var window: String?
  @Option(help: "Times to read the curve off, in clock units: 3,6,12.") var at: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Another value of a parameter of the question: exit-window=14d; may be repeated.")
  var settings: [String] = []
  @Option(help: "Confidence level.") var level = 0.95
  @Option(help: "Confidence limits: plain, log, log-log, logit or arcsin.")
  var interval: IntervalType = .logLog
  @Flag(
    help: "Also say what the unknown and the lost can change: worst and best case, tipping points.")
  var bounds = false
  @Flag(help: "Ask of the part only that is as good as completely recorded.") var mature = false
  @Flag(help: "Also correct the figures for what is recorded late.") var nowcast = false
  @Option(
    name: .customLong("response-by"), parsing: .singleValue,
    help: "Also weight shares for response by these attributes at entry; may be repeated.")
  var responseBy: [String] = []
  func validate() throws {
    guard level > 0 && level < 1 else {
      throw ValidationError(
        .init(
          en: "--level must lie between 0 and 1, as in --level 0.95.",
          de: "--level liegt zwischen 0 und 1, wie in --level 0.95."))
    }
    guard !(mature && nowcast) else {
      throw ValidationError(
        .init(
          en: "--mature leaves nothing for --nowcast to correct; choose one.",
          de: "--mature lässt --nowcast nichts zu berichtigen; bitte eins davon wählen."))
    }
  }

  /// The definition that is meant, with other values of its parameters.
  var definition: QuestionDefinition {
    get throws { try QuestionLibrary.find(question, settings: settings) }
  }

  /// The answer to it; says who is in none any more.
  func answer(
    _ definition: QuestionDefinition, _ log: EventLog, _ knowledge: Knowledge, _ console: Console
  ) throws -> any QuestionAnswer {
    let choices = try choices()
    knowledge.warnOfFuture(console)
    let view = try console.refreshedView(of: log)
    let answer = try definition.answer(
      choices(knowledge.referenceDay), from: view,
      precision: .init(intervals: interval, level: level),
      certificate: AnswerCertificate(
        log, size: knowledge.size, isSimulated: knowledge.isSimulated, program: Wegmarke.version))
    try noteErased(since: knowledge.size, log, console)
    return answer
  }

  /// What was chosen, as soon as the reference day is known.
  private func choices() throws -> (Day) -> QuestionDefinition.Choices {
    let window = try window.map { try Period.parse($0) }
    let horizons = try at.map { try QuestionOptions.horizons($0) }
    return { day in
      var choices = QuestionDefinition.Choices(referenceDay: day)
      choices.gap = gap
      choices.rule = rule
      choices.clock = clock
      choices.groupedBy = QuestionOptions.names(by)
      choices.window = window
      choices.horizons = horizons
      choices.lateRecords = mature ? .mature : nowcast ? .nowcast : .asRecorded
      choices.bounds = bounds
      choices.responseBy = QuestionOptions.names(responseBy)
      return choices
    }
  }

  /// The names of an option that may be repeated and hold lists, each once.
  static func names(_ option: [String]) -> [String] {
    var seen: Set<String> = []
    return option.flatMap { $0.split(separator: ",").map(String.init) }
      .filter { seen.insert($0).inserted }
  }

  /// The times of a list, `3,6,12`, in their order, each once.
  static func horizons(_ at: String) throws -> [Double] {
    let times = at.split(separator: ",").map { text in
      Double(text.prefix { $0.isNumber || $0 == "." })
    }
    let known = times.compactMap { $0 }
    guard known.count == times.count, !known.isEmpty else {
      throw Failure(
        .init(en: "--at \(at) is no list of times.", de: "--at \(at) ist keine Liste von Zeiten."),
        advice: .init(en: "Write --at 3,6,12.", de: "Bitte --at 3,6,12 schreiben."), .usage)
    }
    return Set(known).sorted()
  }

  /// Who was erased since is in no answer any more, not even in one about what was known then.
  private func noteErased(since size: UInt64, _ log: EventLog, _ console: Console) throws {
    let count = try log.erasedParticipants(knownAt: size)
    guard count > 0 else { return }
    console.note(
      .init(
        en: "\(count) of the people known then \(count == 1 ? "was" : "were") erased since; an"
          + " answer given before may differ, and this one is made without them.",
        de: "\(count) der damals bekannten Personen \(count == 1 ? "wurde" : "wurden") seither"
          + " gelöscht; eine frühere Antwort kann abweichen, diese entsteht ohne sie."))
  }
}

extension IntervalType: ExpressibleByArgument {}
