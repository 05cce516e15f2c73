import Definitions
import Journey

extension ExpressionChecker {
  /// Whether a word names something that has a value by itself.
  func isKnownName(_ name: String) -> Bool {
    ExpressionName(rawValue: name) != nil || ProfileField.named(name) != nil
      || environment.parameters[name] != nil
  }

  mutating func word(_ text: String, _ range: Range<Int>) -> Typed? {
    if let name = ExpressionName(rawValue: text) {
      guard environment.names.contains(name) else { return note(unavailable(name, range)) }
      return value(of: name)
    }
    if let field = ProfileField.named(text) { return value(of: field) }
    if let parameter = environment.parameters[text] {
      use(parameter)
      switch parameter.value {
      case .number: return .number(.parameter(parameter))
      case .length(let length): return .length(.parameter(parameter), length.unit)
      case .day: return .moment(.parameter(parameter))
      case .table:
        return note(
          .other(
            "D-EXPRESSION", en: "“\(text)” changes with the day.",
            de: "„\(text)“ ändert sich mit dem Tag.",
            hint: LocalizedText(
              en: "Say of which day: \(text)(at index).",
              de: "Bitte den Tag nennen: \(text)(at index)."), range))
      }
    }
    if let function = ExpressionFunction(rawValue: text) {
      return note(
        .other(
          "D-EXPRESSION", en: "“\(text)” is a function and needs its arguments.",
          de: "„\(text)“ ist eine Funktion und braucht ihre Angaben.",
          hint: LocalizedText(verbatim: function.signature), range))
    }
    return note(.unknownName(text, among: knownNames, hint: namesHint, range))
  }

  private var knownNames: [String] {
    environment.names.map(\.rawValue).sorted() + ProfileField.all.map(\.name)
      + environment.parameters.parameters.map(\.name)
      + ExpressionFunction.allCases.map(\.rawValue)
  }

  private var namesHint: LocalizedText {
    LocalizedText(
      en: "projections/README.md lists names and functions.",
      de: "projections/README.md nennt Namen und Funktionen.")
  }

  private func unavailable(_ name: ExpressionName, _ range: Range<Int>) -> ExpressionMistake {
    let place =
      switch name {
      case .horizon: LocalizedText(en: "in questions with horizons", de: "in Fragen mit Horizonten")
      case .day: LocalizedText(en: "in states", de: "in Zuständen")
      default: LocalizedText(en: "where records are counted", de: "wo Einträge gezählt werden")
      }
    return .other(
      "D-EXPRESSION", en: "“\(name.rawValue)” stands only \(place.en).",
      de: "„\(name.rawValue)“ steht nur \(place.de).", range)
  }

  private mutating func value(of name: ExpressionName) -> Typed {
    switch name {
    case .index: return .moment(.index)
    case .entry:
      // Which participation is meant depends on operations, which stand in the details.
      (needs.entry, needs.details) = (true, true)
      return .moment(.entry)
    case .exit:
      (needs.exit, needs.details) = (true, true)
      return .moment(.exit)
    case .cut: return .moment(.cut)
    case .seen: return .moment(.seen)
    case .day:
      needs.day = true
      return .moment(.day)
    case .horizon:
      needs.horizon = true
      return .length(.horizon(environment.clock), environment.clock)
    case .lag:
      needs.recordedDays = true
      return .length(.lag, .day)
    case .age:
      needs.entry = true
      return .number(.age(birthYear: birthYear(), .entry))
    case .residenceClass:
      let slot = slot(
        Fields.residence.name, .codes(CodeListReference(ResidenceStatus.self)), isProfile: true)
      return .code(.residenceClassAtEntry(slot: slot), CodeListReference(ResidenceClass.self))
    case .placementKind: return .code(.placementKind, CodeListReference(PlacementKind.self))
    case .exitReason:
      (needs.exit, needs.details) = (true, true)
      return .code(.exitReason, CodeListReference(ExitReason.self))
    case .exitType:
      (needs.exit, needs.details) = (true, true)
      return .code(.exitType, CodeListReference(ExitType.self))
    case .dropout:
      needs.details = true
      return .truth(.dropout)
    case .improvementStated:
      needs.details = true
      return .truth(.improvementStated)
    case .inSample:
      needs.details = true
      return .truth(.inSample)
    }
  }

  mutating func birthYear() -> Int {
    slot(Fields.birthYear.name, .number, isProfile: true)
  }

  private mutating func value(of field: ProfileField) -> Typed {
    switch field.type {
    case .code(let list) where list.name == Answer.listName:
      return .truth(.stated(slot: slot(field.name, .answer, isProfile: true)))
    case .code(let list):
      let list = CodeListReference(list)
      return .code(.stated(slot: slot(field.name, .codes(list), isProfile: true)), list)
    case .integer: return .number(.stated(slot: slot(field.name, .number, isProfile: true)))
    default: return .text(slot: slot(field.name, .texts([]), isProfile: true))
    }
  }
}
