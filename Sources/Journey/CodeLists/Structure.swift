/// Category of region of the funding period 2021 to 2027.
public enum RegionCategory: UInt8, CodeList {
  /// More developed.
  case moreDeveloped = 1
  /// Transition.
  case transition = 2
  /// Less developed.
  case lessDeveloped = 3

  /// The name of the list in definition files and codebooks.
  public static let listName = "category-of-region"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .moreDeveloped: CodeEntry("MD", "more developed", "stärker entwickelt")
    case .transition: CodeEntry("TR", "transition", "Übergangsregion")
    case .lessDeveloped: CodeEntry("LD", "less developed", "weniger entwickelt")
    }
  }
}

/// Kinds of structural measures.
public enum StructuralMeasureKind: UInt8, CodeList {
  /// Information event.
  case informationEvent = 1
  /// Sensitising.
  case sensitising = 2
  /// Training.
  case training = 3
  /// Company visit.
  case companyVisit = 4
  /// Network meeting.
  case networkMeeting = 5

  /// The name of the list in definition files and codebooks.
  public static let listName = "structural-measure"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .informationEvent:
      CodeEntry("info_event", "information event", "Informationsveranstaltung")
    case .sensitising: CodeEntry("sensitising", "sensitising", "Sensibilisierung")
    case .training: CodeEntry("training", "training", "Schulung")
    case .companyVisit: CodeEntry("company_visit", "company visit", "Betriebsbesuch")
    case .networkMeeting: CodeEntry("network_meeting", "network meeting", "Netzwerktreffen")
    }
  }
}

/// Whom a structural measure addressed.
public enum Audience: UInt8, CodeList {
  /// Public administration.
  case publicAdministration = 1
  /// Employer.
  case employer = 2
  /// Vocational school.
  case vocationalSchool = 3
  /// Other organisation.
  case otherOrganisation = 4
  /// Other.
  case other = 5

  /// The name of the list in definition files and codebooks.
  public static let listName = "audience"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .publicAdministration: CodeEntry("public_admin", "public administration", "Behörde")
    case .employer: CodeEntry("employer", "employer", "Betrieb")
    case .vocationalSchool: CodeEntry("vocational_school", "vocational school", "Berufsschule")
    case .otherOrganisation: CodeEntry("ngo", "other organisation", "andere Organisation")
    case .other: CodeEntry("other", "other", "sonstige")
    }
  }
}
