import ArgumentParser
import EventLog
import Journey
import Presentation
import Recording

/// `wegmarke record`: takes down one thing that happened.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Records one thing that happened.",
    discussion: """
      EXAMPLES
        wegmarke record CounsellingHeld TN-7K4Q2M --on today --set hours=1.5
        wegmarke record EmploymentStarted TN-7K4Q2M --on 2026-03-04 --set kind=SVP
        wegmarke record ParticipationEntered --new --on 2026-03-01 --set operation=V-1
        wegmarke record                                  # asks, on a terminal
        wegmarke import vocabulary EmploymentStarted     its fields and codes
      """, aliases: ["erfassen"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var recording: RecordingOptions

  @Argument(
    help: "What happened: a type of event (see: wegmarke import vocabulary).",
    completion: Completing.types)
  var type: String?
  @Argument(
    help: "Code (TN-7K4Q2M) or a source's own id (mvad:17); with --new an id or nothing.",
    completion: Completing.participants)
  var participant: String?
  @Option(help: ArgumentHelp("When it happened: a day, month, quarter or year.", valueName: "date"))
  var on: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A field; may be repeated.", valueName: "field=value"),
    completion: Completing.fields)
  var fields: [String] = []
  @Option(help: "Why it is recorded, in words.") var reason: String?
  @Flag(help: "The person is new here.") var new = false
  @Flag(help: "Ask for every field; on a terminal that happens anyhow where something is missing.")
  var ask = false

  func run() throws {
    let console = global.console
    let dialogueIsMeant = try asksForMore()
    let log = try recording.open(store)
    let recorder = Recorder(log, by: recording.voice)
    let dialogue =
      dialogueIsMeant ? RecordDialogue(console: console, recorder: recorder) : nil
    guard let kind = try type.map({ try StatedFields.type($0) }) ?? dialogue?.type() else {
      throw Record.missing("type")
    }
    let whom = new ? participant : try participant ?? dialogue?.participant(log)
    let subject = try subject(log, whom)
    let date = try on.map { try StatedFields.date($0, today: recorder.today) } ?? dialogue?.date()
    guard let date else { throw Record.missing("--on") }
    var event = JourneyEvent(kind, on: date)
    try StatedFields.set(fields, in: &event)
    try dialogue?.fields(of: &event)
    let page = RecordingPage(
      log: log, console: console, store: store.option, command: "record")
    let plan = try page.orConflict(about: subject.known) {
      () throws(RecordingError) in
      try recorder.plan(event, about: subject, reason: reason, expecting: recording.expect)
    }
    if recording.dryRun { return try page.show(plan, .wouldRecord) }
    if let dialogue {
      try page.show(plan, .preview)
      try dialogue.confirm()
    }
    let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
    try page.show(plan, .recorded(done))
  }

  /// Whether somebody is asked: where they wish it, or something is missing and they can be.
  private func asksForMore() throws -> Bool {
    let required = try type.map { try StatedFields.type($0).schema.required }
    let lacks = required?.contains { field in !fields.contains { $0.hasPrefix("\(field.name)=") } }
    let isComplete = lacks == false && on != nil && (new || participant != nil)
    if RecordDialogue.isPossible { return ask || !isComplete }
    guard ask else { return false }
    throw Failure(
      .init(en: "Nobody can be asked here.", de: "Hier kann niemand gefragt werden."),
      advice: .init(
        en: "Run it on a terminal, or state everything with options.",
        de: "Bitte an einem Terminal ausführen oder alles mit Optionen angeben."), .usage)
  }

  private static func missing(_ name: String) -> Failure {
    Failure(
      .init(en: "“\(name)” is missing.", de: "„\(name)“ fehlt."),
      advice: .init(
        en: "Write wegmarke record TYPE PERSON --on DATE; on a terminal you are asked.",
        de: "Bitte wegmarke record ART PERSON --on DATUM schreiben; an einem Terminal wird"
          + " gefragt."), .usage)
  }

  private func subject(_ log: EventLog, _ participant: String?) throws -> Recorder.Subject {
    if new {
      if let participant, let ref = try? log.find(participant) {
        if let order = try log.erasureOrder(for: .participant(ref)) {
          throw Failure.erased(by: order.position)
        }
        throw Failure(
          .init(
            en: "“\(participant)” is here already.", de: "„\(participant)“ ist schon da."),
          advice: .init(en: "Leave --new out.", de: "Bitte --new weglassen."), .data)
      }
      return .new(externalID: participant)
    }
    guard let participant else {
      throw Failure(
        .init(en: "Whom is it about?", de: "Um wen geht es?"),
        advice: .init(
          en: "Name a code or id, or write --new for somebody new.",
          de: "Bitte Code oder Kennung nennen, oder --new für eine neue Person."), .usage)
    }
    return .known(try log.find(participant))
  }
}

/// `wegmarke correct`: replaces what was said.
struct Correct: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Corrects an entry; the earlier wording stays visible.",
    discussion: """
      EXAMPLES
        wegmarke correct 893 --on 2024-09-16 --reason "see contract"
        wegmarke correct 893 --set kind=MINIJOB --unset employer --reason "misread"
        wegmarke correct 912 --reason "it did happen"   # brings back what 912 took
      """, aliases: ["berichtigen"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var recording: RecordingOptions

  @Argument(help: "The position of the entry, or of any wording of it.") var position: LogPosition
  @Option(help: ArgumentHelp("The right date.", valueName: "date")) var on: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("The right value of a field; may be repeated.", valueName: "field=value"))
  var fields: [String] = []
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A field that is no longer stated; may be repeated.", valueName: "field"))
  var unset: [String] = []
  @Option(name: .customLong("type"), help: "The right type of event.") var newType: String?
  @Option(help: "Why, in words.") var reason: String

  func run() throws {
    let console = global.console
    let log = try recording.open(store)
    let recorder = Recorder(log, by: recording.voice)
    let page = RecordingPage(
      log: log, console: console, store: store.option, command: "correct")
    let plan = try page.orConflict(about: position.participant(in: log)) {
      () throws(RecordingError) in
      try recorder.planCorrection(
        of: position.position, reason: reason, expecting: recording.expect
      ) { event throws(RecordingError) in
        if let newType {
          let type = try StatedFields.type(newType)
          if type != event.type {
            // Only what any event may carry is kept.
            let common = event.fields.entries.filter { entry in
              Fields.common.contains { $0.tag == entry.tag }
            }
            event = JourneyEvent(type, on: event.occurredOn, FieldSet(common))
          }
        }
        if let on { event.occurredOn = try StatedFields.date(on, today: recorder.today) }
        try StatedFields.unset(unset, in: &event)
        try StatedFields.set(fields, in: &event)
      }
    }
    if recording.dryRun { return try page.show(plan, .wouldCorrect) }
    let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
    try page.show(plan, .corrected(done))
  }
}

/// `wegmarke retract`: takes back what was said.
struct Retract: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retract", abstract: "Takes an entry back; that it was there stays visible.",
    discussion: """
      EXAMPLES
        wegmarke retract 893 --code duplicate --reason "is #871 again"
        wegmarke retract 893 --code wrong_person --reason "belongs to somebody else"
      """, aliases: ["zuruecknehmen"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var recording: RecordingOptions

  @Argument(help: "The position of the entry, or of any wording of it.") var position: LogPosition
  @Option(
    help: "Why, as a code; after wrong_person nobody is shown what it said. Default: not_happened.")
  var code: RetractionReason?
  @Option(help: "Why, in words.") var reason: String

  func validate() throws {
    if code == .importUndone {
      throw ValidationError(
        .init(
          en: "Write wegmarke import undo BATCH to undo an import.",
          de: "Einen Import nimmt wegmarke import undo IMPORT zurück."))
    }
  }

  func run() throws {
    let console = global.console
    let log = try recording.open(store)
    let recorder = Recorder(log, by: recording.voice)
    let page = RecordingPage(
      log: log, console: console, store: store.option, command: "retract")
    let plan = try page.orConflict(about: position.participant(in: log)) {
      () throws(RecordingError) in
      try recorder.planRetraction(
        of: position.position, because: code ?? .notHappened, reason: reason,
        expecting: recording.expect)
    }
    if recording.dryRun { return try page.show(plan, .wouldRetract) }
    let done = try page.orConflict { () throws(RecordingError) in try recorder.store(plan) }
    try page.show(plan, .retracted(done))
  }
}

/// A position as people write it: `893` or `#893`.
struct LogPosition: ExpressibleByArgument {
  let position: Position

  init?(argument: String) {
    guard let number = UInt64(argument.hasPrefix("#") ? argument.dropFirst() : argument[...])
    else { return nil }
    position = Position(number)
  }

  /// Whom the record at the position is about; nil where there is none, or it is about nobody.
  func participant(in log: EventLog) -> ParticipantRef? {
    guard let stream = try? log.record(at: position).header.stream, stream.kind == .participant
    else { return nil }
    return ParticipantRef(stream.ref)
  }
}

extension Recorder.Subject {
  /// Whom it is about; nil for somebody new.
  fileprivate var known: ParticipantRef? {
    if case .known(let ref) = self { ref } else { nil }
  }
}
