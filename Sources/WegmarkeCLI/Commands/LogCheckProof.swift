import ArgumentParser
import EventLog
import Files
import Journey
import Presentation

extension LogCommand {
  /// The command `wegmarke log check-proof`.
  struct CheckProof: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check-proof", abstract: "Checks a proof offline, without the store.",
      discussion: """
        Against what you hold already: the log's public key, a checkpoint you kept, or
        both.

        EXAMPLES
          wegmarke log check-proof 17.tlog-proof --vkey wegmarke/51d2d722e56d55aa+…
          wegmarke log check-proof growth.proof --checkpoint kept.note
        """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: "A file that wegmarke log prove wrote.") var file: String
    @Option(help: "The public key of the log, as wegmarke log checkpoint --key prints it.")
    var vkey: String?
    @Option(help: "A checkpoint kept since earlier.") var checkpoint: String?

    func validate() throws {
      guard vkey != nil || checkpoint != nil else {
        throw ValidationError(
          .init(
            en:
              "A proof shows something only against what you hold: name --vkey, --checkpoint or both.",
            de:
              "Ein Beweis zeigt nur etwas gegen das, was Sie haben: bitte --vkey, --checkpoint oder beides."
          ))
      }
    }

    func run() throws {
      let console = global.console
      let bytes = try Folder.contents(of: file)
      let proof: ProofFile
      do throws(ProofFormatError) { proof = try ProofFile(parsing: bytes) } catch {
        throw Failure(proof: error, file: file)
      }
      let key: NoteKey?
      do throws(ProofFormatError) {
        key = try vkey.map { text throws(ProofFormatError) in try NoteKey(parsing: text) }
      } catch { throw Failure(badKey: vkey ?? "") }
      let kept = try checkpoint.map { try CheckpointFile.read($0) }
      if case .consistency(let claim) = proof.claim, kept == nil {
        throw Failure(
          .init(
            en: "This proof shows growth since size \(claim.from); the checkpoint of that size"
              + " is missing.",
            de: "Dieser Nachweis zeigt das Wachsen seit Größe \(claim.from); der Prüfpunkt dieser"
              + " Größe fehlt."),
          advice: .init(
            en: "Name the one you kept: --checkpoint FILE",
            de: "Den verwahrten nennen: --checkpoint DATEI"), .usage)
      }
      if let problem = proof.check(key: key, kept: kept) { throw problem }
      try console.print(words(proof, isSigned: key != nil)(console.language))
    }

    private func words(_ proof: ProofFile, isSigned: Bool) -> LocalizedText {
      let checkpoint = proof.signed.checkpoint
      let origin = checkpoint.origin
      let size = checkpoint.size
      let ground =
        isSigned
        ? LocalizedText(
          en: "\nThe log signed size \(size).", de: "\nDas Protokoll hat Größe \(size) signiert.")
        : LocalizedText(
          en: "\nSignatures were not checked: no --vkey.",
          de: "\nSignaturen nicht geprüft: kein --vkey.")
      switch proof.claim {
      case .inclusion(let claim, let record):
        let position = Position(claim.index)
        return LocalizedText(
          en: "The proof holds: record \(position) stands in \(origin), size \(size).",
          de: "Der Nachweis gilt: Datensatz \(position) steht in \(origin), Größe \(size).")
          + facts(record) + ground
      case .consistency(let claim):
        return LocalizedText(
          en: "The proof holds: \(origin) only grew from size \(claim.from) to \(size).",
          de: "Der Nachweis gilt: \(origin) ist von Größe \(claim.from) auf \(size) nur gewachsen.")
          + ground
      }
    }

    /// What the record says in clear.
    private func facts(_ record: [UInt8]?) -> LocalizedText {
      guard let record, let header = try? StoredRecord(parsing: record).header else {
        return .init(verbatim: "")
      }
      let time = Timestamp.text(header.recordedAt)
      let group = KeyringWords.group(header.group)
      return LocalizedText(
        en: "\nRecorded \(time) · "
          + (header.group == .clear ? "not sealed" : "sealed (\(group.en))"),
        de: "\nErfasst \(time) · "
          + (header.group == .clear ? "nicht versiegelt" : "versiegelt (\(group.de))"))
    }
  }
}

extension Failure {
  init(badKey text: String) {
    self = Failure(
      .init(
        en: "--vkey \(text) is no public key of a log.",
        de: "--vkey \(text) ist kein öffentlicher Schlüssel eines Protokolls."),
      advice: .init(
        en: "It is what this prints: wegmarke log checkpoint --key",
        de: "Ihn zeigt: wegmarke log checkpoint --key"), .usage)
  }

  init(proof error: ProofFormatError, file: String) {
    let place = file.isEmpty ? "" : "\(file):\(error.line): "
    let part = error.expected.words
    self = Failure(
      .init(en: "\(place)expected \(part.en).", de: "\(place)erwartet: \(part.de)."),
      advice: .init(
        en: "Every byte counts: take the file as it was handed over.",
        de: "Jedes Byte zählt: die Datei nehmen, wie sie übergeben wurde."), .data)
  }

  init(proof problem: ProofProblem) {
    let why: LocalizedText =
      switch problem {
      case .otherOrigin(let found, let expected):
        .init(
          en: "it is of \(found), not of \(expected)",
          de: "er ist von \(found), nicht von \(expected)")
      case .unsigned(let size):
        .init(
          en: "the checkpoint of size \(size) is not signed with this key",
          de: "der Prüfpunkt der Größe \(size) ist nicht mit diesem Schlüssel signiert")
      case .wrongSignature(let size):
        .init(
          en: "the signature on the checkpoint of size \(size) is wrong",
          de: "die Signatur unter dem Prüfpunkt der Größe \(size) ist falsch")
      case .noRecord:
        .init(
          en: "it does not carry the record that it is about",
          de: "ihm fehlt der Datensatz, um den es geht")
      case .record(let problem):
        .init(
          en: "its record cannot be read: \(problem.words.en)",
          de: "sein Datensatz ist nicht lesbar: \(problem.words.de)")
      case .otherPosition(let position, let stated):
        .init(
          en: "its record says it is \(stated), not \(position)",
          de: "sein Datensatz nennt sich \(stated), nicht \(position)")
      case .otherSize(let found, let expected):
        .init(
          en: "the checkpoint you kept is of size \(found); this proof needs one of \(expected)",
          de: "der verwahrte Prüfpunkt hat Größe \(found); dieser Nachweis braucht \(expected)")
      case .otherRoot(let size):
        .init(
          en: "the checkpoint you kept has another root at size \(size): two histories",
          de: "der verwahrte Prüfpunkt hat bei Größe \(size) eine andere Wurzel:"
            + " zwei Geschichten")
      case .brokenPath:
        .init(
          en: "its hashes do not lead to the root", de: "seine Prüfsummen führen nicht zur Wurzel")
      }
    self = Failure(
      .init(en: "The proof does not hold: \(why.en).", de: "Der Nachweis gilt nicht: \(why.de)."),
      .data)
  }
}
