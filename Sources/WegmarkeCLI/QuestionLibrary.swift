import Definitions
import Journey
import ProjectionEngine
import Projections

/// Questions by name or path.
enum QuestionLibrary {
  /// All questions that come with the program.
  static func all() throws -> [QuestionDefinition] {
    let shared = try shared()
    return try BuiltInFiles.questions.map { file in
      try QuestionFile.read(
        file.bytes, file: file.path(in: "questions"), parameters: shared)
    }
  }

  /// A question of a file, with the programme's open parameters and those that were chosen.
  ///
  /// - Parameter settings: Other values of parameters: `exit-window=14d`.
  static func read(
    _ bytes: [UInt8], file: String, settings: [String] = []
  ) throws -> QuestionDefinition {
    var parameters = try shared()
    if !settings.isEmpty {
      parameters = try QuestionFile.parameters(of: bytes, file: file, over: parameters)
    }
    for setting in settings { try parameters.set(setting) }
    return try QuestionFile.read(bytes, file: file, parameters: parameters)
  }

  private static func shared() throws -> ParameterSet {
    let file = BuiltInFiles.parameters
    return try ParameterFile.read(file.bytes, file: "projections/\(file.name).toml")
  }

  /// The question with a name, or in a file when the text is a path.
  static func find(_ text: String, settings: [String] = []) throws -> QuestionDefinition {
    let file = try DefinitionFiles.find(
      text, among: BuiltInFiles.questions, in: "questions",
      missing: .init(
        en: "There is no question “\(text)”.", de: "Eine Frage „\(text)“ gibt es nicht."),
      advice: { _ in
        .init(
          en: "See them: wegmarke questions list. A file of your own is named by its path.",
          de: "Alle zeigt: wegmarke questions list. Eigene Dateien werden mit Pfad genannt.")
      })
    return try read(file.bytes, file: file.path, settings: settings)
  }
}
