import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing

@testable import EventLog

/// Whole stores as earlier programs wrote them, with made-up people and their root keys.
///
/// `store-v1` is the first; `store-v1-checksums` has checksums in the tables beside the records;
/// `store-v2` keeps no full tiles of leaves.
@Suite("A store of an earlier program")
struct StoreFixtureTests {
  private static let names = ["store-v1", "store-v1-checksums", "store-v2"]

  private static func folder(_ name: String) -> String { "\(FixtureFiles.folder)/\(name)" }
  private static func expected(_ name: String) -> String { "\(name)/expected.txt" }

  private func copy(_ name: String) throws -> TemporaryStore {
    let folder = Self.folder(name)
    return try TemporaryStore.copying(store: "\(folder)/store", rootKey: "\(folder)/root.key")
  }

  @Test("opens, verifies and says what it said", arguments: names)
  func opening(name: String) throws {
    let store = try copy(name)
    #expect(try contents(store) == (try FixtureFiles.lines(Self.expected(name))))
    try store.verify()
  }

  @Test("has checksums behind its entries, or had none yet", arguments: names)
  func checksums(name: String) throws {
    let store = try copy(name)
    let request = try value(of: Array("fixture/1".utf8), in: "requests", of: store)
    #expect(request?.count == (name == "store-v1" ? 44 : 48))
    for fact in ["facts", "root"] {
      let value = try value(of: Array(fact.utf8), in: "meta", of: store)
      #expect((value == nil) == (name == "store-v1"))
    }
  }

  @Test("keeps full tiles of leaves in version 1, and goes on to", arguments: names)
  func leaves(name: String) throws {
    let store = try copy(name)
    let events = (0..<300).map { JourneyEvent.networkRegistered("N\($0)") }
    try store.append(events, to: StreamID(.network, 2))
    let size = try store.log.size()
    for index in 0..<size / MerkleTiles.width {
      let tile = try value(of: MerkleTiles.key(0, index), in: "tree", of: store)
      #expect((tile == nil) == (name == "store-v2"), "\(index)")
    }
    #expect(try value(of: MerkleTiles.key(0, size / 256), in: "tree", of: store) != nil)
    try store.verify()
  }

  @Test("takes new events and people behind the old ones", arguments: names)
  func appending(name: String) throws {
    let store = try copy(name)
    let size = try store.log.size()
    let ref = try store.admit("made-up:new", [.entered()])
    #expect(ref.number == (try store.log.participantCount()) - 1)
    try store.append([.counselled()], to: .participant(ParticipantRef(0)))
    let known = try #require(try store.log.appended(under: Array("fixture/1".utf8)))
    #expect(known.first < Position(size))
    #expect(try store.log.size() == size + 2)
    try store.verify()
  }

  @Test("is small", arguments: names)
  func small(name: String) throws {
    #expect(try Folder.size(ofFile: "\(Self.folder(name))/store/log/data.mdb") < 200_000)
  }

  /// Everything a reader can learn from the store, a line each.
  private func contents(_ store: TemporaryStore) throws -> [String] {
    let log = try store.log
    let size = try log.size()
    var lines = [
      "origin \(log.origin)", "size \(size)", "root \(ContentDigest.hex(try log.root(size: size)))",
    ]
    for ref in 0..<(try log.participantCount()) {
      let identity = try log.keyring.identity(of: ParticipantRef(ref))
      lines.append("participant \(ref) \(identity.code) \(identity.externalID ?? "-")")
      #expect(try log.participant(code: identity.code) == ParticipantRef(ref))
    }
    var cache = KeyCache(log.keyring, blockSize: 4)
    for record in try log.records(0..<size) {
      let header = record.header
      let event = try #require(try cache.open(record).event)
      lines.append(
        "\(header.position) \(Timestamp.text(header.recordedAt)) \(header.kind) "
          + "\(header.group.name) \(header.stream.kind)/\(header.stream.ref) "
          + "v\(header.streamVersion) after \(header.previous?.description ?? "-") "
          + "\(ContentDigest.hex(header.eventID.bytes)) \(event.type.name)/\(header.schema) "
          + text(of: event))
    }
    return lines
  }

  @Test(
    "is written once, when it is not there", .enabled(if: FixtureFiles.mayBeWritten),
    arguments: names)
  func write(name: String) throws {
    let folder = Self.folder(name)
    guard !Folder.exists(folder) else { return }
    let store = try TemporaryStore()
    try store.append([.networkRegistered("N-1")], to: StreamID(.network, 1), expecting: .none)
    try store.append(
      [
        JourneyEvent(.importBatchBegun, on: JourneyEvent.entered().occurredOn)
          .with(Fields.batchCode, "B-1").with(Fields.contentDigest, "00ff")
      ], to: .system, idempotencyKey: Array("fixture/1".utf8))
    for number in 0..<5 {
      let subproject = number % 2 == 0 ? "TP-\(number)" : nil
      try store.admit(
        number == 4 ? nil : "made-up:\(number)",
        [
          .entered().with(Fields.subproject, subproject),
          JourneyEvent(.identityRecorded, on: JourneyEvent.entered().occurredOn)
            .with(Fields.personName, "Mustermann \(number)"),
          JourneyEvent(.healthImpairmentRecorded, on: CivilDate(Day(number: 20_500), .month))
            .with(Fields.disability, .no),
          .jobStarted(),
        ])
    }
    let stream = StreamID.participant(ParticipantRef(0))
    try store.append([.retracted(Position(5))], to: stream, expecting: .exact(4))
    try store.append([.jobStarted("2026-03-09").with(Fields.target, 5)], to: stream)
    try store.append(
      [
        JourneyEvent(.minorityStatusRecorded, on: CivilDate(Day(number: 20_500), .year))
          .with(Fields.minority, .unknown),
        JourneyEvent(.housingSituationRecorded, on: CivilDate(Day(number: 20_500), .quarter))
          .with(Fields.homeless, .no),
        .counselled(note: "Grüße"),
      ], to: .participant(ParticipantRef(4)))
    try store.append(
      [
        JourneyEvent(.definitionStored, on: JourneyEvent.entered().occurredOn)
          .with(Fields.definitionDigest, "ab").with(Fields.definitionText, "made up")
      ], to: .system)
    try store.append(
      [
        JourneyEvent(.tableReleased, on: JourneyEvent.entered().occurredOn)
          .with(Fields.resultDigest, "cd")
      ], to: StreamID(.release))
    if name == "store-v2" {
      try store.append(
        (2..<302).map { .networkRegistered("N-\($0)") }, to: StreamID(.network, 1))
    }
    let lines = try contents(store)
    let target = "\(folder)/store"
    try Folder.create("\(target)/log")
    try store.log.environment.copy(toDirectory: "\(target)/log")
    store.close()
    try TemporaryStore.copy("\(store.path)/keys", to: "\(target)/keys")
    try TemporaryStore.copy(store.rootKeyPath, to: "\(folder)/root.key")
    try FixtureFiles.write(lines, to: Self.expected(name))
  }
}
