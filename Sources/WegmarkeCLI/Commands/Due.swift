import ArgumentParser
import EventLog
import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine

/// `wegmarke due`: what has to be done about whom.
struct Due: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "What is due: forms, follow-ups, permits, talks.",
    discussion: """
      EXAMPLES
        wegmarke due
        wegmarke due --advisor B-014 --within 14d
        wegmarke due --task exit-form,6m-exit -f csv -o due.csv
        wegmarke due --columns due_on,participant,task,advisor
        wegmarke due --ics due.ics              # for a calendar program
        wegmarke due done TN-7K4Q2M 24m-job --set employed=yes
      """,
    subcommands: [List.self, Done.self, Attempt.self, Skip.self, Rules.self],
    defaultSubcommand: List.self, aliases: ["faellig", "wiedervorlage"])

  /// The command `wegmarke due list`.
  struct List: ParsableCommand {
    // Named, so that the help can say what `wegmarke due` alone does.
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Everything that is due, the oldest first.",
      discussion: """
        EXAMPLES
          wegmarke due list --network NW-07 --within 4w
          wegmarke due list --on 2026-12-31 --lapsed
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions

    @Option(
      name: [.long, .customLong("mine")],
      help: ArgumentHelp("Only people of this advisor.", valueName: "advisor"))
    var advisor: String?
    @Option(help: "Only people of this sub-project.") var subproject: String?
    @Option(help: "Only people of this network.") var network: String?
    @Option(
      parsing: .singleValue,
      help: ArgumentHelp("Only these tasks; may be repeated.", valueName: "task,…"),
      completion: Completing.tasks)
    var task: [String] = []
    @Option(
      help: ArgumentHelp(
        "How far ahead to look. Default: as each task says.", valueName: "14d|4w|2mo"))
    var within: TimeLength?
    @Flag(help: "Show what is so old that it is no longer asked for, too.") var lapsed = false
    @Option(
      parsing: .singleValue,
      help: ArgumentHelp("Your own rules instead of the built-in ones.", valueName: "file.toml"))
    var rules: [String] = []
    @Option(help: "Show at most so many; 0 for all. Default: 50 in a table, else all.")
    var limit: Int?
    @Option(name: .shortAndLong, help: "table, csv, de-csv or json.") var format = DueFormat.table
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("Write the list into this file.", valueName: "file"),
      completion: .file())
    var output: String?
    @OptionGroup var chosen: ColumnOptions
    @Option(
      help: ArgumentHelp("Write a calendar, too: whole days, without names.", valueName: "file.ics")
    )
    var ics: String?
    @OptionGroup var replacing: ReplaceOptions

    func validate() throws {
      if format == .json, chosen.columns != nil { throw ColumnOptions.notForJSON }
    }

    func run() throws {
      let console = global.console
      let file = try replacing.file(output, besides: rules)
      let calendar = try replacing.file(ics, besides: rules)
      let tasks = try WorklistLibrary(rules).tasks(named: task)
      let log = try store.openForReading()
      try log.keyring.require([.group(.record), .identities])
      let knowledge = try Knowledge(time, of: log)
      let columns = try chosen.places(
        in: DuePage.list(tasks, on: knowledge.referenceDay, console).names)
      let worklist = Worklist(tasks, on: knowledge.referenceDay, ahead: within)
      let filter = WorklistFilter(advisor: advisor, subproject: subproject, network: network)
      let all =
        try log.keyring.isScoped
        ? log.ownEntries(of: worklist, knowledge, filter)
        : console.refreshedView(of: log).entries(of: worklist, size: knowledge.size, where: filter)
      let asked = all.filter { !$0.item.isLapsed }
      let wanted = lapsed ? all : asked
      let most = limit ?? (format == .table && file == nil ? 50 : 0)
      let shown = most > 0 ? Array(wanted.prefix(most)) : wanted
      let left = asked.map { $0.item.daysLeft(on: knowledge.referenceDay) }
      let page = DuePage(
        rows: shown.map {
          .init(entry: $0, identity: try? log.keyring.identity(of: $0.participant))
        },
        tasks: tasks, knowledge: knowledge,
        counts: (
          left.count { $0 < 0 }, left.count { $0 == 0 }, left.count { $0 > 0 }
        ), lapsed: all.count - asked.count, origin: log.origin)
      try log.noteReading(
        by: "due", of: .persons(Set(shown.map(\.participant)).sorted()), groups: [.record])
      try calendar?.write(Array(page.calendar(console.language).utf8))
      try show(page, columns, shown.count, of: wanted.count, console, file)
    }

    private func show(
      _ page: DuePage, _ columns: [Int]?, _ count: Int, of total: Int, _ console: Console,
      _ file: OutputFile?
    ) throws {
      let bytes: [UInt8]
      switch format {
      case .table:
        if page.knowledge.isSimulated { console.note(Knowledge.simulated) }
        var text = page.summary(console.language) + "\n"
        if count > 0 { text += "\n" + page.table(columns, console) }
        if let file { return try file.write(Array(text.pageWithoutControls.utf8)) }
        try console.print(text)
        console.note(page.knowledge.basis)
        if count < total {
          console.note(
            .init(
              en: "\(count) of \(total) shown; --limit 0 shows all.",
              de: "\(count) von \(total) gezeigt; --limit 0 zeigt alle."))
        }
        return
      case .csv: bytes = page.csv(columns, .csv, console)
      case .deCSV: bytes = page.csv(columns, .germanCSV, console)
      case .json: bytes = Array(try page.json().utf8)
      }
      if let file { return try file.write(bytes) }
      try console.printData(String(decoding: bytes, as: UTF8.self))
    }
  }
}

extension EventLog {
  /// What is to be done about the people whom the keys at hand open: few, so their streams are read
  /// rather than the view, which holds everybody.
  func ownEntries(
    of worklist: Worklist, _ knowledge: Knowledge, _ filter: WorklistFilter
  ) throws -> [WorklistEntry] {
    var found: [WorklistEntry] = []
    var seen: Set<ParticipantRef> = []
    for ref in try keyring.ownRefs(below: try participantCount()) {
      if seen.contains(ParticipantRef(ref)) { continue }
      let person = try PersonStreams(of: ParticipantRef(ref), in: self, size: knowledge.size)
      seen.formUnion(person.members)
      guard Restriction(try PersonStreams(of: ParticipantRef(ref), in: self)) == nil else {
        continue
      }
      found += worklist.entries(of: person, size: knowledge.size, where: filter)
    }
    return found.inOrder
  }
}

/// The formats of the worklist.
enum DueFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case table
  /// RFC 4180.
  case csv
  /// For German spreadsheets.
  case deCSV = "de-csv"
  /// One object, for machines.
  case json
}
