import ArgumentParser
import Definitions
import Journey
import Presentation

extension Import {
  /// The command `wegmarke import vocabulary`.
  struct Vocabulary: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vocabulary",
      abstract: "The event types, fields and codes that a mapping can use.",
      discussion: """
        EXAMPLES
          wegmarke import vocabulary
          wegmarke import vocabulary EmploymentStarted
        """)

    @OptionGroup var global: GlobalOptions
    @Argument(
      help: "Name of an event type; all of them without one.", completion: Completing.types)
    var type: String?

    func run() throws {
      let console = global.console
      guard let type else { return try console.print(list(console)) }
      guard let found = EventType(name: type) else {
        let near = didYouMean(nearestName(to: type, among: EventType.allCases.map(\.name)))
        throw Failure(
          LocalizedText(
            en: "There is no event type “\(type)”.",
            de: "Einen Ereignistyp „\(type)“ gibt es nicht.")
            + near, .usage)
      }
      try console.print(describe(found, console))
    }

    private func list(_ console: Console) -> String {
      let language = console.language
      var table = TerminalTable([
        .code(LocalizedText(en: "EVENT TYPE", de: "EREIGNISTYP")(language)),
        .text(LocalizedText(en: "MEANING", de: "BEDEUTUNG")(language)),
      ])
      for type in EventType.allCases where type.schema.group != .clear {
        table.append([TableCell(type.name), TableCell(type.label(language))])
      }
      return table.text(for: console.output)
    }

    private func describe(_ type: EventType, _ console: Console) -> String {
      let language = console.language
      let schema = type.schema
      var lines = [console.output.paint("\(schema.name) – \(schema.label(language))", .bold)]
      for field in schema.required + schema.optional {
        let must = schema.required.contains { $0.tag == field.tag }
        let mark = must ? LocalizedText(en: " (required)", de: " (Pflicht)")(language) : ""
        lines.append("  \(field.name)\(mark): \(kind(field.type)(language))")
        guard case .code(let list) = field.type else { continue }
        for (_, entry) in list.entries {
          lines.append("    \(entry.code.padded(to: 16)) \(entry.label(language))")
        }
      }
      return lines.joined(separator: "\n")
    }

    private func kind(_ type: FieldType) -> LocalizedText {
      switch type {
      case .code: .init(en: "one of these codes", de: "einer dieser Codes")
      case .integer: .init(en: "whole number", de: "ganze Zahl")
      case .decimal:
        .init(en: "number with up to two decimals", de: "Zahl, bis zwei Nachkommastellen")
      case .boolean: .init(en: "yes or no", de: "ja oder nein")
      case .text: .init(en: "text", de: "Text")
      case .date: .init(en: "date", de: "Datum")
      }
    }
  }
}
