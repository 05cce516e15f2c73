import Definitions
import EventLog
import Interchange
import Journey
import LMDB
import ProjectionEngine

extension Failure {
  init(store error: LMDBError) {
    switch error {
    case .heldByAnotherWriter(let pid, let program):
      let who = [program, pid.map { "PID \($0)" }].compactMap { $0 }.joined(separator: ", ")
      self = Failure(
        .init(
          en: "Another program is writing to the store\(who.isEmpty ? "" : " (\(who))").",
          de:
            "Ein anderes Programm schreibt gerade in den Bestand\(who.isEmpty ? "" : " (\(who))")."
        ),
        advice: .init(
          en: "Reading works meanwhile. Wait for it (--wait 60), or end the other program.",
          de: "Lesen geht derweil. Warten (--wait 60) oder das andere Programm beenden."), .tryAgain
      )
    case .diskFull(let path, let free):
      self = Failure(
        .init(
          en: "The disk is full: \(path) (\(free) bytes free).",
          de: "Der Datenträger ist voll: \(path) (\(free) Byte frei)."),
        advice: .init(
          en: "Free some space and run the command again; what is stored is intact.",
          de: "Bitte Platz schaffen und den Befehl wiederholen; Gespeichertes ist unversehrt."), .io
      )
    case .unsuitableFileSystem(let path, let kind):
      self = Failure(
        .init(
          en: "A store cannot lie on this file system: \(path) (\(kind)).",
          de: "Auf diesem Dateisystem kann kein Bestand liegen: \(path) (\(kind))."),
        advice: .init(
          en: "Use a folder on a local disk.", de: "Bitte einen Ordner auf lokaler Platte nehmen."),
        .cannotCreate)
    case .accessDenied(let path):
      self = Failure(
        .init(en: "No permission: \(path).", de: "Keine Berechtigung: \(path)."), .noPermission)
    case .system(_, let path, _) where error.isDiskFull:
      self = Failure(store: .diskFull(path: path, freeBytes: 0))
    case .corrupted(let path, _):
      self = Failure(
        .init(
          en: "\(path) is damaged: \(error.description)",
          de: "\(path) ist beschädigt: \(error.description)"), advice: Failure.restore, .data)
    case .readersFull, .transactionsStillRunning:
      self = Failure(
        .init(en: error.description, de: error.description),
        advice: .init(verbatim: error.advice), .tryAgain)
    default:
      self = Failure(
        .init(en: error.description, de: "Die Datenbank meldet: \(error.description)"),
        advice: .init(verbatim: error.advice), .io)
    }
  }

  init(view error: ViewError) {
    switch error {
    case .aheadOfLog(let view, let log):
      self = Failure(
        .init(
          en: "The view knows \(view) records, the log holds \(log): the log is older.",
          de: "Die Sicht kennt \(view) Datensätze, das Protokoll hat \(log): Es ist älter."),
        advice: Failure.rebuild, .data)
    case .otherLineage(let path):
      self = Failure(
        .init(
          en: "The view \(path) was made from another log.",
          de: "Die Sicht \(path) stammt aus einem anderen Protokoll."), advice: Failure.rebuild,
        .data)
    case .damaged, .differs:
      self = Failure(
        .init(en: "The view is damaged.", de: "Die Sicht ist beschädigt."),
        advice: Failure.rebuild, .data)
    case .log(let error): self = Failure(log: error)
    case .file(let error): self = Failure(file: error)
    case .store(let error): self = Failure(store: error)
    }
  }

  static let rebuild = LocalizedText(
    en: "If the log is the right one, make the view anew: wegmarke views rebuild",
    de: "Ist das Protokoll das richtige, die Sicht neu bilden: wegmarke views rebuild")

  init(append error: AppendError) {
    switch error {
    case .log(let error): self = Failure(log: error)
    case .wrongExpectedVersion(_, let expected, let actual, let since):
      self = Failure(
        .init(
          en: "Somebody wrote here meanwhile: expected \(expected), found \(actual) records.",
          de: "Inzwischen wurde hier geschrieben: erwartet \(expected), gefunden \(actual)."),
        advice: .init(
          en: "\(since.count) newer event(s); look at them and try again.",
          de: "\(since.count) neuere Ereignisse; bitte ansehen und erneut versuchen."), .tryAgain)
    case .idempotencyConflict(let first):
      self = Failure(
        .init(
          en: "The same key was used for other content before (\(first)).",
          de: "Derselbe Schlüssel stand schon für anderen Inhalt (\(first))."), .data)
    case .event(let event, let problem):
      self = Failure(
        .init(
          en: "\(event.type.label.en) (\(event.occurredOn)) does not fit: \(problem.words.en).",
          de: "\(event.type.label.de) (\(event.occurredOn.german)) passt nicht:"
            + " \(problem.words.de)."), .data)
    case .noSuchParticipant(let ref):
      self = Failure(
        .init(
          en: "There is no participant number \(ref).",
          de: "Eine Person Nummer \(ref) gibt es nicht."), .noInput)
    case .codeTaken(let code):
      self = Failure(
        .init(
          en: "The code \(code) belongs to somebody already.",
          de: "Der Code \(code) ist schon vergeben."), .data)
    case .externalIDTaken(let id):
      self = Failure(
        .init(
          en: "The id \(id) belongs to somebody already.",
          de: "Die Kennung \(id) ist schon vergeben."), .data)
    case .erased(_, let order): self = .erased(by: order)
    case .groupDropped(let group, let order): self = .groupDropped(group, by: order)
    case .reserved(let type):
      self = Failure(
        .init(
          en: "Only an erasure itself writes “\(type.label.en)”.",
          de: "„\(type.label.de)“ schreibt nur eine Löschung selbst."),
        advice: .init(
          en: "Use wegmarke privacy erase.", de: "Bitte wegmarke privacy erase nehmen."), .usage)
    case .badTarget(let position):
      self = Failure(
        .init(
          en: "\(position) is no earlier record of this person.",
          de: "\(position) ist kein früherer Datensatz dieser Person."), .data)
    case .notTried:
      self = Failure(
        .init(
          en: "Not tried, because what stood before it was refused.",
          de: "Nicht versucht, weil Früheres abgewiesen wurde."), .tryAgain)
    }
  }

  init(question error: QuestionError) {
    switch error {
    case .unknownAttribute(let name, let known):
      let period = CohortPeriod(rawValue: name)?.groupingName
      let near = didYouMean(period ?? nearestName(to: name, among: known))
      self = Failure(
        LocalizedText(
          en: "No participant has an attribute “\(name)”.",
          de: "Keine Person hat ein Merkmal „\(name)“.") + near,
        advice: .init(
          en: (known.isEmpty ? "" : "Known: \(known.joined(separator: ", ")). ")
            + "Of the index day: period:quarter, residence@index, residence-class@index,"
            + " german@index, benefit@index.",
          de: (known.isEmpty ? "" : "Bekannt: \(known.joined(separator: ", ")). ")
            + "Vom Starttag: period:quarter, residence@index, residence-class@index,"
            + " german@index, benefit@index."), .usage)
    case .tooManyGroups(let name, let limit):
      self = Failure(
        .init(
          en: "“\(name)” has more than \(limit) different values.",
          de: "„\(name)“ hat mehr als \(limit) verschiedene Werte."),
        advice: .init(
          en: "Group by something coarser.", de: "Bitte nach einem gröberen Merkmal gruppieren."),
        .usage)
    case .view(let error): self = Failure(view: error)
    case .statistics(let error):
      self = Failure(
        .init(
          en: "The figures cannot be worked out: \(error.words.en).",
          de: "Die Berechnung ist nicht möglich: \(error.words.de)."), .data)
    }
  }
}
