import Journey

/// What the functions of expressions say, in words.
struct ExpressionPhrases {
  /// A statement, and its contrary where “not” before it would not do.
  struct Phrase {
    let text: LocalizedText
    var contrary: LocalizedText?
  }

  let expression: QuestionExpression

  private func moment(_ node: MomentNode) -> LocalizedText { expression.moment(node) }
  private func period(_ node: PeriodNode) -> LocalizedText { expression.period(node) }

  func phrase(_ node: TruthNode) -> Phrase {
    switch node {
    case .stated(let slot): return Phrase(text: expression.attributeName(slot))
    case .dropout: return Phrase(text: ExpressionName.dropout.words)
    case .improvementStated:
      return plain(
        ExpressionName.improvementStated.words,
        not: LocalizedText(
          en: "no improvement is stated six months after exit",
          de: "sechs Monate nach Austritt ist keine Verbesserung angegeben"))
    case .inSample: return Phrase(text: ExpressionName.inSample.words)
    case .working(let when, let work):
      return status(when, LocalizedText(en: "in work", de: "in Arbeit") + expression.kinds(work))
    case .employed(let when):
      return status(when, LocalizedText(en: "employed (ESF)", de: "erwerbstätig (ESF)"))
    case .inEducation(let when):
      return status(
        when, LocalizedText(en: "in education or training", de: "in Schule oder Ausbildung"))
    case .jobSeeking(let when):
      return status(when, LocalizedText(en: "seeking work", de: "auf Arbeitsuche"))
    case .participating(let day):
      return status(.at(day), LocalizedText(en: "participating", de: "in Teilnahme"))
    case .permanent(let day, let work):
      return status(
        .at(day),
        LocalizedText(en: "in permanent work", de: "unbefristet beschäftigt")
          + expression.kinds(work))
    case .receives(let benefit, let day):
      return status(
        .at(day),
        LocalizedText(
          en: "receiving \(benefit.label.en)", de: "im Bezug von \(benefit.label.de)"))
    case .workingThroughout(let days, let gap, let work):
      let (days, gap) = (period(days), length(gap))
      let kinds = expression.kinds(work)
      return Phrase(
        text: LocalizedText(
          en: "never without work\(kinds.en) for longer than \(gap.en) \(days.en)",
          de: "nie länger als \(gap.de) ohne Arbeit\(kinds.de) \(days.de)"),
        contrary: LocalizedText(
          en: "once without work\(kinds.en) for longer than \(gap.en) \(days.en)",
          de: "einmal länger als \(gap.de) ohne Arbeit\(kinds.de) \(days.de)"))
    case .workedFor(let amount, _, let from, let gap, let work):
      let (amount, from) = (expression.number(amount), moment(from))
      let kinds = expression.kinds(work)
      guard gap.value > 0 else {
        return Phrase(
          text: LocalizedText(
            en: "in work\(kinds.en) for \(amount.en) without a break from \(from.en) on",
            de: "von \(from.de) an \(amount.de) lang ohne Pause in Arbeit\(kinds.de)"))
      }
      let gap = length(gap)
      return Phrase(
        text: LocalizedText(
          en: "in work\(kinds.en) for \(amount.en) from \(from.en) on, where one break of up to "
            + "\(gap.en) is tolerated and lengthens the time",
          de: "von \(from.de) an \(amount.de) lang in Arbeit\(kinds.de), wobei eine Pause bis zu "
            + "\(gap.de) zugelassen ist und die Zeit verlängert"))
    case .workingOnReferenceDays(let count, let after, let day, let work):
      let (after, day) = (moment(after), expression.ordinal(day))
      let kinds = expression.kinds(work)
      return Phrase(
        text: LocalizedText(
          en: "in work\(kinds.en) on the \(day.en) of each of the \(count.value) months after that "
            + "of \(after.en)",
          de: "in Arbeit\(kinds.de) am \(day.de) Tag jedes der \(count.value) Monate nach dem "
            + "Monat mit \(after.de)"))
    case .sameEmployer(let first, let second, let work):
      let (first, second) = (time(first), time(second))
      let kinds = expression.kinds(work)
      return Phrase(
        text: LocalizedText(
          en: "at the same employer\(kinds.en) \(first.en) and \(second.en)",
          de: "beim selben Betrieb\(kinds.de) \(first.de) und \(second.de)"))
    case .placed(let days, let work):
      let (days, kinds) = (period(days), expression.kinds(work))
      return Phrase(
        text: LocalizedText(
          en: "began work\(kinds.en) \(days.en)", de: "Aufnahme\(kinds.de) \(days.de)"),
        contrary: LocalizedText(
          en: "began no work\(kinds.en) \(days.en)", de: "keine Aufnahme\(kinds.de) \(days.de)"))
    case .trainingEnded(let days, let result):
      let days = period(days)
      return Phrase(
        text: LocalizedText(
          en: "training ended \(days.en) with result “\(result.label.en)”",
          de: "Ausbildung endete \(days.de) mit Ergebnis „\(result.label.de)“"),
        contrary: LocalizedText(
          en: "training did not end \(days.en) with result “\(result.label.en)”",
          de: "Ausbildung endete nicht \(days.de) mit Ergebnis „\(result.label.de)“"))
    case .promoted(let days):
      return happened(days, LocalizedText(en: "promoted", de: "befördert"))
    case .qualified(let days):
      return happened(
        days,
        LocalizedText(
          en: "gained a qualification with certificate", de: "Qualifizierung mit Zertifikat erlangt"
        ),
        not: LocalizedText(
          en: "gained no qualification with certificate",
          de: "keine Qualifizierung mit Zertifikat erlangt"))
    case .measure(let kind, let days):
      let label = kind.label
      return happened(
        days,
        LocalizedText(en: "began a measure (\(label.en))", de: "Maßnahme (\(label.de)) begonnen"),
        not: LocalizedText(
          en: "began no measure (\(label.en))", de: "keine Maßnahme (\(label.de)) begonnen"))
    case .aftercare(let days, let partner):
      let with = partner.map {
        LocalizedText(en: " with: \($0.label.en)", de: " mit: \($0.label.de)")
      }
      let (en, de) = (with?.en ?? "", with?.de ?? "")
      return happened(
        days, LocalizedText(en: "an aftercare contact\(en)", de: "ein Nachbetreuungskontakt\(de)"),
        not: LocalizedText(
          en: "no aftercare contact\(en)", de: "kein Nachbetreuungskontakt\(de)"))
    case .died(let days): return happened(days, LocalizedText(en: "died", de: "verstorben"))
    case .leftCountry(let days):
      return happened(days, LocalizedText(en: "left the country", de: "ausgereist"))
    case .improved(let from, let to, _):
      let (from, to) = (moment(from), moment(to))
      return Phrase(
        text: LocalizedText(
          en: "labour-market situation on \(to.en) better than on \(from.en)",
          de: "Arbeitsmarktlage an \(to.de) besser als an \(from.de)"),
        contrary: LocalizedText(
          en: "labour-market situation on \(to.en) not better than on \(from.en)",
          de: "Arbeitsmarktlage an \(to.de) nicht besser als an \(from.de)"))
    case .followUp(let step, let kind):
      let label = kind.label
      let words: LocalizedText =
        switch step {
        case .planned: LocalizedText(en: "planned", de: "geplant")
        case .attempted: LocalizedText(en: "attempted", de: "versucht")
        case .reached: LocalizedText(en: "answered", de: "beantwortet")
        case .refused: LocalizedText(en: "refused", de: "verweigert")
        }
      return Phrase(
        text: LocalizedText(
          en: "follow-up (\(label.en)) \(words.en)", de: "Nachbefragung (\(label.de)) \(words.de)"),
        contrary: LocalizedText(
          en: "follow-up (\(label.en)) not \(words.en)",
          de: "Nachbefragung (\(label.de)) nicht \(words.de)"))
    default: return Phrase(text: LocalizedText(verbatim: "?"))
    }
  }

  private func plain(_ text: LocalizedText, not contrary: LocalizedText) -> Phrase {
    Phrase(text: text, contrary: contrary)
  }

  private func length(_ count: CountNode) -> LocalizedText {
    let words = QuestionExpression.length("\(count.value)", .day)
    guard let parameter = count.parameter else { return words }
    return LocalizedText(
      en: "\(words.en) (\(parameter.name))", de: "\(words.de) (\(parameter.name))")
  }

  private func time(_ when: WhenNode) -> LocalizedText {
    switch when {
    case .at(let day):
      let day = moment(day)
      return LocalizedText(en: "on \(day.en)", de: "an \(day.de)")
    case .during(let days): return period(days)
    }
  }

  /// A status on a day, or on at least one day of a period.
  private func status(_ when: WhenNode, _ words: LocalizedText) -> Phrase {
    let time = time(when)
    switch when {
    case .at:
      return Phrase(
        text: LocalizedText(en: "\(words.en) \(time.en)", de: "\(time.de) \(words.de)"),
        contrary: LocalizedText(
          en: "not \(words.en) \(time.en)", de: "\(time.de) nicht \(words.de)"))
    case .during:
      return Phrase(
        text: LocalizedText(
          en: "\(words.en) on at least one day \(time.en)",
          de: "an mindestens einem Tag \(time.de) \(words.de)"),
        contrary: LocalizedText(
          en: "\(words.en) on no day \(time.en)", de: "an keinem Tag \(time.de) \(words.de)"))
    }
  }

  private func happened(
    _ days: PeriodNode, _ words: LocalizedText, not contrary: LocalizedText? = nil
  ) -> Phrase {
    let days = period(days)
    return Phrase(
      text: LocalizedText(en: "\(words.en) \(days.en)", de: "\(words.de) \(days.de)"),
      contrary: contrary.map {
        LocalizedText(en: "\($0.en) \(days.en)", de: "\($0.de) \(days.de)")
      })
  }
}
