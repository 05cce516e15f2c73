public import EventLog
import Journey
import Keyring

extension ImportRun {
  /// Whether files that call themselves simulated were imported; nil where the keys cannot tell.
  ///
  /// What begins an import opens to the root key alone. Other keys ask the people whom they open: an
  /// event that came from a simulation says so.
  ///
  /// - Parameter size: The state of knowledge, in records.
  public static func broughtMadeUpPeople(
    _ log: EventLog, size: UInt64
  ) throws(LogError) -> Bool? {
    let keyring = log.keyring
    if keyring.has(.system) {
      return try list(log).contains { $0.isSimulated && $0.begun.number < size }
    }
    guard keyring.opens(.record) else { return nil }
    return try keyring.isScoped
      ? ownPeople(log, size: size) : firstOfEachImport(log, size: size)
  }

  private static func isMadeUp(_ event: JourneyEvent?) -> Bool {
    event?[Fields.source] == .simulation
  }

  private static func ownPeople(_ log: EventLog, size: UInt64) throws(LogError) -> Bool {
    let refs: [UInt32]
    let participants = try log.participantCount()
    do throws(KeyringError) { refs = try log.keyring.ownRefs(below: participants) } catch {
      throw .keys(error)
    }
    for ref in refs {
      let events = try log.events(of: .participant(ParticipantRef(ref)), size: size)
      if events.contains(where: { isMadeUp($0.event) }) { return true }
    }
    return false
  }

  /// Looks at what follows each closed record of the log itself: its people, if it begins an import.
  private static func firstOfEachImport(
    _ log: EventLog, size: UInt64
  ) throws(LogError) -> Bool {
    let near: UInt64 = 64
    var cache = KeyCache(log.keyring, blockSize: 1)
    for read in try log.events(of: .system, size: size) where read.isClosed {
      let first = read.header.position.number + 1
      guard first < size else { continue }
      let records = try log.records(first..<min(size, first + near)) { $0.kind == .participant }
      for record in records where record.header.group == .record {
        if try isMadeUp(cache.open(record).event) { return true }
      }
    }
    return false
  }
}
