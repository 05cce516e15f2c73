import Journey

extension PlacementKinds {
  /// What an event of a family can be when it names no kind.
  static func family(_ family: Int) -> PlacementKinds {
    switch PlacementFamily(rawValue: family) {
    case .employment: employed.subtracting(PlacementKinds(.dualTraining)).union(notPaid)
    case .training: training.union(PlacementKinds(.introductoryTraining))
    case .school: PlacementKinds([.school, .vocationalSchool])
    case nil: all
    }
  }

  /// Employment that ends a registration as unemployed: a marginal job does not (edge case 11).
  static let endingRegistration = employed.subtracting(PlacementKinds(.miniJob))

  private static let notPaid = PlacementKinds([.internship, .voluntaryYear, .workOpportunity])
}
