import Journey

// Days, periods and numbers in words. German days stand in the dative: “dem Starttag”.

extension QuestionExpression {
  func on(_ day: MomentNode, _ words: LocalizedText) -> LocalizedText {
    let day = moment(day)
    return LocalizedText(en: "\(words.en) on \(day.en)", de: "\(words.de) an \(day.de)")
  }

  func moment(_ node: MomentNode) -> LocalizedText {
    switch node {
    case .index: return ExpressionName.index.words
    case .entry: return ExpressionName.entry.words
    case .exit: return ExpressionName.exit.words
    case .cut: return ExpressionName.cut.words
    case .seen: return ExpressionName.seen.words
    case .day: return ExpressionName.day.words
    case .date(let day): return date(day)
    case .parameter(let parameter):
      guard case .day(let day) = parameter.value else { return LocalizedText(verbatim: "?") }
      let date = date(day)
      return LocalizedText(
        en: "\(date.en) (\(parameter.name))", de: "\(date.de) (\(parameter.name))")
    case .shifted(let day, let sign, let by, let unit):
      let day = moment(day)
      let (after, nach) = sign > 0 ? ("after", "nach") : ("before", "vor")
      if case .length(let length) = by, length.count == 1, unit == .day {
        return LocalizedText(en: "the day \(after) \(day.en)", de: "dem Tag \(nach) \(day.de)")
      }
      let amount = number(by)
      return LocalizedText(
        en: "the day \(amount.en) \(after) \(day.en)",
        de: "dem Tag \(amount.de) \(nach) \(day.de)")
    case .referenceDay(let count, let after, let dayOfMonth):
      let day = moment(after)
      let (nth, rank) = (ordinal(count), ordinal(dayOfMonth))
      return LocalizedText(
        en: "the \(rank.en) of the \(nth.en) month after that of \(day.en)",
        de: "dem \(rank.de) Tag des \(nth.de) Monats nach dem Monat mit \(day.de)")
    }
  }

  func period(_ node: PeriodNode) -> LocalizedText {
    switch node {
    case .between(let from, let to, let end):
      let (from, to) = (moment(from), moment(to))
      if end == .through {
        return LocalizedText(
          en: "from \(from.en) through \(to.en)", de: "von \(from.de) bis einschließlich \(to.de)")
      }
      return LocalizedText(
        en: "from \(from.en) to the day before \(to.en)",
        de: "von \(from.de) bis zum Tag vor \(to.de)")
    case .quarter(let count, let after):
      let (nth, day) = (ordinal(count), moment(after))
      return LocalizedText(
        en: "in the \(nth.en) calendar quarter after that of \(day.en)",
        de: "im \(nth.de) Kalendervierteljahr nach dem Vierteljahr mit \(day.de)")
    case .month(let count, let after):
      let (nth, day) = (ordinal(count), moment(after))
      return LocalizedText(
        en: "in the \(nth.en) calendar month after that of \(day.en)",
        de: "im \(nth.de) Kalendermonat nach dem Monat mit \(day.de)")
    }
  }

  func ordinal(_ count: CountNode) -> LocalizedText {
    let number = count.value
    let ending =
      switch (number % 10, number % 100) {
      case (_, 11...13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return LocalizedText(en: "\(number)\(ending)", de: "\(number).")
  }

  private func date(_ day: Day) -> LocalizedText {
    let (year, month, number) = day.parts
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return LocalizedText(en: day.description, de: "dem \(two(number)).\(two(month)).\(year)")
  }

  /// A length as “28 days”, in German in the nominative.
  static func length(_ count: String, _ unit: ClockUnit) -> LocalizedText {
    let one = count == "1"
    switch unit {
    case .day:
      return LocalizedText(
        en: "\(count) \(one ? "day" : "days")", de: "\(count) \(one ? "Tag" : "Tage")")
    case .month:
      return LocalizedText(
        en: "\(count) \(one ? "month" : "months")", de: "\(count) \(one ? "Monat" : "Monate")")
    }
  }

  private func plain(_ value: Double) -> LocalizedText {
    let text = Parameter.text(value)
    return LocalizedText(en: text, de: String(text.map { $0 == "." ? "," : $0 }))
  }

  func number(_ node: NumberNode) -> LocalizedText {
    switch node {
    case .number(let value): return plain(value)
    case .length(let length): return Self.length("\(length.count)", length.unit)
    case .parameter(let parameter):
      var value = LocalizedText(verbatim: parameter.written)
      switch parameter.value {
      case .length(let length): value = Self.length("\(length.count)", length.unit)
      case .number(let number): value = plain(number)
      default: break
      }
      return LocalizedText(
        en: "\(value.en) (\(parameter.name))", de: "\(value.de) (\(parameter.name))")
    case .table(let parameter, let day):
      return on(
        day,
        LocalizedText(
          en: "\(parameter.meaning.en) (\(parameter.name))",
          de: "\(parameter.meaning.de) (\(parameter.name))"))
    case .horizon(let unit): return Self.length("h", unit)
    case .lag: return ExpressionName.lag.words
    case .stated(let slot): return attributeName(slot)
    case .age(_, .entry): return LocalizedText(en: "age at entry", de: "Alter bei Eintritt")
    case .age(_, let day): return on(day, LocalizedText(en: "age", de: "Alter"))
    case .negative(let value):
      let words = number(value)
      return LocalizedText(en: "minus \(words.en)", de: "minus \(words.de)")
    case .arithmetic(let sign, let left, let right):
      let (left, right) = (part(left, of: sign), part(right, of: sign, isRight: true))
      let words: LocalizedText =
        switch sign {
        case .plus: LocalizedText(verbatim: "+")
        case .minus: LocalizedText(verbatim: "−")
        case .times: LocalizedText(verbatim: "×")
        case .dividedBy: LocalizedText(en: "divided by", de: "geteilt durch")
        }
      return LocalizedText(
        en: "\(left.en) \(words.en) \(right.en)", de: "\(left.de) \(words.de) \(right.de)")
    case .daysBetween(let from, let to):
      let (from, to) = (moment(from), moment(to))
      return LocalizedText(
        en: "the days from \(from.en) to \(to.en)", de: "die Tage von \(from.de) bis zu \(to.de)")
    case .days(let days):
      let words = period(days)
      return LocalizedText(en: "all days \(words.en)", de: "alle Tage \(words.de)")
    case .daysWorked(let days, let work):
      let (words, kinds) = (period(days), kinds(work))
      return LocalizedText(
        en: "the days in work\(kinds.en) \(words.en)",
        de: "die Tage in Arbeit\(kinds.de) \(words.de)")
    case .pay(let days, let work):
      let (words, kinds) = (period(days), kinds(work))
      return LocalizedText(
        en: "gross pay\(kinds.en) in euros \(words.en)",
        de: "Bruttoverdienst\(kinds.de) in Euro \(words.de)")
    case .monthlyPay(let day, let work):
      let kinds = kinds(work)
      return on(
        day,
        LocalizedText(
          en: "gross monthly pay\(kinds.en) in euros",
          de: "Bruttomonatsverdienst\(kinds.de) in Euro"))
    case .weeklyHours(let day, let work):
      let kinds = kinds(work)
      return on(
        day, LocalizedText(en: "weekly hours\(kinds.en)", de: "Wochenstunden\(kinds.de)"))
    case .skill(let day, let work):
      let kinds = kinds(work)
      return on(
        day,
        LocalizedText(
          en: "skill level (1 to 4)\(kinds.en)", de: "Anforderungsniveau (1 bis 4)\(kinds.de)"))
    }
  }

  /// A part of a calculation, in parentheses where its own sign binds less.
  private func part(
    _ node: NumberNode, of sign: Arithmetic, isRight: Bool = false
  ) -> LocalizedText {
    let words = number(node)
    guard case .arithmetic(let own, _, _) = node else { return words }
    let binds = { (sign: Arithmetic) in sign == .times || sign == .dividedBy ? 2 : 1 }
    let needed = binds(own) < binds(sign) || (isRight && binds(own) == binds(sign))
    return needed ? LocalizedText(en: "(\(words.en))", de: "(\(words.de))") : words
  }

  /// The kinds in parentheses with a blank before them, where the expression names them itself.
  func kinds(_ work: Work) -> LocalizedText {
    guard work.isNamed else { return LocalizedText(verbatim: "") }
    let labels = work.kinds.members.map(\.label)
    return LocalizedText(
      en: " (\(labels.map(\.en).joined(separator: " or ")))",
      de: " (\(labels.map(\.de).joined(separator: " oder ")))")
  }
}
