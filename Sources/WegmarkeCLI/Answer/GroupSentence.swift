import Journey

/// Groups side by side, as a sentence.
struct GroupSentence {
  /// One group's figure.
  struct Part {
    let name: String
    let value: Double
    let shown: String
    /// Limits in brackets, with a blank before them; nothing where there are none.
    let limits: String
  }

  let language: Language

  /// So many groups a sentence names, each with its figure.
  private static let mostNamed = 4

  /// All groups, or of many the lowest and the highest.
  func text(_ lead: String, _ groups: [Part]) -> String {
    func said(_ part: Part) -> String { "\(part.name) \(part.shown)\(part.limits)" }
    guard groups.count > Self.mostNamed else {
      return lead + groups.map(said).joined(separator: "; ") + "."
    }
    let sorted = groups.sorted { $0.value < $1.value }
    let (least, most) = (said(sorted[0]), said(sorted[sorted.count - 1]))
    return lead
      + LocalizedText(
        en: "in \(groups.count) groups with enough people from \(least) to \(most).",
        de: "in \(groups.count) Gruppen mit genug Personen zwischen \(least) und \(most).")(
        language)
  }
}
