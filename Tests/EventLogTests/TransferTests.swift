import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("A transfer to another sub-project")
struct TransferTests {
  private static let day = CivilDate(Day(number: 20_600))

  private static func moved(to subproject: String) -> JourneyEvent {
    JourneyEvent(.transferredToSubproject, on: day).with(Fields.subproject, subproject)
  }

  private static func admit(_ store: TemporaryStore) throws -> ParticipantRef {
    let entered = JourneyEvent(.participationEntered, on: day).with(Fields.subproject, "TP-1")
    return try store.admit("t:1", [entered])
  }

  private static func open(_ store: TemporaryStore, _ role: String) throws -> EventLog {
    try EventLog(
      store: store.path, access: .write(waitingAtMost: .zero),
      rootKey: .file("\(store.folder)/\(role).key"))
  }

  private static func issue(_ store: TemporaryStore, _ name: String, _ own: [String]) throws {
    _ = try store.log.keyring.issue(
      .advisor, holder: name, subprojects: own, to: "\(store.folder)/\(name).key", passphrase: nil)
  }

  @Test("wraps the person's key anew: the new advisors read, the old ones do not")
  func whole() throws {
    try withTemporaryStore { store throws in
      let ref = try Self.admit(store)
      let stream = StreamID(.participant, ref.number)
      try Self.issue(store, "one", ["TP-1"])
      try Self.issue(store, "two", ["TP-2"])
      try Self.issue(store, "both", ["TP-1", "TP-2"])
      store.close()
      func reads(_ role: String) throws -> Bool {
        let log = try Self.open(store, role)
        do {
          let events = try log.events(of: stream)
          let identity = try log.keyring.identity(of: ref)
          return events.allSatisfy { $0.event != nil } && identity.externalID == "t:1"
        } catch LogError.keys(.closed(.subproject, _)) { return false }
      }
      #expect(try reads("one") && !reads("two") && reads("both"))
      // Who does not open both sides cannot move anybody, and nothing is written.
      do {
        let log = try Self.open(store, "one")
        let size = try log.size()
        let problem = failure(AppendError.self) {
          try log.append(
            AppendRequest([.init(.stream(stream), expecting: .any, [Self.moved(to: "TP-2")])]))
        }
        #expect(
          problem == .log(.keys(.closed(.subproject("TP-2"), log.keyring.role))))
        #expect(try log.size() == size)
      }
      do {
        let log = try Self.open(store, "both")
        try log.append(
          AppendRequest([.init(.stream(stream), expecting: .any, [Self.moved(to: "TP-2")])]))
        #expect(try log.keyring.subproject(of: ref) == "TP-2")
        #expect(try log.keyring.unsettledTransfers().isEmpty)
      }
      #expect(try !reads("one") && reads("two") && reads("both"))
    }
  }

  @Test("that is taken back leads back, and the last one that holds counts")
  func retraction() throws {
    try withTemporaryStore { store throws in
      let ref = try Self.admit(store)
      let stream = StreamID(.participant, ref.number)
      let second = try store.append([Self.moved(to: "TP-2")], to: stream)
      let third = try store.append([Self.moved(to: "TP-3")], to: stream)
      #expect(try store.log.keyring.subproject(of: ref) == "TP-3")
      try store.append([.retracted(third.first)], to: stream)
      #expect(try store.log.keyring.subproject(of: ref) == "TP-2")
      try store.append(
        [Self.moved(to: "TP-4").with(Fields.target, Int(second.first.number))], to: stream)
      #expect(try store.log.keyring.subproject(of: ref) == "TP-4")
      try store.append([.retracted(second.first)], to: stream)
      #expect(try store.log.keyring.subproject(of: ref) == "TP-1")
      #expect(try store.log.keyring.identity(of: ref).externalID == "t:1")
    }
  }

  @Test("that a crash interrupted is carried out when the log has it, and dropped when not")
  func crashes() throws {
    try withTemporaryStore { store throws in
      let ref = try Self.admit(store)
      let keys = "\(store.path)/keys/epoch-1"
      // Before the commit: prepared, and no event.
      #expect(try store.log.keyring.prepareTransfer(of: ref, to: "TP-2"))
      let waiting = try Folder.contents(of: "\(keys)/transfer-\(ref.number)")
      store.close()
      #expect(try store.log.keyring.subproject(of: ref) == "TP-1")
      #expect(try store.log.keyring.unsettledTransfers().isEmpty)
      // Behind the commit: the event stands, the slots are old, torn, or new.
      let names = ["participants", "identities"]
      let old = try names.map { try Folder.contents(of: "\(keys)/\($0)") }
      try store.append([Self.moved(to: "TP-2")], to: StreamID(.participant, ref.number))
      let new = try names.map { try Folder.contents(of: "\(keys)/\($0)") }
      store.close()
      let torn = zip(old, new).map { Array($0.prefix(90)) + Array($1.dropFirst(90)) }
      for slots in [old, torn, new] {
        for (name, bytes) in zip(names, slots) {
          try Folder.replace("\(keys)/\(name)", with: Array(bytes).span)
        }
        try Folder.replace("\(keys)/transfer-\(ref.number)", with: waiting.span)
        #expect(try store.log.keyring.subproject(of: ref) == "TP-2")
        #expect(try store.log.keyring.unsettledTransfers().isEmpty)
        #expect(try store.log.keyring.identity(of: ref).externalID == "t:1")
        #expect(try store.log.events(of: StreamID(.participant, ref.number)).count == 2)
        store.close()
      }
    }
  }
}
