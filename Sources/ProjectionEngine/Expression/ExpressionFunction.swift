import Journey

/// The functions of expressions; every one is described in `projections/README.md`.
enum ExpressionFunction: String, CaseIterable, Sendable {
  // Work.
  case working
  case workingThroughout = "working-throughout"
  case workedFor = "worked-for"
  case workingOnReferenceDays = "working-on-reference-days"
  case daysWorked = "days-worked"
  case placed
  case sameEmployer = "same-employer"
  case trainingEnded = "training-ended"
  // Terms of work.
  case weeklyHours = "weekly-hours"
  case monthlyPay = "monthly-pay"
  case pay
  case permanent
  case skill
  case promoted
  case improved
  // Status.
  case employed
  case inEducation = "in-education"
  case jobSeeking = "job-seeking"
  case labourStatus = "labour-status"
  case participating
  case receives
  case residence
  case residenceClass = "residence-class"
  // Happenings.
  case qualified
  case measure
  case aftercare
  case died
  case leftCountry = "left-country"
  case followUpPlanned = "follow-up-planned"
  case followUpAttempted = "follow-up-attempted"
  case followUpReached = "follow-up-reached"
  case followUpRefused = "follow-up-refused"
  // Days and numbers.
  case age
  case days
  case quarter
  case month
  case referenceDay = "reference-day"
  case attribute

  /// What an argument must be.
  enum Argument: Equatable {
    /// A day.
    case moment
    /// A period; both a day and a period where a function takes either.
    case period, momentOrPeriod
    /// A length of days, written or as a parameter; of days or months.
    case days, length
    /// A whole number, written or as a parameter.
    case count
    /// A placement kind or a list of them.
    case kinds
    /// A code of a list.
    case code(CodeListReference)
    /// A text in quotes.
    case text
  }

  /// One parameter of a function.
  struct Parameter {
    let label: String?
    let argument: Argument
    var isRequired = true
  }

  /// The words that stand before arguments.
  static let labels: Set<String> = Set(
    allCases.flatMap { $0.parameters.compactMap(\.label) })

  /// What the function takes, in this order.
  var parameters: [Parameter] {
    let kinds = Parameter(label: "as", argument: .kinds, isRequired: false)
    let at = Parameter(label: "at", argument: .moment)
    let during = Parameter(label: "during", argument: .period)
    let after = Parameter(label: "after", argument: .moment)
    // A day or a period; the label says which.
    let when = Parameter(label: "at", argument: .momentOrPeriod)
    switch self {
    case .working: return [when, kinds]
    case .workingThroughout:
      return [during, Parameter(label: "gap", argument: .days, isRequired: false), kinds]
    case .workedFor:
      return [
        Parameter(label: nil, argument: .length), Parameter(label: "from", argument: .moment),
        Parameter(label: "gap", argument: .days, isRequired: false), kinds,
      ]
    case .workingOnReferenceDays:
      return [Parameter(label: "count", argument: .count), after, kinds]
    case .daysWorked, .placed, .pay: return [during, kinds]
    case .sameEmployer: return [when, when, kinds]
    case .trainingEnded:
      return [
        during,
        Parameter(label: "result", argument: .code(CodeListReference(TrainingResult.self))),
      ]
    case .weeklyHours, .monthlyPay, .permanent, .skill: return [at, kinds]
    case .promoted, .died, .leftCountry: return [during]
    case .improved:
      return [
        Parameter(label: "from", argument: .moment), Parameter(label: "to", argument: .moment),
      ]
    case .employed, .inEducation, .jobSeeking: return [when]
    case .labourStatus, .participating, .residence, .residenceClass, .age: return [at]
    case .receives:
      return [Parameter(label: nil, argument: .code(CodeListReference(BenefitKind.self))), at]
    case .qualified: return [during]
    case .measure:
      return [Parameter(label: nil, argument: .code(CodeListReference(MeasureKind.self))), during]
    case .aftercare:
      return [
        during,
        Parameter(
          label: "with", argument: .code(CodeListReference(AftercarePartner.self)),
          isRequired: false),
      ]
    case .followUpPlanned, .followUpAttempted, .followUpReached, .followUpRefused:
      return [Parameter(label: nil, argument: .code(CodeListReference(FollowUpKind.self)))]
    case .days: return [during]
    case .quarter, .month, .referenceDay:
      return [Parameter(label: nil, argument: .count), after]
    case .attribute: return [Parameter(label: nil, argument: .text)]
    }
  }

  /// The function with its arguments as the documentation shows it: `working(at DAY, as KINDS)`.
  var signature: String {
    let parts = parameters.map { parameter in
      let value =
        switch parameter.argument {
        case .moment: "DAY"
        case .period: "PERIOD"
        case .momentOrPeriod: "DAY | during PERIOD"
        case .days: "DAYS"
        case .length: "LENGTH"
        case .count: "NUMBER"
        case .kinds: "KINDS"
        case .code(let list): list.name.uppercased()
        case .text: "TEXT"
        }
      let part = (parameter.label.map { "\($0) " } ?? "") + value
      return parameter.isRequired ? part : "[\(part)]"
    }
    return "\(rawValue)(\(parts.joined(separator: ", ")))"
  }
}
