public import Journey

/// Kinds of work, training and school, as a set that costs nothing to ask.
public struct PlacementKinds: OptionSet, Hashable, Sendable {
  /// Bit `PlacementKind.rawValue` for each kind.
  public let rawValue: UInt32
  /// Creates a set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// The set of one kind.
  public init(_ kind: PlacementKind) { self.init(rawValue: 1 << UInt32(kind.rawValue)) }
  /// The set of some kinds.
  public init(_ kinds: some Sequence<PlacementKind>) {
    self.init(rawValue: kinds.reduce(0) { $0 | 1 << UInt32($1.rawValue) })
  }

  /// Whether a kind is one of these.
  public func contains(_ kind: PlacementKind) -> Bool {
    rawValue & 1 << UInt32(kind.rawValue) != 0
  }

  /// Paid work, company apprentices included (ESF indicator EECO05; edge case no. 10).
  public static let employed = PlacementKinds([
    .svp, .miniJob, .selfEmployment, .dualTraining, .subsidised16e, .publicJob16i,
  ])
  /// School and vocational training of every kind (ESF indicator EECR02).
  public static let education = PlacementKinds([
    .dualTraining, .vocationalSchool, .introductoryTraining, .school,
  ])
  /// Training that leads to a recognised qualification.
  public static let training = PlacementKinds([.dualTraining, .vocationalSchool])
  /// What counts as an integration under § 48a SGB II: no marginal and no publicly funded job.
  public static let integrationSGB2 = PlacementKinds([
    .svp, .selfEmployment, .dualTraining, .vocationalSchool, .subsidised16e,
  ])
  /// What IvAF and WIR count: work subject to social insurance, training, school.
  public static let integrationWIR = PlacementKinds([
    .svp, .dualTraining, .vocationalSchool, .school,
  ])
  /// Every kind.
  public static let all = PlacementKinds(PlacementKind.allCases)

  /// What an event of a family can be when it names no kind.
  static func family(_ family: Int) -> PlacementKinds {
    switch PlacementFamily(rawValue: family) {
    case .employment: employed.subtracting(PlacementKinds(.dualTraining)).union(notPaid)
    case .training: training.union(PlacementKinds(.introductoryTraining))
    case .school: PlacementKinds([.school, .vocationalSchool])
    case nil: all
    }
  }

  private static let notPaid = PlacementKinds([.internship, .voluntaryYear, .workOpportunity])
}
