import EventLog
import Exports
import Glibc
import Interchange
import Journey
import Presentation
import Recording

/// Asks for a statement field by field, in plain words, on a terminal.
///
/// Questions go to standard error, answers come from standard input. What cannot be read is said, and
/// asked again; nothing is stored before somebody has seen it and agreed.
struct RecordDialogue {
  let console: Console
  let recorder: Recorder

  /// Whether somebody can be asked.
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  private var language: Language { console.language }

  /// Nobody goes on answering: the input ended.
  private static let ended = Failure(
    .init(en: "Nothing was recorded.", de: "Es wurde nichts erfasst."), .usage)

  /// Asks what happened.
  func type() throws -> EventType {
    try ask(
      .init(
        en: "What happened? (? lists everything): ", de: "Was ist geschehen? (? zeigt alles): "),
      help: { EventType.statable.map { "  \($0.label(language))" }.joined(separator: "\n") }
    ) { text in
      let types = EventType.statable
      // The beginning of one wording is enough where it is the only one.
      let begun = types.filter { begins($0.label, with: text) }
      if begun.count == 1 { return begun[0] }
      do { return try StatedFields.type(text) } catch {
        throw several(text, begun.map(\.label)) ?? Failure(error)
      }
    }
  }

  /// Asks whom it is about.
  func participant(_ log: EventLog) throws -> String {
    try ask(
      .init(
        en: "Whom is it about? (code, or a source's own id): ",
        de: "Um wen geht es? (TN-Kennung oder Kennung der Quelle): ")
    ) { text in
      _ = try log.find(text)
      return text
    }
  }

  /// Asks when it happened; nothing typed means today.
  func date() throws -> CivilDate {
    try ask(
      .init(
        en: "When? (today, 2026-06-30, 2026-06) [today]: ",
        de: "Wann? (heute, 30.06.2026, 06.2026) [heute]: "), empty: CivilDate(recorder.today)
    ) { try StatedFields.date($0, today: recorder.today) }
  }

  /// Asks for the fields that the event does not state yet, those that must be stated first.
  func fields(of event: inout JourneyEvent) throws {
    let schema = event.type.schema
    func isOpen(_ field: FieldDefinition) -> Bool {
      event.fields.value(of: field.tag) == nil && !RecordDialogue.own.contains(field.tag)
    }
    for field in schema.required where isOpen(field) {
      event = try ask(question(field), help: { choices(field) }) { try state($0, field, event) }
    }
    let rest = schema.optional.filter(isOpen)
    if rest.isEmpty { return }
    say(
      .init(
        en: "The rest may stay open: Enter leaves a field out, a full stop ends, ? shows choices.",
        de: "Der Rest darf offen bleiben: Enter lässt aus, ein Punkt beendet, ? zeigt die Auswahl.")
    )
    for field in rest {
      let stated: JourneyEvent? = try ask(
        question(field), help: { choices(field) }, empty: event
      ) { text in text == "." ? nil : try state(text, field, event) }
      guard let stated else { return }
      event = stated
    }
  }

  /// Asks whether to store what was shown.
  func confirm() throws {
    try write(.init(en: "Store it? [y/N] ", de: "Speichern? [j/N] "))
    guard let answer = line(), ["y", "yes", "j", "ja"].contains(answer.lowercased()) else {
      throw RecordDialogue.ended
    }
  }

  /// What the program states itself, and what has an option of its own.
  private static let own: Set<UInt8> = [
    Fields.author.tag, Fields.actorRole.tag, Fields.batch.tag, Fields.target.tag, Fields.reason.tag,
    Fields.attribute.tag, Fields.otherParticipant.tag,
  ]

  // MARK: One question

  /// Asks until an answer can be read.
  ///
  /// - Parameters:
  ///   - help: What `?` shows.
  ///   - empty: What an empty line means; without it the question is asked again.
  private func ask<Value>(
    _ question: LocalizedText, help: () -> String = { "" }, empty: Value? = nil,
    _ read: (String) throws -> Value
  ) throws -> Value {
    while true {
      try write(question)
      guard let text = line() else {
        // Nobody ended the line.
        try StandardStream.error.write("\n")
        throw RecordDialogue.ended
      }
      if text.isEmpty {
        if let empty { return empty }
        continue
      }
      if text == "?" || text == "\t" {
        say(LocalizedText(verbatim: help()))
        continue
      }
      do { return try read(text) } catch {
        let failure = Failure(error)
        say(failure.message)
        if let advice = failure.advice { say(advice) }
      }
    }
  }

  private func question(_ field: FieldDefinition) -> LocalizedText {
    let label = FieldLabels.label(field)
    let hint: LocalizedText
    switch field.type {
    case .code(let list) where list.entries.count <= 6:
      let names = list.entries.map(\.entry.label)
      hint = .init(
        en: " (\(names.map(\.en).joined(separator: ", ")))",
        de: " (\(names.map(\.de).joined(separator: ", ")))")
    case .code: hint = .init(en: " (? lists)", de: " (? zeigt alle)")
    case .boolean: hint = .init(en: " (yes, no)", de: " (ja, nein)")
    case .date: hint = .init(en: " (2026-06-30)", de: " (30.06.2026)")
    case .decimal: hint = .init(en: " (1.5)", de: " (1,5)")
    case .integer, .text: hint = LocalizedText(verbatim: "")
    }
    return label + hint + LocalizedText(verbatim: ": ")
  }

  /// The codes of a field in words, numbered.
  private func choices(_ field: FieldDefinition) -> String {
    guard case .code(let list) = field.type else { return FieldLabels.label(field)(language) }
    return list.entries.enumerated().map { place, item in
      "\(place + 1)".padded(to: 4) + item.entry.code.padded(to: 16) + item.entry.label(language)
    }.joined(separator: "\n")
  }

  /// The event with a field as somebody typed it: a code, its number in the list, or the beginning of
  /// its wording.
  private func state(
    _ text: String, _ field: FieldDefinition, _ event: JourneyEvent
  ) throws -> JourneyEvent {
    var written = text
    var several: Failure?
    if case .code(let list) = field.type, list.rawValue(of: text) == nil {
      if let number = Int(text), list.entries.indices.contains(number - 1) {
        written = list.entries[number - 1].entry.code
      } else {
        let begun = list.entries.filter { begins($0.entry.label, with: text) }
        if begun.count == 1 { written = begun[0].entry.code }
        several = self.several(text, begun.map(\.entry.label))
      }
    }
    var stated = event
    do { try StatedFields.set(["\(field.name)=\(written)"], in: &stated) } catch {
      throw several ?? Failure(error)
    }
    return stated
  }

  /// What to say of a beginning that several wordings have; nil where it is no such beginning.
  private func several(_ text: String, _ labels: [LocalizedText]) -> Failure? {
    guard labels.count > 1 else { return nil }
    return Failure(
      .init(
        en: "“\(text)” begins several: \(labels.map(\.en).joined(separator: ", ")).",
        de: "Mit „\(text)“ beginnen mehrere: \(labels.map(\.de).joined(separator: ", "))."),
      advice: .init(
        en: "Type so much that one is left.", de: "Bitte so viel tippen, dass eines übrig bleibt."),
      .usage)
  }

  /// Whether a wording in either language begins like that; of a whole word it is the word itself.
  private func begins(_ label: LocalizedText, with text: String) -> Bool {
    [label.en, label.de].contains { $0.lowercased().hasPrefix(text.lowercased()) }
  }

  // MARK: The terminal

  private func write(_ text: LocalizedText) throws {
    try StandardStream.error.write(text(language))
  }

  private func say(_ text: LocalizedText) {
    try? StandardStream.error.write(console.messages.wrapped(text(language)) + "\n")
  }

  private func line() -> String? {
    readLine(strippingNewline: true).map { line in
      line.split(separator: " ").joined(separator: " ")
    }
  }
}
