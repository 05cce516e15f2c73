import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

/// Keys that were damaged, or destroyed by nobody's order: found before anything is begun.
@Suite("Keys that are damaged")
struct KeyConditionTests {
  private static let slot = 72
  private static let header = 64

  /// Three people and a copy of their keys.
  private func store() throws -> TemporaryStore {
    let store = try TemporaryStore()
    for number in 0..<3 {
      try store.admit("test:\(number)", [.entered(), .noted("\(number)")])
    }
    store.close()
    try TemporaryStore.copy("\(store.path)/keys/epoch-1", to: "\(store.folder)/copy")
    return store
  }

  /// Changes the slot of a person's key.
  private func change(_ store: TemporaryStore, _ ref: Int, _ body: ([UInt8]) -> [UInt8]) throws {
    store.close()
    let path = "\(store.path)/keys/epoch-1/participants"
    let start = Self.header + ref * Self.slot
    let file = try File(path, .update)
    let old = try file.bytes(at: start, count: Self.slot)
    try file.write(body(old).span, at: start)
  }

  private func flip(_ store: TemporaryStore, _ ref: Int) throws {
    try change(store, ref) { slot in
      var slot = slot
      slot[25] ^= 1
      return slot
    }
  }

  private static let erased: [UInt8] = [2] + [UInt8](repeating: 0, count: slot - 1)

  @Test("keep every order out of the log, and are named with the code")
  func refused() throws {
    let store = try store()
    let code = try store.log.keyring.identity(of: ParticipantRef(0)).code
    try flip(store, 0)
    let size = try store.log.size()
    let condition = try store.log.keyCondition()
    #expect(
      condition.damaged == [
        SlotProblem(ref: ParticipantRef(0), key: .damaged, identity: .whole, code: code)
      ])
    let refusal = AppendError.log(.keysDamaged(condition))
    #expect(throws: refusal) {
      try store.log.orderErasure(ErasureRequest([ParticipantRef(1)], reason: "x"))
    }
    #expect(throws: refusal) { try store.log.orderRotation(reason: "x") }
    #expect(throws: refusal) { try store.log.orderDrop(of: .health, ground: "x") }
    #expect(try store.log.size() == size)
    store.close()
    // Nobody else is kept out.
    let reader = try store.open(.read)
    #expect(try reader.events(of: StreamID(.participant, 1)).allSatisfy { $0.event != nil })
    let found = try reader.verify(deep: true).findings
    #expect(found.contains(.slot(condition.damaged[0])), "\(found)")
  }

  @Test("are no obstacle to erasing just that person")
  func erasedThemselves() throws {
    let store = try store()
    try flip(store, 0)
    let run = try #require(try store.erase([ParticipantRef(0)]))
    #expect(run.kept == 2 && run.withoutKey == 1)
    try store.verify()
  }

  @Test("are put back from a copy of the same epoch, and open orders are carried out with that")
  func mended() throws {
    let store = try store()
    try store.log.orderErasure(ErasureRequest([ParticipantRef(1)], reason: "x"))
    try flip(store, 0)
    // As an older program left it: ordered, and not to be carried out.
    #expect(throws: LogError.erasureUnfinished(1)) { try store.open(.read) }
    #expect(throws: LogError.self) { try store.open(.write(waitingAtMost: .zero)) }
    let seen = try EventLog.keyCondition(store: store.path, rootKey: .file(store.rootKeyPath))
    #expect(seen.lost == [ParticipantRef(0)])
    let (mended, left) = try EventLog.mendKeys(
      store: store.path, rootKey: .file(store.rootKeyPath), from: "\(store.folder)/copy",
      now: store.clock.now)
    #expect(mended == [ParticipantRef(0)] && left.isSound)
    let told = try store.told()
    #expect(told[0].allSatisfy { $0 != nil } && told[1].allSatisfy { $0 == nil })
    try store.verify()
    // A copy of an earlier epoch opens nothing here, and brings nobody back.
    let again = try EventLog.mendKeys(
      store: store.path, rootKey: .file(store.rootKeyPath), from: "\(store.folder)/copy",
      now: store.clock.now)
    #expect(again.mended.isEmpty)
    #expect(try store.told() == told)
  }

  @Test("are given up where nothing brings them back, and only they")
  func givenUp() throws {
    let store = try store()
    try store.log.orderErasure(ErasureRequest([ParticipantRef(1)], reason: "x"))
    try flip(store, 0)
    let give = { (ref: UInt32) in
      try EventLog.giveUp(
        [ParticipantRef(ref)], store: store.path, rootKey: .file(store.rootKeyPath),
        reason: "the disk lost it", now: store.clock.now)
    }
    #expect(throws: AppendError.log(.keyIsWhole(ParticipantRef(2)))) { try give(2) }
    let run = try #require(try give(0))
    #expect(run.orders.count == 2 && run.kept == 1 && run.withoutKey == 2)
    #expect(try store.told().map { $0.allSatisfy { $0 == nil } } == [true, true, false])
    try store.verify()
    try store.log.orderRotation(reason: "x")
    try store.log.carryOutOrders()
    try store.verify()
  }

  @Test("that were destroyed without an order are found by a verification that opens nothing")
  func withoutOrder() throws {
    let store = try store()
    try store.erase([ParticipantRef(2)])
    store.close()
    try store.verify()
    let path = "\(store.path)/keys/epoch-2/participants"
    try File(path, .update).write(Self.erased.span, at: Self.header)
    let found = try store.open(.read).verify(deep: false).findings
    #expect(found == [.erasedWithoutOrder(ParticipantRef(0))])
    let condition = try store.log.keyCondition()
    #expect(condition.lost == [ParticipantRef(0)])
    #expect(throws: AppendError.log(.keysDamaged(condition))) {
      try store.log.orderRotation(reason: "x")
    }
  }

  @Test("that were destroyed without an order make nobody pass for erased")
  func isNotErased() throws {
    let store = try store()
    try store.erase([ParticipantRef(2)])
    store.close()
    let path = "\(store.path)/keys/epoch-2/participants"
    try File(path, .update).write(Self.erased.span, at: Self.header)
    let log = try store.open(.read)
    let error = #expect(throws: LogError.self) {
      try log.events(of: .participant(ParticipantRef(0)))
    }
    guard case .keysDamaged(let condition) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(condition.lost == [ParticipantRef(0)])
    // Nobody else is kept from being read, whoever was erased by order included.
    #expect(try log.events(of: .participant(ParticipantRef(1))).allSatisfy { !$0.isErased })
    #expect(try log.events(of: .participant(ParticipantRef(2))).allSatisfy(\.isErased))
  }

  @Test("that outlive an erasure are found, too")
  func outlives() throws {
    let store = try store()
    try store.erase([ParticipantRef(2)])
    store.close()
    let path = "\(store.path)/keys/epoch-2/participants"
    let file = try File(path, .update)
    let other = try file.bytes(at: Self.header, count: Self.slot)
    try file.write(other.span, at: Self.header + 2 * Self.slot)
    let found = try store.open(.read).verify(deep: false).findings
    #expect(found == [.keyOutlivesErasure(ParticipantRef(2))])
  }

  @Test("are written anew by the root key alone, whatever the program asks for")
  func roles() throws {
    let store = try store()
    for kind in [RoleKind.advisor, .steward] {
      let path = "\(store.folder)/\(kind.rawValue).key"
      _ = try store.log.keyring.issue(
        kind, holder: "", subprojects: [""], to: path, passphrase: nil)
      store.close()
      let log = try EventLog(
        store: store.path, access: .write(waitingAtMost: .zero), rootKey: .file(path))
      let size = try log.size()
      let role = log.keyring.role
      let refusal = AppendError.log(.keys(.closed(.administration, role)))
      let person = [ParticipantRef(0)]
      #expect(throws: refusal) { try log.orderDrop(of: .health, ground: "x") }
      #expect(throws: refusal) { try log.orderRotation(reason: "x") }
      #expect(throws: refusal) {
        try log.orderErasure(ErasureRequest(person, reason: "x"))
      }
      #expect(throws: refusal) {
        try log.orderErasure(
          ErasureRequest(person, reason: "x", refusal: .init(ground: "y", reviewOn: nil)))
      }
      #expect(try log.size() == size)
    }
    #expect(try store.log.erasureOrders().isEmpty)
  }
}
