/// Kinds of work, training and school that a journey can lead to.
public enum PlacementKind: UInt8, CodeList {
  /// Job subject to social insurance.
  case svp = 1
  /// Marginal employment.
  case miniJob = 2
  /// Self-employment.
  case selfEmployment = 3
  /// Dual apprenticeship.
  case dualTraining = 4
  /// School-based training.
  case vocationalSchool = 5
  /// Introductory training.
  case introductoryTraining = 6
  /// School.
  case school = 7
  /// Internship.
  case internship = 8
  /// Voluntary service.
  case voluntaryYear = 9
  /// Subsidised job, § 16e SGB II.
  case subsidised16e = 10
  /// Publicly funded job, § 16i SGB II.
  case publicJob16i = 11
  /// Work opportunity.
  case workOpportunity = 12

  /// The name of the list in definition files and codebooks.
  public static let listName = "placement-kind"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .svp:
      CodeEntry("SVP", "job subject to social insurance", "sozialversicherungspflichtige Arbeit")
    case .miniJob: CodeEntry("MINIJOB", "marginal employment", "Minijob")
    case .selfEmployment: CodeEntry("SELF", "self-employment", "Selbstständigkeit")
    case .dualTraining: CodeEntry("DUAL", "dual apprenticeship", "duale Ausbildung")
    case .vocationalSchool:
      CodeEntry("SCHOOL_VOC", "school-based training", "schulische Ausbildung")
    case .introductoryTraining: CodeEntry("EQ", "introductory training", "Einstiegsqualifizierung")
    case .school: CodeEntry("SCHOOL", "school", "Schule")
    case .internship: CodeEntry("INTERNSHIP", "internship", "Praktikum")
    case .voluntaryYear: CodeEntry("FSJ_BFD", "voluntary service", "Freiwilligendienst")
    case .subsidised16e:
      CodeEntry("SUBS_16E", "subsidised job, § 16e SGB II", "geförderte Arbeit, § 16e SGB II")
    case .publicJob16i:
      CodeEntry(
        "PUB_16I", "publicly funded job, § 16i SGB II", "öffentlich geförderte Arbeit, § 16i SGB II"
      )
    case .workOpportunity: CodeEntry("AGH", "work opportunity", "Arbeitsgelegenheit")
    }
  }
}

/// Why a job or training ended.
public enum JobEndReason: UInt8, CodeList {
  /// End of fixed term.
  case fixedTermEnd = 1
  /// Ended by employer in probation.
  case probationByEmployer = 2
  /// Operational dismissal.
  case operational = 3
  /// Dismissal for conduct.
  case conduct = 4
  /// Dismissal for illness.
  case illness = 5
  /// Better job.
  case betterJob = 6
  /// Own decision.
  case otherByEmployee = 7
  /// Mutual agreement.
  case mutual = 8
  /// Insolvency.
  case insolvency = 9
  /// Permit lost.
  case permitLost = 10
  /// Removed.
  case removed = 11
  /// Went into training.
  case toTraining = 12
  /// Went to school.
  case toSchool = 13
  /// Parental leave.
  case parental = 14
  /// Moved away.
  case moved = 15
  /// Death.
  case death = 16
  /// Unknown.
  case unknown = 17

  /// The name of the list in definition files and codebooks.
  public static let listName = "job-end-reason"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .fixedTermEnd: CodeEntry("FIXEDTERM_END", "end of fixed term", "Befristung abgelaufen")
    case .probationByEmployer:
      CodeEntry("PROBATION_ER", "ended by employer in probation", "Kündigung in der Probezeit")
    case .operational:
      CodeEntry("ER_OPERATIONAL", "operational dismissal", "betriebsbedingte Kündigung")
    case .conduct: CodeEntry("ER_CONDUCT", "dismissal for conduct", "verhaltensbedingte Kündigung")
    case .illness: CodeEntry("ER_ILLNESS", "dismissal for illness", "krankheitsbedingte Kündigung")
    case .betterJob: CodeEntry("EE_BETTER_JOB", "better job", "bessere Stelle")
    case .otherByEmployee: CodeEntry("EE_OTHER", "own decision", "eigene Kündigung")
    case .mutual: CodeEntry("MUTUAL", "mutual agreement", "Aufhebungsvertrag")
    case .insolvency: CodeEntry("INSOLVENCY", "insolvency", "Insolvenz")
    case .permitLost: CodeEntry("PERMIT_LOST", "permit lost", "Aufenthaltsrecht verloren")
    case .removed: CodeEntry("REMOVED", "removed", "abgeschoben")
    case .toTraining: CodeEntry("TO_TRAINING", "went into training", "Wechsel in Ausbildung")
    case .toSchool: CodeEntry("TO_SCHOOL", "went to school", "Wechsel in Schule")
    case .parental: CodeEntry("PARENTAL", "parental leave", "Elternzeit")
    case .moved: CodeEntry("MOVED", "moved away", "Umzug")
    case .death: CodeEntry("DEATH", "death", "verstorben")
    case .unknown: CodeEntry("UNK", "unknown", "unbekannt")
    }
  }
}

/// How a training ended.
public enum TrainingResult: UInt8, CodeList {
  /// Passed.
  case passed = 1
  /// Failed.
  case failed = 2
  /// Contract dissolved.
  case dissolved = 3
  /// Unknown.
  case unknown = 4

  /// The name of the list in definition files and codebooks.
  public static let listName = "training-result"

  /// The short code and the wording of this value.
  public var entry: CodeEntry {
    switch self {
    case .passed: CodeEntry("passed", "passed", "bestanden")
    case .failed: CodeEntry("failed", "failed", "nicht bestanden")
    case .dissolved: CodeEntry("dissolved", "contract dissolved", "Vertrag gelöst")
    case .unknown: CodeEntry("unknown", "unknown", "unbekannt")
    }
  }
}
