import EventLog
import Journey
import Keyring
import TestSupport

extension Trial {
  private struct Stopped: Error {}

  /// Erases a person or two, mostly each with everybody they ever were one person with.
  ///
  /// The program erases all who are one person. Who was parted again stays, and the log itself lets
  /// one half of a merged pair be erased, so both come here.
  func erase(using random: inout SeededGenerator) throws {
    var refs: [UInt32] = []
    let isHalf = random.chance(35)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      guard let ref = naive.recorded().randomElement(using: &random) else { break }
      let all = NaiveMerges.everOne(with: ref, in: naive).filter { !naive.erased.contains($0) }
      refs += isHalf ? [ref] : Array(all)
      tally.halves += isHalf && all.count > 1 ? 1 : 0
    }
    refs = Set(refs).sorted()
    guard !refs.isEmpty else { return }
    note("erase \(refs)")
    let first = naive.entries.count
    let ordered = try log.orderErasure(
      ErasureRequest(refs.map { ParticipantRef($0) }, reason: "asked for it"))
    try compare("orders", ordered.map { Int($0.number) }, refs.indices.map { first + 3 * $0 })
    naive.erase(refs)
    try carryOut(using: &random)
    try takeIn(
      refs.flatMap { _ in [.erasureRequested, .erasureDecided, .erasureReasonRecorded] }
        + refs.map { _ in .erasureCompleted } + [.keyEpochWritten])
    tally.erased += refs.count
  }

  /// Drops a field group for everybody, once.
  func dropGroup(using random: inout SeededGenerator) throws {
    let group = random.pick([FieldGroup.health, .identity].filter(\.canBeDropped))
    guard !naive.dropped.contains(group) else { return }
    note("drop \(group.name)")
    try log.orderDrop(of: group, ground: "a law")
    naive.drop(group)
    try carryOut(using: &random)
    try takeIn([.fieldGroupDropOrdered, .fieldGroupDropped, .keyEpochWritten])
  }

  /// Gives everybody fresh keys.
  func rotate(using random: inout SeededGenerator) throws {
    try log.orderRotation(reason: "a key was seen")
    try carryOut(using: &random)
    try takeIn([.keyRotationOrdered, .keyEpochWritten])
  }

  /// Carries out what was ordered, or is stopped behind a step; then opening again goes on.
  private func carryOut(using random: inout SeededGenerator) throws {
    let last = random.chance(50) ? ErasureStep.allCases.randomElement(using: &random) : nil
    do {
      try log.carryOutOrders { step in if step == last { throw Stopped() } }
    } catch {
      guard let last else { throw error }
      note("stopped behind \(last)")
      close()
    }
  }

  /// Compares what the log wrote about itself with what it should, and takes it in.
  private func takeIn(_ types: [EventType]) throws {
    let log = try log
    let start = naive.entries.count
    var opener = KeyCache(log.keyring, blockSize: 8)
    let found = try log.records(UInt64(start)..<(try log.size())).map { try opener.open($0) }
    try compare("own events", found.map(\.event?.type), types)
    for read in found {
      try compare("stream of an own event", read.header.stream, .system)
      if let event = read.event { naive.note(event, at: clock.time) }
    }
  }
}

extension NaiveMerges {
  /// Everybody who is or ever was one person with somebody, that one included.
  static func everOne(with ref: UInt32, in log: NaiveLog) -> Set<UInt32> {
    var found: Set<UInt32> = [ref]
    var count = 0
    while found.count > count {
      count = found.count
      for entry in log.entries {
        guard let other = entry.event[Fields.otherParticipant].map({ UInt32($0) }) else { continue }
        if found.contains(other) || found.contains(entry.stream.ref) {
          found.formUnion([other, entry.stream.ref])
        }
      }
    }
    return found
  }
}
