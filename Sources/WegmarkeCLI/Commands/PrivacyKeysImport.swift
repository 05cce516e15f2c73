import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation

extension Privacy.Keys {
  /// The command `wegmarke privacy keys import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Brings exported keys back, or a role's key that was handed over.",
      discussion: """
        All keys: only what is missing is written; keys that are there are kept. Erasures ordered after
        the export are carried out again before anything is shown, and an export that followed erasures
        which this log does not hold is refused. A role's key: goes into the key file named with -o, and
        is tried. The passphrase of the export is asked for, or read from WEGMARKE_PASSPHRASE_FILE.
        --dry-run opens the export to its last seal, says of every file what would become of it, ends as
        the import would, and writes nothing.

        EXAMPLES
          wegmarke privacy keys import keys.wegmarke --dry-run
          wegmarke privacy keys import keys.wegmarke
          wegmarke privacy keys import b-014.wegmarke -o b-014.key --passphrase
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "The file that was exported.") var file: String
    @Option(name: .shortAndLong, help: "The key file of a role; must not exist.")
    var output: String?
    @Flag(help: "Seal the key file that is written under a passphrase.") var passphrase = false
    @Flag(help: "Only say what would be taken, changed or refused.") var dryRun = false

    func run() throws {
      let console = global.console
      let export = try KeyExport.read(at: file)
      switch (export.content, output) {
      case (.role, nil):
        throw Failure(
          .init(en: "This is a role's key.", de: "Das ist der Schlüssel einer Rolle."),
          advice: .init(
            en: "Name its key file: -o b-014.key",
            de: "Bitte die Schlüsseldatei nennen: -o b-014.key"),
          .usage)
      case (.role, let output?):
        try OutputFile.refusePlace(of: output)
        let words = try asked()
        if dryRun {
          let (role, isRenewed) = try EventLog.planRoleKeyImport(
            store: store.path, from: file, to: output, passphrase: words.export)
          return try console.preview(
            KeyImportPage.text(export, role, isRenewed: isRenewed, output))
        }
        let role = try EventLog.importRoleKey(
          store: store.path, from: file, to: output, passphrase: words.export, sealing: words.new)
        let who = KeyringWords.role(role)
        try LocalizedText(
          en: """
            The key of role \(role.number) (\(who.en)) is in \(output). To try it: --key-file \(output)
            Destroy \(file), and have that recorded: wegmarke privacy keys forget-export \(export.id)
            """,
          de: """
            Der Schlüssel der Rolle \(role.number) (\(who.de)) ist in \(output).
            Ausprobieren: --key-file \(output)
            Bitte \(file) vernichten und festhalten lassen: wegmarke privacy keys forget-export\
             \(export.id)
            """
        ).print(on: console)
      case (.store, .some):
        throw Failure(
          .init(
            en: "These are all keys of a store; they go into the store and beside it.",
            de: "Das sind alle Schlüssel eines Bestands; sie gehören in den Bestand und daneben."),
          advice: .init(
            en: "Leave -o away; --key-file names the root key's file.",
            de: "Bitte -o weglassen; --key-file nennt die Datei des Hauptschlüssels."), .usage)
      case (.store, nil):
        let words = try asked()
        if dryRun {
          let plan = try EventLog.planKeyImport(
            store: store.path, from: file, rootKey: store.rootKey, passphrase: words.export,
            sealing: words.new)
          return try console.preview(KeyImportPage.text(plan))
        }
        let done = try EventLog.importKeys(
          store: store.path, from: file, rootKey: store.rootKey, passphrase: words.export,
          sealing: words.new, author: Secrecy.userName, waitingAtMost: .seconds(store.wait))
        try report(done).print(on: console)
      }
    }

    private func asked() throws -> (export: [UInt8], new: [UInt8]?) {
      guard let export = try Passphrase.source(file) else {
        throw KeyringError.passphraseMissing(path: file)
      }
      return (export, passphrase ? try Passphrase.new(global.console.language) : nil)
    }

    private func report(_ done: KeyImport) -> LocalizedText {
      var text = LocalizedText(
        en:
          "The keys of \(done.export.id) (epoch \(done.export.epoch)) are back (\(done.position));"
          + " the store opens with epoch \(done.log.keyring.epoch).",
        de: "Die Schlüssel aus \(done.export.id) (Epoche \(done.export.epoch)) sind zurück"
          + " (\(done.position)); der Bestand öffnet mit Epoche \(done.log.keyring.epoch).")
      if done.reapplied > 0 {
        text =
          text
          + .init(
            en: "\n\(done.reapplied) erasure(s) from after the export were carried out again. The"
              + " export still holds keys of those people: destroy it, and make a new one.",
            de: "\nLöschungen von nach der Ausfuhr erneut vollzogen: \(done.reapplied). Die Datei"
              + " enthält deren Schlüssel noch: bitte vernichten und neu ausführen.")
      }
      if done.withoutKey > 0 {
        text =
          text
          + .init(
            en:
              "\n\(done.withoutKey) person(s) were admitted after the export: no key opens what was"
              + " recorded about them.",
            de:
              "\nNach der Ausfuhr aufgenommen: \(done.withoutKey). Was über diese Personen erfasst"
              + " ist, öffnet kein Schlüssel.")
      }
      return text
    }
  }
}

extension Console {
  /// Prints what a command would do, and remarks that it did nothing.
  fileprivate func preview(_ text: LocalizedText) throws {
    try print(text(language))
    say(.init(en: "Dry run: nothing was written.", de: "Probelauf: Nichts wurde geschrieben."))
  }
}
