/// What may never change: numbers that stand in logs, as they were first written.
///
/// A new code, event or field gets a new line or a new entry at the end. A changed one is a
/// mistake in the program, not in this file.
enum Pinned {
  static let codeLists = """
    actor-role: advisor=1 coordinator=2 evaluator=3 importer=4 dpo=5 system=6
    aftercare-partner: PARTICIPANT=1 EMPLOYER=2 SCHOOL=3
    answer: yes=1 no=2 unknown=3
    audience: public_admin=1 employer=2 vocational_school=3 ngo=4 other=5
    benefit: SGB2=1 SGB3=2 ASYLBLG=3 NONE=4
    contact-channel: IN_PERSON=1 PHONE=2 VIDEO=3 MESSAGE=4 VISIT=5
    departure: VOLUNTARY=1 REMOVED=2 DUBLIN=3 UNK=4
    employment-detail: INA_EDU=1 INA_CARE=2 INA_ILL=3 INA_NOWORKPERM=4 INA_OTHER=5 SVP_FT=6
      SVP_PT=7 MINIJOB=8 SELF=9 APPR_DUAL=10 CIVIL=11 PARENTAL_LEAVE=12
    employment-status: UNE=1 UNE_LT=2 INA=3 EMP=4 UNK=5
    erasure-outcome: granted=1 partly=2 refused=3
    evidence: none=1 self_declared=2 third_party_statement=3 document=4
    exit-reason: GOAL_WORK=1 GOAL_TRAINING=2 GOAL_SCHOOL=3 OTHER_MEASURE=4 PLANNED_END=5
      NO_COOPERATION=6 CONTACT_LOST=7 HEALTH=8 CARE_DUTIES=9 WORKBAN=10 MOVED=11 LEFT_VOL=12
      REMOVED=13 PRISON=14 DEATH=15 PROJECT_END=16 UNK=17
    exit-type: regular=1 early=2 administrative=3
    follow-up-clock: job-start=1 exit=2
    follow-up-kind: 1m=1 3m=2 6m=3 12m=4 24m=5 exit-form=6
    follow-up-result: REACHED_SELF=1 REACHED_EMPLOYER=2 REGISTER=3 NOT_REACHED=4 REFUSED=5
      NO_CONSENT=6 DECEASED=7 LEFT_DE=8
    gender: f=1 m=2 d=3 x=4
    impairment-class: NONE=1 RECOGNISED=2 SELF_DECLARED=3 FLIGHT_RELATED=4
    isced: 0=1 1=2 2=3 3=4 4=5 5=6 6=7 7=8 8=9
    job-end-reason: FIXEDTERM_END=1 PROBATION_ER=2 ER_OPERATIONAL=3 ER_CONDUCT=4 ER_ILLNESS=5
      EE_BETTER_JOB=6 EE_OTHER=7 MUTUAL=8 INSOLVENCY=9 PERMIT_LOST=10 REMOVED=11 TO_TRAINING=12
      TO_SCHOOL=13 PARENTAL=14 MOVED=15 DEATH=16 UNK=17
    language-level: A0=1 A1=2 A2=3 B1=4 B2=5 C1=6 C2=7
    measure-kind: COUNSEL=1 ORIENT=2 QUAL=3 LANG=4 PRACT=5 COMPANY_ACT=6 APPLY=7 MEDIATION=8
      SCHOOL_TRANS=9 AFTERCARE=10 FAMILY=11
    placement-kind: SVP=1 MINIJOB=2 SELF=3 DUAL=4 SCHOOL_VOC=5 EQ=6 SCHOOL=7 INTERNSHIP=8
      FSJ_BFD=9 SUBS_16E=10 PUB_16I=11 AGH=12
    recognition: APPLIED=1 PARTIAL=2 FULL=3 REFUSED=4
    category-of-region: MD=1 TR=2 LD=3
    residence-class: AE=1 GEST=2 DUL=3 OTHER=4
    residence: GEST=1 AKN=2 AE_22=3 AE_23=4 AE_23A=5 AE_24=6 AE_25_1=7 AE_25_2R=8 AE_25_2S=9
      AE_25_3=10 AE_25_4=11 AE_25_5=12 AE_25A=13 AE_25B=14 AE_104C=15 AE_16G=16 AE_19D=17
      NE_26=18 FIKT=19 DUL_60A=20 DUL_60B=21 DUL_60C=22 DUL_60D=23 GUEB=24 OTHER=25 UNK=26
    retraction-reason: wrong_person=1 duplicate=2 not_happened=3 import_undone=4
    source: entry_form=1 exit_form=2 advisor=3 participant_call=4 employer=5 jobcenter=6 abh=7
      register=8 survey=9 import=10 simulation=11
    statistics-decision: keep=1 exclude=2
    structural-measure: info_event=1 sensitising=2 training=3 company_visit=4 network_meeting=5
    training-result: passed=1 failed=2 dissolved=3 unknown=4
    work-access: FREE=1 PERMIT=2 TEMP_BAN=3 ABS_BAN=4
    """

  static let eventTypes = """
    NetworkRegistered=1 SubprojectRegistered=2 StructuralMeasureHeld=3 IdentityRecorded=10
    DuplicateSuspected=11 DuplicateDismissed=12 ParticipantsMerged=13 MergeReverted=14
    PrivacyNoticeGiven=15 ConsentGiven=16 ConsentWithdrawn=17 ProcessingRestricted=18
    RestrictionLifted=19 ObjectionRecorded=20 ParticipantTakenIn=21 WarningsNoted=22
    ImportBatchRestored=23 FirstContactRecorded=30 ParticipationEntered=31
    EntryProfileRecorded=32 AttributesRecorded=33 ParticipationSuspended=34
    ParticipationResumed=35 ParticipationExited=36 ParticipationReentered=37
    TransferredToSubproject=38 AdvisorAssigned=39 StatusAtExitRecorded=40
    StatusAtSixMonthsRecorded=41 CounsellingHeld=50 ReferralMade=51 ProfilingDone=52
    RecognitionStep=53 MeasureStarted=54 MeasureCompleted=55 MeasureAborted=56
    QualificationGained=57 LanguageLevelAttained=58 ResidenceStatusChanged=59 SchoolStarted=60
    SchoolEnded=61 TrainingStarted=62 TrainingEnded=63 EmploymentStarted=64 EmploymentChanged=65
    EmploymentEnded=66 SelfEmploymentStarted=67 SelfEmploymentEnded=68 BenefitReceiptChanged=69
    LabourStatusReported=70 AftercareContact=71 FollowUpPlanned=80 FollowUpAttempted=81
    FollowUpCompleted=82 StatusConfirmed=83 FollowUpSkipped=84 ParticipantDeceased=90
    ParticipantLeftCountry=91 ContactLost=92 ContactRegained=93 HealthImpairmentRecorded=100 MinorityStatusRecorded=101
    HousingSituationRecorded=102 EventRetracted=120 ImportBatchBegun=121 ImportBatchEnded=122
    ImportBatchRolledBack=123 DefinitionStored=124 IndicatorDefinitionActivated=125
    ReportFrozen=126 TableReleased=127 ErasureRequested=130 ErasureDecided=131
    ErasureCompleted=132 FieldGroupDropOrdered=133 KeyRotationOrdered=134 KeyEpochWritten=135
    FieldGroupDropped=136 ErasuresReapplied=137 OlderLogAccepted=138 ErasureReasonRecorded=139
    RoleKeyIssued=140 KeysExported=141 KeyExportDestroyed=142
    AccessLogAnchored=143 RoleKeyRevoked=144 ExportDescribed=145 KeysImported=146
    RoleKeysExtended=147 ReleaseRequested=150 ReleaseProposed=151 ReleaseApproved=152
    ReleaseRefused=153 ReleaseWithdrawn=154 WaiverGranted=155
    """

  static let fields = """
    1=operation:text 2=network:text 3=subproject:text 4=author:text 5=role:code/actor-role
    6=source:code/source 7=evidence:code/evidence 8=reported-on:date 9=batch:integer
    10=target:integer 11=reason:text 12=note:text 20=gender:code/gender 21=birth-year:integer
    22=employment-status:code/employment-status 23=employment-detail:code/employment-detail
    24=unemployed-since:date 25=in-education:code/answer 26=isced:code/isced
    27=third-country:code/answer 28=foreign-background:code/answer 29=rural:code/answer
    30=german:code/language-level 31=arrived-on:date 32=nationality-group:text 33=attribute:text
    34=name:text 35=birth-date:date 36=postcode:text 37=contact:text
    38=impairment:code/impairment-class 39=disability:code/answer 40=minority:code/answer
    41=homeless:code/answer 42=version:text 43=purposes:text 44=other-participant:integer
    45=warnings:text 46=statistics:code/statistics-decision
    50=exit-reason:code/exit-reason 51=exit-type:code/exit-type 52=hours:decimal
    53=channel:code/contact-channel 54=topics:text 55=family-members:integer 56=referred-to:text
    57=kind:code/measure-kind 58=provider:text 59=planned-end:date 60=certificate:boolean
    61=level:integer 62=title:text 63=level-of-german:code/language-level
    64=result:code/recognition 65=job-search:code/answer 66=education:code/answer
    67=qualification:code/answer 68=employed:code/answer 69=improvement:code/answer
    70=in-sample:boolean 80=kind:code/placement-kind 81=spell:integer 82=employer:text
    83=hours-per-week:decimal 84=gross-monthly:decimal 85=fixed-term-until:date
    86=temp-agency:boolean 87=subsidised:boolean 88=occupation:text 89=sector:text
    90=mediated:boolean 91=reason-code:code/job-end-reason 92=result:code/training-result
    93=permanent:boolean 94=promotion:boolean 95=residence:code/residence 96=valid-until:date
    97=work-access:code/work-access 98=benefit:code/benefit 99=with:code/aftercare-partner
    100=outcome:text 101=kind:code/follow-up-kind 102=clock:code/follow-up-clock
    103=result:code/follow-up-result 104=reference-date:date 105=due-on:date
    106=kind:code/departure 107=advisor:text 108=task:text 120=code:text 121=region:text
    122=category-of-region:code/category-of-region 123=priority:text 124=specific-objective:text
    125=until:date 126=carrier:text 127=kind:code/structural-measure 128=audience:code/audience
    129=count:integer 130=files:text 131=content-digest:text 132=definition-digest:text
    133=definition-text:text 134=batch-code:text 135=rows:integer
    136=reason-code:code/retraction-reason 137=outcome:code/erasure-outcome 138=review-on:date
    139=result-digest:text 140=recipient:text 141=simulated:boolean 142=participant:integer
    143=field-group:text 144=epoch:integer 145=people-kept:integer
    146=people-without-key:integer 147=checks:text 148=watermark:integer 149=signature:text
    150=role-number:integer 151=role-kind:text 152=export:text 153=key-epoch:integer
    154=access-size:integer 155=access-root:text 156=file-digest:text
    157=release:integer 158=purpose:text 159=request:text 160=table:text 161=members:text
    162=audit:text 163=pattern:text 164=refusal:text
    """

  static let milestoneKinds = """
    firstContact=1 entered=10 reentered=11 profile=12 residence=20 benefit=21 placementEnded=30
    placementStarted=31 placementChanged=32 labourStatus=33 measureStarted=40
    measureCompleted=41 measureAborted=42 qualification=43 language=44 counselling=45
    aftercare=46 followUpPlanned=60 followUpAttempted=61 followUpCompleted=62 confirmed=63
    statusAtExit=64 statusAtSixMonths=65 followUpSkipped=66 suspended=80 resumed=81 exited=82
    contactLost=90 contactRegained=91 leftCountry=95 deceased=99
    """

  /// The entries of a pinned table, without the way it is broken into lines.
  static func words(_ table: String) -> [Substring] {
    table.split { $0 == " " || $0 == "\n" }
  }
}
