import Journey
import Presentation
import ProjectionEngine

extension TimeToEventAnswer {
  /// Whether curves are of groups: by attributes, or of the file's own.
  var isGrouped: Bool { question.isGrouped }

  /// A group's name in words.
  func name(_ values: [String?], _ language: Language) -> String {
    question.name(values, language)
  }
}

extension TimeToEventQuestion {
  /// Whether people are told apart: by attributes, or by the file's own groups.
  var isGrouped: Bool { !groupedBy.isEmpty || !groups.isEmpty }

  /// A group's name in words.
  func name(_ values: [String?], _ language: Language) -> String {
    let labels = Dictionary(groups.map { ($0.code, $0.label) }) { one, _ in one }
    return GroupName.text(values, by: groupedBy, labels: labels, language)
  }
}

extension TimeToEventQuestion {
  /// How far people are followed, where it is not to their last confirmed day or the reference day.
  func unusualObservation(_ language: Language) -> [String] {
    let followed: LocalizedText? =
      switch censoring {
      case .lastConfirmedDay: nil
      case .dataCut: LocalizedText(en: "all followed to the end", de: "alle bis zum Ende verfolgt")
      case .exit: LocalizedText(en: "followed to the exit", de: "verfolgt bis zum Austritt")
      }
    let cut = dataCut.map { day in
      LocalizedText(
        en: "data end \(EventText(.english).date(day))",
        de: "Daten bis \(EventText(.german).date(day))")
    }
    return [followed, cut].compactMap { $0?(language) }
  }

  /// Since when the clock runs, in words.
  var since: LocalizedText {
    switch origin {
    case .entry: LocalizedText(en: "since entry", de: "seit dem Eintritt")
    case .exit, .everyExit: LocalizedText(en: "since exit", de: "seit dem Austritt")
    case .firstTraining, .everyTraining:
      LocalizedText(en: "since the training began", de: "seit Beginn der Ausbildung")
    case .firstPlacement, .everyPlacement, .everyRecord:
      LocalizedText(en: "since job start", de: "seit der Arbeitsaufnahme")
    }
  }
}
