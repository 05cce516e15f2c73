import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

/// Folders that share a key file, because one is a copy of the other.
@Suite("A copy of a store")
struct CopiedStoreTests {
  private func withCopy(_ body: (TemporaryStore, String) throws -> Void) throws {
    let store = try TemporaryStore()
    try store.admit("test:1", [.entered()])
    try store.admit("test:2", [.entered()])
    store.close()
    let copy = "\(store.folder)/copy"
    try TemporaryStore.copy(store.path, to: copy)
    try body(store, copy)
  }

  private func open(_ path: String, _ key: String) throws -> EventLog {
    try EventLog(store: path, access: .write(waitingAtMost: .zero), rootKey: .file(key))
  }

  @Test("changes no keys under the original, and says so before anything is written")
  func refused() throws {
    try withCopy { store, copy in
      let key = try Folder.contents(of: store.rootKeyPath)
      let original = try #require(Folder.resolved(store.path))
      do {
        let log = try open(copy, store.rootKeyPath)
        let size = try log.size()
        let refusal = AppendError.log(
          .keys(.keyFileServes(path: store.rootKeyPath, store: original)))
        #expect(throws: refusal) { try log.orderRotation(reason: "trial") }
        #expect(throws: refusal) { try log.orderDrop(of: .health, ground: "trial") }
        #expect(throws: refusal) {
          try log.orderErasure(ErasureRequest([ParticipantRef(0)], reason: "trial"))
        }
        #expect(try log.size() == size)
      }
      #expect(try Folder.contents(of: store.rootKeyPath) == key)
      try store.verify()
      // The original goes on, and then the copy's keys are others: nothing is in its way.
      try store.erase([ParticipantRef(1)])
      try store.verify()
    }
  }

  @Test("that accepts an older log leaves the key file of the original alone")
  func olderLog() throws {
    try withCopy { store, copy in
      try TemporaryStore.copy("\(store.path)/log", to: "\(store.folder)/older")
      try store.admit("test:3", [.entered()])
      try store.erase([ParticipantRef(0)])
      store.close()
      try Folder.remove(copy)
      try TemporaryStore.copy(store.path, to: copy)
      try Folder.remove("\(copy)/log")
      try TemporaryStore.copy("\(store.folder)/older", to: "\(copy)/log")
      let key = try Folder.contents(of: store.rootKeyPath)
      #expect(throws: LogError.self) {
        try EventLog.acceptOlderLog(
          store: copy, rootKey: .file(store.rootKeyPath), reason: "trial", now: store.clock.now)
      }
      #expect(try Folder.contents(of: store.rootKeyPath) == key)
      try store.verify()
    }
  }

  @Test("with a key file of its own changes its keys, and the original does not notice")
  func ownKey() throws {
    try withCopy { store, copy in
      let own = "\(store.folder)/own.key"
      try TemporaryStore.copy(store.rootKeyPath, to: own)
      do {
        let log = try open(copy, own)
        try log.orderRotation(reason: "trial")
        try log.carryOutOrders()
      }
      try store.verify()
      #expect(KeyFilePlace.served(by: own) == Folder.resolved(copy))
    }
  }

  @Test("that was only moved goes on without a word, and so does one whose original is gone")
  func moved() throws {
    try withCopy { store, copy in
      let place = "\(store.folder)/elsewhere"
      try Folder.rename(store.path, to: place)
      do {
        let log = try open(place, store.rootKeyPath)
        try log.orderRotation(reason: "moved")
        try log.carryOutOrders()
      }
      #expect(KeyFilePlace.served(by: store.rootKeyPath) == Folder.resolved(place))
      // The copy has keys of before: they open under no key any more.
      #expect(throws: LogError.self) { try open(copy, store.rootKeyPath) }
      try Folder.rename(place, to: store.path)
      try store.verify()
    }
  }
}
