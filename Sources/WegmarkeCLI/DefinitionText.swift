import Journey
import ProjectionEngine

/// What a question's file settles, line by line, in words.
struct DefinitionText {
  /// A label in both languages and what it names.
  typealias Line = (en: String, de: String, value: String)

  let lines: [Line]

  init(_ definition: QuestionDefinition, _ language: Language) {
    switch definition.content {
    case .timeToEvent(let content): lines = DefinitionText.lines(content, language)
    }
  }

  private static func lines(_ content: TimeToEventDefinition, _ language: Language) -> [Line] {
    let kinds = content.kinds.sorted { $0.rawValue < $1.rawValue }
    var lines: [Line] = [
      (
        "Counts as work", "Als Arbeit gilt",
        kinds.map { $0.label(language) }.joined(separator: ", ")
      )
    ]
    if content.isSameJob {
      lines.append(
        (
          "Only", "Nur",
          LocalizedText(
            en: "the job that starts the clock", de: "die Arbeit, mit der die Uhr beginnt")(
              language)
        ))
    }
    if !content.competing.isEmpty {
      lines.append(
        (
          "Competing events", "Konkurrierende Ereignisse",
          content.competing.map { CauseText.label($0.rawValue)(language) }.joined(separator: ", ")
        ))
    }
    if let gap = content.gap, let rule = content.rule {
      lines.append(("Allowed gap", "Erlaubte Lücke", "\(gap)"))
      lines.append(("Rule", "Regel", rule.rawValue))
    }
    return lines
  }
}

/// The events that end people's clocks, in words.
enum CauseText {
  static func label(_ cause: String) -> LocalizedText {
    switch cause {
    case "first-placement", "placement": LocalizedText(en: "first job", de: "erste Arbeit")
    case "interruption": LocalizedText(en: "work interrupted", de: "Arbeit unterbrochen")
    case "exit": LocalizedText(en: "exit", de: "Austritt")
    case "dropout": LocalizedText(en: "dropout", de: "Abbruch")
    case "other-exit": LocalizedText(en: "other exit", de: "anderer Austritt")
    case "left-country": LocalizedText(en: "left the country", de: "ausgereist")
    case "death": LocalizedText(en: "death", de: "verstorben")
    default: LocalizedText(verbatim: cause)
    }
  }
}
