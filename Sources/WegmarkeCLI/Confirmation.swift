import ArgumentParser
import Glibc
import Journey
import Presentation

/// Options of commands that cannot be taken back.
struct ConfirmationOptions: ParsableArguments {
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Say what would happen; change nothing.") var dryRun = false

  /// Lets somebody type a word before something is destroyed.
  ///
  /// - Throws: `Failure` when another word is typed, or nobody can be asked.
  func confirm(_ word: String, _ console: Console) throws {
    if yes { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw Failure(
        .init(
          en: "This cannot be undone, and nobody can be asked here.",
          de: "Das lässt sich nicht zurücknehmen, und hier kann niemand gefragt werden."),
        advice: .init(
          en: "Run it on a terminal, or with --yes.",
          de: "Bitte an einem Terminal ausführen oder mit --yes."), .usage)
    }
    let question = LocalizedText(
      en: "This cannot be undone. Go on? Type \(word): ",
      de: "Das lässt sich nicht zurücknehmen. Fortfahren? \(word) eintippen: ")
    try StandardStream.error.write(question(console.language))
    guard readLine(strippingNewline: true) == word else {
      throw Failure(
        .init(en: "Not confirmed; nothing was changed.", de: "Nicht bestätigt; nichts geändert."),
        .usage)
    }
  }
}
