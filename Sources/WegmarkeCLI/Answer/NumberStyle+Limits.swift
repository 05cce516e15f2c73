import Journey
import Presentation
import Statistics

extension CurveVariance {
  /// What the standard errors are, as a choice on a page.
  func words(_ language: Language) -> String {
    switch self {
    case .greenwood:
      LocalizedText(en: "standard errors: Greenwood", de: "Standardfehler: Greenwood")(language)
    case .infinitesimalJackknife:
      LocalizedText(
        en: "standard errors: robust, people as clusters",
        de: "Standardfehler: robust, Personen als Cluster")(language)
    }
  }
}

extension NumberStyle {
  /// The limits of a share; a dash where they coincide, for nothing was observed that could bound it.
  func limits(_ limits: ConfidenceLimits?) -> String {
    guard let limits, limits.lower < limits.upper else { return Self.undefined }
    return percentRange(limits.lower, limits.upper)
  }

  /// The limits of a share behind it in a sentence, with a blank before them; nothing without any.
  func inBrackets(_ limits: ConfidenceLimits?) -> String {
    let text = self.limits(limits)
    return text == Self.undefined ? "" : " (\(text))"
  }

  /// A standard error; a dash for 0, which says that nothing was seen and not that all is known.
  func standardError(_ error: Double?) -> String {
    error == 0 ? Self.undefined : decimal(error, places: 4)
  }
}
