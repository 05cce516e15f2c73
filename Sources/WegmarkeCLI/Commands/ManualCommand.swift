import ArgumentParser
import Files
import Journey
import Presentation

/// `wegmarke manual`: all commands on one page, or pages for `man`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Prints all commands as one page of Markdown, or writes pages for man.",
    discussion: """
      EXAMPLES
        wegmarke manual > commands.md
        wegmarke manual --man share/man/man1
        wegmarke manual --lang de --man share/man/de/man1
      """, aliases: ["handbuch"])

  @OptionGroup var global: GlobalOptions
  @Option(
    help: ArgumentHelp("Write a page of each command for man here instead.", valueName: "folder"),
    completion: .directory)
  var man: String?
  // For the tests: it says nothing to a user.
  @Flag(help: .hidden) var gaps = false

  func run() throws {
    let console = global.console
    let root = try CommandInfo.root()
    if gaps {
      let (missing, stale) = HelpWords.gaps(in: root)
      let lines =
        missing.map { "? \($0)\n" } + stale.map { "- \($0)\n" }
        + root.all.flatMap(Self.examplesWanting).map { "! \($0)\n" }
      return try StandardStream.output.write(lines.joined())
    }
    let manual = Manual(root: root, words: HelpWords(console.language))
    guard let man else { return try console.printData(manual.markdown) }
    try OutputFile.refuseStore(at: "\(man)/wegmarke.1")
    try Folder.create(man)
    for page in manual.manPages {
      try OutputFile("\(man)/\(page.name).1", .replaced).write(Array(page.text.utf8))
    }
  }

  /// Examples that the program would not take, or that a command has none.
  private static func examplesWanting(_ command: CommandInfo) -> [String] {
    let lines = HelpBlock.blocks(of: command.discussion ?? "").compactMap(\.arguments)
    let name = command.path.joined(separator: " ")
    if lines.isEmpty, command.path.count > 1 { return ["\(name): no example"] }
    return lines.compactMap { line in
      do {
        // `help` before a command is `--help` behind it.
        let isHelp = line.dropFirst().first == "help"
        let words = Array(line.dropFirst(isHelp ? 2 : 1)) + (isHelp ? ["--help"] : [])
        _ = try Wegmarke.parseAsRoot(LeadingOptions.movedBehind(words))
        return nil
      } catch {
        if Wegmarke.exitCode(for: error) == .success { return nil }
        return "\(name): \(line.joined(separator: " ")): \(Wegmarke.message(for: error))"
      }
    }
  }
}
