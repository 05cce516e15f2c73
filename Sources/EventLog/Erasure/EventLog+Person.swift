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
      return found
    } catch { throw LogError(wrapping: error) }
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
