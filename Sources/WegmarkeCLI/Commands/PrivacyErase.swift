import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation
import Recording

extension Privacy {
  /// The command `wegmarke privacy erase`.
  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Erases people for good (Art. 17 GDPR), or records why that is not possible.",
      discussion: """
        EXAMPLES
          wegmarke privacy erase TN-7K4Q2M --reason "Art. 17(1)(b), letter of 3 May" --dry-run
          wegmarke privacy erase TN-7K4Q2M TN-3WQBTA --reason "Art. 17(1)(a)" --yes
          wegmarke privacy erase TN-7K4Q2M --reason "request of 3 May" \\
            --not-possible "Art. 82 CPR, until the audit ends" --review-on 2031-12-31
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var confirmation: ConfirmationOptions

    @Argument(
      help: "Codes (TN-7K4Q2M) or ids of a source (mvad:17).", completion: Completing.participants)
    var participants: [String]
    @Option(help: "Why, in words. Sealed in the log, and it stays: no names.") var reason: String
    @Option(help: "Who ordered it; sealed too.") var author: String?
    @Option(help: "The ground why it is not possible; nothing is erased then.")
    var notPossible: String?
    @Option(help: "When to look at that again: 2031-12-31.") var reviewOn: String?

    func validate() throws {
      if reviewOn != nil, notPossible == nil {
        throw ValidationError(
          .init(
            en: "--review-on goes with --not-possible.",
            de: "--review-on gehört zu --not-possible."))
      }
    }

    func run() throws {
      let console = global.console
      let dryRun = confirmation.dryRun
      try StatedText.reason(reason)
      if let author { try StatedText.line(author, .init(en: "The name", de: "Der Name")) }
      if let notPossible {
        try StatedText.reason(notPossible, .init(en: "The ground", de: "Der Grund"))
      }
      let log = try dryRun ? store.openForReading() : store.openForEssentialWriting(console)
      try log.keyring.require([.administration])
      let people = try ErasureSubjects(participants, in: log)
      for done in people.alreadyErased { console.note(done) }
      guard !people.refs.isEmpty else { return }
      for text in [reason, author, notPossible].compactMap(\.self) {
        try people.refuseTelling(text, in: log)
      }
      var request = ErasureRequest(people.refs, reason: reason, author: author)
      if let notPossible {
        request.refusal = .init(ground: notPossible, reviewOn: try reviewOn.map(Self.day))
        return try record(request, log, console)
      }
      try log.checkRenewal(erasing: Set(people.refs.map(\.number)))
      console.say(try people.forecast(log))
      if dryRun { return confirmation.noteDryRun(console) }
      try confirmation.confirm(people.word, console)
      try log.orderErasure(request)
      let steps = ErasureSteps(console)
      guard let run = try log.carryOutOrders(after: steps.done) else { return }
      try ErasureWords.done(run, store.option).print(on: console)
    }

    private static func day(_ text: String) throws -> CivilDate {
      do { return try CivilDate.parse(text) } catch {
        throw Failure(
          .init(en: "--review-on \(text) is no day.", de: "--review-on \(text) ist kein Tag."),
          advice: .init(en: "Write 2031-12-31.", de: "Bitte 2031-12-31 schreiben."), .usage)
      }
    }

    private func record(
      _ request: ErasureRequest, _ log: EventLog, _ console: Console
    ) throws {
      if confirmation.dryRun {
        console.note(
          .init(en: "Dry run: nothing was recorded.", de: "Probelauf: Nichts wurde erfasst."))
        return
      }
      let positions = try log.orderErasure(request)
      let places = positions.map(\.description).joined(separator: ", ")
      try console.print(
        LocalizedText(
          en: "Recorded that erasing is not possible (\(places)). Nothing was erased.",
          de: "Festgehalten, dass eine Löschung nicht möglich ist (\(places)). Nichts wurde"
            + " gelöscht.")(console.language))
    }
  }

  /// The command `wegmarke privacy drop`.
  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop",
      abstract: "Drops a field group by law: its keys are destroyed for everybody.",
      discussion: """
        EXAMPLES
          wegmarke privacy drop household --ground "Regulation (EU) 2018/1046, Art. 273" --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @Argument(help: "identity, health, minority or household.") var group: String
    @Option(help: "The legal ground. In clear in the log.") var ground: String

    func run() throws {
      let console = global.console
      try StatedText.reason(ground, .init(en: "The ground", de: "Die Rechtsgrundlage"))
      guard let group = FieldGroup(name: group.lowercased()), group.canBeDropped else {
        throw Failure(
          .init(
            en: "“\(self.group)” is no field group that can be dropped.",
            de: "„\(self.group)“ ist keine Feldgruppe, die sich aufheben lässt."),
          advice: .init(
            en: "Known: identity, health, minority, household.",
            de: "Bekannt: identity, health, minority, household."), .usage)
      }
      let log =
        try confirmation.dryRun ? store.openForReading() : store.openForEssentialWriting(console)
      try log.checkRenewal()
      let count = try log.recordCount(of: group)
      console.say(
        .init(
          en: "“\(group.label.en)”: \(count) statements become unreadable for everybody, and later"
            + " ones are refused. Codes and ids of people stay.",
          de: "„\(group.label.de)“: \(count) Angaben werden für alle unlesbar, spätere abgewiesen."
            + " Codes und Kennungen bleiben."))
      if confirmation.dryRun { return confirmation.noteDryRun(console) }
      try confirmation.confirm(group.name, console)
      let order = try log.orderDrop(of: group, ground: ground)
      let steps = ErasureSteps(console)
      guard let run = try log.carryOutOrders(after: steps.done) else {
        console.note(
          .init(
            en: "It was dropped already (\(order)).", de: "Sie ist schon aufgehoben (\(order))."))
        return
      }
      try ErasureWords.done(run, store.option).print(on: console)
    }
  }

  /// The command `wegmarke privacy keys rotate`.
  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate",
      abstract: "Writes all keys anew under a fresh root key; nobody is erased.",
      discussion: """
        Ends what a copy of the key file alone, or of the keys alone, is good for. It does not shut
        out who copied both: see docs/security.md.

        EXAMPLES
          wegmarke privacy keys rotate --reason "a laptop with a copy was lost"
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @Option(help: "Why. In clear in the log, unlike other reasons: no names.") var reason: String

    func run() throws {
      let console = global.console
      try StatedText.reason(reason)
      let log =
        try confirmation.dryRun ? store.openForReading() : store.openForEssentialWriting(console)
      try log.checkRenewal()
      console.say(ErasureWords.keyFile(store.rootKey.path(log.origin)))
      if confirmation.dryRun { return confirmation.noteDryRun(console) }
      try confirmation.confirm("rotate", console)
      try log.orderRotation(reason: reason)
      let steps = ErasureSteps(console)
      guard let run = try log.carryOutOrders(after: steps.done) else { return }
      try ErasureWords.done(run, store.option).print(on: console)
    }
  }

  /// The command `wegmarke privacy resume`.
  struct Resume: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resume",
      abstract: "Completes erasures that were interrupted, or that restored keys do not know.",
      discussion: """
        Every command that writes does the same when it opens the store.

        EXAMPLES
          wegmarke privacy resume
          wegmarke privacy resume --accept-older-log --reason "the disk died; newest copy of 3 May"
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Flag(help: "Go on with a log that is older than its keys; recorded and signed.")
    var acceptOlderLog = false
    @Option(help: "Why the older log is accepted. In clear in the log.") var reason: String?

    func validate() throws {
      if acceptOlderLog, reason == nil {
        throw ValidationError(
          .init(
            en: "--accept-older-log needs --reason.",
            de: "--accept-older-log braucht --reason."))
      }
    }

    func run() throws {
      let console = global.console
      if acceptOlderLog, let reason {
        try StatedText.reason(reason)
        let run = try EventLog.acceptOlderLog(
          store: store.path, rootKey: store.rootKey, reason: reason,
          now: SystemClock.microseconds)
        guard let run else {
          throw Failure(
            .init(
              en: "The log is not older than its keys; there is nothing to accept.",
              de: "Das Protokoll ist nicht älter als seine Schlüssel; es gibt nichts anzunehmen."),
            .usage)
        }
        return try ErasureWords.done(run, store.option).print(on: console)
      }
      let log = try store.openForEssentialWriting(console)
      try log.keyring.require([.administration])
      let orders = try log.erasureOrders()
      try console.print(
        LocalizedText(
          en: "Everything that was ordered is carried out (\(orders.count) orders; key epoch"
            + " \(log.keyring.epoch)).",
          de: "Alles Angeordnete ist vollzogen (\(orders.count) Anordnungen; Schlüsselepoche"
            + " \(log.keyring.epoch)).")(console.language))
    }
  }

  /// The command `wegmarke privacy erasures`.
  struct Erasures: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erasures",
      abstract: "Lists every order to erase people, drop groups or change keys.",
      discussion: """
        EXAMPLES
          wegmarke privacy erasures
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let words = { (en: String, de: String) in LocalizedText(en: en, de: de)(console.language) }
      var table = TerminalTable([
        .code(words("ORDER", "ANORDNUNG")), .text(words("DAY", "TAG")),
        .text(words("WHAT", "WAS")), .text(words("STATE", "STAND")),
      ])
      for order in try log.erasureOrders() {
        let day = StoreZone.day(of: try log.record(at: order.position).header.recordedAt)
        table.append([
          TableCell(order.position.description),
          TableCell(EventText(console.language).date(day)),
          TableCell(ErasureWords.subject(order)(console.language)),
          TableCell(ErasureWords.state(order)(console.language)),
        ])
      }
      try console.print(table.text(for: console.output))
    }
  }
}
