import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation
import ProjectionEngine
import Projections
import Recording

/// `wegmarke timeline`: one person's journey.
struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "Shows one person's journey.",
    discussion: """
      EXAMPLES
        wegmarke timeline TN-7K4Q2M
        wegmarke timeline mvad:17 --as-of 2026-06-30
        wegmarke timeline TN-7K4Q2M --kind counselling --since 2026-01-01
        wegmarke timeline TN-7K4Q2M --chart -             # bars over the years, too
        wegmarke timeline TN-7K4Q2M -o journey.html       # a page to read and print
        wegmarke timeline TN-7K4Q2M --redact -o case.md   # nobody is named
      """, aliases: ["verlauf"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions

  @Argument(
    help: "Code (TN-7K4Q2M) or the source's own id (mvad:17).", completion: Completing.participants)
  var participant: String
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Only entries of this type; may be repeated.", valueName: "type"),
    completion: Completing.types)
  var kind: [String] = []
  @Option(help: ArgumentHelp("Only what happened from this day on.", valueName: "day"))
  var since: String?
  @Option(help: ArgumentHelp("Only what happened until this day.", valueName: "day"))
  var until: String?
  @Flag(help: "Numbers instead of names, places and texts, for showing it to others.")
  var redact = false
  @Option(
    name: .shortAndLong,
    help: "text, markdown or html. Default: by the name of the file, else text.")
  var format: TimelineFormat?
  @Option(
    name: .shortAndLong, help: "Write to this file instead of standard output.",
    completion: .file())
  var output: String?
  @Option(
    help: ArgumentHelp(
      "Also draw: into this SVG file, or on the terminal for - or terminal.",
      valueName: "file.svg"))
  var chart: ChartDestination?
  @OptionGroup var replacing: ReplaceOptions

  func run() throws {
    let console = global.console
    let file = try replacing.file(output)
    var drawing: OutputFile?
    if case .file(let path)? = chart { drawing = try replacing.file(at: path) }
    var filter = try filter()
    let log = try store.openForReading()
    try log.keyring.require([.group(.record)])
    let ref = try log.find(participant)
    let knowledge = try Knowledge(time, of: log)
    // Whoever names a reference day does not ask what happened later.
    if time.on != nil, filter.until == nil { filter.until = knowledge.referenceDay }
    let person = try PersonStreams(of: ref, in: log, size: knowledge.size)
    guard person.streams.contains(where: { !$0.isEmpty }) else {
      throw Failure(
        .init(
          en: "Nothing was known about \(participant) then.",
          de: "Über \(participant) war damals nichts bekannt."), .noInput)
    }
    var withheld: Set<Position> = []
    // Whoever is asked for as known then: what holds today protects them.
    if let restriction = Restriction(try PersonStreams(of: ref, in: log)) {
      throw restriction.failure(participant)
    }
    for member in person.members {
      withheld.formUnion(Statement.withheld(try log.events(of: .participant(member))))
    }
    let keyring = log.keyring
    let identity = keyring.has(.identities) ? try keyring.identity(of: person.members[0]) : nil
    try log.noteReading(
      by: "timeline", of: .persons(person.members),
      groups: EventLog.groups(opened: person.events))
    let tasks = try WorklistLibrary().tasks
    let worklist = Worklist(tasks, on: knowledge.referenceDay)
    let timeline = Timeline(person.streams, withholding: withheld, on: knowledge.referenceDay)
    let page = TimelinePage(
      identity: identity, asked: participant,
      absorbed: person.members.dropFirst().compactMap { try? keyring.identity(of: $0) },
      timeline: redact ? timeline.redacted() : timeline, knowledge: knowledge, console: console,
      open: worklist.entries(of: person, size: knowledge.size).filter { !$0.item.isLapsed }.map {
        .init(task: tasks[$0.item.task], item: $0.item)
      }, filter: filter, isRedacted: redact
    ) { (try? keyring.identity(of: $0))?.code.description }
    try show(page, file, drawing)
  }

  private func show(_ page: TimelinePage, _ file: OutputFile?, _ drawing: OutputFile?) throws {
    let console = page.console
    if let drawing { try drawing.write(Array(TimelineBars(page).chart.svg().utf8)) }
    let bytes: [UInt8]
    switch format ?? TimelineFormat(file: output ?? "") {
    case .text:
      var text = page.text
      if chart == .terminal {
        let columns = min(console.output.proseWidth, 100)
        text +=
          "\n\n"
          + TimelineBars(page).chart.terminalText(for: console.output, columns: columns, rows: 0)
      }
      if file == nil { return try console.print(text) }
      bytes = Array((text.pageWithoutControls + "\n").utf8)
    case .markdown: bytes = Array(TimelineDocument(page: page).markdown.utf8)
    case .html: bytes = Array(TimelineDocument(page: page).report.html().utf8)
    }
    guard let file else { return try console.printBytes(bytes) }
    try file.write(bytes)
    console.note(OutputFile.personal)
  }

  private func filter() throws -> TimelineFilter {
    let today = StoreZone.day(of: SystemClock.microseconds())
    return TimelineFilter(
      types: Set(try kind.map { try StatedFields.type($0) }),
      since: try since.map { try StatedFields.date($0, today: today).day },
      until: try until.map { try StatedFields.date($0, today: today).lastDay })
  }
}

/// The formats of a timeline.
enum TimelineFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a terminal.
  case text
  /// CommonMark.
  case markdown
  /// A page to read and print.
  case html

  /// The format that a file's name asks for.
  init(file: String) {
    let name = file.lowercased()
    self = name.hasSuffix(".md") ? .markdown : name.hasSuffix(".html") ? .html : .text
  }
}

extension EventLog {
  /// The participant that a person means: by public code or by a source's own id.
  func find(_ text: String) throws -> ParticipantRef {
    if let code = ParticipantCode(text), let ref = try participant(code: code) { return ref }
    if let ref = try participant(externalID: text) { return ref }
    throw Failure(
      .init(en: "Nobody here is “\(text)”.", de: "„\(text)“ ist hier nicht bekannt."),
      advice: .init(
        en: "Codes read TN-7K4Q2M, ids of a source mvad:17. See: wegmarke participants list",
        de: "Codes lauten TN-7K4Q2M, Kennungen einer Quelle mvad:17. "
          + "Siehe: wegmarke participants list"), .noInput)
  }
}
