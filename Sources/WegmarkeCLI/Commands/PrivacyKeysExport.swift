import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation
import Recording
import Upkeep

extension Privacy.Keys {
  /// The command `wegmarke privacy keys export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Writes all keys, or a role's, into a file sealed under a passphrase.",
      discussion: """
        All keys: for the day when the store's own are lost. The file holds the root
        key of today, so that it needs a place of its own, apart from every copy of
        the log, and has to be destroyed after the next erasure. A role's: for handing
        it over. Either is recorded in the log, and receipts of erasures list it until
        its destruction is recorded (forget-export).

        EXAMPLES
          wegmarke privacy keys export --for "safe, room 12" -o keys.wegmarke
          wegmarke privacy keys export --role 3 --for "successor of B-014" -o b-014.wegmarke
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Option(
      help: "A role's key, by its number (see: wegmarke privacy keys list). Default: all keys.")
    var role: UInt16?
    @Option(name: .customLong("for"), help: "For whom, or for what place. Sealed in the log.")
    var recipient: String
    @Option(help: "Why, in words. Sealed in the log.") var reason: String?
    @Option(name: .shortAndLong, help: "The file; must not exist.") var output: String
    @Flag(help: "Only say what would be exported.") var dryRun = false

    func run() throws {
      let console = global.console
      try OutputFile.refusePlace(of: output)
      if Folder.exists(output) { throw Failure.fileIsThere(output) }
      try StatedText.reason(recipient, .init(en: "The recipient", de: "Die Angabe, für wen,"))
      if let reason { try StatedText.reason(reason) }
      let log = try dryRun ? store.openForReading() : store.openForEssentialWriting(console)
      try log.keyring.require([.administration])
      let content = try self.content(log)
      let what = ExportWords.content(role.map { .roleKey($0) } ?? .keys)
      if dryRun {
        return console.say(
          .init(
            en: "Dry run: nothing was exported. It would hold: \(what.en), epoch"
              + " \(log.keyring.epoch).",
            de: "Probelauf: Nichts wurde ausgeführt. Enthalten wäre: \(what.de), Epoche"
              + " \(log.keyring.epoch)."))
      }
      let passphrase = try Passphrase.new(console.language)
      let export = try log.exportKeys(
        KeyExportRequest(content, for: recipient, by: Secrecy.userName, reason: reason),
        to: output, passphrase: passphrase)
      try LocalizedText(
        en: """
          Exported \(what.en) (epoch \(export.epoch)) into \(output): \(export.id) \(export.position).
          SHA-256: \(export.digest ?? "")
          Keep the passphrase apart from the file, and the file apart from copies of the log.
          When the file is destroyed: wegmarke privacy keys forget-export \(export.id) --reason …\
          \(store.option)
          """,
        de: """
          \(what.de.capitalizedFirst) (Epoche \(export.epoch)) nach \(output) ausgeführt: \(export.id)\
           \(export.position).
          SHA-256: \(export.digest ?? "")
          Die Passphrase bitte getrennt von der Datei aufbewahren und die Datei getrennt vom Protokoll.
          Ist sie vernichtet: wegmarke privacy keys forget-export \(export.id) --reason …\
          \(store.option)
          """
      ).print(on: console)
    }

    private func content(_ log: EventLog) throws -> KeyExport.Content {
      guard let role else { return .store }
      guard try log.keyring.roles().contains(where: { $0.role.number == role }) else {
        throw KeyringError.noSuchRole(role)
      }
      return .role(role)
    }
  }

  /// The command `wegmarke privacy keys forget-export`.
  struct ForgetExport: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "forget-export",
      abstract: "Records that an exported file was destroyed; receipts list it no more.",
      discussion: """
        With --file the program destroys it: it compares the file with what the log
        says, overwrites and removes it. Without, the reason says how and by whom it
        was destroyed. This cannot be taken back.

        EXAMPLES
          wegmarke privacy keys forget-export KX-3F9A2B7C --file keys.wegmarke --reason "erasure of 3 May"
          wegmarke privacy keys forget-export KX-3F9A2B7C --reason "stick shredded on 4 May, B-014"
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "The name of the export (see: wegmarke privacy exports).") var id: String
    @Option(help: "How it was destroyed, in words. Sealed in the log.") var reason: String
    @Option(help: "The file, to be destroyed now.") var file: String?
    @Flag(help: "Only say what would be recorded.") var dryRun = false

    func run() throws {
      let console = global.console
      try StatedText.reason(reason)
      let log = try dryRun ? store.openForReading() : store.openForEssentialWriting(console)
      try log.keyring.require([.administration])
      let export = try ExportWords.find(id, in: log)
      if let closed = export.destroyed {
        throw Failure(
          .init(
            en: "\(export.id) is recorded as destroyed already (\(closed)).",
            de: "\(export.id) ist schon als vernichtet festgehalten (\(closed))."), .data)
      }
      if let file, try FileDigest.of(file).digest != ContentDigest.bytes(hex: export.digest ?? "") {
        throw Failure(
          .init(
            en: "\(file) is not the file of \(export.id): its SHA-256 is another.",
            de: "\(file) ist nicht die Datei von \(export.id): Die SHA-256 ist eine andere."), .data
        )
      }
      if dryRun {
        return console.say(
          .init(
            en: "Dry run: \(export.id) would be recorded as destroyed.",
            de: "Probelauf: \(export.id) würde als vernichtet festgehalten."))
      }
      if let file {
        try Folder.overwrite(file)
        try Folder.remove(file)
      }
      let position = try log.recordDestruction(
        of: export, reason: reason, author: Secrecy.userName)
      let how: LocalizedText =
        file == nil
        ? .init(en: "as stated", de: "wie angegeben")
        : .init(
          en: "overwritten and removed by this program", de: "von diesem Programm überschrieben")
      try LocalizedText(
        en: "\(export.id) is destroyed (\(how.en); \(position)). Receipts list it no more.",
        de: "\(export.id) ist vernichtet (\(how.de); \(position)). Bescheinigungen führen sie nicht"
          + " mehr auf."
      ).print(on: console)
    }
  }
}
