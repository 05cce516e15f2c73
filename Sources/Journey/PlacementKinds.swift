/// A set of kinds of placement, as one number.
public struct PlacementKinds: OptionSet, Hashable, Sendable {
  /// Bit `PlacementKind.rawValue` for each kind in the set.
  public let rawValue: UInt32

  /// Creates a set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The set of one kind.
  public init(_ kind: PlacementKind) { self.init(rawValue: 1 << UInt32(kind.rawValue)) }

  /// The set of several kinds.
  public init(_ kinds: some Sequence<PlacementKind>) {
    self.init(rawValue: kinds.reduce(0) { $0 | 1 << UInt32($1.rawValue) })
  }

  /// Whether a kind belongs to the set.
  public func contains(_ kind: PlacementKind) -> Bool {
    rawValue & (1 << UInt32(kind.rawValue)) != 0
  }

  /// The kinds in the order of the code list.
  public var members: [PlacementKind] { PlacementKind.allCases.filter { contains($0) } }
}

extension PlacementKinds {
  /// Every kind.
  public static let all = PlacementKinds(PlacementKind.allCases)
  /// Training that leads to a recognised qualification.
  public static let training = PlacementKinds([.dualTraining, .vocationalSchool])
  /// Employment in the sense of ESF Plus: paid work, company apprenticeships included (EECO05).
  public static let employed = PlacementKinds([
    .svp, .miniJob, .selfEmployment, .dualTraining, .subsidised16e, .publicJob16i,
  ])
  /// School and vocational training of every kind (EECR02).
  public static let education = PlacementKinds([
    .dualTraining, .vocationalSchool, .introductoryTraining, .school,
  ])
  /// Integrations in the sense of § 48a SGB II: marginal and publicly funded jobs are none.
  public static let integrationSGB2 = PlacementKinds([
    .svp, .selfEmployment, .dualTraining, .vocationalSchool, .subsidised16e,
  ])
  /// Integrations in the sense of the programme: work, training, school.
  public static let integrationWIR = PlacementKinds([
    .svp, .dualTraining, .vocationalSchool, .school,
  ])
}
