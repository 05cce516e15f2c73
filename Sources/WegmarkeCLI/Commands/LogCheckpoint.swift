import ArgumentParser
import EventLog
import Files
import Journey
import Keyring
import Presentation

extension LogCommand {
  /// The command `wegmarke log checkpoint`.
  struct Checkpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "checkpoint",
      abstract: "Signs the state of the log, for keeping outside the store.",
      discussion: """
        EXAMPLES
          wegmarke log checkpoint -o 2026-11.note
          wegmarke log checkpoint --key       the key that others check it with
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
    var output: String?
    @Flag(help: "Write -o over a file that is there.") var force = false
    @Flag(help: "Only print the public key of the log; signs nothing.") var key = false
    @Flag(help: "Show what would be signed; sign nothing.") var dryRun = false

    func run() throws {
      let console = global.console
      let file = try OutputFile(output, force ? .replaced : .kept)
      if key { return try printKey(to: file, console) }
      if dryRun { return try preview(console) }
      let log = try store.openForEssentialWriting(console)
      // What stands in the log is signed: so the access log cannot be cut or rewritten either.
      try log.anchorAccessLog()
      let signed = try log.signCheckpoint()
      try write(signed.text, to: file, console)
      console.note(
        .init(
          en: "Keep it outside the store, where others see it: who changes the log later is"
            + " found out.\nA signature stays; this log signs no other history. An older copy of it"
            + " that was put back would: only a note kept elsewhere tells."
            + "\nNext: wegmarke log verify --checkpoint \(output ?? "FILE")\(store.option)",
          de: "Bitte außerhalb des Bestands verwahren, wo andere ihn sehen: So fällt auf, wer das"
            + " Protokoll später ändert.\nEine Signatur bleibt; dieses Protokoll signiert keine"
            + " andere Geschichte. Eine zurückgespielte ältere Kopie täte es: Das zeigt nur ein"
            + " Stand, der woanders liegt."
            + "\nWeiter: wegmarke log verify --checkpoint \(output ?? "DATEI")\(store.option)"))
    }

    private func printKey(to file: OutputFile?, _ console: Console) throws {
      let log = try store.openForReading()
      guard let key = log.verifierKey else { throw KeyringError.noSigningKey }
      try write(key.text + "\n", to: file, console)
    }

    private func preview(_ console: Console) throws {
      let log = try store.openForReading()
      try console.print(try log.nextCheckpoint().text)
      console.note(
        .init(en: "Dry run: nothing was signed.", de: "Probelauf: Nichts wurde signiert."))
    }
  }

  /// The command `wegmarke log prove`.
  struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prove",
      abstract: "Proves that a record stands in the log, or that the log only grew.",
      discussion: """
        A proof leads to a checkpoint that the log signed. docs/proofs.md shows its
        form.

        EXAMPLES
          wegmarke log prove '#17' -o 17.tlog-proof
          wegmarke log prove --from 1200 --to 4352
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "The position of the record: 17 or '#17'.") var position: String?
    @Option(help: "The earlier size, in records.") var from: UInt64?
    @Option(help: "The size of a signed checkpoint. Default: the last one.") var to: UInt64?
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
    var output: String?
    @Flag(help: "Write -o over a file that is there.") var force = false

    func validate() throws {
      guard (position == nil) != (from == nil) else {
        throw ValidationError(
          .init(
            en: "Name a position, or an earlier size with --from.",
            de: "Bitte eine Position nennen oder mit --from eine frühere Größe."))
      }
    }

    func run() throws {
      let console = global.console
      let file = try OutputFile(output, force ? .replaced : .kept)
      let log = try store.openForReading()
      let claim: ProofFile.Claim
      let signed: SignedCheckpoint
      if let position {
        guard let number = UInt64(position.hasPrefix("#") ? position.dropFirst() : position[...])
        else {
          throw Failure(
            .init(en: "\(position) is no position.", de: "\(position) ist keine Position."),
            advice: .init(en: "Write 17 or '#17'.", de: "Bitte 17 oder '#17' schreiben."), .usage)
        }
        let record = try log.record(at: Position(number))
        signed = try checkpoint(of: log, covering: number + 1)
        claim = .inclusion(
          try log.inclusionProof(of: Position(number), size: signed.checkpoint.size),
          record: record.bytes)
      } else {
        let from = from ?? 0
        signed = try checkpoint(of: log, covering: from)
        claim = .consistency(
          try log.consistencyProof(from: from, to: signed.checkpoint.size))
      }
      try write(ProofFile(claim, signed).text, to: file, console)
    }

    /// The checkpoint that the proof leads to.
    private func checkpoint(of log: EventLog, covering size: UInt64) throws -> SignedCheckpoint {
      if let to, to < size {
        throw Failure(
          .init(
            en: "The later size (\(to)) is smaller than what it has to cover (\(size)).",
            de: "Die spätere Größe (\(to)) ist kleiner als das, was sie umfassen muss (\(size))."),
          advice: try signedSizes(of: log), .usage)
      }
      let found = try to.map { try log.checkpoint(size: $0) } ?? log.lastCheckpoint()
      guard let found else {
        throw Failure(
          to.map {
            .init(
              en: "No checkpoint was signed at size \($0).",
              de: "Bei Größe \($0) wurde kein Prüfpunkt signiert.")
          } ?? .init(en: "Nothing was signed yet.", de: "Noch nichts wurde signiert."),
          advice: try to == nil ? Failure.signNow : signedSizes(of: log), .noInput)
      }
      guard found.checkpoint.size >= size else {
        let reach = found.checkpoint.size
        throw Failure(
          .init(
            en: "The checkpoint covers \(reach) records; this needs \(size).",
            de: "Der Prüfpunkt umfasst \(reach) Datensätze; nötig sind \(size)."),
          advice: Failure.signNow, .noInput)
      }
      return found
    }

    /// The sizes that a proof can lead to, the newest of them where they are many.
    private func signedSizes(of log: EventLog) throws -> LocalizedText {
      let sizes = try log.signedSizes()
      guard !sizes.isEmpty else { return Failure.signNow }
      let newest = sizes.suffix(8).map { String($0) }.joined(separator: ", ")
      let more = sizes.count > 8 ? "…, " : ""
      return .init(
        en: "Signed sizes: \(more)\(newest).", de: "Signierte Größen: \(more)\(newest).")
    }
  }
}

extension ParsableCommand {
  /// Writes data to a file as a whole, or to standard output.
  fileprivate func write(_ text: String, to file: OutputFile?, _ console: Console) throws {
    guard let file else { return try console.print(text) }
    try file.write(Array(text.utf8))
  }
}

extension Failure {
  static let signNow = LocalizedText(
    en: "Sign the log as it is now: wegmarke log checkpoint",
    de: "Den jetzigen Stand signieren: wegmarke log checkpoint")
}
