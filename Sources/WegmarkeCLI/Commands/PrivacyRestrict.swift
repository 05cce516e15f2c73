import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation

extension Privacy {
  /// The command `wegmarke privacy restrict` (article 18 GDPR).
  struct Restrict: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Restricts the processing of a person's data: timelines and lists show nothing.",
      discussion: """
        EXAMPLES
          wegmarke privacy restrict TN-7K4Q2M --reason "accuracy is disputed"
          wegmarke privacy restrict TN-7K4Q2M --reason "…" --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Code or a source's own id.") var participant: String
    @Option(help: "Why, in words.") var reason: String
    @Flag(help: "Only say what would be recorded.") var dryRun = false

    func run() throws {
      try Privacy.record(
        .processingRestricted, about: participant, reason: reason, dryRun: dryRun, store, global)
    }
  }

  /// The command `wegmarke privacy unrestrict`.
  struct Unrestrict: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lifts a restriction.",
      discussion: """
        EXAMPLES
          wegmarke privacy unrestrict TN-7K4Q2M --reason "confirmed by the person"
          wegmarke privacy unrestrict TN-7K4Q2M --reason "…" --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Code or a source's own id.") var participant: String
    @Option(help: "Why, in words.") var reason: String
    @Flag(help: "Only say what would be recorded.") var dryRun = false

    func run() throws {
      try Privacy.record(
        .restrictionLifted, about: participant, reason: reason, dryRun: dryRun, store, global)
    }
  }

  /// Records that a restriction begins or ends.
  fileprivate static func record(
    _ type: EventType, about participant: String, reason: String, dryRun: Bool,
    _ store: StoreOptions, _ global: GlobalOptions
  ) throws {
    let console = global.console
    let log = try dryRun ? store.openForReading() : store.openForWriting()
    try log.keyring.require([.group(.record)])
    let ref = try log.find(participant)
    let stream = StreamID(.participant, ref.number)
    let known = try log.events(of: stream)
    let isRestricted = Restriction(known) != nil
    guard isRestricted == (type == .restrictionLifted) else {
      throw Failure(
        isRestricted
          ? .init(
            en: "\(participant) is restricted already.",
            de: "\(participant) ist schon eingeschränkt.")
          : .init(
            en: "\(participant) is not restricted.", de: "\(participant) ist nicht eingeschränkt."),
        .data)
    }
    if dryRun {
      return console.say(
        .init(
          en: "Dry run: \(type.label.en) would be recorded for \(participant).",
          de: "Probelauf: Für \(participant) würde erfasst: \(type.label.de)."))
    }
    let event = JourneyEvent(type, on: StoreZone.today).with(Fields.reason, reason)
      .with(Fields.author, Secrecy.userName)
    let result = try log.append(
      AppendRequest([
        .init(.stream(stream), expecting: .exact(UInt32(known.count)), [event])
      ]))
    let back = type == .restrictionLifted ? "restrict" : "unrestrict"
    let what: LocalizedText =
      type == .restrictionLifted
      ? .init(
        en: "timelines and lists show the person again", de: "Verlauf und Listen zeigen sie wieder")
      : .init(
        en: "timelines and lists show nothing of the person; figures still count them",
        de: "Verlauf und Listen zeigen nichts von der Person; Zahlen zählen sie weiter mit")
    try console.print(
      LocalizedText(
        en: """
          Recorded for \(participant) (\(result.first)): \(what.en).
          To undo: wegmarke privacy \(back) \(participant) --reason …\(store.option)
          """,
        de: """
          Für \(participant) erfasst (\(result.first)): \(what.de).
          Rückgängig: wegmarke privacy \(back) \(participant) --reason …\(store.option)
          """)(console.language))
  }
}

/// A restriction of processing that holds (article 18 GDPR).
struct Restriction: Equatable {
  /// Since when.
  let since: CivilDate

  /// The one that holds after these events of a person; nil when none does.
  init?(_ events: [ReadEvent]) {
    var holding: (position: UInt64, since: CivilDate)?
    for read in events {
      guard let event = read.event else { continue }
      switch event.type {
      case .processingRestricted: holding = (read.header.position.number, event.occurredOn)
      case .restrictionLifted: holding = nil
      case .eventRetracted:
        if let target = event[Fields.target], holding?.position == UInt64(exactly: target) {
          holding = nil
        }
      default: break
      }
    }
    guard let holding else { return nil }
    since = holding.since
  }

  /// Why a timeline shows nothing.
  func failure(_ participant: String) -> Failure {
    let (en, de) = (EventText(.english).date(since), EventText(.german).date(since))
    return Failure(
      .init(
        en:
          "The processing of the data of \(participant) is restricted since \(en) (Art. 18 GDPR).",
        de: "Die Verarbeitung der Daten von \(participant) ist seit \(de) eingeschränkt"
          + " (Art. 18 DSGVO)."),
      advice: .init(
        en:
          "Nothing else is shown. For the person themselves: wegmarke privacy report \(participant)",
        de: "Mehr wird nicht gezeigt. Für die Person selbst: wegmarke privacy report \(participant)"
      ),
      .noPermission)
  }
}
