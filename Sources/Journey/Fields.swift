/// Every field that an event can carry.
///
/// Tags 1 to 19 may stand in any event; the others only where the event's schema names them.
public enum Fields {
  // Any event.
  /// The operation (Vorhaben) that a participation belongs to.
  public static let operation = Field<String>(1, "operation")
  /// The network of the operation.
  public static let network = Field<String>(2, "network")
  /// The sub-project in charge.
  public static let subproject = Field<String>(3, "subproject")
  /// Who recorded or reported the event.
  public static let author = Field<String>(4, "author")
  /// In which role the author acted.
  public static let actorRole = Field<ActorRole>(5, "role")
  /// Where the statement came from.
  public static let source = Field<Source>(6, "source")
  /// What the statement rests on.
  public static let evidence = Field<Evidence>(7, "evidence")
  /// When the source says it took the event down: a claim, not the log's own time.
  public static let reportedOn = Field<CivilDate>(8, "reported-on")
  /// The position of the batch-begun event of the import that brought this event.
  public static let batch = Field<Int>(9, "batch")
  /// The position of the event that a correction or retraction names.
  public static let target = Field<Int>(10, "target")
  /// Why, in words.
  public static let reason = Field<String>(11, "reason")
  /// A remark.
  public static let note = Field<String>(12, "note")

  // People.
  /// Gender.
  public static let gender = Field<Gender>(20, "gender")
  /// Year of birth.
  public static let birthYear = Field<Int>(21, "birth-year")
  /// Employment status at entry.
  public static let employmentStatus = Field<EmploymentStatus>(22, "employment-status")
  /// Finer employment status.
  public static let employmentDetail = Field<EmploymentDetail>(23, "employment-detail")
  /// Since when unemployed.
  public static let unemployedSince = Field<CivilDate>(24, "unemployed-since")
  /// Whether in education at entry.
  public static let inEducation = Field<Answer>(25, "in-education")
  /// Highest completed education.
  public static let isced = Field<Isced>(26, "isced")
  /// Whether a third-country national.
  public static let thirdCountry = Field<Answer>(27, "third-country")
  /// Whether of foreign background.
  public static let foreignBackground = Field<Answer>(28, "foreign-background")
  /// Whether from a rural area.
  public static let rural = Field<Answer>(29, "rural")
  /// Command of German.
  public static let german = Field<LanguageLevel>(30, "german")
  /// When the person arrived in the country.
  public static let arrivedOn = Field<CivilDate>(31, "arrived-on")
  /// Group of nationalities.
  public static let nationalityGroup = Field<String>(32, "nationality-group")
  /// An attribute of a source's own, as `name=value`; may repeat.
  public static let attribute = Field<String>(33, "attribute")
  /// Full name.
  public static let personName = Field<String>(34, "name")
  /// Date of birth.
  public static let birthDate = Field<CivilDate>(35, "birth-date")
  /// Postcode.
  public static let postcode = Field<String>(36, "postcode")
  /// Telephone, e-mail or address.
  public static let contact = Field<String>(37, "contact")
  /// Class of a health impairment.
  public static let impairment = Field<ImpairmentClass>(38, "impairment")
  /// Whether disability is stated.
  public static let disability = Field<Answer>(39, "disability")
  /// Whether member of a minority.
  public static let minority = Field<Answer>(40, "minority")
  /// Whether homeless or affected by housing exclusion.
  public static let homeless = Field<Answer>(41, "homeless")
  /// Version of a privacy notice.
  public static let noticeVersion = Field<String>(42, "version")
  /// Purposes of a consent.
  public static let purposes = Field<String>(43, "purposes")
  /// The ref of the other participant of a merge.
  public static let otherParticipant = Field<Int>(44, "other-participant")
  /// Codes of the warnings in spite of which an event was recorded, with a blank between them.
  public static let warnings = Field<String>(45, "warnings")
  /// Whether a person whose processing is restricted stays in statistics.
  public static let statistics = Field<StatisticsDecision>(46, "statistics")

  // Participation and measures.
  /// Why a participation ended.
  public static let exitReason = Field<ExitReason>(50, "exit-reason")
  /// Whether a participation ended as planned.
  public static let exitType = Field<ExitType>(51, "exit-type")
  /// Hours with two decimals.
  public static let hours = Field<Hundredths>(52, "hours")
  /// How a contact took place.
  public static let channel = Field<ContactChannel>(53, "channel")
  /// Topics talked about.
  public static let topics = Field<String>(54, "topics")
  /// Family members included, as a number only.
  public static let familyMembers = Field<Int>(55, "family-members")
  /// To whom somebody was referred.
  public static let referredTo = Field<String>(56, "referred-to")
  /// Kind of measure.
  public static let measureKind = Field<MeasureKind>(57, "kind")
  /// Who provides a measure.
  public static let provider = Field<String>(58, "provider")
  /// When something is planned to end.
  public static let plannedEnd = Field<CivilDate>(59, "planned-end")
  /// Whether a certificate was given.
  public static let certificate = Field<Bool>(60, "certificate")
  /// Level in the German qualifications framework.
  public static let level = Field<Int>(61, "level")
  /// What a qualification is called.
  public static let title = Field<String>(62, "title")
  /// A level of German attained.
  public static let languageLevel = Field<LanguageLevel>(63, "level-of-german")
  /// A step of recognising a qualification.
  public static let recognition = Field<RecognitionResult>(64, "result")
  /// Job search in the 28 days after exit.
  public static let jobSearch = Field<Answer>(65, "job-search")
  /// Education in the 28 days after exit.
  public static let education = Field<Answer>(66, "education")
  /// Qualification within 28 days after exit.
  public static let qualification = Field<Answer>(67, "qualification")
  /// Employment in the window or on the day in question.
  public static let employed = Field<Answer>(68, "employed")
  /// Whether the situation improved.
  public static let improvement = Field<Answer>(69, "improvement")
  /// Whether in the representative sample.
  public static let inSample = Field<Bool>(70, "in-sample")

  // Placement and status.
  /// Kind of work, training or school.
  public static let placementKind = Field<PlacementKind>(80, "kind")
  /// The source's number for a spell, 1 to 1023, to match starts and ends.
  public static let spell = Field<Int>(81, "spell")
  /// The employer, by the office's own code.
  public static let employer = Field<String>(82, "employer")
  /// Hours a week.
  public static let weeklyHours = Field<Hundredths>(83, "hours-per-week")
  /// Gross pay a month in euros.
  public static let grossMonthly = Field<Hundredths>(84, "gross-monthly")
  /// End of a fixed term.
  public static let fixedTermUntil = Field<CivilDate>(85, "fixed-term-until")
  /// Whether through a temporary-work agency.
  public static let temporaryAgency = Field<Bool>(86, "temp-agency")
  /// Whether subsidised.
  public static let subsidised = Field<Bool>(87, "subsidised")
  /// Occupation by KldB 2010.
  public static let occupation = Field<String>(88, "occupation")
  /// Economic sector by WZ 2008.
  public static let sector = Field<String>(89, "sector")
  /// Whether the project mediated the placement.
  public static let mediated = Field<Bool>(90, "mediated")
  /// Why a job or training ended.
  public static let jobEndReason = Field<JobEndReason>(91, "reason-code")
  /// How a training ended.
  public static let trainingResult = Field<TrainingResult>(92, "result")
  /// Whether the contract is permanent.
  public static let permanent = Field<Bool>(93, "permanent")
  /// Whether the change is a promotion.
  public static let promotion = Field<Bool>(94, "promotion")
  /// Residence status.
  public static let residence = Field<ResidenceStatus>(95, "residence")
  /// Until when a permit is valid.
  public static let validUntil = Field<CivilDate>(96, "valid-until")
  /// Access to the labour market.
  public static let workAccess = Field<WorkAccess>(97, "work-access")
  /// Benefits received.
  public static let benefit = Field<BenefitKind>(98, "benefit")
  /// Whom an aftercare contact was with.
  public static let partner = Field<AftercarePartner>(99, "with")
  /// Outcome in words.
  public static let outcome = Field<String>(100, "outcome")
  /// Horizon of a follow-up.
  public static let followUpKind = Field<FollowUpKind>(101, "kind")
  /// Clock of a follow-up.
  public static let followUpClock = Field<FollowUpClock>(102, "clock")
  /// Result of a follow-up attempt.
  public static let followUpResult = Field<FollowUpResult>(103, "result")
  /// The day an answer speaks about.
  public static let referenceDate = Field<CivilDate>(104, "reference-date")
  /// When something is due.
  public static let dueOn = Field<CivilDate>(105, "due-on")
  /// The code of a task of the worklist.
  public static let task = Field<String>(108, "task")
  /// How someone left the country.
  public static let departure = Field<Departure>(106, "kind")
  /// The advisor in charge.
  public static let advisor = Field<String>(107, "advisor")

  // Structure and control.
  /// The code of a network or sub-project.
  public static let code = Field<String>(120, "code")
  /// The federal state or municipality (AGS).
  public static let region = Field<String>(121, "region")
  /// Category of region.
  public static let regionCategory = Field<RegionCategory>(122, "category-of-region")
  /// Priority of the programme.
  public static let priority = Field<String>(123, "priority")
  /// Specific objective of the programme.
  public static let specificObjective = Field<String>(124, "specific-objective")
  /// Last day of a run time.
  public static let until = Field<CivilDate>(125, "until")
  /// The organisation that carries a sub-project.
  public static let carrier = Field<String>(126, "carrier")
  /// Kind of structural measure.
  public static let structuralKind = Field<StructuralMeasureKind>(127, "kind")
  /// Whom a structural measure addressed.
  public static let audience = Field<Audience>(128, "audience")
  /// A number of people, rows or events.
  public static let count = Field<Int>(129, "count")
  /// Names of imported files.
  public static let files = Field<String>(130, "files")
  /// Digest of imported content, keyed by the store.
  public static let contentDigest = Field<String>(131, "content-digest")
  /// Digest of a definition file.
  public static let definitionDigest = Field<String>(132, "definition-digest")
  /// Text of a definition file.
  public static let definitionText = Field<String>(133, "definition-text")
  /// The public code of a batch.
  public static let batchCode = Field<String>(134, "batch-code")
  /// Number of rows read.
  public static let rows = Field<Int>(135, "rows")
  /// Why an event was taken back.
  public static let retractionReason = Field<RetractionReason>(136, "reason-code")
  /// The decision on a request to erase.
  public static let erasureOutcome = Field<ErasureOutcome>(137, "outcome")
  /// When something is to be looked at again.
  public static let reviewOn = Field<CivilDate>(138, "review-on")
  /// Digest of a result.
  public static let resultDigest = Field<String>(139, "result-digest")
  /// For whom a table was released.
  public static let recipient = Field<String>(140, "recipient")
  /// Whether the data are simulated.
  public static let simulated = Field<Bool>(141, "simulated")
  /// The ref of a participant named by a control event.
  public static let participant = Field<Int>(142, "participant")
  /// The name of a field group.
  public static let fieldGroup = Field<String>(143, "field-group")
  /// The number of a key epoch.
  public static let epoch = Field<Int>(144, "epoch")
  /// People whose keys an epoch holds.
  public static let kept = Field<Int>(145, "people-kept")
  /// People for whom an epoch holds no key any more.
  public static let withoutKey = Field<Int>(146, "people-without-key")
  /// What was done and found, in words for machines.
  public static let checks = Field<String>(147, "checks")
  /// The size of the log whose erasures the keys have followed.
  public static let watermark = Field<Int>(148, "watermark")
  /// A signature of the log's key, in base64.
  public static let signature = Field<String>(149, "signature")
  /// The number of a role.
  public static let roleNumber = Field<Int>(150, "role-number")
  /// What a role is.
  public static let roleKind = Field<String>(151, "role-kind")
  /// The name of an export of keys.
  public static let exportID = Field<String>(152, "export")
  /// The epoch of the keys.
  public static let keyEpoch = Field<Int>(153, "key-epoch")
  /// Entries of the access log.
  public static let accessSize = Field<Int>(154, "access-size")
  /// Merkle root over the entries of the access log.
  public static let accessRoot = Field<String>(155, "access-root")
  /// SHA-256 of an exported file, in hex.
  public static let fileDigest = Field<String>(156, "file-digest")
  /// The number of a release, from 1.
  public static let release = Field<Int>(157, "release")
  /// What somebody needs a table for.
  public static let purpose = Field<String>(158, "purpose")
  /// What was asked for, line by line.
  public static let request = Field<String>(159, "request")
  /// A released table, as its file has it.
  public static let table = Field<String>(160, "table")
  /// Who is in which cell of a table, in base64.
  public static let members = Field<String>(161, "members")
  /// How exactly hidden cells can be known, and why they are hidden.
  public static let audit = Field<String>(162, "audit")
  /// Which cells there are, which of them are hidden, and by which rules.
  public static let pattern = Field<String>(163, "pattern")
  /// Why something was refused, in a word.
  public static let refusal = Field<String>(164, "refusal")
}

extension Fields {
  /// The fields that may stand in any event.
  public static let common: [FieldDefinition] = [
    operation.definition, network.definition, subproject.definition, author.definition,
    actorRole.definition, source.definition, evidence.definition, reportedOn.definition,
    batch.definition, target.definition, reason.definition, note.definition,
  ]
}
