import Journey
import ProjectionEngine

/// The formulas of a question's figures; `docs/methods.md` has all of them with their sources.
enum FormulaText {
  static func lines(_ definition: QuestionDefinition) -> [LocalizedText] {
    switch definition.content {
    case .timeToEvent(let content): curve(content)
    case .table(let content):
      curve(content.timeToEvent) + [
        LocalizedText(
          en: "crude = those with the outcome ÷ those followed to the horizon or to an event before"
            + " it, of whom it is due",
          de: "roh = die mit dem Ergebnis ÷ die, die bis zum Termin oder einem Ereignis davor"
            + " verfolgt wurden, unter den Fälligen")
      ]
    case .shares(let content): shares(content)
    case .states(let content): states(content)
    case .sequences:
      [
        LocalizedText(
          en: "share of a shape = people with it ÷ people whose periods are all over; rate j → k ="
            + " moves from j to k ÷ periods in j that another follows",
          de:
            "Anteil eines Verlaufs = Menschen mit ihm ÷ Menschen, deren Perioden alle vorbei sind;"
            + " Rate j → k = Wechsel von j nach k ÷ Perioden in j, denen eine folgt")
      ]
    }
  }

  private static func curve(_ content: TimeToEventDefinition) -> [LocalizedText] {
    let isRobust = content.unit != .person || content.weight?.kind == .sampling
    let error =
      isRobust
      ? LocalizedText(
        en: "standard error: infinitesimal jackknife, people as clusters",
        de: "Standardfehler: infinitesimales Jackknife, Personen als Cluster")
      : LocalizedText(
        en: "standard error after Greenwood", de: "Standardfehler nach Greenwood")
    let own: LocalizedText =
      content.competing.isEmpty
      ? LocalizedText(
        en: "S(t) = ∏ (1 − d/n) over the times up to t (Kaplan–Meier): d events among n at risk; ",
        de: "S(t) = ∏ (1 − d/n) über die Zeiten bis t (Kaplan–Meier): d Ereignisse unter n"
          + " Beobachteten; ")
      : LocalizedText(
        en: "Fₖ(t) = Σ S(s−) dₖ/n over the times s up to t (Aalen–Johansen): dₖ events of cause k"
          + " among n at risk, S the share to whom nothing happened; ",
        de: "Fₖ(t) = Σ S(s−) dₖ/n über die Zeiten s bis t (Aalen–Johansen): dₖ Ereignisse der"
          + " Ursache k unter n Beobachteten, S der Anteil, dem nichts geschah; ")
    return [own + error]
  }

  private static func shares(_ content: ShareDefinition) -> [LocalizedText] {
    let numbers: LocalizedText? =
      content.values.isEmpty
      ? nil
      : LocalizedText(
        en: "median and 90% quantile linear between the numbers around (n − 1) p, their limits the"
          + " numbers of binomial ranks; mean ± t s ÷ √n, t Student's for n − 1",
        de: "Median und 90-%-Quantil linear zwischen den Zahlen um (n − 1) p, ihre Grenzen die"
          + " Zahlen binomialer Ränge; Mittel ± t s ÷ √n, t nach Student für n − 1")
    guard !content.rows.isEmpty else { return [numbers].compactMap(\.self) }
    let weighted: LocalizedText? =
      switch content.weight?.kind {
      case nil: nil
      case .frequency:
        LocalizedText(
          en: "yes, no, unknown and due are sums of frequencies, limits after Wilson for so many",
          de: "ja, nein, unbekannt und fällig sind Summen von Häufigkeiten, Grenzen nach Wilson für"
            + " so viele")
      case .sampling:
        LocalizedText(
          en: "yes, no, unknown and due are sums of weights w; σ² of known p = n ÷ (n − 1) · Σ w²"
            + " (y − p)² ÷ (Σ w)², limits after Wilson for p (1 − p) ÷ σ² units",
          de: "ja, nein, unbekannt und fällig sind Summen von Gewichten w; σ² von bekannt p ="
            + " n ÷ (n − 1) · Σ w² (y − p)² ÷ (Σ w)², Grenzen nach Wilson für p (1 − p) ÷ σ²"
            + " Einheiten")
      }
    return [
      content.rows.contains { $0.canBeKnownEarly }
        ? LocalizedText(
          en: "all = yes ÷ due; heard of = yes and no of those of whom the contrary would be known,"
            + " too; known = yes ÷ heard of among these, limits after Wilson; coverage = heard of ÷"
            + " due; bounds = yes ÷ due to (yes + unknown) ÷ due; known is left out where fewer than"
            + " ten are heard of or where it lies outside the bounds",
          de: "alle = ja ÷ fällig; gehört = Ja und Nein derer, von denen auch das Gegenteil bekannt"
            + " wäre; bekannt = ja ÷ gehört unter diesen, Grenzen nach Wilson; Abdeckung = gehört ÷"
            + " fällig; Schranken = ja ÷ fällig bis (ja + unbekannt) ÷ fällig; bekannt entfällt, wo"
            + " man von weniger als zehn hörte oder es außerhalb der Schranken läge")
        : LocalizedText(
          en: "all = yes ÷ due; known = yes ÷ (yes + no), limits after Wilson; coverage = (yes +"
            + " no) ÷ due; bounds = yes ÷ due to (yes + unknown) ÷ due",
          de: "alle = ja ÷ fällig; bekannt = ja ÷ (ja + nein), Grenzen nach Wilson; Abdeckung ="
            + " (ja + nein) ÷ fällig; Schranken = ja ÷ fällig bis (ja + unbekannt) ÷ fällig")
    ] + [weighted, numbers].compactMap(\.self)
  }

  private static func states(_ content: StateDefinition) -> [LocalizedText] {
    content.isFollowed
      ? [
        LocalizedText(
          en:
            "p(t) = p(0) ∏ H(s) over the times up to t (Aalen–Johansen): Hⱼₖ = moves from j to k ÷"
            + " people in j",
          de:
            "p(t) = p(0) ∏ H(s) über die Zeiten bis t (Aalen–Johansen): Hⱼₖ = Wechsel von j nach k"
            + " ÷ Menschen in j")
      ]
      : [
        LocalizedText(
          en: "share j → k = people in j on the index day and in k on the horizon ÷ people in j on"
            + " the index day",
          de: "Anteil j → k = Menschen, die am Starttag in j und zum Termin in k sind ÷ Menschen,"
            + " die am Starttag in j sind")
      ]
  }
}
