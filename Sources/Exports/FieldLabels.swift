import Interchange
public import Journey

/// Fields of events as columns: names that are told apart, and what they are.
public enum FieldLabels {
  /// What a field is, in a few words.
  public static func label(_ field: FieldDefinition) -> LocalizedText {
    labels[field.tag] ?? LocalizedText(verbatim: field.name)
  }

  /// The name of a field's column: of fields that share a name that of their code list.
  static func column(_ field: FieldDefinition) -> String {
    var name = field.name
    if ["kind", "result", "reason-code"].contains(name), case .code(let list) = field.type {
      name = list.name
    }
    return ParticipantRows.column(name)
  }

  /// Fields that can leave the program: codes, numbers, days, and texts that are codes.
  ///
  /// What people wrote in their own words stays, and so do names of people and what the program
  /// itself keeps count of.
  static let exported: [FieldDefinition] = {
    let texts: Set<UInt8> = [
      Fields.operation.tag, Fields.network.tag, Fields.subproject.tag, Fields.occupation.tag,
      Fields.sector.tag, Fields.nationalityGroup.tag, Fields.attribute.tag,
    ]
    let own: Set<UInt8> = [
      Fields.batch.tag, Fields.target.tag, Fields.otherParticipant.tag, Fields.actorRole.tag,
      Fields.spell.tag,
    ]
    var found: [UInt8: FieldDefinition] = [:]
    for type in exportedTypes {
      let schema = type.schema
      for field in Fields.common + schema.required + schema.optional where !own.contains(field.tag)
      {
        if case .text = field.type, !texts.contains(field.tag) { continue }
        found[field.tag] = field
      }
    }
    return found.values.sorted { $0.tag < $1.tag }
  }()

  /// The events that are steps of a journey: the others are about identities, merges and rights.
  static let exportedTypes = EventType.allCases.filter {
    $0.schema.group == .record && (30...93).contains($0.rawValue)
  }

  private static let labels: [UInt8: LocalizedText] = [
    Fields.operation.tag: .init(en: "operation", de: "Vorhaben"),
    Fields.network.tag: .init(en: "network", de: "Netzwerk"),
    Fields.subproject.tag: .init(en: "sub-project", de: "Teilprojekt"),
    Fields.source.tag: .init(en: "where the statement came from", de: "Herkunft der Angabe"),
    Fields.evidence.tag: .init(en: "what it rests on", de: "worauf sie beruht"),
    Fields.reportedOn.tag: .init(
      en: "when the source took it down", de: "wann die Quelle es aufnahm"),
    Fields.gender.tag: .init(en: "gender", de: "Geschlecht"),
    Fields.birthYear.tag: .init(en: "year of birth", de: "Geburtsjahr"),
    Fields.employmentStatus.tag: .init(en: "employment status", de: "Erwerbsstatus"),
    Fields.employmentDetail.tag: .init(en: "finer employment status", de: "genauer Erwerbsstatus"),
    Fields.unemployedSince.tag: .init(en: "unemployed since", de: "arbeitslos seit"),
    Fields.inEducation.tag: .init(en: "in education", de: "in Bildung"),
    Fields.isced.tag: .init(en: "highest education (ISCED)", de: "höchste Bildung (ISCED)"),
    Fields.thirdCountry.tag: .init(en: "third-country national", de: "Drittstaatsangehörige"),
    Fields.foreignBackground.tag: .init(en: "foreign background", de: "ausländische Herkunft"),
    Fields.rural.tag: .init(en: "rural area", de: "ländlicher Raum"),
    Fields.german.tag: .init(en: "command of German", de: "Deutschkenntnisse"),
    Fields.arrivedOn.tag: .init(en: "arrived in the country", de: "eingereist am"),
    Fields.nationalityGroup.tag: .init(en: "group of nationalities", de: "Staatengruppe"),
    Fields.attribute.tag: .init(en: "attributes of the source", de: "Merkmale der Quelle"),
    Fields.exitReason.tag: .init(en: "why it ended", de: "Grund des Austritts"),
    Fields.exitType.tag: .init(en: "how it ended", de: "Art des Austritts"),
    Fields.hours.tag: .init(en: "hours", de: "Stunden"),
    Fields.channel.tag: .init(en: "how the contact took place", de: "Weg des Kontakts"),
    Fields.familyMembers.tag: .init(en: "family members included", de: "einbezogene Angehörige"),
    Fields.measureKind.tag: .init(en: "kind of measure", de: "Art der Maßnahme"),
    Fields.plannedEnd.tag: .init(en: "planned end", de: "geplantes Ende"),
    Fields.certificate.tag: .init(en: "with certificate", de: "mit Zertifikat"),
    Fields.level.tag: .init(en: "level (DQR)", de: "Niveau (DQR)"),
    Fields.languageLevel.tag: .init(en: "level of German attained", de: "erreichtes Sprachniveau"),
    Fields.recognition.tag: .init(
      en: "recognition of a qualification", de: "Anerkennung eines Abschlusses"),
    Fields.jobSearch.tag: .init(en: "looking for work", de: "arbeitsuchend"),
    Fields.education.tag: .init(en: "in education", de: "in Bildung"),
    Fields.qualification.tag: .init(en: "gained a qualification", de: "Qualifikation erlangt"),
    Fields.employed.tag: .init(en: "employed", de: "beschäftigt"),
    Fields.improvement.tag: .init(en: "situation improved", de: "Lage verbessert"),
    Fields.inSample.tag: .init(en: "in the representative sample", de: "in der Stichprobe"),
    Fields.placementKind.tag: .init(
      en: "kind of work, training or school", de: "Art der Arbeit, Ausbildung oder Schule"),
    Fields.weeklyHours.tag: .init(en: "hours a week", de: "Wochenstunden"),
    Fields.grossMonthly.tag: .init(en: "gross pay a month, EUR", de: "Bruttolohn im Monat, EUR"),
    Fields.fixedTermUntil.tag: .init(en: "fixed-term until", de: "befristet bis"),
    Fields.temporaryAgency.tag: .init(en: "temporary-work agency", de: "Zeitarbeit"),
    Fields.subsidised.tag: .init(en: "subsidised", de: "gefördert"),
    Fields.occupation.tag: .init(en: "occupation (KldB 2010)", de: "Beruf (KldB 2010)"),
    Fields.sector.tag: .init(en: "sector (WZ 2008)", de: "Branche (WZ 2008)"),
    Fields.mediated.tag: .init(en: "found by the project", de: "durch das Vorhaben vermittelt"),
    Fields.jobEndReason.tag: .init(en: "why a job ended", de: "Grund des Endes der Arbeit"),
    Fields.trainingResult.tag: .init(en: "how a training ended", de: "Ergebnis der Ausbildung"),
    Fields.permanent.tag: .init(en: "permanent contract", de: "unbefristet"),
    Fields.promotion.tag: .init(en: "promotion", de: "Aufstieg"),
    Fields.residence.tag: .init(en: "residence status", de: "Aufenthaltsstatus"),
    Fields.validUntil.tag: .init(en: "permit valid until", de: "Titel gültig bis"),
    Fields.workAccess.tag: .init(en: "access to the labour market", de: "Arbeitsmarktzugang"),
    Fields.benefit.tag: .init(en: "benefits", de: "Leistungsbezug"),
    Fields.partner.tag: .init(en: "whom the contact was with", de: "mit wem der Kontakt war"),
    Fields.followUpKind.tag: .init(en: "horizon of the follow-up", de: "Zeit der Nachbefragung"),
    Fields.followUpClock.tag: .init(en: "its clock", de: "deren Uhr"),
    Fields.followUpResult.tag: .init(en: "who was reached", de: "wer erreicht wurde"),
    Fields.referenceDate.tag: .init(
      en: "the day that answers speak about", de: "der Tag, von dem die Antworten sprechen"),
    Fields.dueOn.tag: .init(en: "due on", de: "fällig am"),
    Fields.departure.tag: .init(en: "how they left the country", de: "Art der Ausreise"),
    Fields.personName.tag: .init(en: "full name", de: "voller Name"),
    Fields.birthDate.tag: .init(en: "date of birth", de: "Geburtsdatum"),
    Fields.postcode.tag: .init(en: "postcode", de: "Postleitzahl"),
    Fields.contact.tag: .init(
      en: "telephone, e-mail or address", de: "Telefon, E-Mail oder Anschrift"),
    Fields.note.tag: .init(en: "a remark", de: "Bemerkung"),
    Fields.advisor.tag: .init(en: "advisor", de: "Beratung"),
    Fields.employer.tag: .init(en: "employer, by your code", de: "Betrieb, nach Ihrem Code"),
    Fields.provider.tag: .init(en: "who provides the measure", de: "wer die Maßnahme durchführt"),
    Fields.title.tag: .init(en: "what it is called", de: "wie es heißt"),
    Fields.topics.tag: .init(en: "topics talked about", de: "Themen des Gesprächs"),
    Fields.referredTo.tag: .init(en: "to whom", de: "wohin"),
    Fields.spell.tag: .init(
      en: "number of the job, to match its end", de: "Nummer der Tätigkeit, damit ihr Ende passt"),
    Fields.noticeVersion.tag: .init(en: "version of the text", de: "Fassung des Textes"),
    Fields.purposes.tag: .init(en: "purposes", de: "Zwecke"),
    Fields.impairment.tag: .init(en: "class of impairment", de: "Art der Beeinträchtigung"),
    Fields.disability.tag: .init(en: "disability", de: "Behinderung"),
    Fields.minority.tag: .init(en: "member of a minority", de: "Angehörige einer Minderheit"),
    Fields.homeless.tag: .init(en: "homeless", de: "wohnungslos"),
    Fields.task.tag: .init(en: "task of the worklist", de: "Aufgabe der Wiedervorlage"),
    Fields.statistics.tag: .init(en: "whether figures count them", de: "ob Zahlen sie zählen"),
  ]
}
