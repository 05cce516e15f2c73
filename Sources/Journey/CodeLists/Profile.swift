/// Gender as the ESF+ regulation breaks it down; `x` cannot be transmitted.
public enum Gender: UInt8, CodeList {
  /// Female.
  case female = 1
  /// Male.
  case male = 2
  /// Non-binary.
  case nonBinary = 3
  /// Not stated.
  case notStated = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "gender"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .female: CodeEntry("f", "female", "weiblich")
    case .male: CodeEntry("m", "male", "männlich")
    case .nonBinary: CodeEntry("d", "non-binary", "divers/nicht-binär")
    case .notStated: CodeEntry("x", "not stated", "ohne Angabe")
    }
  }
}

/// Employment status at entry (EECO02 to EECO05).
public enum EmploymentStatus: UInt8, CodeList {
  /// Unemployed.
  case unemployed = 1
  /// Long-term unemployed.
  case longTermUnemployed = 2
  /// Inactive.
  case inactive = 3
  /// Employed.
  case employed = 4
  /// Unknown.
  case unknown = 5

  /// The name of the list in definition files and codebooks.
  public static let listName = "employment-status"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .unemployed: CodeEntry("UNE", "unemployed", "arbeitslos gemeldet")
    case .longTermUnemployed: CodeEntry("UNE_LT", "long-term unemployed", "langzeitarbeitslos")
    case .inactive: CodeEntry("INA", "inactive", "nicht erwerbstätig")
    case .employed: CodeEntry("EMP", "employed", "erwerbstätig")
    case .unknown: CodeEntry("UNK", "unknown", "unbekannt")
    }
  }
}

/// The finer status behind inactive and employed.
public enum EmploymentDetail: UInt8, CodeList {
  /// In education.
  case inEducation = 1
  /// Caring duties.
  case caring = 2
  /// Illness.
  case ill = 3
  /// No work permit.
  case noWorkPermit = 4
  /// Other inactive.
  case otherInactive = 5
  /// Full-time job subject to social insurance.
  case fullTime = 6
  /// Part-time job subject to social insurance.
  case partTime = 7
  /// Marginal employment.
  case miniJob = 8
  /// Self-employed.
  case selfEmployed = 9
  /// Company apprenticeship.
  case apprentice = 10
  /// Civil servant.
  case civilServant = 11
  /// Parental leave.
  case parentalLeave = 12

  /// The name of the list in definition files and codebooks.
  public static let listName = "employment-detail"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .inEducation: CodeEntry("INA_EDU", "in education", "in Bildung")
    case .caring: CodeEntry("INA_CARE", "caring duties", "Betreuungspflichten")
    case .ill: CodeEntry("INA_ILL", "illness", "Krankheit")
    case .noWorkPermit: CodeEntry("INA_NOWORKPERM", "no work permit", "keine Arbeitserlaubnis")
    case .otherInactive: CodeEntry("INA_OTHER", "other inactive", "sonstig nicht erwerbstätig")
    case .fullTime:
      CodeEntry(
        "SVP_FT", "full-time job subject to social insurance",
        "sozialversicherungspflichtig, Vollzeit")
    case .partTime:
      CodeEntry(
        "SVP_PT", "part-time job subject to social insurance",
        "sozialversicherungspflichtig, Teilzeit")
    case .miniJob: CodeEntry("MINIJOB", "marginal employment", "Minijob")
    case .selfEmployed: CodeEntry("SELF", "self-employed", "selbstständig")
    case .apprentice: CodeEntry("APPR_DUAL", "company apprenticeship", "betriebliche Ausbildung")
    case .civilServant: CodeEntry("CIVIL", "civil servant", "im Beamtenverhältnis")
    case .parentalLeave: CodeEntry("PARENTAL_LEAVE", "parental leave", "Elternzeit")
    }
  }
}

/// Highest completed education (ISCED 2011 level).
public enum Isced: UInt8, CodeList {
  /// Less than primary.
  case level0 = 1
  /// Primary.
  case level1 = 2
  /// Lower secondary.
  case level2 = 3
  /// Upper secondary.
  case level3 = 4
  /// Post-secondary non-tertiary.
  case level4 = 5
  /// Short-cycle tertiary.
  case level5 = 6
  /// Bachelor or equivalent.
  case level6 = 7
  /// Master or equivalent.
  case level7 = 8
  /// Doctoral or equivalent.
  case level8 = 9

  /// The name of the list in definition files and codebooks.
  public static let listName = "isced"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .level0: CodeEntry("0", "less than primary", "unter Primarbereich")
    case .level1: CodeEntry("1", "primary", "Primarbereich")
    case .level2: CodeEntry("2", "lower secondary", "Sekundarbereich I")
    case .level3: CodeEntry("3", "upper secondary", "Sekundarbereich II")
    case .level4: CodeEntry("4", "post-secondary non-tertiary", "postsekundär, nicht tertiär")
    case .level5: CodeEntry("5", "short-cycle tertiary", "kurzes tertiäres Programm")
    case .level6: CodeEntry("6", "bachelor or equivalent", "Bachelor oder gleichwertig")
    case .level7: CodeEntry("7", "master or equivalent", "Master oder gleichwertig")
    case .level8: CodeEntry("8", "doctoral or equivalent", "Promotion oder gleichwertig")
    }
  }
}

/// Command of German (CEFR).
public enum LanguageLevel: UInt8, CodeList {
  /// A0.
  case a0 = 1
  /// A1.
  case a1 = 2
  /// A2.
  case a2 = 3
  /// B1.
  case b1 = 4
  /// B2.
  case b2 = 5
  /// C1.
  case c1 = 6
  /// C2.
  case c2 = 7

  /// The name of the list in definition files and codebooks.
  public static let listName = "language-level"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .a0: CodeEntry("A0", "A0", "A0")
    case .a1: CodeEntry("A1", "A1", "A1")
    case .a2: CodeEntry("A2", "A2", "A2")
    case .b1: CodeEntry("B1", "B1", "B1")
    case .b2: CodeEntry("B2", "B2", "B2")
    case .c1: CodeEntry("C1", "C1", "C1")
    case .c2: CodeEntry("C2", "C2", "C2")
    }
  }
}

/// A three-valued answer: unknown is a value of its own, never no.
public enum Answer: UInt8, CodeList {
  /// Yes.
  case yes = 1
  /// No.
  case no = 2
  /// Unknown.
  case unknown = 3

  /// The name of the list in definition files and codebooks.
  public static let listName = "answer"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .yes: CodeEntry("yes", "yes", "ja")
    case .no: CodeEntry("no", "no", "nein")
    case .unknown: CodeEntry("unknown", "unknown", "unbekannt")
    }
  }
}

/// Class of a health impairment: special category under article 9 of the GDPR.
public enum ImpairmentClass: UInt8, CodeList {
  /// None stated.
  case none = 1
  /// Officially recognised disability.
  case recognised = 2
  /// Self-declared impairment.
  case selfDeclared = 3
  /// Flight-related illness.
  case flightRelated = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "impairment-class"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .none: CodeEntry("NONE", "none stated", "keine angegeben")
    case .recognised:
      CodeEntry("RECOGNISED", "officially recognised disability", "anerkannte Behinderung")
    case .selfDeclared:
      CodeEntry("SELF_DECLARED", "self-declared impairment", "selbst angegebene Beeinträchtigung")
    case .flightRelated:
      CodeEntry("FLIGHT_RELATED", "flight-related illness", "fluchtbedingte Erkrankung")
    }
  }
}
