import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation
import ProjectionEngine

extension Privacy {
  /// The command `wegmarke privacy report` (article 15 GDPR).
  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report", abstract: "Everything that is held about a person, for the person.",
      discussion: """
        Every record with its sources and corrections, restrictions, merges, what was
        passed on, how long it is kept as far as the log says, and who read it; of
        everybody who was merged with the person too. What the key at hand does not
        open is named, so that the report says what it lacks.

        EXAMPLES
          wegmarke privacy report TN-7K4Q2M --lang de -o report.txt
          wegmarke privacy report TN-7K4Q2M -f json -o report.json
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Code or a source's own id.", completion: Completing.participants)
    var participant: String
    @Option(name: .shortAndLong, help: "text or json.") var format = ReportFormat.text
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
    var output: String?
    @OptionGroup var replacing: ReplaceOptions

    func run() throws {
      let console = global.console
      let file = try replacing.file(output)
      let log = try store.openForReading()
      let ref = try log.find(participant)
      let person = try PersonStreams(of: ref, in: log)
      guard person.events.contains(where: { $0.event != nil }) else {
        try log.keyring.require([.group(.record)])
        throw KeyringError.erased(ref: ref.number)
      }
      let report = try PersonReport(person, asked: participant, in: log)
      try log.noteReading(
        by: "privacy report", of: .persons(person.members),
        groups: EventLog.groups(opened: person.events))
      // A report is printed or sent: it has the width of a page wherever it goes.
      let text =
        try format == .json
        ? report.json() : report.text(console.language, width: console.output.proseWidth)
      guard let file else {
        if format == .json { try console.printData(text) } else { try console.print(text) }
        return
      }
      try file.write(Array((text + "\n").utf8))
      console.note(
        .init(
          en: "Written to \(file.path); hand it to the person alone, and destroy it afterwards.",
          de: "Geschrieben nach \(file.path); bitte nur der Person geben und danach vernichten."))
    }
  }
}

/// The formats of a report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  /// For the person.
  case text
  /// Machine-readable, for taking along (Art. 20); schema `wegmarke.person-report`.
  case json
}
