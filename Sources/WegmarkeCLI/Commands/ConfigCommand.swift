import ArgumentParser
import Definitions
import Files
import Interchange
import Journey
import Presentation

/// `wegmarke config`: settings in files.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Shows and changes settings, and says where each comes from.",
    discussion: """
      An option counts before a variable, a variable before wegmarke.toml of the working folder, that
      before the user's own file.

      EXAMPLES
        wegmarke config show
        wegmarke config set lang de
        wegmarke config path
      """, subcommands: [Show.self, Set.self, Path.self], aliases: ["einstellungen"])

  /// The command `wegmarke config show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Every setting with its value and its origin.",
      discussion: """
        EXAMPLES
          wegmarke config show
          wegmarke config show -f csv
        """)

    @OptionGroup var global: GlobalOptions
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table

    func run() throws {
      let console = global.console
      let language = console.language
      func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
      var table = TerminalTable([
        .code(word("SETTING", "EINSTELLUNG")), .text(word("WHAT", "WAS"), minimum: 16),
        .text(word("VALUE", "WERT"), minimum: 12), .text(word("FROM", "AUS"), minimum: 16),
      ])
      var writer = CSVWriter(format.dialect)
      writer.header(["setting", "value", "origin"])
      for name in Settings.Name.allCases {
        let found = (try? Console.settings.get())?.value(name, Console.processEnvironment)
        let origin =
          switch found?.origin {
          case .variable(let variable): variable
          case .file(let file): file
          case nil: ""
          }
        table.append([
          TableCell(name.rawValue), TableCell(name.label(language)),
          TableCell(found?.value ?? Settings.builtIn(name) ?? ""),
          TableCell(found == nil ? word("(built in)", "(eingebaut)") : origin),
        ])
        for text in [name.rawValue, found?.value ?? "", origin] { writer.text(text) }
        writer.endRow()
      }
      if format != .table { return try console.printBytes(writer.take()) }
      try console.print(table.text(for: console.output))
    }
  }

  /// The command `wegmarke config set`.
  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Writes a setting into the user's own file; without a value it is taken out.",
      discussion: """
        EXAMPLES
          wegmarke config set store /srv/wegmarke/office
          wegmarke config set author B-014
          wegmarke config set author
        """)

    @OptionGroup var global: GlobalOptions
    @Argument(
      help: "The setting (see: wegmarke config show).",
      completion: .list(Settings.Name.allCases.map(\.rawValue)))
    var name: String
    @Argument(help: "Its value.") var value: String?

    func run() throws {
      let console = global.console
      guard let known = Settings.Name(rawValue: name) else { throw Failure.noSetting(name) }
      let file = Settings.user(Console.processEnvironment)
      if known == .lang, let value, Language(rawValue: value) == nil {
        throw Failure(
          .init(
            en: "There is no language “\(value)”.", de: "Eine Sprache „\(value)“ gibt es nicht."),
          advice: .init(en: "Write en or de.", de: "Bitte en oder de schreiben."), .usage)
      }
      // Settings count from the folder of their file, not from where they were typed.
      if known.isPath, let value, !value.hasPrefix("/") {
        throw Failure(
          .init(
            en: "“\(value)” is no whole path; the setting holds in every folder.",
            de: "„\(value)“ ist kein ganzer Pfad; die Einstellung gilt in jedem Ordner."),
          advice: .init(
            en: "Write it from / on, such as /srv/wegmarke/office.",
            de: "Bitte von / an schreiben, etwa /srv/wegmarke/buero."), .usage)
      }
      try Folder.create(Folder.parent(of: file))
      // Lines of the user's own, comments among them, stay.
      let text =
        Folder.exists(file) ? String(decoding: try Folder.contents(of: file), as: UTF8.self) : ""
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      lines.removeAll { line in
        line.prefix { $0 != "=" }.filter { $0 != " " } == name && line.contains("=")
      }
      if let value { lines.append("\(name) = \(quoted(value))") }
      try OutputFile(file, .replaced).write(Array((lines.joined(separator: "\n") + "\n").utf8))
      console.note(.init(en: "Written to \(file).", de: "Geschrieben nach \(file)."))
    }

    /// A basic string of TOML.
    private func quoted(_ text: String) -> String {
      "\"" + text.withoutControls.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
  }

  /// The command `wegmarke config path`.
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path", abstract: "The user's own file of settings.",
      discussion: """
        EXAMPLES
          wegmarke config path
        """)

    @OptionGroup var global: GlobalOptions

    func run() throws { try global.console.printData(Settings.user(Console.processEnvironment)) }
  }
}

extension Failure {
  /// A setting that there is not.
  static func noSetting(_ name: String) -> Failure {
    let names = Settings.Name.allCases.map(\.rawValue)
    return Failure(
      LocalizedText(
        en: "There is no setting “\(name)”.", de: "Eine Einstellung „\(name)“ gibt es nicht.")
        + didYouMean(nearestName(to: name, among: names)),
      advice: .init(
        en: "Settings: \(names.joined(separator: ", ")).",
        de: "Einstellungen: \(names.joined(separator: ", "))."), .usage)
  }
}
