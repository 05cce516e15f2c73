import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("Roles and the log")
struct RoleRingTests {
  private static let day = CivilDate(Day(number: 20_000))

  private func register(
    _ network: String, _ subprojects: [String], as number: UInt32, in store: TemporaryStore
  ) throws {
    try store.append(
      [JourneyEvent.networkRegistered(network)]
        + subprojects.map { name in
          JourneyEvent(.subprojectRegistered, on: Self.day).with(Fields.code, name)
        }, to: StreamID(.network, number))
  }

  @Test("say which sub-projects of its networks a coordinator lacks, and of nobody else")
  func missing() throws {
    try withTemporaryStore { store in
      #expect(try store.log.missingSubprojects(of: .coordinator, having: ["TP-1"]).isEmpty)
      try register("NW-1", ["TP-1", "TP-2"], as: 1, in: store)
      try register("NW-2", ["TP-7"], as: 2, in: store)
      let wrong = try store.append(
        [JourneyEvent(.subprojectRegistered, on: Self.day).with(Fields.code, "TP-X")],
        to: StreamID(.network, 1)
      ).first
      let log = try store.log
      #expect(
        try log.missingSubprojects(of: .coordinator, having: ["TP-1"]) == ["TP-2", "TP-X"])
      try store.append(
        [.retracted(wrong)], to: StreamID(.network, 1))
      #expect(
        try log.registeredNetworks() == [
          RegisteredNetwork(code: "NW-1", subprojects: ["TP-1", "TP-2"]),
          RegisteredNetwork(code: "NW-2", subprojects: ["TP-7"]),
        ])
      for (own, missing) in [
        (["TP-1"], ["TP-2"]), (["TP-1", "TP-2"], []), (["TP-9"], []), ([""], []),
        (["TP-2", "TP-7"], ["TP-1"]),
      ] {
        #expect(try log.missingSubprojects(of: .coordinator, having: own) == missing, "\(own)")
        for kind in RoleKind.allCases where kind != .coordinator {
          #expect(try log.missingSubprojects(of: kind, having: own).isEmpty, "\(kind)")
        }
      }
    }
  }

  @Test("find a ring that a crash left behind mended by whoever writes next, and by no reader")
  func mending() throws {
    try withTemporaryStore { store in
      let key = "\(store.folder)/evaluator.key"
      _ = try store.log.keyring.issue(
        .evaluator, holder: "", subprojects: [], to: key, passphrase: nil)
      let path = "\(store.path)/keys/epoch-1/role-1"
      let old = try Folder.contents(of: path)
      let entered = JourneyEvent.entered()
      try store.admit("t:1", [entered.with(Fields.subproject, "TP-9")])
      store.close()
      try Folder.replace(path, with: old.span)
      func read() throws -> Int {
        let log = try EventLog(store: store.path, access: .read, rootKey: .file(key))
        return try log.events(of: .participant(ParticipantRef(0))).count
      }
      for _ in 0..<2 {
        #expect(throws: LogError.self) { try read() }
        do { _ = try store.open(.read) }
      }
      #expect(try Folder.contents(of: path) == old)
      do { _ = try store.log }
      store.close()
      #expect(try read() == 1)
    }
  }
}
