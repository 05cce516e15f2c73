import Definitions
import Journey

extension ExpressionChecker {
  mutating func call(
    _ name: String, _ arguments: [ExpressionArgument], _ range: Range<Int>
  ) -> Typed? {
    if let function = ExpressionFunction(rawValue: name) {
      guard let given = match(arguments, to: function, range) else { return nil }
      return value(of: function, given, range)
    }
    if let parameter = environment.parameters[name], case .table = parameter.value {
      return table(parameter, arguments, range)
    }
    // The arguments can be wrong by themselves.
    for argument in arguments where argument.label != "as" { _ = typed(argument.value) }
    let place = range.lowerBound..<range.lowerBound + name.utf8.count
    if isKnownName(name) {
      return note(
        .other(
          "D-EXPRESSION", en: "“\(name)” is not a function.", de: "„\(name)“ ist keine Funktion.",
          hint: LocalizedText(
            en: "Write it without parentheses.", de: "Bitte ohne Klammern schreiben."), place))
    }
    return note(
      .unknownName(
        name, among: ExpressionFunction.allCases.map(\.rawValue),
        hint: LocalizedText(
          en: "projections/README.md lists the functions.",
          de: "projections/README.md nennt die Funktionen."), place))
  }

  private mutating func table(
    _ parameter: Parameter, _ arguments: [ExpressionArgument], _ range: Range<Int>
  ) -> Typed? {
    guard arguments.count == 1, arguments[0].label == "at" else {
      return note(
        .other(
          "D-ARGUMENT", en: "“\(parameter.name)” needs one day.",
          de: "„\(parameter.name)“ braucht einen Tag.",
          hint: LocalizedText(verbatim: "\(parameter.name)(at DAY)"), range))
    }
    use(parameter)
    return moment(arguments[0].value).map { .number(.table(parameter, $0)) }
  }

  // MARK: Arguments

  /// The arguments by the parameter they belong to; nil after a mistake.
  private mutating func match(
    _ arguments: [ExpressionArgument], to function: ExpressionFunction, _ range: Range<Int>
  ) -> [ExpressionArgument?]? {
    let parameters = function.parameters
    var given = [ExpressionArgument?](repeating: nil, count: parameters.count)
    var isWhole = true
    let hint = LocalizedText(verbatim: function.signature)
    for argument in arguments {
      let free = parameters.indices.filter { given[$0] == nil }
      let place = free.first { parameters[$0].accepts(label: argument.label) }
      if let place {
        given[place] = argument
        continue
      }
      isWhole = false
      if argument.value.form == .missing { continue }
      let labels = free.compactMap { parameters[$0].label }
      if let label = argument.label {
        let near = didYouMean(nearestName(to: label, among: labels))
        mistakes.append(
          .other(
            "D-ARGUMENT", en: "“\(label) …” does not belong here.\(near.en)",
            de: "„\(label) …“ gehört nicht hierher.\(near.de)", hint: hint, argument.value.range))
      } else if let first = labels.first {
        mistakes.append(
          .other(
            "D-ARGUMENT", en: "A word such as “\(first)” must stand before this.",
            de: "Davor muss ein Wort wie „\(first)“ stehen.", hint: hint, argument.value.range))
      } else {
        mistakes.append(
          .other(
            "D-ARGUMENT", en: "This is one argument too many.", de: "Das ist eine Angabe zu viel.",
            hint: hint, argument.value.range))
      }
    }
    for (parameter, argument) in zip(parameters, given)
    where parameter.isRequired && argument == nil && isWhole {
      isWhole = false
      let name = parameter.label ?? "…"
      mistakes.append(
        .other(
          "D-ARGUMENT", en: "The argument “\(name)” is missing.", de: "Die Angabe „\(name)“ fehlt.",
          hint: hint, range))
    }
    if isWhole { return given }
    // What is there can be wrong by itself.
    for case (let parameter, let argument?) in zip(parameters, given) {
      switch parameter.argument {
      case .moment, .period, .momentOrPeriod, .length: _ = typed(argument.value)
      case .kinds: _ = work(argument)
      default: break
      }
    }
    return nil
  }

  // MARK: Readings of one argument

  private mutating func day(_ argument: ExpressionArgument?) -> MomentNode? {
    argument.flatMap { moment($0.value) }
  }

  private mutating func stretch(_ argument: ExpressionArgument?) -> PeriodNode? {
    argument.flatMap { period($0.value) }
  }

  private mutating func when(_ argument: ExpressionArgument?) -> WhenNode? {
    guard let argument else { return nil }
    if argument.label == "during" { return period(argument.value).map { .during($0) } }
    return moment(argument.value).map { .at($0) }
  }

  private mutating func work(_ argument: ExpressionArgument?) -> Work? {
    guard let argument else { return Work(kinds: environment.kinds, isNamed: false) }
    let list = CodeListReference(PlacementKind.self)
    var items = [argument.value]
    if case .list(let several) = argument.value.form { items = several }
    let codes = items.map { code($0, in: list) }
    guard !codes.contains(where: { $0 == nil }), !codes.isEmpty else {
      if codes.isEmpty {
        mistakes.append(
          .other(
            "D-EMPTY", en: "The list is empty.", de: "Die Liste ist leer.", argument.value.range))
      }
      return nil
    }
    let kinds = codes.compactMap { $0.flatMap { PlacementKind(rawValue: $0) } }
    return Work(kinds: PlacementKinds(kinds), isNamed: true)
  }

  private mutating func code<Code: CodeList>(
    _ argument: ExpressionArgument?, _ type: Code.Type
  ) -> Code? {
    guard let argument else { return nil }
    return code(argument.value, in: CodeListReference(type)).flatMap { Code(rawValue: $0) }
  }

  /// A length of days or a whole number, written or as a parameter.
  private mutating func fixed(
    _ value: ExpressionSyntax, days: Bool, _ allowed: ClosedRange<Int32>
  ) -> CountNode? {
    guard let typed = typed(value) else { return nil }
    var found: (Double, Parameter?)?
    switch typed {
    case .number(.number(let number)) where !days: found = (number, nil)
    case .number(.parameter(let parameter)) where !days:
      if case .number(let number) = parameter.value { found = (number, parameter) }
    case .length(.length(let length), .day) where days: found = (Double(length.count), nil)
    case .length(.parameter(let parameter), .day) where days:
      if case .length(let length) = parameter.value { found = (Double(length.count), parameter) }
    default: break
    }
    if let found, let whole = Int32(exactly: found.0), allowed.contains(whole) {
      return CountNode(value: whole, parameter: found.1)
    }
    let expected =
      days
      ? LocalizedText(
        en: "a length of time in days, written or as a parameter",
        de: "eine Zeitspanne in Tagen, geschrieben oder als Parameter")
      : LocalizedText(
        en: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)",
        de: "eine ganze Zahl von \(allowed.lowerBound) bis \(allowed.upperBound)")
    mistakes.append(
      .expected(
        expected, found: LocalizedText(en: "“\(value.source)”", de: "„\(value.source)“"),
        value.range))
    return nil
  }

  private mutating func gap(_ argument: ExpressionArgument?) -> CountNode? {
    guard let argument else { return CountNode(value: 0, parameter: nil) }
    return fixed(argument.value, days: true, 0...3660)
  }

  private mutating func count(_ argument: ExpressionArgument?) -> CountNode? {
    argument.flatMap { fixed($0.value, days: false, 1...600) }
  }

  /// The day of the month on which those count who are asked for month by month.
  private mutating func monthlyReferenceDay(_ range: Range<Int>) -> CountNode? {
    let name = "monthly-reference-day"
    guard let parameter = environment.parameters[name] else {
      return CountNode(value: 15, parameter: nil)
    }
    use(parameter)
    if case .number(let number) = parameter.value, let day = Int32(exactly: number),
      (1...31).contains(day)
    {
      return CountNode(value: day, parameter: parameter)
    }
    mistakes.append(
      .other(
        "D-ARGUMENT", en: "The parameter “\(name)” must be a day of the month, from 1 to 31.",
        de: "Der Parameter „\(name)“ muss ein Tag des Monats sein, von 1 bis 31.", range))
    return nil
  }

  /// The weekly hours from which work is full-time.
  private mutating func fullTimeHours() -> NumberNode {
    guard let parameter = environment.parameters["full-time-hours"] else { return .number(35) }
    use(parameter)
    return .parameter(parameter)
  }

  // MARK: Functions

  private mutating func value(
    of function: ExpressionFunction, _ given: [ExpressionArgument?], _ range: Range<Int>
  ) -> Typed? {
    if function.needsDetails { needs.details = true }
    switch function {
    case .working:
      guard let when = when(given[0]), let work = work(given[1]) else { return nil }
      return .truth(.working(when, work))
    case .workingThroughout:
      let period = stretch(given[0])
      let gap = gap(given[1])
      guard let period, let gap, let work = work(given[2]) else { return nil }
      return .truth(.workingThroughout(period, gap: gap, work))
    case .workedFor: return workedFor(given)
    case .workingOnReferenceDays:
      let count = count(given[0])
      let after = day(given[1])
      guard let count, let after, let work = work(given[2]), let day = monthlyReferenceDay(range)
      else { return nil }
      return .truth(.workingOnReferenceDays(count, after: after, day: day, work))
    case .daysWorked: return worked(given) { .length(.daysWorked($0, $1), .day) }
    case .placed: return worked(given) { .truth(.placed($0, $1)) }
    case .pay: return worked(given) { .number(.pay($0, $1)) }
    case .sameEmployer:
      let first = when(given[0])
      let second = when(given[1])
      guard let first, let second, let work = work(given[2]) else { return nil }
      return .truth(.sameEmployer(first, second, work))
    case .weeklyHours: return held(given) { .number(.weeklyHours($0, $1)) }
    case .monthlyPay: return held(given) { .number(.monthlyPay($0, $1)) }
    case .skill: return held(given) { .number(.skill($0, $1)) }
    case .permanent: return held(given) { .truth(.permanent($0, $1)) }
    case .improved:
      guard let from = day(given[0]), let to = day(given[1]) else { return nil }
      return .truth(.improved(from: from, to: to, fullTimeHours()))
    case .employed: return when(given[0]).map { .truth(.employed($0)) }
    case .inEducation: return when(given[0]).map { .truth(.inEducation($0)) }
    case .jobSeeking: return when(given[0]).map { .truth(.jobSeeking($0)) }
    case .participating: return day(given[0]).map { .truth(.participating($0)) }
    case .labourStatus:
      let list = CodeListReference(EmploymentStatus.self)
      return day(given[0]).map { .code(.labourStatus($0), list) }
    case .residence:
      return day(given[0]).map { .code(.residence($0), CodeListReference(ResidenceStatus.self)) }
    case .residenceClass:
      return day(given[0]).map {
        .code(.residenceClass($0), CodeListReference(ResidenceClass.self))
      }
    case .age:
      let slot = birthYear()
      return day(given[0]).map { .number(.age(birthYear: slot, $0)) }
    case .days: return stretch(given[0]).map { .length(.days($0), .day) }
    case .quarter, .month, .referenceDay: return calendar(function, given, range)
    case .attribute:
      guard let argument = given[0] else { return nil }
      guard case .text(let name) = argument.value.form, !name.isEmpty else {
        return note(
          .expected(
            LocalizedText(
              en: "the name of an attribute in quotes",
              de: "der Name eines Merkmals in Anführungszeichen"),
            found: LocalizedText(
              en: "“\(argument.value.source)”", de: "„\(argument.value.source)“"),
            argument.value.range))
      }
      return .text(slot: slot(name, .texts([]), isProfile: false))
    default: return happening(function, given)
    }
  }

  private mutating func workedFor(_ given: [ExpressionArgument?]) -> Typed? {
    let from = day(given[1])
    let gap = gap(given[2])
    let work = work(given[3])
    guard let argument = given[0], let length = typed(argument.value) else { return nil }
    guard case .length(let node, let unit) = length else {
      refuse(length, .length(.day), argument.value.range)
      return nil
    }
    guard let from, let gap, let work else { return nil }
    return .truth(.workedFor(node, unit, from: from, gap: gap, work))
  }

  private mutating func worked(
    _ given: [ExpressionArgument?], _ make: (PeriodNode, Work) -> Typed
  ) -> Typed? {
    let period = stretch(given[0])
    guard let work = work(given[1]), let period else { return nil }
    return make(period, work)
  }

  private mutating func held(
    _ given: [ExpressionArgument?], _ make: (MomentNode, Work) -> Typed
  ) -> Typed? {
    let day = day(given[0])
    guard let work = work(given[1]), let day else { return nil }
    return make(day, work)
  }

  private mutating func calendar(
    _ function: ExpressionFunction, _ given: [ExpressionArgument?], _ range: Range<Int>
  ) -> Typed? {
    let count = count(given[0])
    guard let after = day(given[1]), let count else { return nil }
    switch function {
    case .quarter: return .period(.quarter(count, after: after))
    case .month: return .period(.month(count, after: after))
    default:
      return monthlyReferenceDay(range).map {
        .moment(.referenceDay(count, after: after, day: $0))
      }
    }
  }

  /// Functions that say whether something happened.
  private mutating func happening(
    _ function: ExpressionFunction, _ given: [ExpressionArgument?]
  ) -> Typed? {
    switch function {
    case .promoted: return stretch(given[0]).map { .truth(.promoted($0)) }
    case .qualified: return stretch(given[0]).map { .truth(.qualified($0)) }
    case .died: return stretch(given[0]).map { .truth(.died($0)) }
    case .leftCountry: return stretch(given[0]).map { .truth(.leftCountry($0)) }
    case .trainingEnded:
      let result = code(given[1], TrainingResult.self)
      guard let period = stretch(given[0]), let result else { return nil }
      return .truth(.trainingEnded(period, result))
    case .receives:
      let benefit = code(given[0], BenefitKind.self)
      guard let day = day(given[1]), let benefit else { return nil }
      return .truth(.receives(benefit, day))
    case .measure:
      let kind = code(given[0], MeasureKind.self)
      guard let period = stretch(given[1]), let kind else { return nil }
      return .truth(.measure(kind, period))
    case .aftercare:
      let partner = code(given[1], AftercarePartner.self)
      guard let period = stretch(given[0]), partner != nil || given[1] == nil else { return nil }
      return .truth(.aftercare(period, partner))
    default:
      let steps: [ExpressionFunction: FollowUpStep] = [
        .followUpPlanned: .planned, .followUpAttempted: .attempted, .followUpReached: .reached,
        .followUpRefused: .refused,
      ]
      guard let kind = code(given[0], FollowUpKind.self), let step = steps[function] else {
        return nil
      }
      return .truth(.followUp(step, kind))
    }
  }
}

extension ExpressionFunction.Parameter {
  /// Whether an argument with this label can stand here.
  func accepts(label: String?) -> Bool {
    argument == .momentOrPeriod ? label == "at" || label == "during" : label == self.label
  }
}

extension ExpressionFunction {
  /// Whether it reads more of milestones than kind, day and code.
  ///
  /// Whatever speaks of work does: answers of follow-ups and forms count beside spells.
  var needsDetails: Bool {
    switch self {
    case .age, .days, .quarter, .month, .referenceDay, .attribute, .residence, .residenceClass,
      .receives, .qualified, .measure, .aftercare, .died, .leftCountry:
      false
    default: true
    }
  }
}
