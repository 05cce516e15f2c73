import Journey
import TestSupport

extension Telling {
  /// A random history of several people, with corrections and retractions of all kinds.
  ///
  /// Days lie close together, so that many things happen on one day; attributes that nobody had
  /// before appear on the way.
  static func random(
    people: Int, statements count: Int, using random: inout SeededGenerator
  ) -> Telling {
    var telling = Telling()
    while telling.statements.count < count {
      let progress = telling.statements.count * 4 / count
      let person = Int.random(in: 0..<people, using: &random)
      let earlier = telling.statements.indices.filter { telling.statements[$0].person == person }
      let ofRecord = earlier.filter { telling.statements[$0].event.type.schema.group == .record }
      if random.chance(22), !ofRecord.isEmpty {
        let target = random.pick(ofRecord)
        if random.chance(30) {
          telling.takeBack(target)
        } else if random.chance(60), telling.statements[target].event.type != .eventRetracted {
          // The same thing with another wording or another day.
          var event = telling.statements[target].event
          event.occurredOn = date(using: &random)
          telling.say(person, event, about: target)
        } else {
          telling.say(person, event(progress, using: &random), about: target)
        }
      } else if random.chance(7) {
        telling.say(person, ofAnotherGroup(using: &random))
      } else {
        telling.say(person, event(progress, using: &random))
      }
    }
    return telling
  }

  private static func date(using random: inout SeededGenerator) -> CivilDate {
    let day = CivilDate.test("2024-01-01").day + Int32.random(in: 0..<330, using: &random)
    return CivilDate(day, random.chance(25) ? .month : .day)
  }

  private static func ofAnotherGroup(using random: inout SeededGenerator) -> JourneyEvent {
    let day = date(using: &random)
    return random.chance(50)
      ? JourneyEvent(.identityRecorded, on: day).with(Fields.personName, "Name")
      : JourneyEvent(.healthImpairmentRecorded, on: day).with(Fields.disability, .yes)
  }

  private static func event(
    _ progress: Int, using random: inout SeededGenerator
  ) -> JourneyEvent {
    let day = date(using: &random)
    let word = { (random: inout SeededGenerator) in random.pick(["a", "b", "ä", "a\u{308}"]) }
    switch Int.random(in: 0..<14, using: &random) {
    case 0, 1:
      return JourneyEvent(.participationEntered, on: day)
        .with(Fields.operation, "V-\(word(&random))")
        .with(Fields.network, random.chance(50) ? word(&random) : nil)
        .with(Fields.subproject, random.chance(70) ? word(&random) : nil)
    case 2:
      return JourneyEvent(.entryProfileRecorded, on: day)
        .with(Fields.gender, random.pick(Gender.allCases))
        .with(Fields.birthYear, random.chance(50) ? 1990 + progress : nil)
        .with(Fields.residence, random.chance(50) ? random.pick(ResidenceStatus.allCases) : nil)
    case 3, 4:
      var event = JourneyEvent(.attributesRecorded, on: day)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        // Later in the log there are more names; a name may be stated twice in one event.
        let name = "x\(Int.random(in: 0...progress, using: &random))"
        event.fields.add(Fields.attribute, "\(name)=\(word(&random))")
      }
      return event
    case 5:
      return JourneyEvent(.transferredToSubproject, on: day)
        .with(Fields.subproject, "t\(word(&random))")
    case 6: return JourneyEvent(.advisorAssigned, on: day).with(Fields.advisor, word(&random))
    case 7, 8:
      return JourneyEvent(.employmentStarted, on: day)
        .with(Fields.placementKind, random.pick([.svp, .miniJob]))
        .with(Fields.spell, random.chance(50) ? Int.random(in: 1...4, using: &random) : nil)
    case 9:
      return JourneyEvent(.employmentEnded, on: day)
        .with(Fields.spell, random.chance(50) ? Int.random(in: 1...4, using: &random) : nil)
    case 10: return JourneyEvent(.statusConfirmed, on: day)
    case 11:
      return JourneyEvent(.followUpCompleted, on: day).with(Fields.followUpKind, .month6)
    case 12:
      return JourneyEvent(.residenceStatusChanged, on: day)
        .with(Fields.residence, random.pick(ResidenceStatus.allCases))
    default: return JourneyEvent(.counsellingHeld, on: day)
    }
  }
}
