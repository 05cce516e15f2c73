import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a question of kind `point` or `count` gave, as a sentence.
struct ShareSentence {
  let answer: ShareAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var isPoint: Bool { answer.definition.kind == .point }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The last horizon of which enough are known, the first row of a `count`, or the first number; of
  /// several groups side by side.
  var text: String? {
    guard answer.groups.count == 1, let group = answer.groups.first else { return compared }
    guard isPoint else { return count(group.cells.first) ?? number(group.numbers.first) }
    guard group.cells.contains(where: { $0.heard.answered > 0 }) else {
      return group.cells.contains { $0.shares.due > 0 } ? nothingKnown : nil
    }
    let quoted = group.cells.filter { $0.shares.answered >= AnswerPage.fewestToQuote }
    guard let cell = quoted.last(where: { isQuotable($0) }) ?? quoted.last else {
      return AnswerPage.fewObserved(language)
    }
    let known = numbers.percent(cell.known)
    let limits = numbers.percentRange(cell.limits?.lower, cell.limits?.upper)
    let bounds = numbers.percentRange(cell.bounds?.lower, cell.bounds?.upper)
    let due = numbers.integer(cell.shares.due)
    let lead = after(cell.horizon).map { $0 + ": " } ?? ""
    guard isQuotable(cell) else {
      return lead
        + word(
          "\(bounds) whatever the unknown would say; \(due) due. Too few were seen throughout to"
            + " speak for the others.",
          "\(bounds), gleich was die Unbekannten sagen würden; \(due) fällig. Zu wenige wurden"
            + " durchgehend beobachtet, um für die anderen zu sprechen.")
    }
    return lead
      + word(
        "\(known) of those heard of (\(limits)); \(bounds) whatever the unknown would say;"
          + " \(due) due.",
        "\(known) derer, von denen man es weiß (\(limits)); \(bounds), gleich was die"
          + " Unbekannten sagen würden; \(due) fällig.")
  }

  /// Whether so much is known that a sentence should quote the known share.
  private func isQuotable(_ cell: ShareAnswer.Cell) -> Bool {
    cell.known != nil && cell.heard.answered >= AnswerPage.fewestToQuote
  }

  /// What stands in place of a comparison.
  private var fewKnown: String {
    let fewest = AnswerPage.fewestToQuote
    return word(
      "Too few are known for a sentence: fewer than \(fewest) in every group but one, or in all.",
      "Zu wenige sind bekannt für einen Satz: weniger als \(fewest) in jeder Gruppe bis auf eine,"
        + " oder in allen.")
  }

  /// A horizon as the beginning of a sentence; nil at 0.
  private func after(_ horizon: Double) -> String? {
    guard horizon > 0 else { return nil }
    let clock = answer.question.clock.counted
    return word("After \(clock(horizon, .english))", "Nach \(clock(horizon, .german))")
  }

  /// How many have what a row asks.
  private func count(_ cell: ShareAnswer.Cell?) -> String? {
    guard let cell, cell.shares.due > 0 else { return nil }
    guard cell.shares.answered > 0 else { return nothingKnown }
    let (shares, label) = (cell.shares, cell.row.label(language))
    let (yes, due) = (numbers.integer(shares.yes), numbers.integer(shares.due))
    let all =
      (cell.weighted == nil ? "" : word("weighted ", "gewichtet ")) + numbers.percent(cell.all)
    let unknown =
      shares.unknown == 0
      ? ""
      : word(", at most ", ", höchstens ") + numbers.percent(cell.bounds?.upper)
        + word(" if all the unknown were a yes", ", wenn alle Unbekannten ein Ja wären")
    return word(
      "\(label): \(yes) of \(due) due (\(all)\(unknown)).",
      "\(label): \(yes) von \(due) Fälligen (\(all)\(unknown)).")
  }

  /// What stands in place of a sentence where of nobody due anything is known.
  private var nothingKnown: String {
    word(
      "Not computable: what it asks is not recorded of anybody due.",
      "Nicht berechenbar: Wonach sie fragt, ist von niemandem Fälligen erfasst.")
  }

  /// A number summed up.
  private func number(_ number: ShareAnswer.Number?) -> String? {
    guard let number, let first = number.summaries.first, let value = first.number else {
      return nil
    }
    guard number.known >= AnswerPage.fewestToQuote else { return nil }
    let (name, known) = (number.value.label(language), numbers.integer(number.known))
    let shown = numbers.figure(value) + limits(of: first)
    let label = first.summary.label(language)
    return word(
      "\(name): \(label) \(shown), of \(known) of whom it is known.",
      "\(name): \(label) \(shown), bei \(known), von denen man es weiß.")
  }

  private func limits(of summary: ShareAnswer.Summary) -> String {
    guard let limits = summary.limits else { return "" }
    let range = numbers.range(numbers.figure(limits.lower), numbers.figure(limits.upper))
    return " (\(range))"
  }

  // MARK: - Several groups

  private var names: ShareRows { ShareRows(answer: answer, language: language) }

  /// The groups of which enough is known: of a `point` at the last horizon at which two have as much.
  private var compared: String? {
    guard let first = answer.groups.first else { return nil }
    guard !first.cells.isEmpty else { return comparedNumbers }
    let places = isPoint ? Array(first.cells.indices.reversed()) : [0]
    for place in places {
      let groups = answer.groups.filter { group in
        let cell = group.cells[place]
        return isPoint
          ? isQuotable(cell) : cell.shares.answered >= AnswerPage.fewestToQuote
      }
      guard groups.count > 1 else { continue }
      let cell = first.cells[place]
      let lead =
        isPoint
        ? (after(cell.horizon).map { $0 + ", " } ?? "")
          + word("of those heard of: ", "unter denen, von denen man es weiß: ")
        : cell.row.label(language) + word(", of those due: ", ", unter den Fälligen: ")
      return GroupSentence(language: language).text(
        lead.prefix(1).uppercased() + lead.dropFirst(),
        groups.map { group in
          let cell = group.cells[place]
          let share = isPoint ? cell.known : cell.all
          return GroupSentence.Part(
            name: names.name(group), value: share ?? 0, shown: numbers.percent(share),
            limits: isPoint ? numbers.inBrackets(cell.limits) : "")
        })
    }
    return fewKnown
  }

  private var comparedNumbers: String? {
    let groups = answer.groups.filter {
      ($0.numbers.first?.known ?? 0) >= AnswerPage.fewestToQuote
    }
    guard groups.count > 1, let number = groups[0].numbers.first,
      let first = number.summaries.first
    else { return fewKnown }
    return GroupSentence(language: language).text(
      "\(number.value.label(language)), \(first.summary.label(language)): ",
      groups.compactMap { group in
        guard let summary = group.numbers[0].summaries.first, let value = summary.number else {
          return nil
        }
        return GroupSentence.Part(
          name: names.name(group), value: value, shown: numbers.figure(value),
          limits: limits(of: summary))
      })
  }
}

extension ValueSummary {
  /// What it is called.
  var label: LocalizedText {
    switch self {
    case .median: LocalizedText(en: "median", de: "Median")
    case .p90: LocalizedText(en: "90% quantile", de: "90-%-Quantil")
    case .mean: LocalizedText(en: "mean", de: "Mittel")
    case .sum: LocalizedText(en: "sum", de: "Summe")
    }
  }
}

extension NumberStyle {
  /// A number taken of people: whole ones without decimals, others with two; a dash for none.
  func figure(_ value: Double?) -> String {
    decimal(value, places: value == value?.rounded() ? 0 : 2)
  }
}
