import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("An interrupted erasure")
struct InterruptedErasureTests {
  @Test(
    "is not readable by anybody, and complete after the next opening for writing",
    arguments: ErasureStep.allCases)
  func steps(last: ErasureStep) throws {
    try withTemporaryStore { store in
      let refs = [
        try store.admit("test:1", [.entered(), .noted("bleibt")]),
        try store.admit("test:2", [.entered(), .noted("geht")]),
      ]
      try Folder.replace("\(store.path)/views/stray", with: Array("geht".utf8).span)
      let before = try store.told()
      try store.erase([refs[1]], stoppingAfter: last)
      let isDone = last.rawValue >= ErasureStep.completed.rawValue
      if isDone {
        _ = try store.open(.read)
      } else {
        #expect(throws: LogError.erasureUnfinished(1)) { try store.open(.read) }
      }
      // Nothing of it hinders whoever comes next, and coming twice does nothing more.
      #expect(try store.told() == [before[0], [nil, nil]])
      let size = try store.log.size()
      #expect(try store.log.erasureOrders().map(\.state) == [.completed])
      store.close()
      #expect(try store.log.size() == size)
      #expect(try store.log.keyring.epoch == 2)
      #expect(try Folder.names("\(store.path)/keys") == ["epoch-2"])
      #expect(try Folder.names(store.folder) == ["root.key", "root.key.store", "store"])
      #expect(try store.files(holding: Array("geht".utf8)).isEmpty)
      store.close()
      let reader = try store.open(.read)
      #expect(try reader.events(of: .participant(refs[1])).map(\.event) == [nil, nil])
    }
  }

  @Test("may be interrupted again at every step before it completes")
  func again() throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      try store.admit("test:2", [.entered()])
      try store.log.orderErasure(ErasureRequest([ref], reason: "x"))
      store.close()
      // Behind the new epoch there is no second one: the keys followed the order.
      let stops: [ErasureStep] = [
        .rootKeyWritten, .rootKeyWritten, .epochWritten, .rootKeyReplaced, .rootKeyReplaced,
        .oldEpochDestroyed, .oldEpochDestroyed, .viewsPurged, .viewsPurged,
      ]
      for last in stops {
        let log = try EventLog(
          unsettled: store.path, access: .write(waitingAtMost: .zero),
          rootKey: .file(store.rootKeyPath), now: store.clock.now)
        #expect(throws: LogError.self) {
          try log.carryOutOrders { step in if step == last { throw Stopped() } }
        }
      }
      #expect(try store.told().map { $0.map { $0 == nil } } == [[true], [false]])
    }
  }

  @Test("loses nobody when the files of one step reached the device and those before did not")
  func halves() throws {
    // A root key waiting for an epoch that never came, and an epoch cut short.
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      try store.admit("test:2", [.entered()])
      let before = try store.told()
      try store.erase([ref], stoppingAfter: .rootKeyWritten)
      try Folder.create("\(store.path)/keys/epoch-2.building")
      try Folder.replace("\(store.path)/keys/epoch-2.building/ring", with: [1, 2, 3].span)
      try Folder.replace("\(store.rootKeyPath).next", with: [1].span)
      #expect(try store.told() == [[nil], before[1]])
      #expect(try Folder.names("\(store.path)/keys") == ["epoch-2"])
    }
  }

  @Test("of several people, of a group and of all keys at once ends together")
  func together() throws {
    try withTemporaryStore { store in
      let refs = try (0..<5).map { try store.admit("test:\($0)", [.entered(), .health()]) }
      try store.log.orderErasure(ErasureRequest([refs[0], refs[3]], reason: "x"))
      try store.log.orderDrop(of: .health, ground: "y")
      try store.log.orderRotation(reason: "z")
      store.close()
      #expect(throws: LogError.erasureUnfinished(4)) { try store.open(.read) }
      let told = try store.told()
      #expect(
        told.map { $0.map { $0 == nil } } == [
          [true, true], [false, true], [false, true], [true, true], [false, true],
        ])
      #expect(try store.log.erasureOrders().map(\.state) == Array(repeating: .completed, count: 4))
      #expect(try store.log.keyring.epoch == 2)
    }
  }

  @Test("leaves whoever read meanwhile without an answer rather than with half of one")
  func readers() throws {
    let store = try TemporaryStore()
    let refs = [try store.admit("test:1", [.entered()]), try store.admit("test:2", [.entered()])]
    // The reader's keys; a second environment cannot be opened in one process.
    let keyring = try Keyring(
      folder: "\(store.path)/keys",
      root: RootKey.read(at: store.rootKeyPath, origin: store.log.origin))
    var cache = KeyCache(keyring, blockSize: 256)
    let records = try store.log.records(0..<2)
    try store.erase([refs[0]])
    for record in records {
      #expect(throws: LogError.keys(.superseded(epoch: 1))) { try cache.open(record) }
    }
    try store.verify()
  }

  @Test("on a full disk or without rights leaves the old keys in use, and can be repeated")
  func refused() throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      // A folder stands where the next root key should.
      try store.log.orderErasure(ErasureRequest([ref], reason: "x"))
      try Folder.create("\(store.rootKeyPath).next/full")
      #expect(throws: LogError.self) { try store.log.carryOutOrders() }
      #expect(try store.log.keyring.epoch == 1 && store.told() == [[.entered()]])
      try Folder.remove("\(store.rootKeyPath).next")
      #expect(try store.log.carryOutOrders()?.withoutKey == 1)
    }
  }
}
