public import ArgumentParser
import EventLog
import Files
public import Journey
import Keyring
import Presentation
import ProjectionEngine
import Recording

extension Privacy {
  /// The command `wegmarke privacy restrict` (article 18 GDPR).
  struct Restrict: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restrict",
      abstract: "Restricts the processing of a person's data: timelines and lists show nothing.",
      discussion: """
        Whether figures go on counting the person is a decision of its own, and is
        recorded with the restriction:
          exclude   no figure counts them while it holds (Art. 18(2): storing alone)
          keep      figures count them; name the ground in the reason: § 27(2) BDSG
        Deciding anew records the new decision.

        EXAMPLES
          wegmarke privacy restrict TN-7K4Q2M --statistics exclude --reason "accuracy is disputed"
          wegmarke privacy restrict TN-7K4Q2M --statistics keep --reason "§ 27(2) BDSG" --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var options: RestrictionOptions
    @Option(help: "keep or exclude: whether figures go on counting the person.")
    var statistics: StatisticsDecision?

    func run() throws {
      guard let statistics else {
        throw Failure(
          .init(
            en: "Whether the person stays in statistics has to be decided.",
            de: "Ob die Person in Statistiken bleibt, muss entschieden werden."),
          advice: .init(
            en: "--statistics exclude leaves them out (Art. 18(2) GDPR); --statistics keep needs a"
              + " ground such as § 27(2) BDSG.",
            de:
              "--statistics exclude nimmt sie aus (Art. 18 Abs. 2 DSGVO); --statistics keep braucht"
              + " einen Grund wie § 27 Abs. 2 BDSG."), .usage)
      }
      try options.record(store, global.console) { known in
        known?.statistics == statistics
          ? nil
          : JourneyEvent(.processingRestricted, on: StoreZone.today)
            .with(Fields.statistics, statistics)
      }
    }
  }

  /// The command `wegmarke privacy unrestrict`.
  struct Unrestrict: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unrestrict",
      abstract: "Lifts a restriction: everything shows and counts the person again.",
      discussion: """
        EXAMPLES
          wegmarke privacy unrestrict TN-7K4Q2M --reason "confirmed by the person"
          wegmarke privacy unrestrict TN-7K4Q2M --reason "…" --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var options: RestrictionOptions

    func run() throws {
      try options.record(store, global.console) { known in
        known == nil ? nil : JourneyEvent(.restrictionLifted, on: StoreZone.today)
      }
    }
  }
}

/// Whose processing is restricted or free again, and why.
struct RestrictionOptions: ParsableArguments {
  @Argument(help: "Code or a source's own id.", completion: Completing.participants)
  var participant: String
  @Option(help: "Why, in words.") var reason: String
  @Flag(help: "Only say what would be recorded.") var dryRun = false

  /// Records an event in every stream of the person that needs it, in one commit.
  ///
  /// In every one, so that who was merged and is parted again stays as restricted as they were.
  ///
  /// - Parameter event: What a stream needs, by the restriction that holds in it; nil for nothing.
  func record(
    _ store: StoreOptions, _ console: Console, _ event: (Restriction?) -> JourneyEvent?
  ) throws {
    try StatedText.reason(reason)
    let log = try dryRun ? store.openForReading() : store.openForWriting()
    try log.keyring.require([.group(.record)])
    let person = try PersonStreams(of: try log.find(participant), in: log)
    let before = Restriction(person)
    var parts: [AppendRequest.Part] = []
    var recorded: JourneyEvent?
    for (index, member) in person.members.enumerated() {
      guard let event = event(Restriction(person.streams[index])) else { continue }
      let signed = event.with(Fields.reason, reason).with(Fields.author, Secrecy.userName)
      recorded = signed
      parts.append(
        .init(
          .stream(.participant(member)), expecting: .exact(person.versions[index]), [signed]))
    }
    guard let recorded else { throw refusal(before) }
    let streams: LocalizedText =
      parts.count == 1
      ? .init(verbatim: "")
      : .init(en: " in \(parts.count) merged records", de: " in \(parts.count) Akten der Person")
    if dryRun {
      return console.say(
        .init(
          en: "Dry run: this would be recorded for \(participant)\(streams.en): "
            + words(recorded).en,
          de: "Probelauf: Für \(participant) würde erfasst\(streams.de): \(words(recorded).de)"))
    }
    let result = try log.append(AppendRequest(parts))
    let (en, de) = (words(recorded).en, words(recorded).de)
    let lines = LocalizedText(
      en: """
        Recorded for \(participant)\(streams.en) (\(result.first)): \(en)
        To undo: \(undo(before, recorded))\(store.option)
        """,
      de: """
        Für \(participant) erfasst\(streams.de) (\(result.first)): \(de)
        Rückgängig: \(undo(before, recorded))\(store.option)
        """)(console.language)
    try console.print(lines.flowed(to: console.output.proseWidth))
  }

  private func refusal(_ known: Restriction?) -> Failure {
    guard let known else {
      return Failure(
        .init(
          en: "\(participant) is not restricted.", de: "\(participant) ist nicht eingeschränkt."),
        .data)
    }
    let (en, de) = (EventText(.english).date(known.since), EventText(.german).date(known.since))
    let decision = known.statistics.entry.label
    return Failure(
      .init(
        en: "\(participant) is restricted since \(en) already (\(decision.en)).",
        de: "\(participant) ist schon seit \(de) eingeschränkt (\(decision.de))."), .data)
  }

  private func words(_ event: JourneyEvent) -> LocalizedText {
    switch event[Fields.statistics] {
    case nil:
      .init(
        en: "Timelines and lists show the person again, and figures count them.",
        de: "Verlauf und Listen zeigen die Person wieder, und Zahlen zählen sie mit.")
    case .keep:
      .init(
        en: "Timelines and lists show nothing of the person; figures go on counting them.",
        de: "Verlauf und Listen zeigen nichts von der Person; Zahlen zählen sie weiter mit.")
    case .exclude:
      .init(
        en: "Timelines and lists show nothing of the person, and no figure counts them.",
        de: "Verlauf und Listen zeigen nichts von der Person, und keine Zahl zählt sie mit.")
    }
  }

  /// The command that brings back what held before.
  private func undo(_ before: Restriction?, _ event: JourneyEvent) -> String {
    guard let before else { return "wegmarke privacy unrestrict \(participant) --reason …" }
    return "wegmarke privacy restrict \(participant) --statistics \(before.statistics.code)"
      + " --reason …"
  }
}

extension StatisticsDecision: ExpressibleByArgument {
  /// The codes, for help and messages.
  public static var allValueStrings: [String] { allCases.map(\.code) }
  /// Reads a decision by its code.
  public init?(argument: String) { self.init(code: argument) }
}

extension Restriction {
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
