import ArgumentParser
import Definitions
import Files
import Interchange
import Journey
import Presentation
import Projections

extension Import {
  /// The command `wegmarke import template`.
  struct Template: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "template",
      abstract: "Writes empty files with the columns of a mapping, and the mapping beside them.",
      discussion: """
        EXAMPLES
          wegmarke import template participants        one row a person: entry and exit questionnaire
          wegmarke import template wide -o lists       one wide row with many dated columns
          wegmarke import template network             several files that belong together

        KIND is participants, events, states, wide or network, or a mapping by name or path. The files
        open in a German spreadsheet as they are; columns that are not needed may be deleted.
        """, aliases: ["vorlage"])

    @OptionGroup var global: GlobalOptions
    @Argument(help: "participants, events, states, wide, network, or a mapping.") var kind: String
    @Option(name: .shortAndLong, help: "The folder to write into.") var output = "."
    @Flag(help: "Replace files that are there.") var force = false

    func run() throws {
      let console = global.console
      let name = MappingLibrary.kinds.contains(kind) ? "office-\(kind)" : kind
      let mapping = try MappingLibrary.find(name)
      if !Folder.isFolder(output) {
        throw Failure(
          .init(
            en: "There is no folder “\(output)”.", de: "Einen Ordner „\(output)“ gibt es nicht."),
          advice: .init(
            en: "Make it first, or name another one.",
            de: "Bitte anlegen oder einen anderen nennen."), .cannotCreate)
      }
      let templates = mapping.files.map { FileTemplate($0) }
      let standing = force ? OutputFile.Standing.replaced : .kept
      var outputs = try templates.map {
        (try OutputFile("\(output)/\($0.fileName)", standing), $0.bytes)
      }
      let text = Array(mapping.digestInput.utf8)
      outputs.append((try OutputFile("\(output)/\(mapping.name).toml", standing), text))
      for (file, bytes) in outputs { try file.write(bytes) }
      for template in templates {
        try console.print("\(template.fileName)\n\n" + table(template, console) + "\n")
      }
      let names = templates.map(\.fileName).joined(separator: " ")
      let places = templates.map { inFolder($0.fileName) }
      let check = ShellWords.line(
        ["wegmarke", "import"] + places + ["--mapping", mapping.name, "--dry-run"])
      let own = ShellWords.line(["--mapping", inFolder("\(mapping.name).toml")])
      console.note(
        .init(
          en: """
            Written to \(output): \(names) \(mapping.name).toml
            When it is filled in: \(check)
            What codes there are: wegmarke import vocabulary EVENT
            To change columns, change \(mapping.name).toml and name it: \(own)
            """,
          de: """
            Geschrieben nach \(output): \(names) \(mapping.name).toml
            Wenn ausgefüllt: \(check)
            Welche Codes es gibt: wegmarke import vocabulary EREIGNIS
            Andere Spalten? \(mapping.name).toml ändern und nennen: \(own)
            """))
    }

    /// A file in the folder that was written into, as one names it on the command line.
    private func inFolder(_ name: String) -> String {
      output == "." ? name : output.hasSuffix("/") ? output + name : "\(output)/\(name)"
    }

    /// What belongs into each column.
    private func table(_ template: FileTemplate, _ console: Console) -> String {
      let language = console.language
      var table = TerminalTable([
        .text(LocalizedText(en: "COLUMN", de: "SPALTE")(language)),
        .text(LocalizedText(en: "CELL", de: "ZELLE")(language)),
        .text(LocalizedText(en: "STATES", de: "SAGT AUS")(language)),
      ])
      for column in template.columns {
        let must = column.isOptional ? "" : LocalizedText(en: " (needed)", de: " (nötig)")(language)
        // A column that most types share is no matter of a few of them.
        let events = column.events.count > 3 ? [] : column.events.map { $0.label(language) }
        table.append([
          TableCell(column.name + must), TableCell(cell(column.content)(language)),
          TableCell(events.joined(separator: ", ")),
        ])
      }
      return table.text(for: console.output)
    }

    private func cell(_ content: FileTemplate.Content) -> LocalizedText {
      switch content {
      case .identifier:
        .init(en: "the person's number", de: "Nummer der Person")
      case .date: .init(en: "a date: 31.12.2026", de: "ein Datum: 31.12.2026")
      case .words(let words):
        LocalizedText(verbatim: words.joined(separator: ", "))
      case .field(let definition): field(definition)
      }
    }

    private func field(_ definition: FieldDefinition) -> LocalizedText {
      switch definition.type {
      case .code(let list):
        let codes = list.entries.map(\.entry)
        let few = codes.count <= 6
        return LocalizedText(
          en: few
            ? codes.map(\.label.en).joined(separator: ", ")
            : "one of \(codes.count) codes",
          de: few
            ? codes.map(\.label.de).joined(separator: ", ")
            : "einer von \(codes.count) Codes")
      case .integer: return .init(en: "a whole number", de: "eine ganze Zahl")
      case .decimal: return .init(en: "a number: 1,5", de: "eine Zahl: 1,5")
      case .boolean: return .init(en: "yes or no", de: "ja oder nein")
      case .text: return .init(en: "text", de: "Text")
      case .date: return .init(en: "a date: 31.12.2026", de: "ein Datum: 31.12.2026")
      }
    }
  }

  /// The command `wegmarke import suggest`, and `wegmarke mapping suggest`.
  struct Suggest: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "suggest",
      abstract: "Guesses a mapping from a file's header and values, for you to review.",
      discussion: """
        EXAMPLES
          wegmarke mapping suggest list.csv
          wegmarke mapping suggest list.csv -o list.toml
          wegmarke import list.csv --mapping list.toml --dry-run
        """, aliases: ["vorschlagen"])

    @OptionGroup var global: GlobalOptions
    @Argument(help: "A CSV file.") var file: String
    @Option(name: .shortAndLong, help: "Where to write the mapping. Default: standard output.")
    var output: String?
    @OptionGroup var replacing: ReplaceOptions

    func run() throws {
      let console = global.console
      if !Folder.exists(file) { throw Failure(missingFile: file) }
      let known = try MappingLibrary.kinds.filter { $0 != "network" }.map {
        try MappingLibrary.find("office-\($0)")
      }
      if let output { try replacing.refuse(output, among: [file]) }
      let target = try OutputFile(output, replacing.standing)
      let suggestion: MappingSuggestion
      do throws(PlanError) {
        suggestion = try MappingSuggestion(of: file, known: known, language: console.language)
      } catch {
        let found = error.diagnostics.first
        throw Failure(
          LocalizedText(verbatim: "\(file): ") + (found?.message ?? LocalizedText(verbatim: "")),
          advice: found?.hint, .data)
      }
      if let target {
        try target.write(Array(suggestion.text.utf8))
      } else {
        try console.printData(suggestion.text)
      }
      let (taken, all) = suggestion.taken
      let check = ShellWords.line(
        ["wegmarke", "import", file, "--mapping", output ?? "list.toml", "--dry-run"])
      console.note(
        .init(
          en: """
            Taken: \(taken) of \(all) columns. It is a guess: review it, then try it with
            \(check)
            """,
          de: """
            Übernommen: \(taken) von \(all) Spalten. Es ist geraten: bitte ansehen, dann ausprobieren:
            \(check)
            """))
    }
  }
}

/// `wegmarke mapping`: how files of an office become events.
struct MappingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mapping", abstract: "Lists and shows mappings, and guesses one from a file.",
    discussion: """
      EXAMPLES
        wegmarke mapping list
        wegmarke mapping show office-participants
        wegmarke mapping suggest list.csv -o list.toml
      """, subcommands: [All.self, Show.self, Import.Suggest.self], aliases: ["zuordnung"])

  /// The command `wegmarke mapping list`.
  struct All: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "The mappings that come with the program.",
      discussion: """
        EXAMPLES
          wegmarke mapping list
        """)

    @OptionGroup var global: GlobalOptions

    func run() throws {
      let console = global.console
      var table = TerminalTable([
        .code(LocalizedText(en: "MAPPING", de: "ZUORDNUNG")(console.language)),
        .text(LocalizedText(en: "FOR", de: "WOFÜR")(console.language)),
      ])
      for file in BuiltInFiles.mappings {
        let mapping = try MappingLibrary.find(file.name)
        table.append([TableCell(mapping.name), TableCell(mapping.title(console.language))])
      }
      try console.print(table.text(for: console.output))
    }
  }

  /// The command `wegmarke mapping show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "The text of a mapping, to be changed and named by its path.",
      discussion: """
        EXAMPLES
          wegmarke mapping show office-events
        """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: "The name of a mapping, or a file.") var name: String

    func run() throws {
      try global.console.printData(try MappingLibrary.find(name).digestInput)
    }
  }
}
