import ArgumentParser
import EventLog
import Files
import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine

/// `wegmarke indicators`: what a programme transmits twice a year.
struct IndicatorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "indicators", abstract: "Indicators of the ESF Plus, checked and explained.",
    discussion: """
      EXAMPLES
        wegmarke indicators --period 2026-H1 --by gender,region --networks networks.csv
        wegmarke indicators --period 2026-H1 -o tables            # tables 6 and 10 as CSV
        wegmarke indicators --period 2026-H1 --format json
        wegmarke indicators --period 2026-H1 --last 2026-01-31    # what fell since, and why
        wegmarke indicators incomplete --period 2026-H1 --network N07
        wegmarke indicators check tables/table-6.csv tables/table-10.csv
      """,
    subcommands: [Report.self, Incomplete.self, Check.self], defaultSubcommand: Report.self,
    aliases: ["indikatoren"])

  /// The command `wegmarke indicators report`.
  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report",
      abstract: "Counts the indicators of a period, checks them, and explains what fell.",
      discussion: """
        Figures are cumulative and stand as on the last day of the period; windows that end later are
        not due. People are broken down by gender always.

        EXAMPLES
          wegmarke indicators report --period 2026-H1 --by region --networks networks.csv
          wegmarke indicators report --period 2026-H1 --as-of 2026-07-15 --last 2026-01-31
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var options: IndicatorOptions

    @Option(
      help: ArgumentHelp(
        "What was known at the last transmission: says what fell since, and why.",
        valueName: "position|time|day"))
    var last: String?
    @Option(
      help: ArgumentHelp(
        "Last day of the period of that transmission. Default: the day before this period.",
        valueName: "day"))
    var lastOn: String?
    @Option(help: "Show at most so many records that made numbers fall; 0 for all.")
    var limit = 20
    @Option(
      name: .shortAndLong,
      help: "Format of the files: csv or de-csv; json is one document, printed without a folder.")
    var format = IndicatorFormat.csv
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        "Write table-6.csv, table-10.csv, checks.csv and incomplete.csv into this folder.",
        valueName: "folder"))
    var output: String?
    @OptionGroup var replacing: ReplaceOptions

    func run() throws {
      let console = global.console
      let set = try options.set()
      let folder = try output.map { try IndicatorFolder($0, format, replacing) }
      let log = try store.openForReading()
      let time = try options.time(time)
      let knowledge = try Knowledge(time, of: log)
      knowledge.warnOfFuture(console)
      let request = try options.request(set, log, knowledge.referenceDay)
      let earlier = try last.map { try lastTransmission($0, request, log) }
      if let earlier, earlier.knowledge.size > knowledge.size {
        throw Failure(
          .init(
            en: "--last names a later state of knowledge than --as-of.",
            de: "--last nennt einen späteren Datenstand als --as-of."),
          advice: .init(
            en: "Name the state of the last transmission with --last.",
            de: "Bitte mit --last den Datenstand der letzten Übermittlung nennen."), .usage)
      }
      let view = try console.refreshedView(of: log)
      let table = try set.table(request, from: view, size: knowledge.size)
      var before: [IndicatorValue]?
      if let earlier {
        before = try set.table(earlier.request, from: view, size: earlier.knowledge.size)
          .values(of: set)
      }
      let values = table.values(of: set)
      let findings = set.findings(in: values, after: before)
      var drops: [IndicatorDrop] = []
      if let earlier {
        let states = IndicatorStates(
          before: .init(earlier.request, size: earlier.knowledge.size),
          now: .init(request, size: knowledge.size))
        drops = try set.drops(findings, states, from: view)
      }
      let incomplete = try set.incomplete(request, from: view, size: knowledge.size)
      let page = IndicatorPage(
        set: set, request: request, table: table, findings: findings,
        unchecked: set.unchecked(in: values, after: before), drops: drops, last: earlier?.knowledge,
        knowledge: knowledge,
        incomplete: incomplete.count, period: options.period, limit: limit, console: console
      ) { (try? log.keyring.identity(of: $0))?.code.description }
      try note(table, page, folder == nil || format == .json ? [] : incomplete, log, set)
      try folder?.write(page, incomplete, console.language)
      if format == .json, folder == nil {
        try console.printBytes(try IndicatorDocument(page: page).bytes())
      } else {
        try console.print(page.text)
      }
      if let folder {
        console.note(
          .init(en: "Tables: \(folder.path)", de: "Tabellen: \(folder.path)"))
      }
      if page.hasProblems { throw ExitCode(ExitStatus.problems.rawValue) }
    }

    /// Writes down whose data is shown, before it is.
    private func note(
      _ table: IndicatorTable, _ page: IndicatorPage, _ incomplete: [IncompleteRecord],
      _ log: EventLog, _ set: IndicatorSet
    ) throws {
      let shown = Set(page.drops.flatMap { $0.causes.map(\.participant) })
        .union(incomplete.map(\.participant))
      var groups: [FieldGroup] = [.record]
      for indicator in set.indicators where table.closed[indicator.code] == nil {
        if case .statement(let statement, _) = indicator.basis { groups.append(statement.group) }
      }
      try log.noteReading(
        by: "indicators \(set.name)", of: shown.isEmpty ? .everybody : .persons(shown.sorted()),
        groups: groups)
    }

    /// What was transmitted last: the same question at an earlier state of knowledge and day.
    private func lastTransmission(
      _ text: String, _ request: IndicatorRequest, _ log: EventLog
    ) throws -> (request: IndicatorRequest, knowledge: Knowledge) {
      var time = TimeOptions()
      time.asOf = text
      time.on = lastOn ?? (request.period.lowerBound - 1).description
      let knowledge = try Knowledge(time, of: log)
      var earlier = request
      earlier.referenceDay = knowledge.referenceDay
      earlier.period =
        min(request.period.lowerBound, knowledge.referenceDay)...knowledge.referenceDay
      return (earlier, knowledge)
    }
  }
}

/// Which indicators, of which period, in which groups.
struct IndicatorOptions: ParsableArguments {
  @Option(help: "Period that ends with the day of the figures: 2026-H1, 2026, FROM..TO.")
  var period: String

  @Option(
    parsing: .singleValue,
    help: "Group by an attribute at entry, region or category-of-region; may be repeated.")
  var by: [String] = []

  @Option(
    help: ArgumentHelp(
      "CSV file with columns network, region, category-of-region. Default: networks of the log.",
      valueName: "networks.csv"))
  var networks: String?

  @Option(
    help: ArgumentHelp(
      "CSV file with columns indicator, entity, since, network: who else was supported.",
      valueName: "entities.csv"))
  var entities: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Another value of a parameter: exit-window=14d; may be repeated.")
  var settings: [String] = []

  @Option(help: ArgumentHelp("Set of indicators, by name or path.", valueName: "name"))
  var definition = "esf-plus"

  /// The set of indicators.
  func set() throws -> IndicatorSet {
    _ = try Period.parse(period)
    return try IndicatorLibrary.find(definition, settings: settings)
  }

  /// The options of time, with the last day of the period as reference day unless another was named.
  func time(_ time: TimeOptions) throws -> TimeOptions {
    var time = time
    time.on = try time.on ?? Period.parse(period).upperBound.description
    return time
  }

  /// What is asked for.
  func request(_ set: IndicatorSet, _ log: EventLog, _ day: Day) throws -> IndicatorRequest {
    let places = try IndicatorSources.places(networks, log)
    var seen: Set<String> = []
    var names = by.flatMap { $0.split(separator: ",").map(String.init) }
      .filter { seen.insert($0).inserted }
    // Tables 6 and 10 stand by category of region, wherever one is known.
    let category = Fields.regionCategory.name
    if places.values.contains(where: { $0.category != nil }), !names.contains(category) {
      names.insert(category, at: 0)
    }
    var request = IndicatorRequest(
      period: try Period.parse(period), referenceDay: day, groupedBy: names)
    request.places = places
    request.entities = try IndicatorSources.entities(entities, set)
    return request
  }
}

/// The formats of the files.
enum IndicatorFormat: String, ExpressibleByArgument, CaseIterable {
  /// RFC 4180.
  case csv
  /// For German spreadsheets.
  case deCSV = "de-csv"
  /// One document, on standard output unless a folder is named.
  case json

  var dialect: CSVDialect {
    switch self {
    case .csv, .json: .csv
    case .deCSV: .germanCSV
    }
  }
}
