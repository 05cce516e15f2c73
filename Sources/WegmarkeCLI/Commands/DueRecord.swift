public import ArgumentParser
import EventLog
public import Journey
import Presentation
import ProjectionEngine
import Recording

/// Whom and what a command of the worklist is about.
struct DueSubject: ParsableArguments {
  @Argument(
    help: "Code (TN-7K4Q2M) or a source's own id (mvad:17).", completion: Completing.participants)
  var participant: String
  @Argument(help: "The task (see: wegmarke due rules).", completion: Completing.tasks)
  var task: String
  @Option(help: ArgumentHelp("When. Default: today.", valueName: "date")) var on = "today"
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Your own rules instead of the built-in ones.", valueName: "file.toml"))
  var rules: [String] = []

  /// What is open, found for a day; also what is not due for long, or overdue for long: nothing is
  /// ever locked.
  func find(_ log: EventLog, _ recorder: Recorder) throws -> Found {
    let day = try StatedFields.date(on, today: recorder.today)
    let library = try WorklistLibrary(rules)
    let task = try library.task(named: task)
    let ref = try log.find(participant)
    let worklist = Worklist(library.tasks, on: day.lastDay, ahead: TimeLength(1200, .month))
    let person = try PersonStreams(of: ref, in: log)
    let open = worklist.entries(of: person)
    guard let entry = open.first(where: { library.tasks[$0.item.task].code == task.code }) else {
      // What is open tells of the person.
      try log.noteReading(by: "due", of: .persons(person.members), groups: [.record])
      guard Restriction(person) == nil else { throw DueSubject.notOpen(task, []) }
      throw DueSubject.notOpen(task, open.map { library.tasks[$0.item.task].code })
    }
    return Found(ref: ref, task: task, item: entry.item, day: day)
  }

  /// What a command is about.
  struct Found {
    let ref: ParticipantRef
    let task: WorklistTask
    let item: WorklistItem
    let day: CivilDate
  }

  private static func notOpen(_ task: WorklistTask, _ open: [String]) -> Failure {
    var codes: [String] = []
    for code in open where !codes.contains(code) { codes.append(code) }
    let list = codes.joined(separator: ", ")
    return Failure(
      .init(
        en: "“\(task.code)” (\(task.title.en)) is not open for this person.",
        de: "„\(task.code)“ (\(task.title.de)) ist bei dieser Person nicht offen."),
      advice: codes.isEmpty
        ? .init(
          en: "To record something all the same: wegmarke record",
          de: "Trotzdem etwas erfassen: wegmarke record")
        : .init(
          en: "Open: \(list). To record something all the same: wegmarke record",
          de: "Offen: \(list). Trotzdem etwas erfassen: wegmarke record"), .data)
  }
}

extension Due {
  /// The command `wegmarke due done`.
  struct Done: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "done", abstract: "Records that something was done, with what came out.",
      discussion: """
        EXAMPLES
          wegmarke due done TN-7K4Q2M 24m-job --set employed=yes --set result=REACHED_SELF
          wegmarke due done TN-7K4Q2M exit-form --on 2026-11-20 --set job-search=yes
          wegmarke due done TN-7K4Q2M permit --set residence=AE_25_3 --set valid-until=2029-01-31
        """, aliases: ["erledigt"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var recording: RecordingOptions
    @OptionGroup var subject: DueSubject
    @Option(
      name: .customLong("set"), parsing: .singleValue,
      help: ArgumentHelp("A field; may be repeated.", valueName: "field=value"))
    var fields: [String] = []
    @Option(help: "Why it is recorded, in words.") var reason: String?

    func run() throws {
      try Due.record(global, store, recording, subject, reason: reason) {
        found throws(RecordingError) in
        var event = found.task.doneEvent(found.item, on: found.day)
        try StatedFields.set(fields, in: &event)
        return event
      }
    }
  }

  /// The command `wegmarke due attempt`.
  struct Attempt: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "attempt",
      abstract: "Records that somebody tried in vain; the task stays open, unless they refused.",
      discussion: """
        EXAMPLES
          wegmarke due attempt TN-7K4Q2M 24m-job
          wegmarke due attempt TN-7K4Q2M 24m-job --result REFUSED
        """, aliases: ["versucht"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var recording: RecordingOptions
    @OptionGroup var subject: DueSubject
    @Option(help: "What came of it. Default: NOT_REACHED.") var result: FollowUpResult?
    @Option(help: "More about it, in words.") var reason: String?

    func run() throws {
      try Due.record(global, store, recording, subject, reason: reason) { found in
        found.task.attempt(found.item, on: found.day, result: result ?? .notReached)
      }
    }
  }

  /// The command `wegmarke due skip`.
  struct Skip: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "skip",
      abstract: "Leaves something undone, with the reason; it is asked for no more.",
      discussion: """
        EXAMPLES
          wegmarke due skip TN-7K4Q2M permit --reason "her lawyer sees to it"
        """, aliases: ["auslassen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var recording: RecordingOptions
    @OptionGroup var subject: DueSubject
    @Option(help: "Why, in words.") var reason: String

    func run() throws {
      try Due.record(global, store, recording, subject, reason: reason) { found in
        found.task.skipped(found.item, on: found.day)
      }
    }
  }

  /// Says that a follow-up is not due for long: the name of another one ends it for good.
  private static func warnOfEarliness(_ found: DueSubject.Found, _ console: Console) {
    guard found.day.lastDay < found.task.shown.before(found.item.due) else { return }
    let code = found.task.code
    console.warn(
      .init(
        en: "“\(code)” is due only on \(EventText(.english).date(found.item.due)); it counts as"
          + " done with this. Another task meant? Then take it back as said below.",
        de: "„\(code)“ ist erst am \(EventText(.german).date(found.item.due)) fällig und gilt"
          + " hiermit als erledigt. War eine andere Aufgabe gemeint, bitte zurücknehmen wie unten"
          + " gesagt."))
  }

  /// Records what a command says about something that is open, and how to take it back.
  private static func record(
    _ global: GlobalOptions, _ store: StoreOptions, _ recording: RecordingOptions,
    _ subject: DueSubject, reason: String?,
    _ event: (DueSubject.Found) throws(RecordingError) -> JourneyEvent
  ) throws {
    let console = global.console
    let log = try recording.open(store)
    let recorder = Recorder(log, by: recording.voice)
    let found = try subject.find(log, recorder)
    let stated = try event(found)
    let page = RecordingPage(log: log, console: console, store: store.option, command: "due")
    let plan = try page.orConflict(about: found.ref) { () throws(RecordingError) in
      try recorder.plan(
        stated, about: .known(found.ref), reason: reason, expecting: recording.expect)
    }
    if stated.type == .followUpCompleted { warnOfEarliness(found, console) }
    if recording.dryRun { return try page.show(plan, .wouldRecord) }
    let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
    try page.show(plan, .recorded(done))
    if stated.type == .followUpCompleted, stated[Fields.referenceDate] == nil,
      found.day.day - found.item.due > PersonHistory.tolerance
    {
      let day = (EventText(.english).date(found.day), EventText(.german).date(found.day))
      console.note(
        .init(
          en: "The answers count for \(day.0). If they speak about the day it was due, say so:"
            + " --set reference-date=\(found.item.due)",
          de: "Die Antworten zählen für \(day.1). Gelten sie für den Tag der Fälligkeit:"
            + " --set reference-date=\(found.item.due)"))
    }
  }
}

extension Due {
  /// The command `wegmarke due rules`.
  struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rules",
      abstract: "The rules: what is due when, shown from when on, and on which grounds.",
      discussion: """
        EXAMPLES
          wegmarke due rules
          wegmarke due rules my-rules.toml        # reads your own and works its example
        """, aliases: ["regeln"])

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Files of your own.") var files: [String] = []

    func run() throws {
      let console = global.console
      let language = console.language
      let library = try WorklistLibrary(files)
      var failed = false
      var parts: [String] = []
      let width = console.output.width ?? 80
      for rules in library.rules {
        var lines = [
          console.output.paint("\(rules.name) · Version \(rules.version)", .bold),
          rules.sentence(language).wrapped(to: width),
        ]
        lines += rules.tasks.map {
          "  " + words($0, language).wrapped(to: max(20, width - 4)).hanging(4)
        }
        let source = LocalizedText(en: "Source", de: "Quelle")(language)
        lines.append("\(source): \(rules.source(language))".wrapped(to: width))
        for difference in rules.checkExample() {
          failed = true
          lines.append(difference.words(language).wrapped(to: width))
        }
        parts.append(lines.joined(separator: "\n"))
      }
      try console.print(parts.joined(separator: "\n\n"))
      if failed { throw ExitCode(ExitStatus.problems.rawValue) }
    }

    private func words(_ task: WorklistTask, _ language: Language) -> String {
      let start = task.start.label
      let (after, shown) = (task.after, task.shown)
      var text = LocalizedText(
        en: "\(task.code): \(task.title.en). Counted from \(start.en); due after"
          + " \(after.words.en), shown \(shown.words.en) ahead",
        de: "\(task.code): \(task.title.de). Gezählt ab \(start.de); fällig nach"
          + " \(after.germanDative), gezeigt \(shown.words.de) vorher")
      if let lapses = task.lapses {
        text =
          text
          + LocalizedText(
            en: ", lapses \(lapses.words.en) later", de: ", verfällt \(lapses.words.de) später")
      }
      return (text + LocalizedText(verbatim: "."))(language)
    }
  }
}

extension TimeLength {
  /// The length in words.
  fileprivate var words: LocalizedText {
    let noun: CountedNoun = unit == .day ? .day : .month
    return LocalizedText(
      en: NumberStyle(.english).count(Int(count), of: noun),
      de: NumberStyle(.german).count(Int(count), of: noun))
  }

  /// The length in German behind a word such as “nach”.
  fileprivate var germanDative: String { count == 1 ? words.de : words.de + "n" }
}

extension WorklistTask.Start {
  /// From where on a task counts, in words.
  fileprivate var label: LocalizedText {
    switch self {
    case .exit: .init(en: "the exit", de: "dem Austritt")
    case .jobStart:
      .init(
        en: "the first job or training after the entry",
        de: "der ersten Arbeit oder Ausbildung nach dem Eintritt")
    case .everyJob:
      .init(en: "the start of a job or training", de: "dem Beginn einer Arbeit oder Ausbildung")
    case .permitEnd: .init(en: "the end of the permit", de: "dem Ende des Aufenthaltstitels")
    case .lastContact: .init(en: "the last contact", de: "dem letzten Gespräch")
    case .planned: .init(en: "the planned day", de: "dem geplanten Tag")
    }
  }
}

extension FollowUpResult: ExpressibleByArgument {
  /// The codes, for help and messages.
  public static var allValueStrings: [String] { allCases.map(\.code) }
  /// Reads a result by its code.
  public init?(argument: String) { self.init(code: argument) }
}
