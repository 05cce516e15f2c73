import Journey

/// What a function or a name means, for the documentation.
struct ExpressionMeaning {
  /// What kind of value it is, with its unit.
  let result: String
  /// What it says.
  let meaning: String
  /// When it is unknown.
  let unknown: String

  init(_ result: String, _ meaning: String, unknown: String) {
    self.result = result
    self.meaning = meaning
    self.unknown = unknown
  }
}

extension ExpressionFunction {
  /// The line of the documentation about this function.
  var meaning: ExpressionMeaning {
    let unobserved = "nobody observed that day, or the date of a start or end is too vague"
    let untold = "no report tells, or it was not observed"
    let unstated = "the job states none, or nobody observed that day"
    switch self {
    case .working:
      return ExpressionMeaning(
        "truth", "holds a placement of the kinds on that day, or on at least one day of the period",
        unknown: unobserved)
    case .workingThroughout:
      return ExpressionMeaning(
        "truth", "in the period never without placement longer than the gap (default 0d)",
        unknown: unobserved)
    case .workedFor:
      return ExpressionMeaning(
        "truth",
        "from the day on placed for the whole length; one break up to the gap (default 0d) is "
          + "tolerated and lengthens the period by itself",
        unknown: unobserved)
    case .workingOnReferenceDays:
      return ExpressionMeaning(
        "truth",
        "placed on the reference day of each of the NUMBER calendar months after that of the day",
        unknown: "unknown on one of them and no on none")
    case .daysWorked:
      return ExpressionMeaning(
        "length in days", "days of the period with a placement; parallel ones count once",
        unknown: "known as least and most, where part of the period is not known")
    case .placed:
      return ExpressionMeaning(
        "truth",
        "a placement of the kinds starts in the period, on or after entry; one already running "
          + "at entry is none",
        unknown: "none is known and part of the period was not observed")
    case .sameEmployer:
      return ExpressionMeaning(
        "truth", "on both days, or in both periods, at the same employer or in the same job",
        unknown: "work or employer is unknown in one of them")
    case .trainingEnded:
      return ExpressionMeaning(
        "truth",
        "the training that began on the index day (else any training) ended in the period with "
          + "this result",
        unknown: "it ended without a result, or the period was not observed to its end")
    case .weeklyHours:
      return ExpressionMeaning(
        "number of hours a week", "agreed hours on that day, parallel jobs together",
        unknown: unstated)
    case .monthlyPay:
      return ExpressionMeaning(
        "number of euros a month", "gross pay a month on that day", unknown: unstated)
    case .pay:
      return ExpressionMeaning(
        "number of euros", "gross pay earned in the period, parts of months by days",
        unknown: "the pay of a job in the period is not stated, or part was not observed")
    case .permanent:
      return ExpressionMeaning(
        "truth", "the job held on that day has no fixed end", unknown: unstated)
    case .skill:
      return ExpressionMeaning(
        "number from 1 (helper) to 4 (expert)",
        "skill level of the job held on that day: fifth digit of KldB 2010", unknown: unstated)
    case .promoted:
      return ExpressionMeaning(
        "truth", "a promotion was recorded in the period",
        unknown: "none was and part of the period was not observed")
    case .improved:
      return ExpressionMeaning(
        "truth",
        "labour-market situation better on the second day than on the first, as EECR06 has it: "
          + "fixed-term to permanent, more hours, higher skill, promotion",
        unknown: untold)
    case .employed:
      return ExpressionMeaning(
        "truth",
        "employed in the sense of ESF Plus on that day, or on one day of the period: from jobs, "
          + "follow-ups, exit forms and reports",
        unknown: untold)
    case .inEducation:
      return ExpressionMeaning(
        "truth", "in school, training or a course on that day, or on one day of the period",
        unknown: untold)
    case .jobSeeking:
      return ExpressionMeaning(
        "truth", "seeks work or is registered as unemployed on that day, or in the period",
        unknown: untold)
    case .labourStatus:
      return ExpressionMeaning(
        "code of `employment-status`", "status on the labour market on that day", unknown: untold)
    case .participating:
      return ExpressionMeaning(
        "truth", "the participation has begun and its last day is not over", unknown: "never")
    case .receives:
      return ExpressionMeaning(
        "truth", "receives the benefit on that day",
        unknown: "no report of benefits up to that day, or nobody observed it")
    case .residence:
      return ExpressionMeaning(
        "code of `residence`", "residence status on that day", unknown: "none stated up to then")
    case .residenceClass:
      return ExpressionMeaning(
        "code of `residence-class`", "class of the residence status on that day",
        unknown: "none stated up to then")
    case .qualified:
      return ExpressionMeaning(
        "truth", "a qualification with certificate was gained in the period",
        unknown: "none was and part of the period was not observed")
    case .measure:
      return ExpressionMeaning(
        "truth", "a measure of this kind began in the period",
        unknown: "none did and part of the period was not observed")
    case .aftercare:
      return ExpressionMeaning(
        "truth", "an aftercare contact took place in the period",
        unknown: "none did and part of the period was not observed")
    case .died:
      return ExpressionMeaning(
        "truth", "died in the period", unknown: "not known and part was not observed")
    case .leftCountry:
      return ExpressionMeaning(
        "truth", "left the country in the period", unknown: "not known and part was not observed")
    case .followUpPlanned:
      return ExpressionMeaning(
        "truth", "a follow-up of this horizon was planned", unknown: "never")
    case .followUpAttempted:
      return ExpressionMeaning(
        "truth", "a follow-up of this horizon was attempted or completed", unknown: "never")
    case .followUpReached:
      return ExpressionMeaning(
        "truth", "a follow-up of this horizon brought an answer", unknown: "never")
    case .followUpRefused:
      return ExpressionMeaning(
        "truth", "a follow-up of this horizon was refused", unknown: "never")
    case .age:
      return ExpressionMeaning(
        "number of years", "full years of age on that day",
        unknown: "no year of birth; known as least and most, because only the year is kept")
    case .days:
      return ExpressionMeaning(
        "length in days", "length of the period", unknown: "one of its ends is unknown")
    case .quarter:
      return ExpressionMeaning(
        "period, first to last day", "the NUMBER-th calendar quarter after that of the day",
        unknown: "the day is")
    case .month:
      return ExpressionMeaning(
        "period, first to last day", "the NUMBER-th calendar month after that of the day",
        unknown: "the day is")
    case .referenceDay:
      return ExpressionMeaning(
        "day",
        "the reference day (parameter `monthly-reference-day`) of the NUMBER-th month after that "
          + "of the day",
        unknown: "the day is")
    case .attribute:
      return ExpressionMeaning(
        "text", "value of an attribute that a mapping brought", unknown: "none stated")
    }
  }
}
