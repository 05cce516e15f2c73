import Files
import FoundationEssentials
import Journey
import LMDB
import Projections
import TestSupport
import Testing
import Upkeep

@testable import EventLog
@testable import Keyring
@testable import ProjectionEngine

/// Makes the good inputs that the corpus begins with; run with WEGMARKE_WRITE_FIXTURES=1 after a
/// target has come.
@Suite("The corpus of strange bytes")
struct FuzzCorpusTests {
  private static let mayBeWritten =
    ProcessInfo.processInfo.environment["WEGMARKE_WRITE_FIXTURES"] == "1"

  @Test("gets good inputs for targets that have none", .enabled(if: mayBeWritten))
  func write() throws {
    for target in FuzzTarget.allCases
    where !Folder.exists("\(FuzzCorpus.folder)/\(target.rawValue)") {
      let folder = "\(FuzzCorpus.folder)/\(target.rawValue)"
      try Folder.create(folder)
      for (number, bytes) in try inputs(of: target).enumerated() {
        try File("\(folder)/good-\(number)", .createNew).write(bytes.span, at: 0)
      }
    }
  }

  private func inputs(of target: FuzzTarget) throws -> [[UInt8]] {
    switch target {
    case .record: try fixtureRecords()
    case .payload: try payloads()
    case .proof, .checkpoint, .key: try proofs(target)
    case .ring, .participants, .identities:
      KeyBytes.keyFiles.filter { $0.name == target.rawValue }.map(\.content)
    case .rootKey: [KeyBytes.rootKeyFile]
    case .keyExport: try ExportBytes.plain + ExportBytes.sealed()
    case .block, .catalogue, .viewCheckpoint: try viewBytes(target)
    case .bundle, .manifest: try copies(target)
    // `privacy receipt -o` wrote it.
    case .receipt: []
    case .csv:
      [
        "Xid;name;note\n1;\"Mara; Beispiel\";\"zwei\nZeilen\"\n2;Jörg;\n",
        "\u{FEFF}Aid,date\r\n1,2024-03-04\r\n2,\"4.3.2024\"\r\n", "?a\tb\rc\td\r\"e\"\"e\"\tf",
        "\u{1}a,b\n\"1,2\n3,4\n", "Za,a\n1,2,3\n",
      ].map { Array($0.utf8) }
        + [Array("=a;b\n".utf8) + [0xE4, 0x3B, 0xFC, 0x0A]]
    case .plan:
      [
        "participant_id;type;date;spell;kind;note\n1;employment_start;2024-03-04;1;SVP;\n",
        "participant_id,entered_on\n1,2024-03-04\n2,31.12.2023\n",
      ].map { Array($0.utf8) }
    case .mapping: BuiltInFiles.mappings.map(\.bytes)
    case .question: BuiltInFiles.questions.map(\.bytes)
    case .expression:
      [
        "0working(at index + h) and not dropout",
        "0employment-status in [UNE, UNE_LT] or age between 18 and 29 or isced <= 2",
        "0working-throughout(during index until index + 12mo, gap exit-window, as [SVP, SELF])",
        "0worked-for(26w, from index, gap 28d) or worked-for(6mo, from index, as SELF)",
        "0attribute(\"grammar\") = \"yes\" and exit is not known",
        "0same-employer(during quarter(2, after exit), during quarter(4, after exit))",
        "0died(during exit through 2026-01-31) or exit-reason in [PRISON, HEALTH]",
        "1-(days-worked(during index until index + h) / days(during index until index + h)) * 100",
        "1lag", "2reference-day(6, after index)", "2index + 1mo - 28d",
      ].map { Array($0.utf8) }
    case .answer:
      [Array(#"{"schema":"wegmarke.answer","schemaVersion":1,"digest":"00"}"#.utf8)]
    case .words:
      [
        "2024-03-04", "4.3.2024", "03/2024", "2024-Q1", "2024", "2026-11-22T14:40:03.5Z",
        "TN-3WQBTA",
      ].map { Array($0.utf8) }
    }
  }

  /// Backups of the store of the fixture, as it was and after some more.
  private func copies(_ target: FuzzTarget) throws -> [[UInt8]] {
    let fixture = "\(Folder.parent(of: FuzzCorpus.folder))/store-v1"
    let store = try TemporaryStore.copying(
      store: "\(fixture)/store", rootKey: "\(fixture)/root.key")
    let backup = Backup(of: try store.log, into: "\(store.folder)/backups")
    var members = [try backup.run().series.last]
    try store.admit("made:1", [.init(.participationEntered, on: CivilDate(Day(number: 20_000)))])
    members.append(try backup.run().series.last)
    _ = try store.log.signCheckpoint()
    members.append(try backup.run().series.last)
    return try target == .manifest
      ? members.map { try Folder.contents(of: "\($0.folder)/manifest") }
      : members.dropFirst().map { try Folder.contents(of: "\($0.folder)/records.bundle") }
  }

  private func payloads() throws -> [[UInt8]] {
    let text = try Folder.contents(of: "\(Folder.parent(of: FuzzCorpus.folder))/events-v1.txt")
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    // Every twentieth shows every kind of value.
    return stride(from: 0, to: lines.count, by: 20).compactMap { number in
      let parts = lines[number].split(separator: "\t")
      guard parts.count > 2, let schema = UInt8(parts[1]) else { return nil }
      let digits = Array(parts[2])
      let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      }
      return [schema] + bytes
    }
  }

  private func fixtureRecords() throws -> [[UInt8]] {
    try withStore { store in try store.log.records(0..<store.log.size()).map(\.bytes) }
  }

  private func proofs(_ target: FuzzTarget) throws -> [[UInt8]] {
    try withStore { store in
      let size = try store.log.size()
      let signed = try store.log.signCheckpoint()
      if target == .checkpoint { return [Array(signed.text.utf8)] }
      if target == .key { return try store.log.verifierKey.map { [Array($0.text.utf8)] } ?? [] }
      let inclusion = ProofFile(
        .inclusion(
          try store.log.inclusionProof(of: Position(2), size: size),
          record: try store.log.record(at: Position(2)).bytes), signed)
      let growth = ProofFile(
        .consistency(try store.log.consistencyProof(from: 3, to: size)), signed)
      return [inclusion, growth].map { Array($0.text.utf8) }
    }
  }

  private func viewBytes(_ target: FuzzTarget) throws -> [[UInt8]] {
    try withStore { store in
      let view = JourneysView(of: try store.log)
      try view.refresh()
      guard let open = try view.current() else { return [] }
      return try open.environment.read { transaction in
        switch target {
        case .block:
          let block = try transaction.value(for: UInt32(0), in: open.blocks)?.copied()
          return block.map { [$0] } ?? []
        case .catalogue: return [try open.catalogue(transaction).encoded]
        default: return try open.checkpoint(transaction).map { [$0.bytes] } ?? []
        }
      }
    }
  }

  private func withStore<R>(_ body: (TemporaryStore) throws -> R) throws -> R {
    let day = CivilDate(Day(number: 20_000))
    return try withTemporaryStore { store in
      for number in 0..<3 {
        let ref = try store.admit(
          "made:\(number)",
          [
            JourneyEvent(.participationEntered, on: day).with(Fields.operation, "V-1"),
            JourneyEvent(.attributesRecorded, on: day).with(Fields.attribute, "x=\(number)"),
            JourneyEvent(.employmentStarted, on: day).with(Fields.placementKind, .svp),
          ])
        try store.append(
          [
            JourneyEvent(.attributesRecorded, on: day).with(Fields.attribute, "x=other")
              .with(Fields.target, number * 4 + 1)
          ], to: .participant(ref))
      }
      return try body(store)
    }
  }
}
