import Dispatch
import Files
import Journey
import Synchronization
import TestSupport
import Testing

@testable import Keyring

@Suite("The keys of a role")
struct RoleExtensionTests {
  private let refs = (UInt32(0)..<6).map { ParticipantRef($0) }

  @Test("of everybody open people of a sub-project that came while the store was open")
  func openSession() throws {
    let store = try RoleKeys()
    _ = try store.issue(.steward)
    _ = try store.issue(.advisor, ["TP-2"])
    let (steward, advisor) = (try store.open("steward"), try store.open("advisor"))
    try store.root.admit([identity(9)], from: refs[4], subprojects: ["TP-9"])
    _ = try steward.sealingKey(of: refs[4], .health)
    #expect(steward.subprojects.contains("TP-9"))
    #expect(throws: KeyringError.closed(.subproject("TP-9"), advisor.role)) {
      try advisor.sealingKey(of: refs[4], .record)
    }
    #expect(try steward.ownRefs(below: 5) == [0, 1, 2, 3, 4])
    #expect(try advisor.ownRefs(below: 5) == [1])
  }

  @Test("of a sub-project that came meanwhile are found by every thread that looks for them")
  func threads() throws {
    let store = try RoleKeys()
    _ = try store.issue(.evaluator)
    for round in UInt32(0)..<20 {
      let session = try store.open("evaluator")
      let ref = ParticipantRef(4 + round)
      try store.root.admit([identity(round)], from: ref, subprojects: ["TP-new-\(round)"])
      let opened = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        if (try? session.sealingKey(of: ref, .record)) != nil { opened.withLock { $0 += 1 } }
      }
      #expect(opened.withLock { $0 } == 8, "round \(round)")
    }
  }

  @Test("grow when further sub-projects are handed over, also in an open store, and by no more")
  func extending() throws {
    let store = try RoleKeys()
    let role = try store.issue(.advisor, ["TP-2"])
    let file = try Folder.contents(of: store.path("advisor"))
    let session = try store.open("advisor")
    try store.root.admit([identity(9, "t:9")], from: refs[4], subprojects: ["TP-9"])
    try store.root.admit([identity(8, "t:8")], from: refs[5], subprojects: ["TP-8"])
    #expect(
      try store.root.extend(role: role.number, by: ["TP-9", "TP-2", "TP-9"]) == ["TP-9"])
    #expect(try store.root.extend(role: role.number, by: ["TP-9"]).isEmpty)
    for keyring in [session, try store.open("advisor")] {
      #expect(try keyring.ownRefs(below: 6) == [1, 4])
      #expect(keyring.subprojects.sorted() == ["TP-2", "TP-9"])
      #expect(try keyring.identity(of: refs[4]) == identity(9, "t:9"))
      for ref in [refs[0], refs[2], refs[5]] {
        #expect(throws: KeyringError.self) { try keyring.sealingKey(of: ref, .record) }
      }
    }
    // Whom it takes in there, the root key opens.
    try session.admit([identity(7)], from: ParticipantRef(6), subprojects: ["TP-9"])
    #expect(try store.root.identity(of: ParticipantRef(6)) == identity(7))
    #expect(try Folder.contents(of: store.path("advisor")) == file)
    let issued = try store.root.roles()
    #expect(issued.map(\.subprojects) == [["TP-2", "TP-9"]] && issued[0].isRingCurrent)
    // Through a change of keys, too.
    let fresh = try store.all.open().root.writeSuccessor(of: "\(store.all.folder)/root.key")
    _ = try store.all.open().renew(
      KeyRenewal(participants: 7, watermark: KeyWatermark(size: 1, root: []), erasing: []),
      under: fresh)
    try RootKey.adoptSuccessor(of: "\(store.all.folder)/root.key")
    try store.all.open().destroyOtherEpochs()
    #expect(try store.open("advisor").ownRefs(below: 7) == [1, 4, 6])
  }

  @Test("are not extended where there is nothing to extend, or no room; then nothing changes")
  func refusals() throws {
    let store = try RoleKeys()
    _ = try store.issue(.evaluator)
    let advisor = try store.issue(.advisor, ["TP-1"])
    let ring = "\(store.all.folder)/keys/epoch-1/role-\(advisor.number)"
    let before = try Folder.contents(of: ring)
    // A role of everybody, and one that nobody issued.
    for number in [UInt16(1), 9] {
      #expect(throws: KeyringError.noSuchRole(number)) {
        try store.root.extend(role: number, by: ["TP-2"])
      }
    }
    #expect(throws: KeyringError.closed(.administration, advisor)) {
      try store.open("advisor").extend(role: advisor.number, by: ["TP-2"])
    }
    #expect(try Folder.contents(of: ring) == before)
    #expect(throws: KeyringError.roleTooLong) {
      try store.root.extend(role: advisor.number, by: (0..<120).map { "TP-\(1000 + $0)" })
    }
    #expect(try store.open("advisor").subprojects == ["TP-1"])
    #expect(try store.all.open().roles().last?.subprojects == ["TP-1"])
  }

  @Test("that a crash left behind the main ring are seen, open no more than before, and are mended")
  func behind() throws {
    let store = try RoleKeys()
    _ = try store.issue(.evaluator)
    let path = "\(store.all.folder)/keys/epoch-1/role-1"
    let old = try Folder.contents(of: path)
    try store.root.admit([identity(9)], from: refs[4], subprojects: ["TP-9"])
    #expect(try store.all.open().roles().map(\.isRingCurrent) == [true])
    // The main ring reached the device, this one did not.
    try Folder.replace(path, with: old.span)
    #expect(try store.all.open().roles().map(\.isRingCurrent) == [false])
    let evaluator = try store.open("evaluator")
    #expect(throws: KeyringError.closed(.subproject("TP-9"), evaluator.role)) {
      try evaluator.sealingKey(of: refs[4], .record)
    }
    _ = try evaluator.sealingKey(of: refs[0], .record)
    try store.all.open().mendRoleRings()
    #expect(try store.all.open().roles().map(\.isRingCurrent) == [true])
    _ = try evaluator.sealingKey(of: refs[4], .record)
    let mended = try Folder.contents(of: path)
    try store.all.open().mendRoleRings()
    #expect(try Folder.contents(of: path) == mended)
    // One that is missing was left out of a copy on purpose, perhaps.
    try Folder.remove(path)
    try store.all.open().mendRoleRings()
    #expect(try !Folder.exists(path) && store.all.open().roles().map(\.isRingCurrent) == [false])
    try store.all.open().restoreRoleRings()
    #expect(try store.all.open().roles().map(\.isRingCurrent) == [true])
  }
}
