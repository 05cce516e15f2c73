import Journey
import TestSupport

/// Made-up events of every awkward kind, on days that lie close together.
enum MadeUp {
  static func date(using random: inout SeededGenerator) -> CivilDate {
    let day = CivilDate.made(2024, 1, 1).day + Int32.random(in: 0..<330, using: &random)
    return CivilDate(day, random.chance(20) ? .month : .day)
  }

  static func entry(using random: inout SeededGenerator) -> JourneyEvent {
    JourneyEvent(.participationEntered, on: date(using: &random))
      .with(Fields.operation, "V-\(word(&random))")
      .with(Fields.network, random.chance(50) ? word(&random) : nil)
      .with(Fields.subproject, random.chance(60) ? word(&random) : nil)
  }

  static func events(_ count: Int, using random: inout SeededGenerator) -> [JourneyEvent] {
    (0..<count).map { _ in event(using: &random) }
  }

  static func networkEvent(using random: inout SeededGenerator) -> JourneyEvent {
    JourneyEvent(.networkRegistered, on: date(using: &random)).with(Fields.code, word(&random))
  }

  static func event(using random: inout SeededGenerator) -> JourneyEvent {
    let day = date(using: &random)
    switch Int.random(in: 0..<18, using: &random) {
    case 0: return entry(using: &random)
    case 1:
      return JourneyEvent(.entryProfileRecorded, on: day)
        .with(Fields.gender, random.pick(Gender.allCases))
        .with(Fields.birthYear, random.chance(50) ? 1990 : nil)
        .with(Fields.residence, random.chance(50) ? random.pick(ResidenceStatus.allCases) : nil)
    case 2, 3:
      var event = JourneyEvent(.attributesRecorded, on: day)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        // A name may be stated twice in one event.
        let name = "x\(Int.random(in: 0...3, using: &random))"
        event.fields.add(Fields.attribute, "\(name)=\(word(&random))")
      }
      return event
    case 4:
      return JourneyEvent(.transferredToSubproject, on: day)
        .with(Fields.subproject, word(&random))
    case 5: return JourneyEvent(.advisorAssigned, on: day).with(Fields.advisor, word(&random))
    case 6, 7, 8:
      return JourneyEvent(.employmentStarted, on: day)
        .with(Fields.placementKind, random.pick([.svp, .svp, .miniJob]))
        .with(Fields.spell, random.chance(50) ? Int.random(in: 1...4, using: &random) : nil)
    case 9:
      return JourneyEvent(.employmentEnded, on: day)
        .with(Fields.spell, random.chance(50) ? Int.random(in: 1...4, using: &random) : nil)
    case 10, 11: return JourneyEvent(.statusConfirmed, on: day)
    case 12:
      return JourneyEvent(.followUpCompleted, on: day).with(Fields.followUpKind, .month6)
    case 13:
      return JourneyEvent(
        random.pick([.participantDeceased, .participantLeftCountry, .contactLost]), on: day)
    // Other groups, under keys of their own.
    case 14:
      return JourneyEvent(.identityRecorded, on: day)
        .with(Fields.personName, "Mara Beispiel \(word(&random))")
    case 15:
      return JourneyEvent(.healthImpairmentRecorded, on: day).with(Fields.disability, .yes)
    default:
      return JourneyEvent(.counsellingHeld, on: day)
        .with(Fields.note, random.chance(30) ? word(&random) : nil)
    }
  }

  /// A word; two of them look the same and have other bytes.
  private static func word(_ random: inout SeededGenerator) -> String {
    random.pick(["a", "b", "ä", "a\u{308}", "Köln – 名前"])
  }
}

extension CivilDate {
  /// A day of the years that tests use.
  static func made(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    guard let day = Day(year: year, month: month, day: day) else {
      preconditionFailure("no such day")
    }
    return CivilDate(day)
  }
}
