/// Why a participation ended.
public enum ExitReason: UInt8, CodeList {
  /// Took up work.
  case work = 1
  /// Took up training.
  case training = 2
  /// Took up school.
  case school = 3
  /// Other measure.
  case otherMeasure = 4
  /// Planned end.
  case plannedEnd = 5
  /// No cooperation.
  case noCooperation = 6
  /// Contact lost.
  case contactLost = 7
  /// Health.
  case health = 8
  /// Care duties.
  case careDuties = 9
  /// Work ban.
  case workBan = 10
  /// Moved away.
  case moved = 11
  /// Left the country.
  case leftVoluntarily = 12
  /// Removed.
  case removed = 13
  /// Prison.
  case prison = 14
  /// Death.
  case death = 15
  /// Project end.
  case projectEnd = 16
  /// Unknown.
  case unknown = 17

  /// The name of the list in definition files and codebooks.
  public static let listName = "exit-reason"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .work: CodeEntry("GOAL_WORK", "took up work", "Arbeit aufgenommen")
    case .training: CodeEntry("GOAL_TRAINING", "took up training", "Ausbildung aufgenommen")
    case .school: CodeEntry("GOAL_SCHOOL", "took up school", "Schule aufgenommen")
    case .otherMeasure: CodeEntry("OTHER_MEASURE", "other measure", "andere Maßnahme")
    case .plannedEnd: CodeEntry("PLANNED_END", "planned end", "planmäßiges Ende")
    case .noCooperation: CodeEntry("NO_COOPERATION", "no cooperation", "keine Mitwirkung")
    case .contactLost: CodeEntry("CONTACT_LOST", "contact lost", "Kontakt verloren")
    case .health: CodeEntry("HEALTH", "health", "Gesundheit")
    case .careDuties: CodeEntry("CARE_DUTIES", "care duties", "Betreuungspflichten")
    case .workBan: CodeEntry("WORKBAN", "work ban", "Arbeitsverbot")
    case .moved: CodeEntry("MOVED", "moved away", "Umzug")
    case .leftVoluntarily: CodeEntry("LEFT_VOL", "left the country", "ausgereist")
    case .removed: CodeEntry("REMOVED", "removed", "abgeschoben")
    case .prison: CodeEntry("PRISON", "prison", "Haft")
    case .death: CodeEntry("DEATH", "death", "verstorben")
    case .projectEnd: CodeEntry("PROJECT_END", "project end", "Projektende")
    case .unknown: CodeEntry("UNK", "unknown", "unbekannt")
    }
  }
}

/// Whether a participation ended as planned.
public enum ExitType: UInt8, CodeList {
  /// Regular.
  case regular = 1
  /// Early.
  case early = 2
  /// Administrative.
  case administrative = 3

  /// The name of the list in definition files and codebooks.
  public static let listName = "exit-type"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .regular: CodeEntry("regular", "regular", "regulär")
    case .early: CodeEntry("early", "early", "vorzeitig")
    case .administrative: CodeEntry("administrative", "administrative", "verwaltungsseitig")
    }
  }
}

/// Kinds of measures.
public enum MeasureKind: UInt8, CodeList {
  /// Counselling.
  case counselling = 1
  /// Vocational orientation.
  case orientation = 2
  /// Qualification.
  case qualification = 3
  /// Language course.
  case language = 4
  /// Internship.
  case practice = 5
  /// Company-based activation.
  case companyActivation = 6
  /// Application training.
  case application = 7
  /// Job mediation.
  case mediation = 8
  /// Transition to school.
  case schoolTransition = 9
  /// Aftercare.
  case aftercare = 10
  /// Family support.
  case family = 11

  /// The name of the list in definition files and codebooks.
  public static let listName = "measure-kind"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .counselling: CodeEntry("COUNSEL", "counselling", "Beratung")
    case .orientation: CodeEntry("ORIENT", "vocational orientation", "Berufsorientierung")
    case .qualification: CodeEntry("QUAL", "qualification", "Qualifizierung")
    case .language: CodeEntry("LANG", "language course", "Sprachkurs")
    case .practice: CodeEntry("PRACT", "internship", "Praktikum")
    case .companyActivation:
      CodeEntry("COMPANY_ACT", "company-based activation", "betriebliche Aktivierung")
    case .application: CodeEntry("APPLY", "application training", "Bewerbungstraining")
    case .mediation: CodeEntry("MEDIATION", "job mediation", "Vermittlung")
    case .schoolTransition: CodeEntry("SCHOOL_TRANS", "transition to school", "Übergang in Schule")
    case .aftercare: CodeEntry("AFTERCARE", "aftercare", "Nachbetreuung")
    case .family: CodeEntry("FAMILY", "family support", "Familienbegleitung")
    }
  }
}

/// How a contact took place.
public enum ContactChannel: UInt8, CodeList {
  /// In person.
  case inPerson = 1
  /// By phone.
  case phone = 2
  /// By video.
  case video = 3
  /// By message.
  case message = 4
  /// Visit.
  case visit = 5

  /// The name of the list in definition files and codebooks.
  public static let listName = "contact-channel"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .inPerson: CodeEntry("IN_PERSON", "in person", "persönlich")
    case .phone: CodeEntry("PHONE", "by phone", "telefonisch")
    case .video: CodeEntry("VIDEO", "by video", "per Video")
    case .message: CodeEntry("MESSAGE", "by message", "per Nachricht")
    case .visit: CodeEntry("VISIT", "visit", "Besuch")
    }
  }
}

/// Whom an aftercare contact was with.
public enum AftercarePartner: UInt8, CodeList {
  /// Participant.
  case participant = 1
  /// Employer.
  case employer = 2
  /// School.
  case school = 3

  /// The name of the list in definition files and codebooks.
  public static let listName = "aftercare-partner"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .participant: CodeEntry("PARTICIPANT", "participant", "teilnehmende Person")
    case .employer: CodeEntry("EMPLOYER", "employer", "Betrieb")
    case .school: CodeEntry("SCHOOL", "school", "Schule")
    }
  }
}

/// Steps of recognising a foreign qualification.
public enum RecognitionResult: UInt8, CodeList {
  /// Applied.
  case applied = 1
  /// Partial recognition.
  case partial = 2
  /// Full recognition.
  case full = 3
  /// Refused.
  case refused = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "recognition"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .applied: CodeEntry("APPLIED", "applied", "beantragt")
    case .partial: CodeEntry("PARTIAL", "partial recognition", "teilweise anerkannt")
    case .full: CodeEntry("FULL", "full recognition", "voll anerkannt")
    case .refused: CodeEntry("REFUSED", "refused", "abgelehnt")
    }
  }
}

/// Horizons of follow-ups.
public enum FollowUpKind: UInt8, CodeList {
  /// 1 month.
  case month1 = 1
  /// 3 months.
  case month3 = 2
  /// 6 months.
  case month6 = 3
  /// 12 months.
  case month12 = 4
  /// 24 months.
  case month24 = 5
  /// Exit form.
  case exitForm = 6

  /// The name of the list in definition files and codebooks.
  public static let listName = "follow-up-kind"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .month1: CodeEntry("1m", "1 month", "1 Monat")
    case .month3: CodeEntry("3m", "3 months", "3 Monate")
    case .month6: CodeEntry("6m", "6 months", "6 Monate")
    case .month12: CodeEntry("12m", "12 months", "12 Monate")
    case .month24: CodeEntry("24m", "24 months", "24 Monate")
    case .exitForm: CodeEntry("exit-form", "exit form", "Austrittsbogen")
    }
  }
}

/// The clock a follow-up counts on.
public enum FollowUpClock: UInt8, CodeList {
  /// After job start.
  case jobStart = 1
  /// After exit.
  case exit = 2

  /// The name of the list in definition files and codebooks.
  public static let listName = "follow-up-clock"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .jobStart: CodeEntry("job-start", "after job start", "nach Arbeitsaufnahme")
    case .exit: CodeEntry("exit", "after exit", "nach Austritt")
    }
  }
}

/// What a follow-up attempt gave.
public enum FollowUpResult: UInt8, CodeList {
  /// Reached the person.
  case reachedPerson = 1
  /// Reached the employer.
  case reachedEmployer = 2
  /// Register.
  case register = 3
  /// Not reached.
  case notReached = 4
  /// Refused.
  case refused = 5
  /// No consent.
  case noConsent = 6
  /// Deceased.
  case deceased = 7
  /// Left the country.
  case leftCountry = 8

  /// The name of the list in definition files and codebooks.
  public static let listName = "follow-up-result"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .reachedPerson: CodeEntry("REACHED_SELF", "reached the person", "Person erreicht")
    case .reachedEmployer: CodeEntry("REACHED_EMPLOYER", "reached the employer", "Betrieb erreicht")
    case .register: CodeEntry("REGISTER", "register", "Register")
    case .notReached: CodeEntry("NOT_REACHED", "not reached", "nicht erreicht")
    case .refused: CodeEntry("REFUSED", "refused", "verweigert")
    case .noConsent: CodeEntry("NO_CONSENT", "no consent", "keine Einwilligung")
    case .deceased: CodeEntry("DECEASED", "deceased", "verstorben")
    case .leftCountry: CodeEntry("LEFT_DE", "left the country", "ausgereist")
    }
  }
}
