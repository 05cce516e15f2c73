import ArgumentParser
import Disclosure
import EventLog
import Files
import Journey
import Presentation
import Releases

extension ReleaseCommand {
  /// The command `wegmarke release verify`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Attacks all releases together, and checks one of them against log and file.",
      discussion: """
        Without a number the whole ledger is attacked: which hidden cells are known too exactly to
        whoever has every table. With a number the table is also made again from the log, and
        --file is compared with what was published.

        EXAMPLES
          wegmarke release verify
          wegmarke release verify 3 --file table.csv
        """, aliases: ["pruefen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Number of a release.") var number: Int?
    @Option(help: "A copy of its table.") var file: String?

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let ledger = try Ledger(log)
      var problems = 0
      if let number { problems += try check(try ledger.release(number), log, console) }
      let findings: [LinkedFinding]
      do { findings = try attack(ledger.tables) } catch {
        throw ReleaseError.protection(error)
      }
      let narrow = findings.filter { !$0.isWideEnough }
      let exact = narrow.count { $0.lower == $0.upper }
      problems += narrow.count
      let tables = ledger.tables.count
      try console.print(
        LocalizedText(
          en: """
            \(tables) released tables attacked together: \(findings.count) intervals.
            \(narrow.count) are too narrow, \(exact) of them exact.
            """,
          de: """
            \(tables) freigegebene Tabellen zusammen angegriffen: \(findings.count) Spannen.
            \(narrow.count) sind zu eng, davon \(exact) genau.
            """)(console.language))
      if problems > 0 { throw ExitCode(ExitStatus.problems.rawValue) }
    }

    /// Compares a release with the log and a file; says how much does not hold.
    private func check(_ release: Release, _ log: EventLog, _ console: Console) throws -> Int {
      guard let table = release.table else { throw ReleaseError.notPublished(release.number) }
      var problems = 0
      func say(_ holds: Bool, _ en: String, _ de: String) throws {
        let mark = holds ? "✓" : "✗"
        if !holds { problems += 1 }
        try console.print("\(mark) " + LocalizedText(en: en, de: de)(console.language))
      }
      if let file {
        let holds = try Folder.contents(of: file) == table.file
        try say(
          holds, holds ? "The file is the one published." : "The file is not the one published.",
          holds ? "Die Datei ist die veröffentlichte." : "Die Datei ist nicht die veröffentlichte.")
      }
      let erased = try log.erasedParticipants(knownAt: release.request.logSize)
      let people = try ReleaseDraft.people(of: release.request, in: log, console)
      let again = try people.table(release)
      let amounts = people.amounts
      let isSame = table.amounts.map { $0 == again.members.map { amounts[$0.id] ?? 0 } } ?? true
      if again == table.people, isSame {
        try say(
          true, "The log gives the same people in every cell.",
          "Das Protokoll ergibt in jedem Feld dieselben Personen.")
      } else if erased > 0 {
        try console.print(
          LocalizedText(
            en: "– No longer derivable: \(erased) of the people known then were erased since.",
            de: "– Nicht mehr ableitbar: \(erased) der damals Bekannten wurden seither gelöscht.")(
              console.language))
      } else {
        try say(
          false, "The log gives other people.", "Das Protokoll ergibt andere Personen.")
      }
      return problems
    }
  }
}
