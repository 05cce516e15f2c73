import Definitions
import EventLog
import Files
import Journey
import Keyring
import LMDB
import Presentation
import ProjectionEngine
import Recording
import Releases
import Statistics
import Upkeep

/// What went wrong, in words, with what to do next and how to exit.
struct Failure: Error {
  var message: LocalizedText
  var advice: LocalizedText?
  var exitCode: ExitStatus

  init(_ message: LocalizedText, advice: LocalizedText? = nil, _ exitCode: ExitStatus) {
    self.message = message
    self.advice = advice
    self.exitCode = exitCode
  }

  /// Words for an error of any layer.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as LogError: self = Failure(log: error)
    case let error as KeyringError: self = Failure(keys: error)
    case let error as LMDBError: self = Failure(store: error)
    case let error as BackupError: self = Failure(backup: error)
    case let error as FileError: self = Failure(file: error)
    case let error as ViewError: self = Failure(view: error)
    case let error as AppendError: self = Failure(append: error)
    case let error as RecordingError: self = Failure(recording: error)
    case let error as ReleaseError: self = Failure(release: error)
    case let error as QuestionError: self = Failure(question: error)
    case let error as QuestionDefinition.ChoiceProblem: self = Failure(choice: error)
    case let error as DefinitionError: self = Failure(definition: error)
    case let error as ProofFormatError: self = Failure(proof: error, file: "")
    case let error as ProofProblem: self = Failure(proof: error)
    case let error as StreamWriteError:
      self = Failure(error.message, advice: error.advice, .io)
    case let error as any ReadableError:
      self = Failure(error.message, advice: error.advice, .data)
    default:
      self = Failure(
        LocalizedText(
          en: "Something unexpected happened: \(error).",
          de: "Etwas Unerwartetes ist geschehen: \(error)."),
        advice: LocalizedText(
          en: "Nothing was written that is not durable. Please report this.",
          de: "Geschrieben ist nur, was dauerhaft ist. Bitte melden Sie das."),
        .software)
    }
  }

  init(recording error: RecordingError) {
    let status: ExitStatus
    switch error {
    case .append(let error):
      self = Failure(append: error)
      return
    case .log(let error):
      self = Failure(log: error)
      return
    case .notAStatement: status = .usage
    case .noSuchStatement: status = .noInput
    case .refused, .pointless: status = .data
    case .conflict: status = .tryAgain
    }
    self = Failure(error.message, advice: error.advice, status)
  }

  init(definition error: DefinitionError) {
    self = Failure(
      LocalizedText(
        en: "The definition file has mistakes.\n" + error.rendered(in: .english),
        de: "Die Definitionsdatei hat Fehler.\n" + error.rendered(in: .german)), .data)
  }
}
