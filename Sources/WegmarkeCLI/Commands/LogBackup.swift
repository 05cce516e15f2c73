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
        The first backup in a folder is full, later ones hold what came since. Each is read back
        and compared before it counts. docs/backup.md says what to keep where.

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
      if let keep, keep < 1 { throw ValidationError("--keep must be at least 1.") }
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
        A store that exists is never overwritten. A drill restores to a temporary folder, checks
        everything, and removes it.

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
        throw ValidationError("Name a folder for the restored store, or try it with --drill.")
      }
      if let increments, increments < 0 {
        throw ValidationError("--increments must not be negative.")
      }
    }

    func run() throws {
      let console = global.console
      // The store that the drill is of, where it is still there: it knows its own key.
      let live = drill ? try? self.store.openForReading() : nil
      let registry = live.map { BackupRegistry(store: $0.path) }
      do {
        let report = try execute(live, console)
        guard drill, let live, live.origin == report.state.origin else { return }
        try registry?.add(entry(report))
      } catch {
        let note = Failure(error).message.en
        let place = Folder.resolved(backup) ?? backup
        try? registry?.add(
          .init(
            when: SystemClock.microseconds(), .drill, isGood: false, size: 0, path: place,
            note: note))
        throw error
      }
    }

    private func execute(_ live: EventLog?, _ console: Console) throws -> Restore.Report {
      let series = try BackupSeries.find(backup, increments: increments)
      // The store that this is a backup of may still be there, and know of more.
      let vanished = try BackupRegistry(store: self.store.path).vanished(from: series)
      if increments == nil, let first = vanished.first {
        throw BackupError.vanished(path: first, count: vanished.count)
      }
      var restore = Restore(series)
      restore.key = try key(live, origin: series.state.origin)
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

    private func key(_ live: EventLog?, origin: String) throws -> NoteKey? {
      guard let vkey else { return live?.origin == origin ? live?.verifierKey : nil }
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
      case .noBackup, .notABackup: .noInput
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
