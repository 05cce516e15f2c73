/// Residence titles of the German Residence and Asylum Acts.
public enum ResidenceStatus: UInt8, CodeList {
  /// Permission to stay, § 55 AsylG.
  case gestattung = 1
  /// Arrival certificate, § 63a AsylG.
  case arrivalCertificate = 2
  /// Residence permit, § 22 AufenthG.
  case ae22 = 3
  /// Residence permit, § 23 AufenthG.
  case ae23 = 4
  /// Residence permit, § 23a AufenthG.
  case ae23a = 5
  /// Residence permit, § 24 AufenthG.
  case ae24 = 6
  /// Residence permit, § 25 (1) AufenthG.
  case ae25s1 = 7
  /// Residence permit, § 25 (2) alt. 1 AufenthG.
  case ae25s2Refugee = 8
  /// Residence permit, § 25 (2) alt. 2 AufenthG.
  case ae25s2Subsidiary = 9
  /// Residence permit, § 25 (3) AufenthG.
  case ae25s3 = 10
  /// Residence permit, § 25 (4) AufenthG.
  case ae25s4 = 11
  /// Residence permit, § 25 (5) AufenthG.
  case ae25s5 = 12
  /// Residence permit, § 25a AufenthG.
  case ae25a = 13
  /// Residence permit, § 25b AufenthG.
  case ae25b = 14
  /// Opportunity residence, § 104c AufenthG.
  case ae104c = 15
  /// Training residence, § 16g AufenthG.
  case ae16g = 16
  /// Residence permit, § 19d AufenthG.
  case ae19d = 17
  /// Settlement permit, § 26 AufenthG.
  case ne26 = 18
  /// Provisional permission, § 81 AufenthG.
  case fictional = 19
  /// Toleration, § 60a AufenthG.
  case dul60a = 20
  /// Toleration, § 60b AufenthG.
  case dul60b = 21
  /// Toleration for training, § 60c AufenthG.
  case dul60c = 22
  /// Toleration for employment, § 60d AufenthG.
  case dul60d = 23
  /// Border-crossing certificate.
  case borderCrossing = 24
  /// Other.
  case other = 25
  /// Unknown.
  case unknown = 26

  /// The name of the list in definition files and codebooks.
  public static let listName = "residence"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .gestattung:
      CodeEntry("GEST", "permission to stay, § 55 AsylG", "Aufenthaltsgestattung, § 55 AsylG")
    case .arrivalCertificate:
      CodeEntry("AKN", "arrival certificate, § 63a AsylG", "Ankunftsnachweis, § 63a AsylG")
    case .ae22:
      CodeEntry("AE_22", "residence permit, § 22 AufenthG", "Aufenthaltserlaubnis, § 22 AufenthG")
    case .ae23:
      CodeEntry("AE_23", "residence permit, § 23 AufenthG", "Aufenthaltserlaubnis, § 23 AufenthG")
    case .ae23a:
      CodeEntry(
        "AE_23A", "residence permit, § 23a AufenthG", "Aufenthaltserlaubnis, § 23a AufenthG")
    case .ae24:
      CodeEntry("AE_24", "residence permit, § 24 AufenthG", "Aufenthaltserlaubnis, § 24 AufenthG")
    case .ae25s1:
      CodeEntry(
        "AE_25_1", "residence permit, § 25 (1) AufenthG",
        "Aufenthaltserlaubnis, § 25 Abs. 1 AufenthG")
    case .ae25s2Refugee:
      CodeEntry(
        "AE_25_2R", "residence permit, § 25 (2) alt. 1 AufenthG",
        "Aufenthaltserlaubnis, § 25 Abs. 2 Alt. 1 AufenthG")
    case .ae25s2Subsidiary:
      CodeEntry(
        "AE_25_2S", "residence permit, § 25 (2) alt. 2 AufenthG",
        "Aufenthaltserlaubnis, § 25 Abs. 2 Alt. 2 AufenthG")
    case .ae25s3:
      CodeEntry(
        "AE_25_3", "residence permit, § 25 (3) AufenthG",
        "Aufenthaltserlaubnis, § 25 Abs. 3 AufenthG")
    case .ae25s4:
      CodeEntry(
        "AE_25_4", "residence permit, § 25 (4) AufenthG",
        "Aufenthaltserlaubnis, § 25 Abs. 4 AufenthG")
    case .ae25s5:
      CodeEntry(
        "AE_25_5", "residence permit, § 25 (5) AufenthG",
        "Aufenthaltserlaubnis, § 25 Abs. 5 AufenthG")
    case .ae25a:
      CodeEntry(
        "AE_25A", "residence permit, § 25a AufenthG", "Aufenthaltserlaubnis, § 25a AufenthG")
    case .ae25b:
      CodeEntry(
        "AE_25B", "residence permit, § 25b AufenthG", "Aufenthaltserlaubnis, § 25b AufenthG")
    case .ae104c:
      CodeEntry(
        "AE_104C", "opportunity residence, § 104c AufenthG", "Chancen-Aufenthalt, § 104c AufenthG")
    case .ae16g:
      CodeEntry(
        "AE_16G", "training residence, § 16g AufenthG", "Aufenthaltserlaubnis, § 16g AufenthG")
    case .ae19d:
      CodeEntry(
        "AE_19D", "residence permit, § 19d AufenthG", "Aufenthaltserlaubnis, § 19d AufenthG")
    case .ne26:
      CodeEntry(
        "NE_26", "settlement permit, § 26 AufenthG", "Niederlassungserlaubnis, § 26 AufenthG")
    case .fictional:
      CodeEntry(
        "FIKT", "provisional permission, § 81 AufenthG", "Fiktionsbescheinigung, § 81 AufenthG")
    case .dul60a: CodeEntry("DUL_60A", "toleration, § 60a AufenthG", "Duldung, § 60a AufenthG")
    case .dul60b: CodeEntry("DUL_60B", "toleration, § 60b AufenthG", "Duldung, § 60b AufenthG")
    case .dul60c:
      CodeEntry(
        "DUL_60C", "toleration for training, § 60c AufenthG", "Ausbildungsduldung, § 60c AufenthG")
    case .dul60d:
      CodeEntry(
        "DUL_60D", "toleration for employment, § 60d AufenthG",
        "Beschäftigungsduldung, § 60d AufenthG")
    case .borderCrossing:
      CodeEntry("GUEB", "border-crossing certificate", "Grenzübertrittsbescheinigung")
    case .other: CodeEntry("OTHER", "other", "sonstiger")
    case .unknown: CodeEntry("UNK", "unknown", "unbekannt")
    }
  }
}

extension ResidenceStatus {
  /// The class in the Federal Employment Agency's statistics; nil when the status is unknown.
  ///
  /// Settlement permits of refugees count with the permits they follow.
  public var residenceClass: ResidenceClass? {
    switch self {
    case .gestattung, .arrivalCertificate: .asylumProcedure
    case .dul60a, .dul60b, .dul60c, .dul60d: .toleration
    case .fictional, .borderCrossing, .other: .other
    case .unknown: nil
    default: .permit
    }
  }
}

/// The residence classes of the Federal Employment Agency's statistics.
public enum ResidenceClass: UInt8, CodeList {
  /// Residence permit.
  case permit = 1
  /// Permission to stay.
  case asylumProcedure = 2
  /// Toleration.
  case toleration = 3
  /// Other.
  case other = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "residence-class"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .permit: CodeEntry("AE", "residence permit", "Aufenthaltserlaubnis")
    case .asylumProcedure: CodeEntry("GEST", "permission to stay", "Aufenthaltsgestattung")
    case .toleration: CodeEntry("DUL", "toleration", "Duldung")
    case .other: CodeEntry("OTHER", "other", "sonstiger")
    }
  }
}

/// Access to the labour market, apart from the title.
public enum WorkAccess: UInt8, CodeList {
  /// Unrestricted.
  case free = 1
  /// With permission.
  case permit = 2
  /// Temporary work ban.
  case temporaryBan = 3
  /// Absolute work ban.
  case absoluteBan = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "work-access"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .free: CodeEntry("FREE", "unrestricted", "uneingeschränkt")
    case .permit: CodeEntry("PERMIT", "with permission", "mit Erlaubnis")
    case .temporaryBan: CodeEntry("TEMP_BAN", "temporary work ban", "befristetes Arbeitsverbot")
    case .absoluteBan: CodeEntry("ABS_BAN", "absolute work ban", "absolutes Arbeitsverbot")
    }
  }
}

/// Benefits that secure a livelihood.
public enum BenefitKind: UInt8, CodeList {
  /// Basic income support (SGB II).
  case sgb2 = 1
  /// Unemployment insurance (SGB III).
  case sgb3 = 2
  /// Asylum seekers' benefits.
  case asylum = 3
  /// None.
  case none = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "benefit"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .sgb2: CodeEntry("SGB2", "basic income support (SGB II)", "Bürgergeld (SGB II)")
    case .sgb3: CodeEntry("SGB3", "unemployment insurance (SGB III)", "Arbeitslosengeld (SGB III)")
    case .asylum: CodeEntry("ASYLBLG", "asylum seekers' benefits", "Leistungen nach AsylbLG")
    case .none: CodeEntry("NONE", "none", "keine")
    }
  }
}

/// How someone left the country.
public enum Departure: UInt8, CodeList {
  /// Voluntary return.
  case voluntary = 1
  /// Removal.
  case removed = 2
  /// Dublin transfer.
  case dublin = 3
  /// Unknown.
  case unknown = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "departure"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .voluntary: CodeEntry("VOLUNTARY", "voluntary return", "freiwillige Ausreise")
    case .removed: CodeEntry("REMOVED", "removal", "Abschiebung")
    case .dublin: CodeEntry("DUBLIN", "Dublin transfer", "Dublin-Überstellung")
    case .unknown: CodeEntry("UNK", "unknown", "unbekannt")
    }
  }
}
