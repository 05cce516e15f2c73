import Files
import Journey
import Keyring

/// Where passphrases come from: never from an argument, never from the environment itself.
enum Passphrase {
  /// The variable that names a file, or an open descriptor under `/dev/fd`, with the passphrase in
  /// its first line.
  static let variable = "WEGMARKE_PASSPHRASE_FILE"
  /// The same for the new passphrase of a key file.
  static let newVariable = "WEGMARKE_NEW_PASSPHRASE_FILE"

  /// Asks for the passphrase of a key file.
  static let source: PassphraseSource = { (path: String) throws(KeyringError) in
    if let given = try given(variable) { return given }
    let prompt = LocalizedText(
      en: "Passphrase of \(path): ", de: "Passphrase von \(path): ")
    do throws(FileError) {
      return try Secrecy.ask(prompt(Console.language(in: CommandLine.arguments)))
    } catch { throw .file(error) }
  }

  private static func given(_ variable: String) throws(KeyringError) -> [UInt8]? {
    guard let path = Console.environment[variable], !path.isEmpty else { return nil }
    do throws(FileError) { return try Secrecy.firstLine(ofFile: path) } catch {
      throw .file(error)
    }
  }

  /// A new passphrase, asked for twice.
  ///
  /// - Throws: `Failure` where there is nobody to ask, or it is too short.
  static func new(_ language: Language) throws -> [UInt8] {
    let words: [UInt8]
    if let given = try given(newVariable) {
      words = given
    } else {
      let first = LocalizedText(en: "New passphrase: ", de: "Neue Passphrase: ")
      let again = LocalizedText(en: "Once more: ", de: "Noch einmal: ")
      guard let typed = try Secrecy.ask(first(language)) else {
        throw Failure(
          .init(
            en: "There is no terminal to ask for the passphrase.",
            de: "Es gibt kein Terminal, um nach der Passphrase zu fragen."),
          advice: .init(
            en: "Name a file that holds it in \(newVariable); it is never an argument.",
            de: "Bitte in \(newVariable) eine Datei nennen, in der sie steht; sie ist nie ein"
              + " Argument."), .usage)
      }
      guard try Secrecy.ask(again(language)) == typed else {
        throw Failure(
          .init(
            en: "The two passphrases differ; nothing was changed.",
            de: "Die beiden Passphrasen sind verschieden; nichts wurde verändert."), .data)
      }
      words = typed
    }
    guard words.count >= 12 else {
      throw Failure(
        .init(
          en: "The passphrase is too short: at least 12 bytes.",
          de: "Die Passphrase ist zu kurz: mindestens 12 Byte."),
        advice: .init(
          en: "Five or six words chosen by dice are easy to type and hard to guess.",
          de: "Fünf oder sechs ausgewürfelte Wörter sind leicht zu tippen und schwer zu raten."),
        .data)
    }
    return words
  }
}
