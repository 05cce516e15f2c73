import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation
import Upkeep

extension LogCommand {
  /// The command `wegmarke log backup`.
  struct BackUp: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Copies the log to another medium, while others write.",
      discussion: """
        The first backup in a folder is full, later ones hold what came since. Each is
        read back and compared before it counts. docs/backup.md says what to keep
        where.

        EXAMPLES
          wegmarke log backup /media/backup/office
          wegmarke log backup /media/backup/office --full --keep 3
          wegmarke log backup /media/backup/office --with-keys /media/safe/office
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Folder for the backups; is created where it is missing.") var folder: String
    @Flag(help: "Make a full backup in any case.") var full = false
    @Option(help: "Keep so many full backups with their increments; remove older ones.")
    var keep: Int?
    @Option(
      help: ArgumentHelp(
        "Also copy the wrapped keys, into another folder. Never the root key.", valueName: "folder"
      ))
    var withKeys: String?
    @Flag(help: "Say what would be done; write nothing.") var dryRun = false

    func validate() throws {
      if let keep, keep < 1 {
        throw ValidationError(
          .init(en: "--keep must be at least 1.", de: "--keep beginnt bei 1."))
      }
    }

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      var backup = Backup(of: log, into: folder)
      backup.program = "wegmarke \(Wegmarke.version)"
      backup.isFull = full
      backup.kept = keep
      if let withKeys { try KeyBackup.check(withKeys, of: log, apartFrom: folder) }
      if dryRun { return try preview(backup, console) }
      let line = console.progress(.init(en: "Backing up", de: "Sichere"), total: nil)
      var watchdog = Watchdog(records: try log.size())
      defer { Watchdog.lift() }
      let report = try backup.run { done, _ in
        line?.update(done: Int(done))
        watchdog.reached(done)
      }
      line?.finish()
      try console.print(BackupPage.words(report)(console.language))
      if let withKeys {
        let keys = try KeyBackup.make(of: log, into: withKeys, apartFrom: folder)
        try BackupRegistry(store: log.path).add(
          .init(
            when: SystemClock.microseconds(), .keys, size: try log.size(), epoch: keys.epoch,
            path: Folder.resolved(keys.folder) ?? keys.folder))
        try console.print(BackupPage.words(keys)(console.language))
      }
      console.note(BackupPage.next(folder, hasKeys: withKeys != nil))
    }

    private func preview(_ backup: Backup, _ console: Console) throws {
      let plan = try backup.plan()
      let count = (
        NumberStyle(.english).integer(plan.records), NumberStyle(.german).integer(plan.records)
      )
      let words: LocalizedText =
        switch plan.made {
        case .full:
          .init(
            en: "Would make a full backup of \(count.0) records.",
            de: "Würde \(count.1) Datensätze vollständig sichern.")
        case .increment:
          .init(
            en: "Would add an increment of \(count.0) records.",
            de: "Würde \(count.1) neue Datensätze sichern.")
        case .nothing:
          .init(
            en: "The last backup has everything.", de: "Die letzte Sicherung enthält schon alles.")
        }
      try console.print(words(console.language))
      console.note(
        .init(en: "Dry run: nothing was written.", de: "Probelauf: Nichts wurde geschrieben."))
    }
  }

  /// The command `wegmarke log restore`.
  struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Makes a store of a backup again, or tries it (--drill).",
      discussion: """
        A store that exists is never overwritten. A drill restores to a temporary
        folder, checks everything, and removes it.

        EXAMPLES
          wegmarke log restore /media/backup/office --drill
          wegmarke log restore /media/backup/office new-store --keys /media/safe/office/keys-…
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "The folder of backups (its newest one counts), or one full-… folder in it.")
    var backup: String
    @Argument(help: "Folder for the restored store; must be missing or empty.") var target: String?
    @Flag(help: "Only try: restore to a temporary folder, check, remove.") var drill = false
    @Option(help: "Apply only so many increments. Default: all.") var increments: Int?
    @Option(help: "A backup of the keys to put back as well: a keys-… folder.") var keys: String?
    @Option(help: "The public key of the log, as wegmarke log checkpoint --key prints it.")
    var vkey: String?

    func validate() throws {
      guard (target == nil) == drill else {
        throw ValidationError(
          .init(
            en: "Name a folder for the restored store, or try it with --drill.",
            de: "Einen Ordner für den Bestand nennen, oder mit --drill nur proben."))
      }
      if let increments, increments < 0 {
        throw ValidationError(
          .init(
            en: "--increments must not be negative.",
            de: "--increments darf nicht negativ sein."))
      }
    }

    func run() throws {
      let console = global.console
      // The store that the drill is of, where it is still there: it knows its own key.
      let live = drill ? try? self.store.openForReading() : nil
      let registry = live.map { BackupRegistry(store: $0.path) }
      let named = try vkey.map { try parsedKey($0) }
      var series: BackupSeries?
      do {
        let found = try BackupSeries.find(backup, increments: increments)
        series = found
        let report = try execute(found, live, named, console)
        guard drill, let live, live.origin == report.state.origin else { return }
        guard increments == nil else {
          return console.note(
            .init(
              en: "Only a part was tried, so doctor does not count it as a drill.",
              de: "Nur ein Teil wurde geprobt; als Probe zählt doctor das nicht."))
        }
        try registry?.add(entry(report))
      } catch {
        let failure = Failure(error)
        // A slip of the hand, a trial of a part, and a backup of another store are no drill of this
        // store that failed.
        let isSlip = [.usage, .noInput].contains(failure.exitCode)
        let isForeign = series.map { $0.state.origin != live?.origin } ?? false
        if isSlip || isForeign || increments != nil { throw error }
        let note = failure.message.en
        let place = Folder.resolved(backup) ?? backup
        try? registry?.add(
          .init(
            when: SystemClock.microseconds(), .drill, isGood: false, size: 0, path: place,
            note: note))
        throw error
      }
    }

    private func execute(
      _ series: BackupSeries, _ live: EventLog?, _ named: NoteKey?, _ console: Console
    ) throws -> Restore.Report {
      // The store that this is a backup of may still be there, and know of more.
      let vanished = try BackupRegistry(store: self.store.path).vanished(from: series)
      if increments == nil, let first = vanished.first {
        throw BackupError.vanished(path: first, count: vanished.count)
      }
      var restore = Restore(series)
      restore.key = named ?? (live?.origin == series.state.origin ? live?.verifierKey : nil)
      restore.keys = try keys.map { folder throws(BackupError) in try KeyBackup(folder: folder) }
      let line = console.progress(
        .init(en: "Restoring", de: "Stelle wieder her"), total: Int(series.state.size))
      var watchdog = Watchdog(records: series.state.size)
      defer {
        line?.finish()
        Watchdog.lift()
      }
      let progress: (UInt64, UInt64) -> Void = { done, _ in
        line?.update(done: Int(done))
        watchdog.reached(done)
      }
      let report: Restore.Report
      var opened: UInt64?
      if let target {
        report = try restore.run(to: target, progress: progress)
      } else {
        report = try restore.drill(progress: progress) { store in
          if restore.keys != nil { opened = try open(store) }
        }
      }
      line?.finish()
      try console.print(
        BackupPage.words(report, target: target, opened: opened)(console.language))
      if let target {
        console.note(
          BackupPage.afterRestore(
            report, target, rootKey: self.store.rootKey.path(report.state.origin)))
      }
      return report
    }

    /// Opens every seal of the restored store; gives how many.
    private func open(_ path: String) throws -> UInt64 {
      let log = try EventLog(store: path, access: .read, rootKey: store.rootKey)
      let report = try log.verify(deep: true)
      guard report.isIntact else {
        throw BackupError.notRestored(findings: report.findingCount)
      }
      return report.opened
    }

    private func parsedKey(_ vkey: String) throws -> NoteKey {
      do throws(ProofFormatError) { return try NoteKey(parsing: vkey) } catch {
        throw Failure(badKey: vkey)
      }
    }

    private func entry(_ report: Restore.Report) -> BackupRegistry.Entry {
      .init(
        when: SystemClock.microseconds(), .drill, size: report.state.size, epoch: report.epoch,
        root: report.state.root, path: Folder.resolved(backup) ?? backup)
    }
  }
}

extension Failure {
  init(backup error: BackupError) {
    let status: ExitStatus =
      switch error {
      case .noBackup, .notABackup, .noKeyBackup, .mediumMissing: .noInput
      case .insideStore, .keysBesideLog: .usage
      case .exists: .cannotCreate
      default: .data
      }
    switch error {
    case .log(let error): self = Failure(log: error)
    case .file(let error): self = Failure(file: error)
    case .store(let error): self = Failure(store: error)
    default: self = Failure(error.message, advice: error.advice, status)
    }
  }
}
