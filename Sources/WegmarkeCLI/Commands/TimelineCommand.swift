import ArgumentParser
import EventLog
import Journey
import Keyring
import Presentation
import ProjectionEngine
import Projections

/// `wegmarke timeline`: one person's journey.
struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "Shows one person's journey.",
    discussion: """
      EXAMPLES
        wegmarke timeline TN-7K4Q2M
        wegmarke timeline mvad:17 --as-of 2026-06-30
      """, aliases: ["verlauf"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions

  @Argument(
    help: "Code (TN-7K4Q2M) or the source's own id (mvad:17).", completion: Completing.participants)
  var participant: String

  func run() throws {
    let console = global.console
    let log = try store.openForReading()
    try log.keyring.require([.group(.record)])
    let ref = try log.find(participant)
    let knowledge = try Knowledge(time, of: log)
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
    let page = TimelinePage(
      identity: identity, asked: participant,
      absorbed: person.members.dropFirst().compactMap { try? keyring.identity(of: $0) },
      timeline: Timeline(
        person.streams, withholding: withheld, on: knowledge.referenceDay),
      knowledge: knowledge, console: console,
      open: worklist.entries(of: person, size: knowledge.size).filter { !$0.item.isLapsed }.map {
        .init(task: tasks[$0.item.task], item: $0.item)
      }
    ) { (try? keyring.identity(of: $0))?.code.description }
    try console.print(page.text)
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
