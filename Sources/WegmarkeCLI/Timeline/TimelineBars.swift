import Journey
import Keyring
import Presentation
import Projections

/// The journey of a timeline as bars over the years.
struct TimelineBars {
  let chart: JourneyBarChart

  init(_ page: TimelinePage) {
    let language = page.language
    var lanes: [String: [JourneyBarChart.Bar]] = [:]
    let names = [
      LocalizedText(en: "Participation", de: "Teilnahme"),
      LocalizedText(en: "Measures", de: "Maßnahmen"),
      LocalizedText(en: "Work, training", de: "Arbeit, Ausbildung"),
      LocalizedText(en: "Residence", de: "Aufenthalt"),
    ].map { $0(language) }
    for spell in page.timeline.spells(until: page.knowledge.referenceDay) {
      let (lane, label, color) = TimelineBars.looks(spell.kind)
      lanes[names[lane], default: []].append(
        .init(label(language), from: spell.start, to: spell.end, color))
    }
    let who = page.isRedacted ? "" : page.identity?.code.description ?? page.asked
    var chart = JourneyBarChart(
      title: who.isEmpty
        ? LocalizedText(en: "The journey of one person", de: "Der Weg einer Person")(language)
        : LocalizedText(en: "The journey of \(who)", de: "Der Weg von \(who)")(language),
      lanes: names.map { .init($0, lanes[$0] ?? []) },
      until: page.knowledge.referenceDay, language: language)
    if page.knowledge.isSimulated { chart.footnotes.append(Knowledge.simulated(language)) }
    chart.footnotes.append(page.knowledge.basis(language))
    self.chart = chart
  }

  private static func looks(
    _ kind: JourneySpell.Kind
  ) -> (lane: Int, label: LocalizedText, color: StateColor) {
    switch kind {
    case .participation: (0, .init(en: "in the programme", de: "im Programm"), .open)
    case .pause: (0, .init(en: "suspended", de: "unterbrochen"), .left)
    case .measure(let kind):
      (1, words(kind, .init(en: "measure", de: "Maßnahme")), .course)
    case .placement(let kind):
      (2, words(kind, .init(en: "placement", de: "Tätigkeit")), color(kind))
    case .residence(let status): (3, words(status, .init(en: "", de: "")), .inactive)
    }
  }

  private static func words(_ code: (some CodeList)?, _ none: LocalizedText) -> LocalizedText {
    guard let code else { return none }
    return LocalizedText(en: code.label(.english), de: code.label(.german))
  }

  private static func color(_ kind: PlacementKind?) -> StateColor {
    switch kind {
    case .miniJob: .partWork
    case .dualTraining, .vocationalSchool, .introductoryTraining: .training
    case .school: .school
    case nil, .internship, .voluntaryYear, .workOpportunity: .other
    default: .work
    }
  }
}
