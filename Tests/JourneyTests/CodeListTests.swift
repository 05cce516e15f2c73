import Journey
import Testing

@Suite("A code list")
struct CodeListTests {
  static let all: [any CodeList.Type] = [
    ActorRole.self, AftercarePartner.self, Answer.self, Audience.self, BenefitKind.self,
    ContactChannel.self, Departure.self, EmploymentDetail.self, EmploymentStatus.self,
    ErasureOutcome.self, Evidence.self, ExitReason.self, ExitType.self, FollowUpClock.self,
    FollowUpKind.self, FollowUpResult.self, Gender.self, ImpairmentClass.self, Isced.self,
    JobEndReason.self, LanguageLevel.self, MeasureKind.self, PlacementKind.self,
    RecognitionResult.self, RegionCategory.self, ResidenceClass.self, ResidenceStatus.self,
    RetractionReason.self, Source.self, StatisticsDecision.self, StructuralMeasureKind.self,
    TrainingResult.self,
    WorkAccess.self,
  ]

  @Test("keeps every number it ever stored")
  func pinned() {
    let lists = Self.all.map { list in
      let codes = list.description.entries.map { "\($0.entry.code)=\($0.rawValue)" }
      return "\(list.listName): " + codes.joined(separator: " ")
    }
    #expect(lists.joined(separator: " ").split(separator: " ") == Pinned.words(Pinned.codeLists))
  }

  @Test("counts from 1 without gaps and names each code and each meaning once", arguments: all)
  func unambiguous(_ list: any CodeList.Type) {
    let entries = list.description.entries
    #expect(entries.map { Int($0.rawValue) } == Array(1...entries.count))
    #expect(Set(entries.map { $0.entry.code.uppercased() }).count == entries.count)
    #expect(Set(entries.map { $0.entry.label.en }).count == entries.count)
    #expect(Set(entries.map { $0.entry.label.de }).count == entries.count)
    #expect(entries.allSatisfy { !$0.entry.label.en.isEmpty && !$0.entry.label.de.isEmpty })
  }

  @Test("has a name of its own")
  func names() {
    #expect(Set(Self.all.map { $0.listName }).count == Self.all.count)
  }

  @Test("finds each value by its code in any case, and stores and reads it", arguments: all)
  func roundTrip(_ list: any CodeList.Type) { checkRoundTrip(list) }

  @Test("does not know other codes and numbers")
  func unknown() {
    #expect(Gender(code: "w") == nil)
    #expect(Gender(code: "") == nil)
    #expect(Gender(fieldValue: .integer(5)) == nil)
    #expect(Gender(fieldValue: .integer(256 + 1)) == nil)
    #expect(Gender(fieldValue: .integer(-1)) == nil)
    #expect(Gender(fieldValue: .text("f")) == nil)
    #expect(Gender.description.rawValue(of: "W") == nil)
    #expect(Gender.description.entry(of: 0) == nil)
  }

  private func checkRoundTrip<List: CodeList>(_ list: List.Type) {
    for value in list.allCases {
      #expect(List(code: value.code.lowercased()) == value)
      #expect(List(code: value.code.uppercased()) == value)
      #expect(List(fieldValue: value.fieldValue) == value)
      #expect(list.description.rawValue(of: value.code.lowercased()) == value.rawValue)
      #expect(list.description.entry(of: value.rawValue)?.code == value.code)
    }
  }
}

extension CodeList {
  /// The list as data, taken from the type of a field that holds it.
  static var description: CodeListDescription {
    guard case .code(let list) = fieldType else {
      preconditionFailure("a code list makes code fields")
    }
    return list
  }
}
