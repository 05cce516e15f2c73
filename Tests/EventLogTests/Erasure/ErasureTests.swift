import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing

@testable import EventLog

@Suite("An erasure")
struct ErasureTests {
  /// Three people, the second with a health record, and a signed checkpoint.
  private func people(_ store: TemporaryStore) throws -> [ParticipantRef] {
    let refs = [
      try store.admit("test:1", [.entered(), .jobStarted()]),
      try store.admit("test:2", [.entered(), .health(), .jobStarted()]),
      try store.admit(nil, [.entered()]),
    ]
    _ = try store.log.signCheckpoint()
    return refs
  }

  @Test("makes one person's records unreadable, and changes nothing about the others")
  func one() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      let before = try store.told()
      let signed = try #require(try store.log.lastCheckpoint())
      let code = try store.log.keyring.identity(of: refs[1]).code
      let run = try #require(try store.erase([refs[1]]))
      #expect(run.epoch == 2 && run.kept == 2 && run.withoutKey == 1 && run.reapplied == 0)
      let order = try #require(run.orders.first)
      #expect(order.subject == .participant(refs[1]) && order.state == .completed)
      let after = try store.told()
      #expect(after[0] == before[0] && after[2] == before[2])
      #expect(after[1] == [nil, nil, nil])
      #expect(throws: KeyringError.erased(ref: 1)) { try store.log.keyring.identity(of: refs[1]) }
      #expect(try store.log.participant(code: code) == refs[1])
      // Proofs made before still hold, and the log leads on from there.
      #expect(try store.log.check(signed) == nil)
      let size = try store.log.size()
      let proof = try store.log.consistencyProof(from: signed.checkpoint.size, to: size)
      let root = try store.log.root(size: size)
      #expect(proof.holds(from: signed.checkpoint.root, to: root))
      #expect(try store.log.lastCheckpoint()?.checkpoint.size == size)
      // The same after opening again, and the log is sound.
      store.close()
      #expect(try store.told() == after)
      #expect(try store.log.keyring.epoch == 2)
      let report = try store.log.verify(deep: true)
      #expect(report.isIntact && report.erased == 3 && report.orders == 1)
      // Life goes on.
      let next = try store.admit("test:4", [.entered()])
      #expect(next == ParticipantRef(3))
      try store.append([.jobStarted()], to: .participant(refs[0]))
    }
  }

  @Test("says in the log what was asked, decided and done, without a word in clear")
  func events() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      let first = try store.log.size()
      let positions = try store.log.orderErasure(
        ErasureRequest([refs[0], refs[2], refs[0]], reason: "Frau Muster bat", author: "B-014"))
      #expect(positions == [Position(first), Position(first + 3), Position(first)])
      try store.log.carryOutOrders()
      let events = try store.log.events(of: .system).filter { $0.header.position.number >= first }
      #expect(
        events.compactMap(\.event?.type) == [
          .erasureRequested, .erasureDecided, .erasureReasonRecorded, .erasureRequested,
          .erasureDecided, .erasureReasonRecorded, .erasureCompleted, .erasureCompleted,
          .keyEpochWritten,
        ])
      let completed = try #require(events[6].event)
      #expect(completed[Fields.participant] == 0 && completed[Fields.count] == 2)
      #expect(completed[Fields.target] == Int(first))
      #expect(events[1].event?[Fields.erasureOutcome] == .granted)
      #expect(events[2].event?[Fields.reason] == "Frau Muster bat")
      #expect(events[2].event?[Fields.author] == "B-014")
      #expect(events.allSatisfy { $0.header.kind == .key })
      let written = try #require(events[8].event)
      #expect(written[Fields.epoch] == 2 && written[Fields.kept] == 1)
      #expect(written[Fields.withoutKey] == 2)
      #expect(try store.files(holding: Array("Muster".utf8)).isEmpty)
      #expect(try store.files(holding: Array("B-014".utf8)).isEmpty)
      // Ordering it again gives the same place and does nothing.
      #expect(
        try store.log.orderErasure(ErasureRequest([refs[2]], reason: "x"))
          == [Position(first + 3)])
      #expect(try store.log.carryOutOrders() == nil)
    }
  }

  @Test("shuts the person off from the moment it is ordered")
  func fence() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      let positions = try store.log.orderErasure(ErasureRequest([refs[0]], reason: "x"))
      let refusal = AppendError.erased(ref: 0, by: positions[0])
      #expect(throws: refusal) { try store.append([.jobStarted()], to: .participant(refs[0])) }
      try store.append([.jobStarted()], to: .participant(refs[1]))
      try store.log.carryOutOrders()
      #expect(throws: refusal) { try store.append([.jobStarted()], to: .participant(refs[0])) }
      // A request that names others too is refused as a whole.
      let size = try store.log.size()
      #expect(throws: refusal) {
        try store.log.append(
          AppendRequest([
            .init(.stream(.participant(refs[1])), expecting: .any, [.jobStarted()]),
            .init(.stream(.participant(refs[0])), expecting: .any, [.jobStarted()]),
          ]))
      }
      #expect(try store.log.size() == size)
      // The external id stays taken, and what was stored before is still known by its key.
      #expect(throws: AppendError.externalIDTaken("test:1")) {
        try store.admit("test:1", [.entered()])
      }
    }
  }

  @Test("that is not possible is recorded with its ground and destroys nothing")
  func refusal() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      let before = try store.told()
      let review = try CivilDate.parse("2031-12-31")
      let positions = try store.log.orderErasure(
        ErasureRequest(
          [refs[0]], reason: "asked", refusal: .init(ground: "Art. 17(3)(b)", reviewOn: review)))
      #expect(try store.log.carryOutOrders() == nil)
      #expect(try store.told() == before && store.log.keyring.epoch == 1)
      let order = try #require(try store.log.erasureOrders().first)
      #expect(order.state == .refused && order.position == positions[0])
      #expect(try store.log.erasureOrder(for: .participant(refs[0])) == nil)
      let decided = try #require(
        try store.log.events(of: .system).first { $0.event?.type == .erasureDecided }?.event)
      #expect(decided[Fields.erasureOutcome] == .refused && decided[Fields.reviewOn] == review)
      try store.append([.jobStarted()], to: .participant(refs[0]))
      // Later it is possible.
      #expect(try store.erase([refs[0]])?.withoutKey == 1)
      #expect(try store.told()[0] == [nil, nil, nil])
    }
  }

  @Test("refuses people whom the store does not have, and orders nobody's then")
  func strangers() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      #expect(throws: AppendError.noSuchParticipant(ref: 9)) {
        try store.log.orderErasure(ErasureRequest([refs[0], ParticipantRef(9)], reason: "x"))
      }
      #expect(try store.log.erasureOrders().isEmpty)
      #expect(throws: AppendError.log(.readOnly)) {
        store.close()
        try store.open(.read).orderErasure(ErasureRequest([refs[0]], reason: "x"))
      }
    }
  }

  @Test("is ordered by the log itself only: its events cannot be appended by hand")
  func reserved() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      for type in ErasureLedger.ownTypes.sorted(by: { $0.rawValue < $1.rawValue }) {
        #expect(throws: AppendError.reserved(type)) {
          try store.append([SampleEvents.event(type, 0)], to: .system)
        }
        #expect(throws: AppendError.reserved(type)) {
          try store.append([SampleEvents.event(type, 0)], to: .participant(refs[0]))
        }
      }
    }
  }

  @Test("of a field group shuts it for everybody and refuses later statements (6.8, no. 34)")
  func group() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      let before = try store.told()
      let position = try store.log.orderDrop(of: .health, ground: "Verordnung 2018/1046")
      #expect(throws: AppendError.groupDropped(.health, by: position)) {
        try store.append([.health()], to: .participant(refs[0]))
      }
      let run = try #require(try store.log.carryOutOrders())
      #expect(run.kept == 3 && run.withoutKey == 0 && run.orders.first?.state == .completed)
      store.close()
      let after = try store.told()
      #expect(after[0] == before[0] && after[2] == before[2])
      #expect(after[1] == [before[1][0], nil, before[1][2]])
      #expect(throws: AppendError.groupDropped(.health, by: position)) {
        try store.append([.health()], to: .participant(refs[0]))
      }
      #expect(throws: AppendError.groupDropped(.health, by: position)) {
        try store.admit("test:9", [.entered(), .health()])
      }
      let dropped = try #require(
        try store.log.events(of: .system).first { $0.event?.type == .fieldGroupDropped }?.event)
      #expect(dropped[Fields.count] == 1 && dropped[Fields.fieldGroup] == "health")
      let report = try store.log.verify(deep: true)
      #expect(report.isIntact && report.dropped == 1 && report.erased == 0)
      // Dropped again it is the same order.
      #expect(try store.log.orderDrop(of: .health, ground: "x") == position)
      // A person is erased behind it, and the group stays dropped.
      try store.erase([refs[2]])
      #expect(try store.log.keyring.droppedGroups == [.health: position.number])
      #expect(try store.told()[1] == after[1])
    }
  }

  @Test("finds everybody readable after a change of keys alone, and no old key fits")
  func rotation() throws {
    try withTemporaryStore { store in
      _ = try people(store)
      let before = try store.told()
      let root = try Folder.contents(of: store.rootKeyPath)
      try store.log.orderRotation(reason: "a laptop was lost")
      let run = try #require(try store.log.carryOutOrders())
      #expect(run.epoch == 2 && run.kept == 3 && run.withoutKey == 0)
      store.close()
      #expect(try store.told() == before)
      #expect(try store.log.erasureOrders().map(\.state) == [.completed])
      store.close()
      let new = try Folder.contents(of: store.rootKeyPath)
      #expect(new != root)
      try Folder.replace(store.rootKeyPath, with: root.span)
      #expect(throws: LogError.keys(.wrongRootKey(path: "\(store.path)/keys/epoch-2/ring"))) {
        try store.open(.read)
      }
      try Folder.replace(store.rootKeyPath, with: new.span)
    }
  }

  @Test("counts whom an earlier state of knowledge knew and today's keys do not open")
  func counts() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      let first = try store.log.size()
      try store.erase([refs[0]])
      let second = try store.log.size()
      try store.erase([refs[1], refs[2]])
      let third = try store.log.size()
      let counts = try [0, 1, 2, 5, first, second, third].map {
        try store.log.erasedParticipants(knownAt: $0)
      }
      #expect(counts == [0, 1, 1, 2, 3, 2, 0])
    }
  }

  @Test("is found out when its table says something else than the records")
  func table() throws {
    try withTemporaryStore { store in
      let refs = try people(store)
      try store.erase([refs[0]])
      let table = try #require(try store.log.erasures())
      let position = try #require(try store.log.erasureOrders().first).position
      let key = ErasureOrder.key(position)
      let good = try store.log.reading { try $0.value(for: key.span, in: table)?.copied() }
      let value = try #require(good)
      for index in value.indices {
        var bad = value
        bad[index] ^= 1
        try store.log.environment.write { try $0.put(key: key.span, value: bad.span, in: table) }
        let report = try store.log.verify(deep: false)
        #expect(report.findings == [.orders(differing: 1)], "byte \(index)")
      }
      try store.log.environment.write { try $0.clear(table) }
      #expect(try store.log.verify(deep: false).findings == [.orders(differing: 2)])
      try store.log.environment.write { transaction in
        for (key, value) in try ErasureLedger(of: store.log).entries {
          try transaction.put(key: key.span, value: value.span, in: table)
        }
      }
    }
  }

  @Test("leaves none of the person's bytes, and none of the old keys, in any file")
  func bytes() throws {
    try withTemporaryStore { store in
      let canary = "Kanarienvogel-4711"
      let ref = try store.admit(
        "test:\(canary)", [.entered(), .named(canary), .noted(canary), .jobStarted()])
      _ = try store.admit("test:2", [.entered(), .noted("bleibt")])
      // What a view, a question or an older program may have left.
      try Folder.create("\(store.path)/views/journeys-1")
      for path in ["views/journeys-1/data.mdb", "views/journeys", "views/stray"] {
        let file = try File("\(store.path)/\(path)", .createNew)
        try file.write(Array(canary.utf8).span, at: 0)
      }
      let ring = try Folder.contents(of: "\(store.path)/keys/epoch-1/ring")
      let slots = try Folder.contents(of: "\(store.path)/keys/epoch-1/participants")
      let names = try Folder.contents(of: "\(store.path)/keys/epoch-1/identities")
      let root = try Folder.contents(of: store.rootKeyPath)
      let needles = [
        Array(canary.utf8), Array(slots[64 + 20..<64 + 52]), Array(names[64 + 16..<64 + 112]),
        Array(ring[40..<80]), Array(root.suffix(46)),
      ]
      for needle in needles { #expect(try !store.files(holding: needle).isEmpty) }
      try store.erase([ref])
      for (index, needle) in needles.enumerated() {
        #expect(try store.files(holding: needle) == [], "needle \(index)")
      }
      store.close()
      for (index, needle) in needles.enumerated() {
        #expect(try store.files(holding: needle) == [], "needle \(index), closed")
      }
      #expect(try Folder.names("\(store.path)/views").allSatisfy { $0 == "writer.lock" })
      #expect(try Folder.names("\(store.path)/keys") == ["epoch-2"])
    }
  }
}

extension ErasureLedger {
  /// The orders of a log, from its records alone.
  init(of log: EventLog) throws {
    self.init()
    for read in try log.events(of: .system) {
      if let event = read.event { take(event, at: read.header.position) }
    }
  }
}
