import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

/// Copies of log and keys, made at the same moments and put back in every pairing.
@Suite("Copies of log and keys from other days")
struct RestoredKeysTests {
  /// A store with a history of erasures; log, keys and root key kept after each.
  private struct History {
    let store: TemporaryStore
    /// Who was erased when a copy was made.
    var erased: [Set<UInt32>] = []
    /// The size of the log then.
    var sizes: [UInt64] = []
    /// The epoch then.
    var epochs: [UInt32] = []

    init() throws {
      store = try TemporaryStore()
      try admit(0..<3)
      try keep([])
      try store.erase([ParticipantRef(1)])
      try keep([1])
      try admit(3..<5)
      try keep([1])
      try store.erase([ParticipantRef(0), ParticipantRef(4)])
      try keep([0, 1, 4])
      try store.log.orderRotation(reason: "x")
      try store.log.carryOutOrders()
      try keep([0, 1, 4])
      try admit(5..<6)
      try keep([0, 1, 4])
    }

    private func admit(_ numbers: Range<Int>) throws {
      for number in numbers {
        try store.admit("test:\(number)", [.entered(), .noted("\(number)")])
      }
    }

    private mutating func keep(_ erased: Set<UInt32>) throws {
      let number = sizes.count
      self.erased.append(erased)
      sizes.append(try store.log.size())
      epochs.append(try store.log.keyring.epoch)
      store.close()
      try store.keep("log", as: "log-\(number)")
      try store.keep("keys", as: "keys-\(number)")
      try TemporaryStore.copy(store.rootKeyPath, to: "\(store.folder)/root-\(number)")
    }

    func put(log: Int, keys: Int, root: Int) throws {
      store.close()
      try store.restore("log", from: "log-\(log)")
      try store.restore("keys", from: "keys-\(keys)")
      try Folder.remove(store.rootKeyPath)
      try TemporaryStore.copy("\(store.folder)/root-\(root)", to: store.rootKeyPath)
    }
  }

  @Test("never show anybody who was erased, with today's root key: all 36 pairs")
  func pairs() throws {
    let history = try History()
    let store = history.store
    let last = history.sizes.count - 1
    var outcomes: [String: Int] = [:]
    for log in 0...last {
      for keys in 0...last {
        try history.put(log: log, keys: keys, root: last)
        let pair = Comment("log \(log), keys \(keys)")
        do {
          let told = try store.told()
          outcomes["opened", default: 0] += 1
          for ref in history.erased[last] where Int(ref) < told.count {
            #expect(told[Int(ref)].allSatisfy { $0 == nil }, pair)
          }
        } catch let error as LogError {
          switch error {
          case .keys(.wrongRootKey): outcomes["another root key", default: 0] += 1
          case .keysAhead: outcomes["keys ahead", default: 0] += 1
          case .keys(.noSuchParticipant): outcomes["a person without key", default: 0] += 1
          default: Issue.record(error, pair)
          }
        }
        // Reading alone comes to the same.
        store.close()
        if let reader = try? store.open(.read) {
          for ref in try history.erased[last].filter({ try $0 < reader.participantCount() }) {
            let events = try reader.events(of: StreamID(.participant, ref))
            #expect(events.allSatisfy { $0.event == nil }, pair)
          }
        }
      }
    }
    // Keys of copies 0 to 3 open under no root key that still exists. Copies 4 and 5 are of the
    // epoch in use: with a log that is older they are ahead; copy 4 misses the person of log 5.
    #expect(
      outcomes == [
        "another root key": 24, "keys ahead": 8, "opened": 3, "a person without key": 1,
      ])
    try history.put(log: last, keys: last, root: last)
    try store.verify()
  }

  @Test("carry the erasures out again when the root key was put back with the keys")
  func behind() throws {
    let history = try History()
    let store = history.store
    let last = history.sizes.count - 1
    for keys in 0..<3 {
      try history.put(log: 3, keys: keys, root: keys)
      let missing = history.erased[3].count - history.erased[keys].count
      #expect(throws: LogError.keysBehind(missing), "keys \(keys)") { try store.open(.read) }
      // Before anything else is done.
      #expect(try store.log.keyring.erasedRefs(below: 5) == [0, 1, 4], "keys \(keys)")
      #expect(try store.log.keyring.epoch == history.epochs[keys] + 1)
      let reapplied = try #require(
        try store.log.events(of: .system).last { $0.event?.type == .erasuresReapplied }?.event)
      #expect(reapplied[Fields.count] == missing)
      for ref in [UInt32(0), 1, 4] {
        #expect(
          try store.log.events(of: StreamID(.participant, ref)).allSatisfy { $0.event == nil })
      }
      store.close()
      _ = try store.open(.read)
    }
    try history.put(log: last, keys: last, root: last)
    try store.verify()
  }

  @Test("are behind a change of keys as they are behind an erasure")
  func behindRotation() throws {
    let history = try History()
    let store = history.store
    let last = history.sizes.count - 1
    try history.put(log: last, keys: 3, root: 3)
    #expect(throws: LogError.keysBehind(1)) { try store.open(.read) }
    #expect(try store.log.keyring.epoch == history.epochs[3] + 1)
    #expect(
      try store.log.events(of: .system).last { $0.event?.type == .erasuresReapplied }?
        .event?[Fields.count] == 1)
    store.close()
    _ = try store.open(.read)
  }

  @Test("are refused when the log ends before what the keys followed, until somebody says so")
  func ahead() throws {
    let history = try History()
    let store = history.store
    try history.put(log: 2, keys: 3, root: 3)
    let followed = try #require(
      try Keyring(
        folder: "\(store.path)/keys",
        root: RootKey.read(
          at: store.rootKeyPath, origin: EventLog.origin(of: store))
      ).watermark
    ).size
    let size = history.sizes[2]
    for access in [EventLog.Access.read, .write(waitingAtMost: .zero)] {
      #expect(throws: LogError.keysAhead(followed: followed, log: size)) {
        try store.open(access)
      }
    }
    let run = try #require(
      try EventLog.acceptOlderLog(
        store: store.path, rootKey: .file(store.rootKeyPath), reason: "the disk died",
        now: store.clock.now))
    #expect(run.withoutKey == 3)
    // What the keys had erased stays so, and the older log knows it now.
    let told = try store.told()
    for ref in [0, 1, 4] { #expect(told[ref].allSatisfy { $0 == nil }) }
    for ref in [2, 3] { #expect(told[ref].allSatisfy { $0 != nil }) }
    #expect(
      try store.log.erasureOrders().filter { $0.subject != .rotation }.map(\.state)
        == [.completed, .completed, .completed])
    let accepted = try #require(
      try store.log.events(of: .system).first { $0.event?.type == .olderLogAccepted }?.event)
    #expect(accepted[Fields.watermark] == Int(followed))
    #expect(accepted[Fields.reason] == "the disk died")
    let statement = EventLog.olderLogStatement(
      origin: try store.log.origin, size: size, root: try store.log.root(size: size),
      followed: followed)
    #expect(accepted[Fields.checks] == statement)
    let signature = try #require(accepted[Fields.signature].flatMap { bytes(hex: $0) })
    let key = try #require(try store.log.keyring.verifyingKey)
    #expect(key.isValid(signature, of: Array(statement.utf8)))
    #expect(!key.isValid(signature, of: Array(statement.utf8) + [10]))
    // Accepted once, there is nothing more to accept.
    store.close()
    #expect(
      try EventLog.acceptOlderLog(
        store: store.path, rootKey: .file(store.rootKeyPath), reason: "again",
        now: store.clock.now) == nil)
    try store.verify()
  }

  @Test("are refused when the log went another way since")
  func otherHistory() throws {
    let history = try History()
    let store = history.store
    // A log that was continued from copy 0 by keys of that day, to the same length and beyond.
    try history.put(log: 0, keys: 0, root: 0)
    while try store.log.size() < history.sizes[5] { try store.admit(nil, [.entered()]) }
    store.close()
    try Folder.remove("\(store.folder)/log-0")
    try store.keep("log", as: "log-0")
    try history.put(log: 0, keys: 5, root: 5)
    #expect(throws: LogError.self) { try store.open(.read) }
    do { _ = try store.open(.read) } catch let error as LogError {
      guard case .keysOfAnotherHistory = error else { throw error }
    }
  }
}

extension EventLog {
  /// The origin of a store whose keys do not fit its log.
  fileprivate static func origin(of store: TemporaryStore) throws -> String {
    try EventLog(
      unsettled: store.path, access: .read, rootKey: .file(store.rootKeyPath),
      now: store.clock.now
    ).origin
  }
}
