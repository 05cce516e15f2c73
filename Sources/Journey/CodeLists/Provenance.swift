/// In which role somebody acted.
public enum ActorRole: UInt8, CodeList {
  /// Advisor.
  case advisor = 1
  /// Coordinator.
  case coordinator = 2
  /// Evaluator.
  case evaluator = 3
  /// Importer.
  case importer = 4
  /// Data-protection officer.
  case dataProtectionOfficer = 5
  /// System.
  case system = 6

  /// The name of the list in definition files and codebooks.
  public static let listName = "actor-role"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .advisor: CodeEntry("advisor", "advisor", "Beratung")
    case .coordinator: CodeEntry("coordinator", "coordinator", "Koordination")
    case .evaluator: CodeEntry("evaluator", "evaluator", "Evaluation")
    case .importer: CodeEntry("importer", "importer", "Import")
    case .dataProtectionOfficer: CodeEntry("dpo", "data-protection officer", "Datenschutz")
    case .system: CodeEntry("system", "system", "System")
    }
  }
}

/// Where a statement came from.
public enum Source: UInt8, CodeList {
  /// Entry form.
  case entryForm = 1
  /// Exit form.
  case exitForm = 2
  /// Advisor.
  case advisor = 3
  /// Participant.
  case participantCall = 4
  /// Employer.
  case employer = 5
  /// Job centre.
  case jobcentre = 6
  /// Immigration office.
  case immigrationOffice = 7
  /// Register.
  case register = 8
  /// Survey.
  case survey = 9
  /// File import.
  case fileImport = 10
  /// Simulation.
  case simulation = 11

  /// The name of the list in definition files and codebooks.
  public static let listName = "source"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .entryForm: CodeEntry("entry_form", "entry form", "Eintrittsbogen")
    case .exitForm: CodeEntry("exit_form", "exit form", "Austrittsbogen")
    case .advisor: CodeEntry("advisor", "advisor", "Beratung")
    case .participantCall: CodeEntry("participant_call", "participant", "teilnehmende Person")
    case .employer: CodeEntry("employer", "employer", "Betrieb")
    case .jobcentre: CodeEntry("jobcenter", "job centre", "Jobcenter")
    case .immigrationOffice: CodeEntry("abh", "immigration office", "Ausländerbehörde")
    case .register: CodeEntry("register", "register", "Register")
    case .survey: CodeEntry("survey", "survey", "Befragung")
    case .fileImport: CodeEntry("import", "file import", "Dateiimport")
    case .simulation: CodeEntry("simulation", "simulation", "Simulation")
    }
  }
}

/// What a statement rests on.
public enum Evidence: UInt8, CodeList {
  /// None.
  case none = 1
  /// Self-declared.
  case selfDeclared = 2
  /// Statement of a third party.
  case thirdParty = 3
  /// Document.
  case document = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "evidence"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .none: CodeEntry("none", "none", "keine")
    case .selfDeclared: CodeEntry("self_declared", "self-declared", "Selbstauskunft")
    case .thirdParty:
      CodeEntry("third_party_statement", "statement of a third party", "Auskunft Dritter")
    case .document: CodeEntry("document", "document", "Dokument")
    }
  }
}

/// Why an event was taken back.
public enum RetractionReason: UInt8, CodeList {
  /// Wrong person.
  case wrongPerson = 1
  /// Duplicate.
  case duplicate = 2
  /// Did not happen.
  case notHappened = 3
  /// Import undone.
  case importUndone = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "retraction-reason"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .wrongPerson: CodeEntry("wrong_person", "wrong person", "falsche Person")
    case .duplicate: CodeEntry("duplicate", "duplicate", "doppelt erfasst")
    case .notHappened: CodeEntry("not_happened", "did not happen", "nicht geschehen")
    case .importUndone: CodeEntry("import_undone", "import undone", "Import zurückgenommen")
    }
  }
}

/// The decision on a request to erase.
public enum ErasureOutcome: UInt8, CodeList {
  /// Granted.
  case granted = 1
  /// Partly granted.
  case partly = 2
  /// Refused.
  case refused = 3

  /// The name of the list in definition files and codebooks.
  public static let listName = "erasure-outcome"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .granted: CodeEntry("granted", "granted", "bewilligt")
    case .partly: CodeEntry("partly", "partly granted", "teilweise bewilligt")
    case .refused: CodeEntry("refused", "refused", "abgelehnt")
    }
  }
}

/// Whether a person whose processing is restricted (article 18 GDPR) stays in statistics.
///
/// Restricted data may be stored and otherwise hardly used; § 27(2) BDSG lets statistics go on where
/// they would be impossible or seriously impaired without. Which of the two holds is decided by people.
public enum StatisticsDecision: UInt8, CodeList {
  /// Figures go on counting the person.
  case keep = 1
  /// No figure counts the person while the restriction holds.
  case exclude = 2

  /// The name of the list in definition files and codebooks.
  public static let listName = "statistics-decision"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .keep: CodeEntry("keep", "stays in statistics", "bleibt in Statistiken")
    case .exclude: CodeEntry("exclude", "left out of statistics", "nicht in Statistiken")
    }
  }
}
