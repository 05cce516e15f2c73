import ArgumentParser
import EventLog
import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine
import Projections

/// `wegmarke participants`: who is there.
struct Participants: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participants",
    abstract: "Lists and finds participants; merges who is there twice.",
    discussion: """
      EXAMPLES
        wegmarke participants list --limit 20
        wegmarke participants find 26121
        wegmarke participants duplicates
      """,
    subcommands: [
      List.self, Find.self, Duplicates.self, Merge.self, Unmerge.self, Dismiss.self,
    ],
    aliases: ["teilnehmende"])

  /// The command `wegmarke participants list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Everybody with the current state.",
      discussion: """
        EXAMPLES
          wegmarke participants list --limit 20
          wegmarke participants list --format csv > participants.csv
          wegmarke participants list --columns participant,labour,last_confirmed
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Show at most so many; 0 for all. Default: 50 in a table, all in csv.")
    var limit: Int?
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table
    @OptionGroup var chosen: ColumnOptions

    func run() throws {
      let console = global.console
      // Before the work, not after it.
      _ = try chosen.places(in: ParticipantList.list(console).names)
      let log = try store.openForReading()
      let knowledge = try Knowledge(time, of: log)
      if log.keyring.isScoped { return try showOwn(log, knowledge, console) }
      try log.keyring.require([.identities])
      let view = try console.refreshedView(of: log)
      let day = knowledge.referenceDay
      let most = most
      let (halves, _) = try view.scan(size: knowledge.size) { _, next in
        var found: [(ref: UInt32, state: CurrentState)] = []
        var bare: [UInt32] = []
        var total = 0
        while let block = try next() {
          for index in 0..<block.count where block.isKnown(index) || block.isLeftOut(index) {
            let range = Int(block.starts[index])..<Int(block.starts[index + 1])
            if range.isEmpty, !block.isLeftOut(index) {
              bare.append(block.firstRef + UInt32(index))
              continue
            }
            total += 1
            guard found.count < most else { continue }
            let milestones = block.milestones[range].lazy.map { Milestone(bits: $0) }
            found.append(
              (block.firstRef + UInt32(index), CurrentState(milestones, on: day)))
          }
        }
        return ListHalf(found: found, bare: bare, total: total)
      }
      var all = halves.flatMap(\.found)
      // No step of a journey: perhaps a name alone is known, perhaps nothing stands any more.
      let bare = halves.flatMap(\.bare)
      let named = try bare.filter { ref in
        try PersonStreams(of: ParticipantRef(ref), in: log, size: knowledge.size)
          .streams.contains { Statement.anyStands($0) || $0.contains { $0.event == nil } }
      }
      all += named.map { ($0, CurrentState([], on: day)) }
      let shown = all.sorted { $0.ref < $1.ref }.prefix(most)
      let total = halves.reduce(named.count) { $0 + $1.total }
      try show(Array(shown), of: total, log, knowledge, console)
      noteEmpty(bare.count - named.count, console)
    }

    /// Says how many are in the store of whom nothing is said any more.
    private func noteEmpty(_ count: Int, _ console: Console) {
      guard count > 0 else { return }
      let (english, german) = (NumberStyle(.english), NumberStyle(.german))
      console.note(
        .init(
          en: "Not listed: \(english.count(count, of: .person)) of whom everything was taken back.",
          de: "Nicht gezeigt: \(german.count(count, of: .person)), zu denen alles zurückgenommen"
            + " ist."))
    }

    /// The people whom the keys at hand open: few, so their streams are read rather than the view,
    /// which holds everybody.
    private func showOwn(_ log: EventLog, _ knowledge: Knowledge, _ console: Console) throws {
      try log.keyring.require([.group(.record)])
      let most = most
      var found: [(ref: UInt32, state: CurrentState)] = []
      var total = 0
      var empty = 0
      for ref in try log.keyring.ownRefs(below: try log.participantCount()) {
        let events = try log.events(of: .participant(ParticipantRef(ref)), size: knowledge.size)
        guard !events.isEmpty else { continue }
        guard Statement.anyStands(events) else {
          empty += 1
          continue
        }
        total += 1
        guard found.count < most else { continue }
        found.append((ref, Timeline(events, on: knowledge.referenceDay).state))
      }
      try show(found, of: total, log, knowledge, console)
      noteEmpty(empty, console)
      // Whoever reads the list must know whose people are not in it.
      let own = KeyringWords.subprojects(log.keyring.subprojects)
      console.note(
        .init(
          en: "These are the people of \(own.en): this key opens no others.",
          de: "Das sind die Personen von \(own.de): Andere öffnet dieser Schlüssel nicht."))
      guard let role = log.keyring.role else { return }
      let missing = try log.missingSubprojects(of: role.kind, having: log.keyring.subprojects)
      if !missing.isEmpty {
        console.say(RoleStanding.lacking(missing, role.number, store.option))
      }
    }

    /// A machine format is complete unless somebody asks for less.
    private var most: Int {
      let limit = limit ?? (format == .table ? 50 : 0)
      return limit > 0 ? limit : Int.max
    }

    private struct ListHalf: Sendable {
      let found: [(ref: UInt32, state: CurrentState)]
      /// Who has no step of a journey.
      let bare: [UInt32]
      let total: Int
    }

    private func show(
      _ people: [(ref: UInt32, state: CurrentState)], of total: Int, _ log: EventLog,
      _ knowledge: Knowledge, _ console: Console
    ) throws {
      let list = ParticipantList(
        rows: try people.map { person in
          (
            try? log.keyring.identity(of: ParticipantRef(person.ref)),
            Restriction(try PersonStreams(of: ParticipantRef(person.ref), in: log)) == nil
              ? person.state : nil
          )
        }, total: total)
      try log.noteReading(
        by: "participants list", of: .persons(people.map { ParticipantRef($0.ref) }),
        groups: [.record])
      let columns = try chosen.places(in: ParticipantList.list(console).names)
      switch format {
      case .csv, .deCSV: try console.printBytes(list.csv(columns, format.dialect, console))
      case .table:
        try console.print(list.table(columns, console))
        console.note(knowledge.basis)
      }
      if people.count < total {
        console.note(
          .init(
            en: "\(people.count) of \(total) shown; --limit 0 shows all.",
            de: "\(people.count) von \(total) gezeigt; --limit 0 zeigt alle."))
      }
    }
  }
}

/// The formats of lists.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case table
  /// RFC 4180.
  case csv
  /// For German spreadsheets.
  case deCSV = "de-csv"

  /// How the file is written; that of machines where it is a table for people.
  var dialect: CSVDialect { self == .deCSV ? .germanCSV : .csv }
}
