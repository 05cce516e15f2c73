import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("A sealed record")
struct SealTests {
  private static let canary = "CANARY-7f3a-Zwölf Boxkämpfer"

  @Test("leaves no plaintext in any file of the store; a clear one does")
  func canary() throws {
    let groups: [JourneyEvent] = [
      .counselled(note: Self.canary),
      JourneyEvent(.identityRecorded, on: JourneyEvent.entered().occurredOn)
        .with(Fields.personName, Self.canary),
      JourneyEvent(.healthImpairmentRecorded, on: JourneyEvent.entered().occurredOn)
        .with(Fields.note, Self.canary),
    ]
    try withTemporaryStore { store in
      try store.admit("test:\(Self.canary)", groups)
      try store.append(
        [
          JourneyEvent(.importBatchBegun, on: JourneyEvent.entered().occurredOn)
            .with(Fields.batchCode, Self.canary).with(Fields.contentDigest, Self.canary)
        ], to: .system)
      store.close()
      #expect(try files(containing: Self.canary, under: store.path) == [])
      #expect(try files(containing: "test:", under: store.path) == [])
      try store.append([.networkRegistered(Self.canary)], to: StreamID(.network, 1))
      store.close()
      #expect(
        try files(containing: Self.canary, under: store.path) == ["\(store.path)/log/data.mdb"])
    }
  }

  private func files(containing text: String, under path: String) throws -> [String] {
    if try File(path, .read).isFolder() {
      return try Folder.names(path).flatMap {
        try files(containing: text, under: "\(path)/\($0)")
      }
    }
    return contains(try Folder.contents(of: path), Array(text.utf8)) ? [path] : []
  }

  private func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard bytes.count >= wanted.count else { return false }
    return (0...bytes.count - wanted.count).contains { start in
      bytes[start] == wanted[0] && bytes[start..<start + wanted.count] == wanted[...]
    }
  }

  @Test("has a checksum that finds every flipped bit")
  func checksum() throws {
    try withTemporaryStore { store in
      try store.admit("test:1", [.entered()])
      let bytes = try store.log.records(0..<1)[0].bytes
      for index in bytes.indices {
        for bit in 0..<8 {
          let damaged = bytes.flipping(index, 1 << UInt8(bit))
          #expect(throws: RecordProblem.self) { try RecordFormat.decode(damaged.span) }
        }
      }
      for count in 0..<bytes.count {
        let cut = Array(bytes.prefix(count))
        #expect(throws: RecordProblem.truncated) { try RecordFormat.decode(cut.span) }
      }
      #expect(throws: RecordProblem.truncated) { try RecordFormat.decode((bytes + [0]).span) }
    }
  }

  @Test("is found changed in any byte by its leaf hash, also when its checksum was made to fit")
  func leaf() throws {
    try withTemporaryStore { store in
      try store.admit("test:1", [.entered(), .jobStarted()])
      let bytes = try store.log.records(0..<1)[0].bytes
      for index in bytes.indices.dropFirst(4) {
        let found = try findings(store, "records", Position(0).key) { _ in
          bytes.flipping(index).withChecksum
        }
        #expect(found.contains(.leaf(Position(0))), "byte \(index)")
      }
    }
  }

  @Test("is found changed by its seal in every byte that the seal covers")
  func seal() throws {
    try withTemporaryStore { store in
      try store.admit("test:1", [.entered()])
      try store.admit("test:2", [.entered()])
      let record = try store.log.records(0..<1)[0]
      var cache = KeyCache(try store.log.keyring, blockSize: 8)
      #expect(try cache.open(record).event == .entered())
      // Schema, group, stream kind and ref, event id, then all of the payload.
      for index in [6, 7, 8, 9, 19] + Array(48..<record.bytes.count) {
        let bytes = record.bytes.flipping(index).withChecksum
        guard let header = try? RecordFormat.decode(bytes.span), header.group != .clear else {
          continue
        }
        #expect(throws: LogError.keys(.sealBroken), "byte \(index)") {
          _ = try cache.open(StoredRecord(header: header, bytes: bytes))
        }
      }
    }
  }

  @Test("opens as what it was sealed and as nothing else")
  func binding() throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      let record = try store.log.records(0..<1)[0]
      let header = record.header
      let sealed = Array(record.bytes[48...])
      let key = try store.log.keyring.sealingKey(of: ref, .record)
      let origin = try store.log.origin
      func open(
        origin: String, stream: StreamID = header.stream, id: [UInt8] = header.eventID.bytes,
        schema: UInt16 = header.schema, group: FieldGroup = header.group
      ) throws -> [UInt8] {
        try key.open(
          sealed,
          authenticating: RecordFormat.authenticated(
            origin: origin, stream: stream, eventID: id, schema: schema, group: group))
      }
      let payload = try open(origin: origin)
      #expect(try EventCodec.decode(payload, schema: 1) == .entered())
      let attempts: [() throws -> [UInt8]] = [
        { try open(origin: origin + "x") },
        { try open(origin: origin, stream: StreamID(.participant, ref.number + 1)) },
        { try open(origin: origin, stream: StreamID(.network, ref.number)) },
        { try open(origin: origin, id: header.eventID.bytes.flipping(0)) },
        { try open(origin: origin, schema: 2) },
        { try open(origin: origin, group: .health) },
      ]
      for attempt in attempts { #expect(throws: KeyringError.sealBroken) { _ = try attempt() } }
    }
  }

  @Test("does not open in the stream of another participant")
  func moved() throws {
    try withTemporaryStore { store in
      try store.admit("test:a", [.entered()])
      try store.admit("test:b", [.jobStarted()])
      let records = try store.log.records(0..<2)
      var header = records[1].header
      header.eventID = records[0].header.eventID
      let bytes = RecordFormat.encode(header, payload: Array(records[0].bytes[60...]))
      var cache = KeyCache(try store.log.keyring, blockSize: 1)
      #expect(throws: LogError.keys(.sealBroken)) {
        _ = try cache.open(StoredRecord(header: header, bytes: bytes))
      }
      let found = try findings(store, "records", Position(1).key, deep: true) { _ in bytes }
      #expect(found.contains(.seal(Position(1), .sealBroken)))
    }
  }

  @Test("has a length that tells the event's only to the next multiple of sixteen")
  func padding() throws {
    try withTemporaryStore { store in
      try store.admit("test:1", [.entered(), .counselled(), .counselled(note: "abc")])
      let lengths = try store.log.records(0..<3).map { $0.bytes.count - RecordHeader.size - 16 }
      #expect(lengths.allSatisfy { $0 % 16 == 0 })
      #expect(lengths[1] == lengths[2])
    }
  }

  @Test("never has the event id of another")
  func nonces() throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      // Enough for both sealing threads and more than one portion of random bytes.
      try store.append(
        Array(repeating: .counselled(), count: 1200), to: .participant(ref))
      let records = try store.log.records(0..<1201)
      #expect(Set(records.map(\.header.eventID)).count == 1201)
    }
  }
}
