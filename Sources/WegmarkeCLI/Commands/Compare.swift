import ArgumentParser
import EventLog
import Journey
import Keyring
import Presentation
import ProjectionEngine

/// `wegmarke compare`: what moved an answer between two states of knowledge.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Shows which events moved an answer between two states of knowledge.",
    discussion: """
      EXAMPLES
        wegmarke compare retention-after-job-start --as-of 2026-06-30 --as-of 2026-12-31
        wegmarke compare time-to-first-job --as-of '#4000' --as-of '#4711' --on 2026-06-30
        wegmarke compare esf-outputs --as-of 2026-06-30 --as-of 2026-12-31
        wegmarke compare time-to-first-job --as-of 2026-06-30 --as-of 2026-12-31 -f json
      """, aliases: ["vergleich"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions

  @Argument(
    help: "Name of a question (see: wegmarke questions list) or path of a file.",
    completion: Completing.questions)
  var question: String
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What was known then; twice: a position (#17), a time or a day.",
      valueName: "position|time|day"))
  var asOf: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Reference day of both answers. Default: that of each state, so time passes too.",
      valueName: "day"))
  var on: String?
  @Option(help: "Allowed gap, in the unit of the clock: 2mo, 28d.") var gap: TimeLength?
  @Option(help: "Gap rule: A, B or C.") var rule: GapRule?
  @Option(help: "Clock: day or month. Default: the definition's.") var clock: ClockUnit?
  @Option(parsing: .singleValue, help: "Group by an attribute at entry; may be repeated.")
  var by: [String] = []
  @Option(help: "Period of the index event: 2024, 2024-H1, 2024-Q3, 2024-05, or FROM..TO.")
  var window: String?
  @Option(help: "Times to read the curve off, in clock units: 3,6,12.") var at: String?
  @Option(help: "Show at most so many events in the table; 0 for all.") var limit = 20
  @Option(name: .shortAndLong, help: "table or json.") var format = CompareFormat.table

  /// The formats of comparisons.
  enum CompareFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case table
    /// Everything; schema `wegmarke.comparison`.
    case json
  }

  func validate() throws {
    guard asOf.count == 2 else {
      throw ValidationError(
        .init(
          en: "Write --as-of twice: the earlier and the later state of knowledge.",
          de: "Bitte --as-of zweimal schreiben: den früheren und den späteren Datenstand."))
    }
  }

  func run() throws {
    let console = global.console
    let definition = try QuestionLibrary.find(question)
    if let hindsight = AnswerWarnings.hindsight(definition) { console.warn(hindsight) }
    let log = try store.openForReading()
    var states = try asOf.map { text in
      var time = TimeOptions()
      time.asOf = text
      time.on = on
      return try Knowledge(time, of: log)
    }
    states.sort { $0.size < $1.size }
    states[1].warnOfFuture(console)
    let view = try console.refreshedView(of: log)
    var choices = QuestionDefinition.Choices(referenceDay: states[1].referenceDay)
    choices.gap = gap
    choices.rule = rule
    choices.clock = clock
    choices.groupedBy = QuestionOptions.names(by)
    choices.window = try window.map { try Period.parse($0) }
    choices.horizons = try at.map { try QuestionOptions.horizons($0) }
    let result = try definition.compare(
      choices, view, sizes: (states[0].size, states[1].size),
      days: (states[0].referenceDay, states[1].referenceDay))
    let comparison = result.comparison
    let names = { (ref: ParticipantRef) in
      (try? log.keyring.identity(of: ref))?.code.description
    }
    // The events that moved a figure are shown one by one, with whose they are.
    let shown = Set(comparison.movements.map(\.participant)).sorted()
    try log.noteReading(
      by: "compare \(definition.name)", of: shown.isEmpty ? .everybody : .persons(shown),
      groups: [.record])
    switch format {
    case .table:
      try console.print(
        ComparePage(
          result: result, definition: definition, groupedBy: choices.groupedBy, states: states,
          limit: limit, console: console, name: names
        ).text)
    case .json:
      let document = try CompareDocument(
        result, definition, by: choices.groupedBy, states, log, name: names)
      try console.printData(try document.json())
    }
  }
}
