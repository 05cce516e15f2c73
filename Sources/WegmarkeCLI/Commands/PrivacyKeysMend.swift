import ArgumentParser
import EventLog
import Journey
import Keyring
import Presentation

extension Privacy.Keys {
  /// The command `wegmarke privacy keys mend`.
  struct Mend: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "mend",
      abstract: "Puts back damaged keys of people from a copy of the same key epoch.",
      discussion: """
        Writes only what is damaged here and opens there, and nobody who was erased. wegmarke doctor
        names who it is about.

        EXAMPLES
          wegmarke privacy keys mend /media/safe/office/keys-epoch-3-20261130T034744Z
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "A keys-… folder of a backup, or a copy of keys/epoch-N.") var folder: String
    @Flag(help: "Only say what is damaged.") var dryRun = false

    func run() throws {
      let console = global.console
      if dryRun {
        let condition = try EventLog.keyCondition(store: store.path, rootKey: store.rootKey)
        return try console.print(words(condition)(console.language))
      }
      let (mended, left) = try EventLog.mendKeys(
        store: store.path, rootKey: store.rootKey, from: folder,
        waitingAtMost: .seconds(store.wait))
      let numbers = mended.map { "\($0.number)" }.joined(separator: ", ")
      let done: LocalizedText =
        mended.isEmpty
        ? .init(
          en: "Nothing was put back: the copy holds nothing that was missing, or is of another"
            + " epoch.",
          de: "Nichts eingesetzt: Die Kopie enthält nichts Fehlendes oder ist von anderer Epoche.")
        : .init(
          en: "Put back: person number \(numbers).", de: "Eingesetzt: Person Nummer \(numbers).")
      try console.print(done(console.language))
      try console.print(words(left)(console.language))
      if !left.isSound { throw ExitCode(ExitStatus.data.rawValue) }
    }

    private func words(_ condition: KeyCondition) -> LocalizedText {
      condition.isSound
        ? .init(en: "Every key is whole.", de: "Alle Schlüssel sind heil.")
        : KeyConditionWords.list(condition)
    }
  }

  /// The command `wegmarke privacy keys give-up`.
  struct GiveUp: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "give-up",
      abstract: "Erases people whose keys are lost for good, so that the others' can be renewed.",
      discussion: """
        Only for people whom wegmarke doctor names, and where no copy of the keys brings them back.
        Recorded like an erasure, with the reason; open orders are carried out with it.

        EXAMPLES
          wegmarke privacy keys give-up 30 --reason "the disk lost it; no copy of the keys"
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @Argument(help: "Numbers of people, as wegmarke doctor names them.") var numbers: [UInt32]
    @Option(help: "Why, in words. Sealed in the log, and it stays: no names.") var reason: String
    @Option(help: "Who decided it; sealed too.") var author: String?

    func run() throws {
      let console = global.console
      let refs = Set(numbers).sorted().map { ParticipantRef($0) }
      let condition = try EventLog.keyCondition(store: store.path, rootKey: store.rootKey)
      for ref in refs where !condition.lost.contains(ref) { throw LogError.keyIsWhole(ref) }
      var chosen = condition
      chosen.keep(refs)
      console.say(
        LocalizedText(
          en: "What is recorded of these people becomes unreadable for good:\n",
          de: "Was über diese Personen erfasst ist, wird endgültig unlesbar:\n")
          + KeyConditionWords.list(chosen))
      if confirmation.dryRun {
        return console.note(
          .init(en: "Dry run: nothing was changed.", de: "Probelauf: Nichts wurde geändert."))
      }
      try confirmation.confirm("\(refs.count)", console)
      let run = try EventLog.giveUp(
        refs, store: store.path, rootKey: store.rootKey, reason: reason, author: author,
        waitingAtMost: .seconds(store.wait))
      guard let run else { return }
      try ErasureWords.done(run, store.option).print(on: console)
    }
  }
}
