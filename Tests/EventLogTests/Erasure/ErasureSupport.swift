import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

/// The program was stopped behind a step.
struct Stopped: Error {}

extension TemporaryStore {
  /// Orders the erasure of some people and carries it out, up to a step.
  @discardableResult
  func erase(
    _ refs: [ParticipantRef], stoppingAfter last: ErasureStep? = nil
  ) throws -> ErasureRun? {
    try log.orderErasure(ErasureRequest(refs, reason: "asked for it"))
    do {
      return try log.carryOutOrders { step in if step == last { throw Stopped() } }
    } catch {
      guard last != nil else { throw error }
      close()
      return nil
    }
  }

  /// What the log tells about everybody: the events of each ref, nil where one does not open.
  func told() throws -> [[JourneyEvent?]] {
    try (0..<log.participantCount()).map { ref in
      try log.events(of: StreamID(.participant, ref)).map(\.event)
    }
  }

  /// Every file of the store and beside it, by path.
  func allFiles() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    func read(_ path: String) throws {
      if try File(path, .read).isFolder() {
        for name in try Folder.names(path) { try read("\(path)/\(name)") }
      } else {
        files[path] = try Folder.contents(of: path)
      }
    }
    try read(folder)
    return files
  }

  /// Every file but those in which LMDB notes who reads: reading changes them, and nothing else.
  func filesBesideReaders() throws -> [String: [UInt8]] {
    try allFiles().filter { !$0.key.hasSuffix("/lock.mdb") }
  }

  /// The files in which bytes stand.
  func files(holding needle: [UInt8]) throws -> [String] {
    try allFiles().filter { $0.value.holds(needle) }.map(\.key).sorted()
  }

  /// Copies one folder of the store to a place beside it.
  func keep(_ part: String, as name: String) throws {
    try TemporaryStore.copy("\(path)/\(part)", to: "\(folder)/\(name)")
  }

  /// Puts a kept folder in the place of the store's.
  func restore(_ part: String, from name: String) throws {
    try Folder.remove("\(path)/\(part)")
    try TemporaryStore.copy("\(folder)/\(name)", to: "\(path)/\(part)")
  }
}

extension [UInt8] {
  /// Whether some bytes stand in these.
  func holds(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= count else { return false }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first), found + needle.count <= count {
      if self[found..<found + needle.count].elementsEqual(needle) { return true }
      start = found + 1
    }
    return false
  }
}

extension JourneyEvent {
  static func named(_ name: String) -> JourneyEvent {
    JourneyEvent(.identityRecorded, on: CivilDate(Day(number: 20_500)))
      .with(Fields.personName, name)
  }

  static func noted(_ note: String) -> JourneyEvent {
    JourneyEvent(.counsellingHeld, on: CivilDate(Day(number: 20_501))).with(Fields.note, note)
  }

  static func health() -> JourneyEvent {
    JourneyEvent(.healthImpairmentRecorded, on: CivilDate(Day(number: 20_502)))
      .with(Fields.disability, .yes)
  }
}
