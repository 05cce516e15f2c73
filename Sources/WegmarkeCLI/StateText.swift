import Journey
import Presentation
import Projections

/// Current states in words.
struct StateText {
  private let language: Language
  private let words: EventText

  init(_ language: Language) {
    self.language = language
    self.words = EventText(language)
  }

  /// The three regions, each with its name: participation, work or training, residence.
  func regions(_ state: CurrentState) -> [String] {
    [
      LocalizedText(
        en: "Participation: \(participation(state))", de: "Teilnahme: \(participation(state))"),
      LocalizedText(
        en: "Work or training: \(labour(state))", de: "Arbeit/Ausbildung: \(labour(state))"),
      LocalizedText(en: "Residence: \(residence(state))", de: "Aufenthalt: \(residence(state))"),
    ].map { $0(language) }
  }

  /// The participation.
  func participation(_ state: CurrentState) -> String {
    let text: LocalizedText
    switch state.participation {
    case .contact: text = .init(en: "contact only", de: "nur Kontakt")
    case .active(let day):
      text = .init(en: "active since \(words.date(day))", de: "läuft seit \(words.date(day))")
    case .paused(let day):
      text = .init(
        en: "paused since \(words.date(day))", de: "unterbrochen seit \(words.date(day))")
    case .exited(let day, _):
      text = .init(en: "ended \(words.date(day))", de: "beendet \(words.date(day))")
    case .deceased(let day):
      text = .init(en: "died \(words.date(day))", de: "verstorben \(words.date(day))")
    }
    return text(language)
  }

  /// Work, training and school.
  func labour(_ state: CurrentState) -> String {
    let text: LocalizedText
    switch state.labour {
    case .unknown: text = .init(en: "unknown", de: "unbekannt")
    case .placed(let kind, let day, let count):
      let more = count > 1 ? " (+\(count - 1))" : ""
      text = .init(
        en: "\(name(kind, .english)) since \(words.date(day))\(more)",
        de: "\(name(kind, .german)) seit \(words.date(day))\(more)")
    case .ended(let kind, let day):
      text = .init(
        en: "\(name(kind, .english)) ended \(words.date(day))",
        de: "\(name(kind, .german)) beendet \(words.date(day))")
    case .reported(let status, let day):
      text = .init(
        en: "\(status.label(.english)) since \(words.date(day))",
        de: "\(status.label(.german)) seit \(words.date(day))")
    }
    return text(language)
  }

  private func name(_ kind: PlacementKind?, _ language: Language) -> String {
    kind?.label(language) ?? LocalizedText(en: "placement", de: "Tätigkeit")(language)
  }

  /// The residence status.
  func residence(_ state: CurrentState) -> String {
    state.residence?.status.label(language)
      ?? LocalizedText(en: "unknown", de: "unbekannt")(language)
  }
}
