import Journey
import Testing

@Suite("Three-valued truth")
struct TruthTests {
  @Test("Unknown decides neither for nor against")
  func unknownIsNeither() {
    #expect((Truth.unknown && .yes) == .unknown)
    #expect((Truth.unknown || .no) == .unknown)
    #expect((!Truth.unknown) == .unknown)
  }

  @Test("A known part settles the whole", arguments: Truth.allCases)
  func knownPartSettles(_ other: Truth) {
    #expect((Truth.no && other) == .no)
    #expect((other && Truth.no) == .no)
    #expect((Truth.yes || other) == .yes)
    #expect((other || Truth.yes) == .yes)
  }

  @Test("De Morgan's rules hold", arguments: Truth.allCases, Truth.allCases)
  func deMorgan(_ left: Truth, _ right: Truth) {
    #expect((!(left && right)) == (!left || !right))
    #expect((!(left || right)) == (!left && !right))
  }

  @Test("What is settled is not looked at again")
  func shortCircuit() {
    var looked = 0
    func look() -> Truth {
      looked += 1
      return .yes
    }
    #expect((Truth.no && look()) == .no)
    #expect((Truth.yes || look()) == .yes)
    #expect(looked == 0)
  }
}
