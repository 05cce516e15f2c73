import Definitions
import EventLog
import Journey
import Presentation
import ProjectionEngine
import Projections
import Statistics

/// Derives an answer again from a log and compares part by part.
struct AnswerVerification {
  /// A part of an answer that holds or does not.
  enum Part: String, CaseIterable {
    case file, log, state, definition, parameters, population, figures, digest

    var label: LocalizedText {
      switch self {
      case .file: .init(en: "file", de: "Datei")
      case .log: .init(en: "log", de: "Protokoll")
      case .state: .init(en: "state", de: "Stand")
      case .definition: .init(en: "definition", de: "Definition")
      case .parameters: .init(en: "parameters", de: "Angaben")
      case .population: .init(en: "population", de: "Personenkreis")
      case .figures: .init(en: "figures", de: "Zahlen")
      case .digest: .init(en: "digest", de: "Prüfsumme")
      }
    }
  }

  /// What became of a part.
  enum Finding: Equatable {
    case holds(LocalizedText)
    case fails(LocalizedText)
    /// Differs, and people were erased since: nobody can tell any more.
    case lost(LocalizedText)
    case unchecked
  }

  /// What became of the whole.
  enum Outcome: Equatable {
    case holds
    case fails
    /// Not derivable any more: so many people were erased.
    case erased(Int)
  }

  let file: AnswerFile
  /// The bytes of the file with the figures, where the document is a certificate.
  let figures: [UInt8]?
  private(set) var findings: [Part: Finding] = [:]
  private var erased = 0

  init(_ file: AnswerFile, figures: [UInt8]?) {
    self.file = file
    self.figures = figures
  }

  /// The parts that there are: a file of curves states no population.
  var parts: [Part] {
    Part.allCases.filter { $0 != .population || file.result == nil }
  }

  var outcome: Outcome {
    let all = parts.map { findings[$0] ?? .unchecked }
    if all.contains(where: { if case .fails = $0 { true } else { false } }) { return .fails }
    if all.contains(where: { if case .lost = $0 { true } else { false } }) {
      return .erased(erased)
    }
    return all.contains(.unchecked) ? .fails : .holds
  }

  /// Checks what the document says of itself; needs no log.
  mutating func checkDocument() throws {
    let words = LocalizedText(en: "as wegmarke wrote it", de: "wie wegmarke sie geschrieben hat")
    if !file.isCanonical {
      findings[.file] = .fails(
        .init(
          en: "keys are doubled, missing or in another order",
          de: "Schlüssel sind doppelt, fehlen oder stehen anders"))
    } else if try file.expectedDigest != file.digest {
      findings[.file] = .fails(
        .init(
          en: "changed after it was written: its digest is another",
          de: "nach dem Schreiben verändert: Die Prüfsumme ist eine andere"))
    } else if let result = file.result, let figures,
      ContentDigest.hex(ContentDigest.sha256(figures)) != result.digest
    {
      findings[.file] = .fails(
        .init(
          en: "\(result.file) was changed after it was written",
          de: "\(result.file) wurde nach dem Schreiben verändert"))
    } else {
      findings[.file] = .holds(words)
    }
  }

  /// Compares origin, size and root; false when nothing can be derived from this log.
  mutating func check(_ log: EventLog) throws -> Bool {
    let stated = file.knowledge
    guard stated.origin == log.origin else {
      findings[.log] = .fails(
        .init(
          en: "of \(stated.origin); this is \(log.origin)",
          de: "von \(stated.origin); dies ist \(log.origin)"))
      return false
    }
    findings[.log] = .holds(.init(verbatim: log.origin))
    let size = try log.size()
    guard stated.size <= size else {
      findings[.state] = .fails(
        .init(
          en: "rests on \(stated.size) records; the log has only \(size)",
          de: "beruht auf \(stated.size) Datensätzen; das Protokoll hat nur \(size)"))
      return false
    }
    let facts = try AnswerCertificate(
      log, size: stated.size,
      isSimulated: Knowledge.includesMadeUpPeople(log, size: stated.size) ?? stated.simulated,
      program: stated.program)
    guard facts.root == stated.root else {
      findings[.state] = .fails(
        .init(
          en: "root \(stated.root.prefix(16))… stated; the log had \(facts.root.prefix(16))…",
          de: "Wurzel \(stated.root.prefix(16))… genannt; das Protokoll hatte"
            + " \(facts.root.prefix(16))…"))
      return false
    }
    guard facts.recordedUntil.map(Timestamp.text) == stated.recordedUntil,
      facts.isSimulated == stated.simulated
    else {
      findings[.state] = .fails(
        .init(
          en: "the time of the last record, or whether people are made up, is another",
          de: "die Zeit des letzten Datensatzes oder die Angabe „simuliert“ ist eine andere"))
      return false
    }
    findings[.state] = .holds(
      .init(
        en: "\(stated.size) records, root \(facts.root.prefix(16))…",
        de: "\(stated.size) Datensätze, Wurzel \(facts.root.prefix(16))…"))
    return true
  }

  /// Reads the definition that the document carries; nil when it is not the one it names.
  mutating func checkDefinition() -> QuestionDefinition? {
    let stated = file.definition
    let bytes = Array(stated.text.utf8)
    guard ContentDigest.hex(ContentDigest.sha256(bytes)) == stated.digest else {
      findings[.definition] = .fails(
        .init(en: "its text has another digest", de: "ihr Text hat eine andere Prüfsumme"))
      return nil
    }
    let read = try? QuestionLibrary.read(
      bytes, file: "\(stated.name).toml", settings: file.settings)
    guard let definition = read else {
      findings[.definition] = .fails(
        .init(
          en: "its text is no question this program reads",
          de: "ihr Text ist keine Frage, die dieses Programm liest"))
      return nil
    }
    guard definition.name == stated.name, definition.version == stated.version else {
      let real = "\(definition.name) v\(definition.version)"
      findings[.definition] = .fails(
        .init(en: "its text is \(real)", de: "ihr Text ist \(real)"))
      return nil
    }
    let name = "\(stated.name) v\(stated.version) (\(stated.digest.prefix(8)))"
    let own = BuiltInFiles.questions.first { $0.name == stated.name }
    let isOwn = own.map { ContentDigest.sha256($0.bytes) == ContentDigest.sha256(bytes) }
    let remark: LocalizedText =
      switch isOwn {
      case true?: .init(verbatim: "")
      case false?:
        .init(
          en: ", not the one of this program", de: ", nicht die dieses Programms")
      case nil: .init(en: ", a file of its own", de: ", eine eigene Datei")
      }
    findings[.definition] = .holds(.init(verbatim: name) + remark)
    return definition
  }

  /// Asks the question again and compares everything that came of it.
  mutating func derive(
    _ definition: QuestionDefinition, from view: JourneysView, of log: EventLog
  ) throws {
    let answer: any QuestionAnswer
    do {
      answer = try again(definition, view, log)
    } catch let error as QuestionDefinition.ChoiceProblem {
      return findings[.parameters] = .fails(Failure(choice: error).message)
    } catch let error as QuestionError {
      guard case .unknownAttribute = error else { throw error }
      return findings[.parameters] = .fails(Failure(question: error).message)
    }
    erased = try log.erasedParticipants(knownAt: file.knowledge.size)
    let derived = try JSONValue(parsing: try answer.json())
    compare(.parameters, derived, "parameters", mayBeLost: false)
    if file.result != nil {
      try compareFile(with: answer)
    } else {
      compare(
        .population, derived, "population", mayBeLost: isWithinErased(derived["population"]))
      for key in ["groups", "comparison", "maturity"] {
        compare(.figures, derived, key, mayBeLost: true)
        if findings[.figures] != .holds(AnswerVerification.same) { break }
      }
      let digest = try answer.digest()
      let words = LocalizedText(verbatim: "\(digest.prefix(16))…")
      findings[.digest] =
        digest == file.digest
        ? .holds(words)
        : doubt(
          .init(
            en: "derived again it is \(digest.prefix(16))…",
            de: "neu abgeleitet ist sie \(digest.prefix(16))…"), mayBeLost: !isRefuted)
    }
  }

  private func again(
    _ definition: QuestionDefinition, _ view: JourneysView, _ log: EventLog
  ) throws -> any QuestionAnswer {
    let stated = file.knowledge
    return try definition.answer(
      file.choices, from: view, precision: .init(intervals: file.intervals, level: file.level),
      certificate: AnswerCertificate(
        log, size: stated.size, isSimulated: stated.simulated, program: stated.program))
  }

  /// A file of figures or a chart stands and falls as a whole.
  private mutating func compareFile(with answer: any QuestionAnswer) throws {
    let language = file.result?.language.flatMap { Language(rawValue: $0) }
    let derived =
      if let language, let command = file.result?.command {
        try page(of: answer, in: language, command: command)
      } else if let language {
        Array((AnswerPicture(answer: answer, language: language).chart?.svg() ?? "").utf8)
      } else {
        Array(try answer.csv.utf8)
      }
    let stated = figures ?? []
    if derived == stated {
      findings[.figures] = .holds(.init(en: "every line", de: "jede Zeile"))
    } else {
      let lines = (stated.split(separator: 10), derived.split(separator: 10))
      let first = zip(lines.0, lines.1).enumerated().first { $0.element.0 != $0.element.1 }
      let line = (first?.offset ?? min(lines.0.count, lines.1.count)) + 1
      findings[.figures] = doubt(
        .init(
          en: "line \(line) is another when derived again",
          de: "Zeile \(line) ist neu abgeleitet eine andere"), mayBeLost: true)
    }
    let digest = ContentDigest.hex(ContentDigest.sha256(derived))
    findings[.digest] =
      digest == file.result?.digest
      ? .holds(.init(verbatim: "\(digest.prefix(16))…"))
      : doubt(
        .init(
          en: "derived again it is \(digest.prefix(16))…",
          de: "neu abgeleitet ist sie \(digest.prefix(16))…"), mayBeLost: !isRefuted)
  }

  private func page(
    of answer: any QuestionAnswer, in language: Language, command: String
  ) throws -> [UInt8] {
    let log = answer.certificate
    let basis = Knowledge.basis(
      size: log.size, recordedUntil: log.recordedUntil, referenceDay: file.choices.referenceDay)
    let text = AnswerPage(answer: answer, basis: basis, console: Console(language: language))
    return Array(try AnswerReport(text, command: command).page.html().utf8)
  }

  private var isRefuted: Bool {
    findings.values.contains { if case .fails = $0 { true } else { false } }
  }

  private static let same = LocalizedText(en: "the same", de: "dasselbe")

  private mutating func compare(
    _ part: Part, _ derived: JSONValue, _ key: String, mayBeLost: Bool
  ) {
    let stated = file.content[key] ?? .null
    guard let difference = stated.difference(from: derived[key] ?? .null, at: key) else {
      return findings[part] = .holds(AnswerVerification.same)
    }
    let (here, there) = (difference.here, difference.there)
    findings[part] = doubt(
      .init(
        en: "\(difference.path): stated \(here), derived \(there)",
        de: "\(difference.path): genannt \(here), abgeleitet \(there)"), mayBeLost: mayBeLost)
  }

  private func doubt(_ words: LocalizedText, mayBeLost: Bool) -> Finding {
    erased > 0 && mayBeLost ? .lost(words) : .fails(words)
  }

  /// Whether people who were erased can explain another population: no count moves by more.
  private func isWithinErased(_ derived: JSONValue?) -> Bool {
    guard case .object(let stated)? = file.content["population"], case .object(let now)? = derived
    else { return false }
    let optional: Set = ["leftOut"]
    return Set(stated.keys).union(now.keys).allSatisfy { key in
      let (before, after) = (stated[key]?.number, now[key]?.number)
      guard optional.contains(key) || (before != nil && after != nil) else { return false }
      return abs((before ?? 0) - (after ?? 0)) <= Double(erased)
    }
  }
}
