import ArgumentParser
import EventLog
import Files
import Journey
import Presentation
import ProjectionEngine
import Projections
import Releases

/// `wegmarke release`: tables that may leave the house, and the ledger of those that did.
struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Publishes tables that are safe together with everything published before.",
    discussion: """
      EXAMPLES
        wegmarke release preview --by gender,network
        wegmarke release list
        wegmarke release verify
      """,
    subcommands: [
      Preview.self, Publish.self, List.self, Show.self, Check.self, Withdraw.self,
    ], aliases: ["freigabe"])

  /// The command `wegmarke release preview`.
  struct Preview: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "preview",
      abstract: "Shows the table that publish would give, and the steward's report; keeps nothing.",
      discussion: """
        EXAMPLES
          wegmarke release preview --by gender,network
          wegmarke release preview retention-point --at 6 --by gender --profile publication
          wegmarke release preview retention-after-job-start --by gender
          wegmarke release preview us-median-q2 --figure median --value pay --by gender
        """, aliases: ["vorschau"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var options: ReleaseOptions

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let ledger = try Ledger(log)
      let draft = try ReleaseDraft(options, time, log, console)
      try ledger.check(draft.profile)
      let proposal = try Proposal(
        draft.request, draft.people, by: draft.profile.policy, after: ledger,
        key: log.recordKey)
      try log.noteReading(by: "release preview", of: .everybody, groups: [.record])
      try console.print(
        ReleasePage(proposal, draft, in: log).steward(console.language, style: console.output))
    }
  }

  /// The command `wegmarke release publish`.
  struct Publish: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "publish",
      abstract: "Publishes a table: audits it with all earlier ones, notes it, then writes it.",
      discussion: """
        The same request gives the same bytes, whenever it is asked. A table that is not safe is made
        coarser in a fixed order, or refused.

        EXAMPLES
          wegmarke release publish --by gender,network --for Ministry --purpose "Letter 21/1234"
            -o table.csv --report report.html
          wegmarke release publish retention-point --at 6 --by gender --for Ministry --purpose "Q2"
          wegmarke release publish retention-point --at 6 --figure rate --by gender
            --for Ministry --purpose "Letter 21/1234" -o rates.csv
        """, aliases: ["veroeffentlichen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var options: ReleaseOptions
    @OptionGroup var order: RecipientOptions
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("File for the table; standard output without.", valueName: "table.csv"))
    var output: String?
    @Option(
      help: ArgumentHelp(
        "File for the report that goes with it; as a page where the name ends in .html.",
        valueName: "report"))
    var report: String?
    @Option(
      help: ArgumentHelp(
        "File for the steward's report, with every hidden value.", valueName: "file"))
    var internalReport: String?
    @OptionGroup var replacing: ReplaceOptions

    func run() throws {
      let console = global.console
      let targets = try ReleaseTargets(output, report, internalReport, replacing)
      let log = try store.openForIngest()
      let ledger = try Ledger(log)
      let draft = try ReleaseDraft(options, time, log, console)
      try ledger.check(draft.profile)
      let publisher = Publisher(log, today: StoreZone.day(of: SystemClock.microseconds()))
      let order = Publisher.Order(
        recipient: order.recipient, purpose: order.purpose, approvedBy: order.approvedBy.sorted(),
        legalBasis: order.legalBasis)
      if draft.profile.needsLegalBasis, order.legalBasis == nil {
        throw Failure.noLegalBasis(draft.profile.name)
      }
      // Two people agree to every cell that is printed in spite of a rule.
      let needed = max(
        ProfileLibrary.approvals(of: draft.profile), draft.request.waivers == nil ? 0 : 2)
      guard order.approvedBy.count >= needed else { throw ReleaseError.notApproved(needed: needed) }
      try log.noteReading(by: "release publish", of: .everybody, groups: [.record])
      let number: Int
      if let known = ledger.answer(to: draft.request) {
        try publisher.deliver(known, to: order, after: ledger)
        number = known.number
      } else {
        try check(draft, order, ledger, publisher)
        number = try publish(draft, order, ledger, publisher, key: log.recordKey)
      }
      // What is handed out is what the log holds by now.
      let release = try Ledger(log).release(number)
      try targets.write(release, to: order.recipient, from: log, console)
    }

    /// Refuses, and notes it, where the recipient has had as many tables as the profile allows.
    private func check(
      _ draft: ReleaseDraft, _ order: Publisher.Order, _ ledger: Ledger, _ publisher: Publisher
    ) throws {
      guard let quota = draft.profile.quota else { return }
      do {
        try ledger.check(
          quota, of: draft.request, counting: draft.people, for: order.recipient,
          now: SystemClock.microseconds())
      } catch {
        _ = try publisher.refuse(draft.request, .quota, to: order, after: ledger)
        throw error
      }
    }

    private func publish(
      _ draft: ReleaseDraft, _ order: Publisher.Order, _ ledger: Ledger, _ publisher: Publisher,
      key: (UInt64) throws -> UInt64
    ) throws -> Int {
      let proposal: Proposal
      do {
        proposal = try Proposal(
          draft.request, draft.people, by: draft.profile.policy, after: ledger, key: key)
      } catch {
        guard case .notSafe(let alternatives) = error else { throw error }
        _ = try publisher.refuse(
          draft.request, alternatives.isEmpty ? .noneSafe : .notSafe, to: order, after: ledger)
        throw error
      }
      return try publisher.publish(
        proposal, to: order, keeping: draft.definitions, after: ledger)
    }
  }

  /// The command `wegmarke release withdraw`.
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: "Takes a release back; audits go on counting it, since copies are out.",
      discussion: """
        There is no undo: ask for the table again at a later state of the data.

        EXAMPLES
          wegmarke release withdraw 3 --reason "wrong period"
        """, aliases: ["zurueckziehen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Number of the release.") var number: Int
    @Option(help: "Why.") var reason: String
    @Option(help: "Who takes it back. Default: the login name.") var author: String?

    func run() throws {
      let console = global.console
      let log = try store.openForIngest()
      let publisher = Publisher(log, today: StoreZone.day(of: SystemClock.microseconds()))
      try publisher.withdraw(
        number, reason: reason, by: RecordingOptions.author(author), after: try Ledger(log))
      console.note(
        .init(
          en: "Release \(number) is withdrawn. Audits go on counting it.",
          de: "Freigabe \(number) ist zurückgezogen. Prüfungen rechnen sie weiter mit."))
    }
  }
}

/// The files that a release goes to.
struct ReleaseTargets {
  private let output, report, internalReport: OutputFile?

  /// Checks the places, before any work.
  init(
    _ output: String?, _ report: String?, _ internalReport: String?, _ replacing: ReplaceOptions
  ) throws {
    self.output = try replacing.file(output)
    self.report = try replacing.file(report)
    self.internalReport = try replacing.file(internalReport)
  }

  /// Writes what the ledger holds.
  ///
  /// - Parameter recipient: Whom it is for: the report names no other; nil names whoever alone has it.
  func write(
    _ release: Release, to recipient: String?, from log: EventLog, _ console: Console
  ) throws {
    guard let table = release.table else { return }
    var page = try ReleasePage(release, table, in: log)
    page.recipient = recipient
    let language = console.language
    if let coarsening = table.coarsening {
      console.warn(
        .init(
          en: "Coarser than asked for: \(coarsening.words(.english)).",
          de: "Gröber als angefragt: \(coarsening.words(.german))."))
    }
    if let report {
      let isPage = report.path.hasSuffix(".html")
      let text = isPage ? page.page(language).html() : page.summary(language, style: .plain)
      try report.write(Array(text.utf8))
    }
    if let internalReport {
      try internalReport.write(Array(page.steward(language, style: .plain).utf8))
    }
    guard let output else {
      return try console.printData(String(decoding: table.file, as: UTF8.self))
    }
    try output.write(table.file)
    try console.print(page.summary(language, style: console.output))
  }
}

extension ReleasePage {
  /// A table that was not published.
  init(_ proposal: Proposal, _ draft: ReleaseDraft, in log: EventLog) throws {
    self.init(
      request: draft.request, question: draft.question, table: proposal.table, number: nil,
      deliveries: [], approvals: [],
      coarsening: proposal.coarsening,
      root: ContentDigest.hex(try log.root(size: draft.request.logSize)),
      isSimulated: draft.isSimulated)
  }
}
