import ArgumentParser
import EventLog
import Files
import Journey
import LMDB
import Presentation

extension LogCommand {
  /// The command `wegmarke log verify`.
  ///
  /// The log is read in a process of its own: LMDB meets damage in its pages with an assertion or
  /// with a signal, and then that process ends and this one can say what it means.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Checks every record: checksums, order, streams, Merkle tree, checkpoints.",
      discussion: """
        EXAMPLES
          wegmarke log verify
          wegmarke log verify --deep     opens every seal as well
          wegmarke log verify --checkpoint kept.note
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Flag(help: "Also opens every seal and reads every event.") var deep = false
    @Option(
      parsing: .singleValue,
      help: "A signed checkpoint kept outside the store; may be repeated.")
    var checkpoint: [String] = []
    @Flag(help: .private) var asReader = false

    private static let shownFindings = 50

    func run() throws {
      if asReader {
        do { return try read() } catch {
          guard let damage = damage(error) else { throw error }
          throw try unreadable(damage)
        }
      }
      var environment = Console.environment
      // A crash is told in words by this process.
      environment["SWIFT_BACKTRACE"] = "enable=no"
      let ending = try ChildProcess.run(
        ChildProcess.ownProgram, CommandLine.arguments + ["--as-reader"], environment: environment)
      switch ending {
      case .exit(0): return try checkPages()
      case .exit(let status): throw ExitCode(status)
      case .signal(Watchdog.signal):
        throw try unreadable(
          .init(
            en: "its reader read on and on without getting any further and was ended: its pages"
              + " lead to each other in a circle",
            de: "ihr Leser las und las, kam nicht weiter und wurde beendet: ihre Seiten verweisen"
              + " im Kreis aufeinander"))
      case .signal(let signal) where ChildProcess.isCrash(signal):
        let name = ChildProcess.name(ofSignal: signal)
        throw try unreadable(
          .init(
            en: "its reader was ended by signal \(signal) (\(name))",
            de: "Signal \(signal) (\(name)) hat ihren Leser beendet"))
      case .signal(let signal):
        throw Failure(
          .init(
            en: "The check was ended from outside (signal \(signal)); it says nothing.",
            de: "Die Prüfung wurde von außen beendet (Signal \(signal)); sie besagt nichts."),
          advice: .init(en: "Run it again.", de: "Bitte noch einmal ausführen."), .tryAgain)
      }
    }

    /// Looks for pages at other pages' places, in this process, which has not opened the log.
    private func checkPages() throws {
      guard deep else { return }
      let misplaced = try PageScan.misplacedPages(inDirectory: "\(store.path)/log")
      guard !misplaced.isEmpty else { return }
      for page in misplaced.prefix(Self.shownFindings) {
        try global.console.print(
          LocalizedText(
            en: "Page \(page) of the file is another page: it was written to the wrong place.",
            de: "Seite \(page) der Datei ist eine andere: sie wurde an die falsche Stelle"
              + " geschrieben.")(global.console.language))
      }
      throw failure(findings: UInt64(misplaced.count))
    }

    private func read() throws {
      let console = global.console
      // A checkpoint that cannot be read is a mistake of the command, not of the log.
      let kept = try checkpoint.map { (file: $0, signed: try CheckpointFile.read($0)) }
      let log = try store.openForReading()
      // A log that lost its end has no size, but can be looked at.
      let size = (try? log.size()) ?? 0
      var watchdog = Watchdog(records: size)
      defer { Watchdog.lift() }
      let line = console.progress(.init(en: "Verifying", de: "Prüfe"), total: Int(size))
      let report = try log.verify(deep: deep) { done, _ in
        line?.update(done: Int(done))
        watchdog.reached(done)
      }
      line?.finish()
      watchdog = Watchdog(records: size)
      let access = try log.verifyAccess(deep: deep)
      var findings = report.findings.map { FindingText.words($0) }
      findings += access.findings.map { FindingText.words($0) }
      var count = report.findingCount + UInt64(access.findings.count)
      for (file, signed) in kept {
        guard let problem = try log.check(signed) else { continue }
        let name = LocalizedText(en: "The checkpoint \(file)", de: "Der Prüfpunkt \(file)")
        findings.insert(FindingText.words(problem, of: name), at: 0)
        count += 1
      }
      guard count > 0 else {
        return try console.print(sound(report, of: log, kept: kept.count)(console.language))
      }
      for finding in findings.prefix(Self.shownFindings) {
        try console.print(finding(console.language))
      }
      if count > UInt64(Self.shownFindings) {
        let more = NumberStyle(console.language).integer(count - UInt64(Self.shownFindings))
        try console.print(
          LocalizedText(en: "… and \(more) more.", de: "… und \(more) weitere.")(console.language))
      }
      throw failure(findings: count)
    }

    /// What an error that ended the reading says about the file; nil when it says nothing.
    private func damage(_ error: any Error) -> LocalizedText? {
      switch error {
      case LogError.store(.corrupted), LogError.store(.unexpected):
        .init(
          en: "its pages contradict each other", de: "ihre Seiten widersprechen einander")
      case LogError.store(.missingDatabase(let name)):
        .init(en: "the table “\(name)” is missing", de: "die Tabelle „\(name)“ fehlt")
      // A store by its other files, but not by this one.
      case LogError.notAStore where Folder.exists("\(store.path)/keys"):
        .init(
          en: "its table of contents is damaged", de: "ihr Inhaltsverzeichnis ist beschädigt")
      default: nil
      }
    }

    /// Prints the one finding there is when the file cannot be read, and gives the failure.
    private func unreadable(_ why: LocalizedText) throws -> Failure {
      let file = "\(store.path)/log/data.mdb"
      try global.console.print(
        LocalizedText(
          en: "The file \(file) cannot be read at all: \(why.en).",
          de: "Die Datei \(file) ist gar nicht lesbar: \(why.de).")(global.console.language))
      return failure(findings: 1)
    }

    private func failure(findings: UInt64) -> Failure {
      Failure(
        .init(
          en: "The log does not hold: \(findings) \(findings == 1 ? "finding" : "findings").",
          de: "Das Protokoll ist nicht in Ordnung: \(findings)"
            + " \(findings == 1 ? "Befund" : "Befunde")."),
        advice: .init(
          en: "Change nothing; restore a backup of the store.",
          de: "Nichts verändern; eine Sicherung des Bestands einspielen."), .data)
    }

    private func sound(
      _ report: VerificationReport, of log: EventLog, kept: Int
    ) -> LocalizedText {
      let count = (
        NumberStyle(.english).integer(report.size), NumberStyle(.german).integer(report.size)
      )
      let root = ContentDigest.hex(report.root ?? [])
      var text = LocalizedText(
        en: """
          The log holds: \(count.0) records, gapless, tree and streams agree.
          Origin \(log.origin) · size \(report.size) · root \(root)
          """,
        de: """
          Das Protokoll ist in Ordnung: \(count.1) Datensätze, lückenlos, Baum und Ströme stimmen.
          Herkunft \(log.origin) · Größe \(report.size) · Wurzel \(root)
          """)
      if report.checkpoints > 0 || kept > 0 {
        text =
          text
          + .init(
            en: "\nCheckpoints that hold: \(report.checkpoints) of the log, \(kept) kept outside",
            de: "\nPrüfpunkte, die gelten: \(report.checkpoints) des Protokolls,"
              + " \(kept) von außen")
      }
      return text
    }
  }
}

/// Signed checkpoints in files.
enum CheckpointFile {
  /// Reads a signed checkpoint.
  ///
  /// - Throws: `Failure` with file and line when it is none, `FileError` when there is no file.
  static func read(_ path: String) throws -> SignedCheckpoint {
    let bytes = try Folder.contents(of: path)
    do throws(ProofFormatError) { return try SignedCheckpoint(parsing: bytes) } catch {
      throw Failure(proof: error, file: path)
    }
  }
}
