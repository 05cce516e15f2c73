import EventLog
import Files
import Interchange
import Journey
import Keyring

/// What makes an import the same as an earlier one: the bytes of its files and its mapping.
struct ImportIdentity {
  /// The digest of all files, keyed by the store.
  let contentDigest: [UInt8]
  /// What the keys of all appends of this import begin with.
  let importID: [UInt8]
  /// Earlier imports.
  let batches: [ImportBatch]
  /// The same import, begun or finished before.
  let existing: ImportBatch?
  /// The last import of the same files, which is finished but left rows out or was undone.
  let earlier: ImportBatch?
  /// Bytes of all files.
  let bytes: Int
  /// Where the imports by a mapping of the same name begin.
  let related: Set<Int>
  /// Whether the mapping's text is in the log.
  let isMappingStored: Bool

  static let begun = UInt32.max - 1
  static let ended = UInt32.max

  /// The version of the rules by which rows become batches of events.
  ///
  /// With other rules, or batches of another size, an import is another import, whose events are
  /// compared with what is stored.
  private static let planVersion: UInt8 = 4

  init(
    log: EventLog, mapping: Mapping, files: [String], batchSize: Int
  ) throws(LogError) {
    let keyring = log.keyring
    // Whether these files came in before, and under which number this import runs, is told by
    // records that not every key opens.
    do throws(KeyringError) { try keyring.require([.system]) } catch { throw .keys(error) }
    func keyed(_ bytes: [UInt8]) throws(LogError) -> [UInt8] {
      do throws(KeyringError) { return try keyring.keyedDigest(bytes) } catch {
        throw .keys(error)
      }
    }
    var digest = [UInt8]()
    var total = 0
    for path in files { total += try Self.add(path, to: &digest, keyed) }
    bytes = total
    contentDigest = digest
    var named = digest
    named.append(Self.planVersion)
    named.appendBigEndian(UInt32(clamping: batchSize))
    named += mapping.digestInput.utf8
    let system = try log.events(of: .system)
    batches = ImportBatch.list(system)
    let definition = Self.digest(of: mapping)
    isMappingStored = system.contains {
      $0.event?.type == .definitionStored && $0.event?[Fields.definitionDigest] == definition
    }
    related = Self.related(to: mapping, batches, system)
    // Files of which rows were left out may come again: what was missing may be there now. So may
    // files whose import was undone.
    var id = Array(try keyed(named).prefix(16))
    var (found, last): (ImportBatch?, ImportBatch?)
    var attempt: UInt32 = 0
    while let begun = try log.appended(under: Self.key(id, Self.begun)) {
      let position = Position(begun.first.number + UInt64(begun.count) - 1)
      found = batches.first { $0.begun == position }
      guard let batch = found, batch.isFinished, batch.rejected > 0 || batch.isUndone else { break }
      (found, last) = (nil, batch)
      attempt += 1
      var again = named
      again.appendBigEndian(attempt)
      id = Array(try keyed(again).prefix(16))
    }
    (importID, existing, earlier) = (id, found, last)
  }

  /// The imports that came by this mapping, in whatever version.
  private static func related(
    to mapping: Mapping, _ batches: [ImportBatch], _ system: [ReadEvent]
  ) -> Set<Int> {
    let digests = Set(batches.compactMap(\.definitionDigest))
    var own: Set<String> = []
    for read in system {
      guard let event = read.event, event.type == .definitionStored,
        let digest = event[Fields.definitionDigest], digests.contains(digest),
        let text = event[Fields.definitionText],
        let stored = try? Mapping.parse(text, file: mapping.name), stored.name == mapping.name
      else { continue }
      own.insert(digest)
    }
    return Set(
      batches.filter { own.contains($0.definitionDigest ?? "") }.map { Int($0.begun.number) })
  }

  /// The digest of a mapping's text, in hexadecimal digits.
  static func digest(of mapping: Mapping) -> String {
    ContentDigest.hex(ContentDigest.sha256(Array(mapping.digestInput.utf8)))
  }

  func key(_ number: UInt32) -> [UInt8] { Self.key(importID, number) }

  private static func key(_ importID: [UInt8], _ number: UInt32) -> [UInt8] {
    var key = importID
    key.appendBigEndian(number)
    return key
  }

  /// Chains the digest over portions of a file; an unreadable file is found by the reader later.
  private static func add(
    _ path: String, to digest: inout [UInt8], _ keyed: ([UInt8]) throws(LogError) -> [UInt8]
  ) throws(LogError) -> Int {
    var done = 0
    digest = try keyed(digest + Array("file".utf8))
    guard let file = try? File(path, .read) else { return done }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while let count = try? file.read(into: &buffer, at: done), count > 0 {
      done += count
      digest = try keyed(digest + buffer[..<count])
    }
    return done
  }
}
