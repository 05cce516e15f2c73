import ArgumentParser
import Journey
import Presentation

/// `wegmarke completions`: what a shell needs to complete commands and options.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Prints what a shell needs to complete commands, options, codes and names.",
    discussion: """
      EXAMPLES
        wegmarke completions bash > ~/.local/share/bash-completion/completions/wegmarke
        wegmarke completions zsh > ~/.zfunc/_wegmarke
        wegmarke completions fish > ~/.config/fish/completions/wegmarke.fish

      Codes of people come from the store that the line names; names never.
      """, aliases: ["vervollstaendigung"])

  @OptionGroup var global: GlobalOptions
  @Argument(help: "bash, zsh or fish.") var shell: Shell

  func run() throws {
    let script =
      switch shell {
      case .bash: Wegmarke.completionScript(for: .bash)
      case .zsh: Wegmarke.completionScript(for: .zsh)
      case .fish: Wegmarke.completionScript(for: .fish)
      }
    try global.console.printData(script)
  }

  /// A shell.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    /// GNU Bash.
    case bash
    /// Z shell.
    case zsh
    /// fish.
    case fish
  }
}
