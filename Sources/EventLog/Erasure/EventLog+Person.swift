import Files
public import Journey
import Keyring
import LMDB

extension EventLog {
  /// Every participant who is the same person as one, itself included, in order of their refs.
  ///
  /// A merge stands in the streams of both, so streams alone tell.
  ///
  /// - Throws: `LogError` when a stream cannot be read.
  public func mergedPerson(of ref: ParticipantRef) throws(LogError) -> [ParticipantRef] {
    var found: Set<UInt32> = [ref.number]
    var waiting = [ref.number]
    while let next = waiting.popLast() {
      var linked: Set<UInt32> = []
      for read in try events(of: StreamID(.participant, next)) {
        guard let event = read.event,
          let other = event[Fields.otherParticipant].flatMap({ UInt32(exactly: $0) })
        else { continue }
        switch event.type {
        case .participantsMerged, .participantTakenIn: linked.insert(other)
        case .mergeReverted: linked.remove(other)
        default: break
        }
      }
      for other in linked where found.insert(other).inserted { waiting.append(other) }
    }
    return found.sorted().map { ParticipantRef($0) }
  }

  /// Folders and files of keys that an interrupted renewal left: none once it is complete.
  ///
  /// - Throws: `LogError` when the folder cannot be listed.
  public func leftoverKeyFiles() throws(LogError) -> [String] {
    do {
      var found = try keyring.otherEpochs()
      let successor = RootKey.successorPath(of: rootKeyPath)
      if Folder.exists(successor) { found.append(successor) }
      return found + Folder.unfinishedReplacements(of: rootKeyPath)
    } catch { throw LogError(wrapping: error) }
  }

  /// Tries to open every record of a field group with every key that could: the person's, or the
  /// store's, with the key of each group that is left.
  ///
  /// - Returns: How many records there are, and how many of them opened.
  /// - Throws: `LogError` when the log cannot be read.
  public func tryOpening(_ group: FieldGroup) throws(LogError) -> (records: Int, opened: Int) {
    var (records, opened) = (0, 0)
    let size = try size()
    for start in stride(from: 0, to: size, by: 4096) {
      for record in try self.records(start..<min(start + 4096, size))
      where record.header.group == group {
        records += 1
        if FieldGroup.allCases.contains(where: { opens(record, as: $0) }) { opened += 1 }
      }
    }
    return (records, opened)
  }

  private func opens(_ record: StoredRecord, as group: FieldGroup) -> Bool {
    let stream = record.header.stream
    let key =
      stream.kind == .participant
      ? try? keyring.sealingKey(of: ParticipantRef(stream.ref), group)
      : try? keyring.storeSealingKey(group)
    let header = record.header
    let data = RecordFormat.authenticated(
      origin: origin, stream: stream, eventID: header.eventID.bytes, schema: header.schema,
      group: header.group)
    return key.map { (try? $0.open(Array(record.bytes[48...]), authenticating: data)) != nil }
      ?? false
  }

  /// Everything that stands in `views/` besides the lock.
  ///
  /// - Throws: `LogError` when the folder cannot be listed.
  public func derivedFiles() throws(LogError) -> [String] {
    do throws(FileError) {
      guard Folder.exists("\(path)/views") else { return [] }
      return try Folder.names("\(path)/views").filter { $0 != WriterLock.fileName }
    } catch { throw .file(error) }
  }

  /// The event of a stored record that stands in clear; nil for any other.
  ///
  /// For whoever was given the record with a proof and has no key.
  public static func clearEvent(ofRecord bytes: [UInt8]) -> JourneyEvent? {
    guard let header = try? RecordFormat.decode(bytes.span), header.group == .clear else {
      return nil
    }
    return try? EventCodec.decode(
      Array(bytes[RecordHeader.size...]), schema: header.schema)
  }
}
