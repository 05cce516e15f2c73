import Journey

// An expression after its types were checked: closed trees that are evaluated as they stand.

/// Something that holds, does not hold, or is unknown.
indirect enum TruthNode: Sendable, Equatable {
  case not(TruthNode)
  case and([TruthNode])
  case or([TruthNode])
  case numbers(Comparison, NumberNode, NumberNode)
  case numberBetween(NumberNode, NumberNode, NumberNode)
  case moments(Comparison, MomentNode, MomentNode)
  case momentBetween(MomentNode, MomentNode, MomentNode)
  case code(CodeNode, CodeTest)
  case codes(Comparison, CodeNode, CodeNode)
  case truthKnown(TruthNode)
  case numberKnown(NumberNode)
  case momentKnown(MomentNode)
  case codeKnown(CodeNode)
  /// A yes or no of the entry profile.
  case stated(slot: Int)
  case dropout
  case improvementStated
  case inSample
  case working(WhenNode, Work)
  case workingThroughout(PeriodNode, gap: CountNode, Work)
  case workedFor(NumberNode, ClockUnit, from: MomentNode, gap: CountNode, Work)
  case workingOnReferenceDays(CountNode, after: MomentNode, day: CountNode, Work)
  case placed(PeriodNode, Work)
  case sameEmployer(WhenNode, WhenNode, Work)
  case trainingEnded(PeriodNode, TrainingResult)
  case permanent(MomentNode, Work)
  case promoted(PeriodNode)
  /// The last is the weekly hours from which work is full-time.
  case improved(from: MomentNode, to: MomentNode, NumberNode)
  case employed(WhenNode)
  case inEducation(WhenNode)
  case jobSeeking(WhenNode)
  case participating(MomentNode)
  case receives(BenefitKind, MomentNode)
  case qualified(PeriodNode)
  case measure(MeasureKind, PeriodNode)
  case aftercare(PeriodNode, AftercarePartner?)
  case died(PeriodNode)
  case leftCountry(PeriodNode)
  case followUp(FollowUpStep, FollowUpKind)
}

/// How far a follow-up came.
enum FollowUpStep: Sendable {
  case planned, attempted, reached, refused
}

/// The placements that an expression counts, and whether it names them itself.
struct Work: Sendable, Equatable {
  let kinds: PlacementKinds
  let isNamed: Bool
}

/// A number, or a length of time as a number of its units.
indirect enum NumberNode: Sendable, Equatable {
  case number(Double)
  case length(TimeLength)
  case parameter(Parameter)
  /// The value of a table of parameters on a day.
  case table(Parameter, MomentNode)
  case horizon(ClockUnit)
  case lag
  /// A number of the entry profile.
  case stated(slot: Int)
  case age(birthYear: Int, MomentNode)
  case negative(NumberNode)
  case arithmetic(Arithmetic, NumberNode, NumberNode)
  case daysBetween(MomentNode, MomentNode)
  case days(PeriodNode)
  case daysWorked(PeriodNode, Work)
  case pay(PeriodNode, Work)
  case monthlyPay(MomentNode, Work)
  case weeklyHours(MomentNode, Work)
  case skill(MomentNode, Work)
}

/// A whole number that is written, or stands in a parameter.
struct CountNode: Sendable, Equatable {
  let value: Int32
  let parameter: Parameter?
}

/// A day.
indirect enum MomentNode: Sendable, Equatable {
  case index, entry, exit, cut, seen, day
  case date(Day)
  case parameter(Parameter)
  /// A day so many units later; sign is 1 or -1.
  case shifted(MomentNode, Int32, NumberNode, ClockUnit)
  case referenceDay(CountNode, after: MomentNode, day: CountNode)
}

/// A stretch of days.
indirect enum PeriodNode: Sendable, Equatable {
  case between(MomentNode, MomentNode, PeriodEnd)
  case quarter(CountNode, after: MomentNode)
  case month(CountNode, after: MomentNode)
}

/// A day or a period.
enum WhenNode: Sendable, Equatable {
  case at(MomentNode)
  case during(PeriodNode)
}

/// A code of a list; 0 is unknown.
indirect enum CodeNode: Sendable, Equatable {
  /// A code of the entry profile, or a text of an attribute by its number in the expression.
  case stated(slot: Int)
  /// The class of the residence status at entry.
  case residenceClassAtEntry(slot: Int)
  case placementKind
  case exitReason
  case exitType
  case labourStatus(MomentNode)
  case residence(MomentNode)
  case residenceClass(MomentNode)
}

/// A set of codes that a code is looked for in.
struct CodeTest: Sendable, Equatable {
  enum Form: Sendable, Equatable {
    case comparison(Comparison)
    case list
    case between
  }

  let form: Form
  /// The codes as written.
  let written: [UInt8]
  /// The codes that pass: bit `rawValue`; bit 63 is any text that the expression does not name.
  let passing: UInt64
}

/// An attribute that an expression reads, with the way to read its values.
struct AttributeUse: Sendable, Equatable {
  enum Reading: Sendable, Equatable {
    /// Codes of a list.
    case codes(CodeListReference)
    /// Whole numbers.
    case number
    /// Yes or no.
    case answer
    /// Texts; those that the expression names are numbered from 1, all others are 63.
    case texts([String])
  }

  let name: String
  var reading: Reading
  /// Whether the name is one of the entry profile; those may be stated of nobody.
  let isProfile: Bool
}
