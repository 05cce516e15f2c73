import ArgumentParser
import EventLog
import Files
import Journey
import Presentation
import ProjectionEngine

/// `wegmarke verify-answer`: derives an answer again from the log and says what holds.
struct VerifyAnswer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-answer",
    abstract: "Derives an answer again from its certificate and says which part holds.",
    discussion: """
      Ends with 0 when it holds, with 65 when a part does not, and with 1 when it
      can no longer be derived because people were erased since.

      EXAMPLES
        wegmarke verify-answer answer.json
        wegmarke verify-answer curves.csv   with curves.csv.certificate.json beside it
        wegmarke verify-answer curve.svg    a chart, with its certificate beside it
        wegmarke verify-answer page.html     a page that --report wrote, likewise
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions

  @Argument(
    help: "An answer that wegmarke ask wrote: JSON, or CSV, SVG or HTML with its certificate.")
  var file: String

  /// The name of the certificate of a file.
  static func certificate(of path: String) -> String { "\(path).certificate.json" }

  func run() throws {
    let console = global.console
    let (answer, figures) = try read()
    let log = try store.openForReading()
    var verification = AnswerVerification(answer, figures: figures)
    try verification.checkDocument()
    let isKnown = try verification.check(log)
    let definition = verification.checkDefinition()
    if isKnown, let definition {
      try verification.derive(definition, from: try console.refreshedView(of: log), of: log)
    }
    try console.print(page(verification, console))
    if answer.knowledge.program != Wegmarke.version {
      let program = answer.knowledge.program
      console.note(
        .init(
          en: "Answered by version \(program), derived again by \(Wegmarke.version).",
          de: "Beantwortet von Version \(program), neu abgeleitet von \(Wegmarke.version)."))
    }
    switch verification.outcome {
    case .holds: return
    case .fails:
      throw Failure(
        .init(en: "The answer does not hold.", de: "Die Antwort gilt nicht."),
        advice: .init(
          en: "Ask again, and compare the two: wegmarke ask \(answer.definition.name)",
          de: "Neu fragen und vergleichen: wegmarke ask \(answer.definition.name)"), .data)
    case .erased(let count):
      throw Failure(
        .init(
          en: "The answer can no longer be derived: \(count) of the people it knew"
            + " \(count == 1 ? "was" : "were") erased since.",
          de: "Die Antwort ist nicht mehr ableitbar: \(count) der damals bekannten Personen"
            + " \(count == 1 ? "wurde" : "wurden") seither gelöscht."), .problems)
    }
  }

  /// The document, and the bytes of the file that it is about.
  private func read() throws -> (AnswerFile, figures: [UInt8]?) {
    let bytes = try Folder.contents(of: file)
    let isDocument = bytes.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) } == UInt8(ascii: "{")
    let path = isDocument ? file : VerifyAnswer.certificate(of: file)
    let document: AnswerFile
    do throws(AnswerFileError) {
      document = try AnswerFile(parsing: isDocument ? bytes : try certificate(path))
    } catch { throw Failure(answer: error, file: path) }
    guard let result = document.result else { return (document, nil) }
    if !isDocument { return (document, bytes) }
    let folder = file.contains("/") ? Folder.parent(of: file) + "/" : ""
    guard !result.file.isEmpty, !result.file.contains("/") else {
      throw Failure(answer: .badKey("result.file"), file: path)
    }
    return (document, try Folder.contents(of: folder + result.file))
  }

  private func certificate(_ path: String) throws(AnswerFileError) -> [UInt8] {
    do { return try Folder.contents(of: path) } catch { throw .notJSON }
  }

  private func page(_ verification: AnswerVerification, _ console: Console) -> String {
    let language = console.language
    var table = TerminalTable([
      .text(LocalizedText(en: "PART", de: "TEIL")(language)),
      .text(LocalizedText(en: "HOLDS", de: "GILT")(language)),
      .text(LocalizedText(en: "WHAT", de: "WAS")(language)),
    ])
    for part in verification.parts {
      let (mark, words): (LocalizedText, LocalizedText) =
        switch verification.findings[part] ?? .unchecked {
        case .holds(let words): (.init(en: "yes", de: "ja"), words)
        case .fails(let words): (.init(en: "NO", de: "NEIN"), words)
        case .lost(let words): (.init(en: "lost", de: "weg"), words)
        case .unchecked:
          (.init(verbatim: "–"), .init(en: "not checked", de: "nicht geprüft"))
        }
      table.append([
        TableCell(part.label(language)), TableCell(mark(language)), TableCell(words(language)),
      ])
    }
    var text = table.text(for: console.output)
    if verification.outcome == .holds {
      text += "\n" + LocalizedText(en: "The answer holds.", de: "Die Antwort gilt.")(language)
    }
    return text
  }
}

extension Failure {
  /// Words for a file that is no answer.
  init(answer error: AnswerFileError, file: String) {
    let why: LocalizedText =
      switch error {
      case .notJSON where !Folder.exists(file):
        .init(en: "is missing", de: "fehlt")
      case .notJSON: .init(en: "is not JSON", de: "ist kein JSON")
      case .otherSchema(let found):
        .init(
          en: "is no answer of wegmarke (schema “\(found)”)",
          de: "ist keine Antwort von wegmarke (Schema „\(found)“)")
      case .newerVersion(let version):
        .init(
          en: "was written by a newer program (version \(version))",
          de: "hat ein neueres Programm geschrieben (Version \(version))")
      case .badKey(let key):
        .init(
          en: "has no “\(key)”, or a value there that no answer has",
          de: "hat kein „\(key)“ oder dort einen Wert, den keine Antwort hat")
      }
    let isMissing = error == .notJSON && !Folder.exists(file)
    self = Failure(
      .init(en: "\(file) \(why.en).", de: "\(file) \(why.de)."),
      advice: .init(
        en: "Answers come from: wegmarke ask … -f json -o FILE, or -f csv -o FILE",
        de: "Antworten kommen von: wegmarke ask … -f json -o DATEI oder -f csv -o DATEI"),
      isMissing ? .noInput : .data)
  }
}
