import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing

@testable import EventLog

@Suite("Verification")
struct VerificationTests {
  /// A store with 2 participants, 1 network and more than two tiles of records.
  private func withStore(_ body: (TemporaryStore) throws -> Void) throws {
    try withTemporaryStore { store in
      try store.admit("test:a", [.entered(), .jobStarted()])
      try store.admit(nil, [.entered()])
      try store.append(
        (0..<600).map { .networkRegistered("N\($0)") }, to: StreamID(.network, 1),
        idempotencyKey: [7])
      try store.append([.counselled()], to: .participant(ParticipantRef(0)))
      try body(store)
    }
  }

  @Test("of a sound log counts what is there and gives the root that the tree gives")
  func sound() throws {
    try withStore { store throws in
      for deep in [false, true] {
        var last: (done: UInt64, total: UInt64) = (0, 0)
        let report = try store.log.verify(deep: deep) { done, total in last = (done, total) }
        #expect(report.isIntact)
        #expect(report.findings == [])
        #expect(report.isDeep == deep)
        #expect(report.size == 604)
        #expect(report.participants == 2)
        #expect(report.streams == 3)
        #expect(report.opened == (deep ? 604 : 0))
        #expect(report.erased == 0)
        #expect(report.root == (try store.log.root(size: 604)))
        #expect(last == (604, 604))
      }
    }
  }

  @Test("of an empty log finds nothing and gives the root of nothing")
  func empty() throws {
    try withTemporaryStore { store in
      let report = try store.log.verify(deep: true)
      #expect(report.isIntact)
      #expect(report.root == MerkleHash.empty)
    }
  }

  @Test("finds a changed record by checksum, node and root, and goes on behind it")
  func changedRecord() throws {
    try withStore { store in
      let found = try findings(store, "records", Position(100).key) { $0.flipping(70) }
      #expect(found.prefix(2).contains(.record(Position(100), .checksum)))
      #expect(found.contains(.node(level: 1, index: 0)))
      #expect(found.contains { if case .root = $0 { true } else { false } })
      #expect(
        found.contains(
          .streamVersion(Position(101), StreamID(.network, 1), expected: 98, found: 99)))
      #expect(
        !found.contains {
          switch $0 {
          case .tile, .head: true
          // The hash over the 256 records around it, and no other.
          case .node(let level, let index): level > 1 || index > 0
          default: false
          }
        })
    }
  }

  @Test("finds a lost record", arguments: [UInt64(0), 1, 300, 602])
  func lostRecord(position: UInt64) throws {
    try withStore { store in
      let found = try findings(store, "records", Position(position).key) { _ in nil }
      #expect(
        found.contains(.missing(from: Position(position), upTo: Position(position + 1))))
    }
  }

  @Test("finds a log whose end was lost, by the heads and the tree")
  func lostEnd() throws {
    try withStore { store in
      let found = try findings(store, "records", Position(603).key) { _ in nil }
      #expect(
        found.contains(
          .head(
            .participant(ParticipantRef(0)), version: 3, last: Position(603), expectedVersion: 2,
            expectedLast: Position(1))))
      #expect(found.contains(.tile(level: 0, index: 2, hashes: 92, expected: 91)))
    }
  }

  @Test("finds a header that was made up, also with a fitting checksum and leaf hash")
  func madeUpHeader() throws {
    try withStore { store in
      let record = try store.log.records(602..<603)[0]
      let network = StreamID(.network, 1)
      func found(_ change: (inout RecordHeader) -> Void) throws -> [VerificationFinding] {
        var header = record.header
        change(&header)
        let bytes = RecordFormat.encode(header, payload: Array(record.bytes[60...]))
        let key = MerkleTiles.key(0, 2)
        let tile = try #require(try value(of: key, in: "tree", of: store))
        var changed = tile
        changed.replaceSubrange(90 * 32..<91 * 32, with: MerkleHash.leaf(bytes.span))
        try put(changed, at: key, in: "tree", of: store)
        let found = try findings(store, "records", Position(602).key, deep: true) { _ in bytes }
        try put(tile, at: key, in: "tree", of: store)
        // Whoever makes up record and leaf has still the root of the commit against them.
        let otherRoot = VerificationFinding.checksum(.meta, entries: 1)
        #expect(found.contains(otherRoot) == (bytes != record.bytes))
        return found.filter { $0 != otherRoot }
      }
      let same = try found { _ in }
      #expect(same == [])
      let elsewhere = try found { $0.position = Position(9) }
      #expect(elsewhere == [.position(Position(602), stated: Position(9))])
      let before = try store.log.records(601..<602)[0].header.recordedAt
      let early = try found { $0.recordedAt = 5 }
      #expect(early == [.time(Position(602), recordedAt: 5, before: before)])
      let first = try found { $0.previous = nil }
      #expect(first == [.previous(Position(602), network, expected: Position(601), found: nil)])
      let skipping = try found { $0.streamVersion = 601 }
      #expect(
        skipping == [
          .streamVersion(Position(602), network, expected: 600, found: 601),
          .head(
            network, version: 600, last: Position(602), expectedVersion: 601,
            expectedLast: Position(602)),
        ])
      let otherKind = try found { $0.kind = .key }
      #expect(otherKind == [.header(Position(602), kind: .key, group: .clear)])
      let newer = try found { $0.schema = 4 }
      #expect(newer == [.payload(Position(602), .newerSchema(.networkRegistered, version: 4))])
      let stranger = try found { $0.stream = StreamID(.participant, .max) }
      #expect(stranger.first == .participant(Position(602), ref: .max, participants: 2))
    }
  }

  @Test("finds an event that does not fit its schema, or corrects another stream's")
  func madeUpEvent() throws {
    try withStore { store in
      let record = try store.log.records(602..<603)[0]
      func found(_ event: JourneyEvent) throws -> [VerificationFinding] {
        try findings(store, "records", Position(602).key, deep: true) { _ in
          var header = record.header
          header.kind = event.recordKind
          return RecordFormat.encode(header, payload: EventCodec.encode(event))
        }
      }
      let bare = JourneyEvent(.networkRegistered, on: JourneyEvent.entered().occurredOn)
      let incomplete = try found(bare)
      #expect(incomplete.contains(.event(Position(602), .missingField("code"))))
      for target in [0, 602, 9999, -1] {
        let event = JourneyEvent.networkRegistered("x").with(Fields.target, target)
        #expect(try found(event).contains(.target(Position(602), target: target)), "\(target)")
      }
    }
  }

  @Test("finds changed, short, missing and surplus tiles, each where it is")
  func tiles() throws {
    try withStore { store in
      func found(_ level: UInt8, _ index: UInt64, _ change: ([UInt8]) -> [UInt8]?) throws
        -> [VerificationFinding]
      { try findings(store, "tree", MerkleTiles.key(level, index), change) }
      func isRoot(_ finding: VerificationFinding?) -> Bool {
        if case .root = finding { true } else { false }
      }
      // A full tile of leaves follows from its records and is kept nowhere.
      let full = try found(0, 1) { stored in stored.isEmpty ? [0] : nil }
      #expect(full == [.entries(.tree, surplus: 1)])
      let edge = try found(0, 2) { $0.flipping(0) }
      #expect(edge.first == .leaf(Position(512)))
      #expect(isRoot(edge.last))
      let upper = try found(1, 0) { $0.flipping(0) }
      #expect(upper.first == .node(level: 1, index: 0))
      #expect(isRoot(upper.last))
      let short = try found(0, 2) { Array($0.dropLast(32)) }
      #expect(short == [.tile(level: 0, index: 2, hashes: 91, expected: 92)])
      let missing = try found(1, 0) { _ in nil }
      #expect(missing == [.tile(level: 1, index: 0, hashes: 0, expected: 2)])
      let surplus = try found(0, 3) { _ in [1] }
      #expect(surplus == [.entries(.tree, surplus: 1)])
    }
  }

  @Test("of a store of version 1 finds changed and short tiles of leaves")
  func leaves() throws {
    try withTemporaryStore { store in
      try store.makeVersion1()
      try store.append((0..<600).map { .networkRegistered("N\($0)") }, to: StreamID(.network, 1))
      try store.verify()
      func found(_ change: ([UInt8]) -> [UInt8]?) throws -> [VerificationFinding] {
        try findings(store, "tree", MerkleTiles.key(0, 1), change)
      }
      // The level above no longer follows from it.
      let changed = try found { $0.flipping(32) }
      #expect(changed == [.leaf(Position(257)), .node(level: 1, index: 1)])
      let short = try found { Array($0.dropLast(32)) }
      #expect(short == [.tile(level: 0, index: 1, hashes: 255, expected: 256)])
      let missing = try found { _ in nil }
      #expect(missing == [.tile(level: 0, index: 1, hashes: 0, expected: 256)])
    }
  }

  @Test("finds heads of streams that say something else than the records")
  func heads() throws {
    try withStore { store in
      let stream = StreamID(.network, 1)
      let ghost = StreamID(.network, 2)
      let missing = try findings(store, "streams", stream.key) { _ in nil }
      #expect(
        missing == [
          .head(stream, version: 0, last: nil, expectedVersion: 600, expectedLast: Position(602))
        ])
      let damaged = try findings(store, "streams", stream.key) { $0.flipping(3) }
      #expect(damaged == [.checksum(.streams, entries: 1)])
      // As an older program wrote it, without a checksum.
      let changed = try findings(store, "streams", stream.key) { $0.prefix(12).flipping(3) }
      #expect(
        changed == [
          .head(
            stream, version: 601, last: Position(602), expectedVersion: 600,
            expectedLast: Position(602))
        ])
      let surplus = try findings(store, "streams", ghost.key) { _ in
        [0, 0, 0, 1] + Position(4).key
      }
      #expect(
        surplus == [
          .head(ghost, version: 1, last: Position(4), expectedVersion: 0, expectedLast: nil)
        ])
    }
  }

  @Test("finds requests outside the log and entries that mean nothing")
  func requests() throws {
    try withStore { store in
      for byte in 0..<48 {
        let damaged = try findings(store, "requests", [7]) { $0.flipping(byte, 64) }
        #expect(damaged == [.checksum(.requests, entries: 1)])
      }
      // As an older program wrote them, without a checksum.
      let behind = try findings(store, "requests", [7]) { $0.prefix(44).flipping(4) }
      #expect(behind == [.request(first: Position(3 + 1 << 24), count: 600, size: 604)])
      let longer = try findings(store, "requests", [7]) { $0.prefix(44).flipping(10, 4) }
      #expect(longer == [.request(first: Position(3), count: 600 + 1024, size: 604)])
      let short = try findings(store, "requests", [7]) { Array($0.dropLast()) }
      #expect(short == [.entries(.requests, surplus: 1)])
    }
  }

  @Test("finds participants that the index does not find, or finds by another's code")
  func index() throws {
    try withStore { store in
      let identity = try store.log.keyring.identity(of: ParticipantRef(1))
      let tag = try store.log.codeTag(identity.code)
      let missing = try findings(store, "participants", tag) { _ in nil }
      #expect(missing == [.index(ParticipantRef(1))])
      let stray = try findings(store, "participants", tag) { _ in [0, 0, 0, 9] }
      #expect(stray == [.entries(.participants, surplus: 1), .index(ParticipantRef(1))])
      // The external id of the one leads to the other: only the keys can tell.
      let external = try store.log.externalTag("test:a")
      let swapped: ([UInt8]) -> [UInt8] = { _ in [0, 0, 0, 1] }
      #expect(try findings(store, "participants", external, swapped) == [])
      #expect(
        try findings(store, "participants", external, deep: true, swapped)
          == [.index(ParticipantRef(0))])
      let count = Array("participants".utf8)
      let damaged = try findings(store, "meta", count) { $0.flipping(3) }
      #expect(damaged.contains(.checksum(.meta, entries: 1)))
      let root = try findings(store, "meta", Array("root".utf8)) { $0.flipping(20) }
      #expect(root == [.checksum(.meta, entries: 1)])
      let fewer = try findings(store, "meta", count) { _ in [0, 0, 0, 1] }
      #expect(fewer.contains(.participant(Position(2), ref: 1, participants: 1)))
    }
  }

  @Test("finds damaged key and identity slots when it looks deep")
  func slots() throws {
    try withStore { store in
      try store.withCopy { copy in
        let folder = "\(copy.path)/keys/epoch-1"
        try File("\(folder)/participants", .update).write([0xFF].span, at: 64 + 30)
        try File("\(folder)/identities", .update).write([0xFF].span, at: 64 + 128 + 30)
        #expect(try copy.log.verify(deep: false).isIntact)
        let report = try copy.log.verify(deep: true)
        let damaged = KeyringError.damaged(path: "\(folder)/participants", slot: 0)
        let code = try copy.log.keyring.identity(of: ParticipantRef(0)).code
        #expect(
          report.findings
            == [0, 1, 603].map { .seal(Position($0), damaged) }
            + [
              .slot(
                SlotProblem(
                  ref: ParticipantRef(0), key: .damaged, identity: .whole, code: code)),
              .identity(
                ParticipantRef(1), .damaged(path: "\(folder)/identities", slot: 1)),
            ])
        #expect(report.opened == 601)
      }
    }
  }

  @Test("counts records of erased people without calling them damaged")
  func erased() throws {
    try withStore { store in
      try store.withCopy { copy in
        try copy.log.orderErasure(ErasureRequest([ParticipantRef(0)], reason: "x"))
        try copy.log.carryOutOrders()
        let report = try copy.log.verify(deep: true)
        #expect(report.isIntact)
        #expect(report.erased == 3)
        // The order, the decision, the reason, the end and the epoch came on top.
        #expect(report.opened == 606)
        #expect(
          try copy.log.events(of: .participant(ParticipantRef(0))).map(\.event) == [nil, nil, nil])
      }
    }
  }

  @Test("keeps a thousand findings and counts the others")
  func manyFindings() throws {
    try withStore { store in
      try store.append(
        (0..<600).map { .networkRegistered("M\($0)") }, to: StreamID(.network, 2))
      try store.withCopy { copy in
        let records = try copy.log.records(0..<1100)
        let environment = try copy.log.environment
        let database = try environment.database("records")
        try environment.write { transaction in
          for record in records {
            let bytes = record.bytes.flipping(0)
            let key = record.header.position.key
            try transaction.put(key: key.span, value: bytes.span, in: database)
          }
        }
        let report = try copy.log.verify(deep: false)
        #expect(report.findings.count == VerificationReport.keptFindings)
        #expect(report.findingCount > 1100)
      }
    }
  }

  @Test("goes on while others write")
  func whileWriting() throws {
    try withTemporaryStore { store throws in
      do {
        let log = try store.log
        onThreads(2) { thread in
          if thread == 0 {
            for number in 0..<60 {
              let events = Array(repeating: JourneyEvent.networkRegistered("\(number)"), count: 40)
              _ = try? log.append(
                AppendRequest([.init(.stream(StreamID(.network, 1)), expecting: .any, events)]))
            }
          } else {
            for _ in 0..<20 {
              let report = try? log.verify(deep: true)
              #expect(report?.findings == [])
            }
          }
        }
      }
      store.close()
      #expect(try store.log.size() == 2400)
    }
  }
}
