import EventLog
import Files
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("The journeys view after an erasure")
struct ViewErasureTests {
  /// Persons who were ever said to be the same, with all those who were said to be the same as they.
  private func components(_ telling: Telling, people: Int) -> [Set<Int>] {
    var components = (0..<people).map { Set([$0]) }
    for statement in telling.statements {
      guard let other = statement.other,
        let one = components.firstIndex(where: { $0.contains(statement.person) }),
        let two = components.firstIndex(where: { $0.contains(other) }), one != two
      else { continue }
      components[one].formUnion(components[two])
      components.remove(at: two)
    }
    return components
  }

  @Test("says of survivors what it said before, at every state of knowledge, seed by seed")
  func survivors() throws {
    for seed in UInt64(1)...8 {
      var random = SeededGenerator(seed: seed)
      let telling = Telling.random(people: 9, statements: 140, merges: 4, using: &random)
      let order = telling.interleaved(using: &random)
      let gone = components(telling, people: 9).filter { _ in random.chance(40) }
        .reduce(into: Set<Int>()) { $0.formUnion($1) }
      let survivors = order.filter { !gone.contains(telling.statements[$0].person) }
      let digest = try withTemporaryStore { store in
        var teller = Teller(telling)
        try teller.tell(
          order, cutAt: Telling.cuts(of: order.count, using: &random), to: store.log)
        let view = JourneysView(of: try store.log)
        try view.refresh()
        let refs = gone.compactMap { teller.ref($0) }
        let numbers = Set(refs.map(\.number))
        let sizes = [20, 60, 100, UInt64(order.count)]
        let before = try sizes.map {
          try ViewSnapshot(view, size: $0).people.filter { !numbers.contains($0.key) }
        }
        try store.log.orderErasure(
          ErasureRequest(refs.sorted { $0.number < $1.number }, reason: "seed \(seed)"))
        let run = try store.log.carryOutOrders()
        #expect((run == nil) == refs.isEmpty, "seed \(seed)")
        // The view that was open all the time.
        #expect(try view.refresh().wasRebuilt == !refs.isEmpty, "seed \(seed)")
        for (size, expected) in zip(sizes, before) {
          #expect(
            try ViewSnapshot(view, size: size).people == expected, "seed \(seed), size \(size)")
        }
        #expect(
          try view.digest(size: UInt64(order.count)) == view.digest(), "seed \(seed)")
        return try view.digest()
      }
      // A store that was never told of the others.
      try withTemporaryStore { store in
        var teller = Teller(telling)
        try teller.tell(
          survivors, cutAt: Telling.cuts(of: survivors.count, using: &random), to: store.log)
        let view = JourneysView(of: try store.log)
        try view.refresh()
        #expect(try view.digest() == digest, "seed \(seed)")
      }
    }
  }

  @Test("never uses a view made before the erasure, wherever it comes from")
  func oldView() throws {
    try withTemporaryStore { store in
      let entered = JourneyEvent(.participationEntered, on: .test("2026-01-05"))
        .with(Fields.operation, "V-1").with(Fields.subproject, "Kanarienvogel")
      let first = try store.admit("test:1", [entered])
      try store.admit("test:2", [entered.with(Fields.subproject, "b")])
      try JourneysView(of: store.log).refresh()
      let canary = Array("Kanarienvogel".utf8)
      func isAnywhere() throws -> Bool {
        try Folder.names("\(store.path)/views").filter { $0.hasPrefix("journeys-") }.contains {
          try Folder.contents(of: "\(store.path)/views/\($0)/data.mdb").holds(canary)
        }
      }
      #expect(try isAnywhere())
      store.close()
      try TemporaryStore.copy("\(store.path)/views", to: "\(store.folder)/views")
      try store.log.orderErasure(ErasureRequest([first], reason: "x"))
      try store.log.carryOutOrders()
      #expect(try !isAnywhere())
      // Somebody puts the old folder back.
      store.close()
      try Folder.remove("\(store.path)/views")
      try TemporaryStore.copy("\(store.folder)/views", to: "\(store.path)/views")
      #expect(try isAnywhere())
      let view = JourneysView(of: try store.log)
      #expect(try view.refresh().wasRebuilt)
      #expect(try ViewSnapshot(view).people.keys.sorted() == [1])
      #expect(try !isAnywhere())
    }
  }
}

extension [UInt8] {
  fileprivate func holds(_ needle: [UInt8]) -> Bool {
    indices.dropLast(needle.count - 1).contains {
      self[$0] == needle[0] && self[$0..<$0 + needle.count].elementsEqual(needle)
    }
  }
}
