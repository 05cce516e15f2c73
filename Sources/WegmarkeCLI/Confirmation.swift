import ArgumentParser
import Glibc
import Journey
import Presentation

/// Options of commands that cannot be taken back.
struct ConfirmationOptions: ParsableArguments {
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Say what would happen; change nothing.") var dryRun = false

  /// Says that nothing was done, and with which command it is.
  func noteDryRun(_ console: Console) {
    let again = ShellWords.again(without: ["--dry-run": false], adding: [])
    console.note(
      .init(
        en: "Dry run: nothing was changed.\nTo do it: \(again)",
        de: "Probelauf: Es wurde nichts geändert.\nAusführen: \(again)"))
  }

  /// Lets somebody type a word before something is destroyed.
  ///
  /// - Throws: `Failure` when another word is typed, or nobody can be asked.
  ///
  /// - Parameter warning: What speaks against going on.
  func confirm(
    _ word: String, _ console: Console,
    warning: LocalizedText = .init(
      en: "This cannot be undone", de: "Das lässt sich nicht zurücknehmen")
  ) throws {
    if yes { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw Failure(
        .init(
          en: "\(warning.en), and nobody can be asked here.",
          de: "\(warning.de), und hier kann niemand gefragt werden."),
        advice: .init(
          en: "Run it on a terminal, or with --yes.",
          de: "Bitte an einem Terminal ausführen oder mit --yes."), .usage)
    }
    let question = LocalizedText(
      en: "\(warning.en). Go on? Type \(word): ",
      de: "\(warning.de). Fortfahren? \(word) eintippen: ")
    try StandardStream.error.write(question(console.language))
    // Small letters will do: the word is there to be thought about, not to be spelled.
    let typed = readLine(strippingNewline: true)?.filter { !$0.isWhitespace }
    // Nobody ended the line.
    if typed == nil { try StandardStream.error.write("\n") }
    guard typed?.lowercased() == word.lowercased() else {
      throw Failure(
        .init(en: "Not confirmed; nothing was changed.", de: "Nicht bestätigt; nichts geändert."),
        .usage)
    }
  }
}
