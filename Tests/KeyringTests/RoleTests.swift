import Files
import Journey
import TestSupport
import Testing

@testable import Keyring

/// A store's keys with roles, and their key files beside.
struct RoleKeys {
  let all: TemporaryKeys
  let root: Keyring

  init() throws {
    all = try TemporaryKeys()
    root = try all.open()
    try root.admit(
      (0..<4).map { identity($0, "t:\($0)") }, from: ParticipantRef(0),
      subprojects: ["TP-1", "TP-2", nil, "TP-1"])
  }

  func path(_ name: String) -> String { "\(all.folder)/\(name).key" }

  func open(_ name: String) throws -> Keyring {
    let key = try StoreKey.read(
      at: path(name), origin: all.origin,
      passphrase: { (_: String) throws(KeyringError) in nil })
    return try Keyring(folder: "\(all.folder)/keys", key: key)
  }

  func issue(_ kind: RoleKind, _ subprojects: [String] = []) throws -> Role {
    try all.open().issue(
      kind, holder: "", subprojects: subprojects, to: path(kind.rawValue), passphrase: nil)
  }
}

@Suite("Roles")
struct RoleTests {
  @Test("open their field groups and their sub-projects' people, and nothing else")
  func matrix() throws {
    let store = try RoleKeys()
    for kind in RoleKind.allCases {
      let role = try store.issue(kind, ["TP-1"])
      let keyring = try store.open(kind.rawValue)
      #expect(keyring.role == role && role.kind == kind)
      for ref in UInt32(0)..<4 {
        let isOwn = kind.opensParticipants && (!kind.isScoped || ref == 0 || ref == 3)
        for group in FieldGroup.allCases where group != .clear {
          let opened = Result { () throws(KeyringError) in
            try keyring.sealingKey(of: ParticipantRef(ref), group)
          }
          switch opened {
          case .success(let key):
            #expect(isOwn && kind.groups.contains(group), "\(kind) \(ref) \(group)")
            let whole = try store.root.sealingKey(of: ParticipantRef(ref), group)
            let nonce = [UInt8](repeating: 7, count: 12)
            let sealed = try whole.seal([5], nonce: nonce, authenticating: [])
            #expect(try key.open(nonce + sealed, authenticating: []) == [5])
          case .failure(.closed(let right, let who)):
            #expect(!isOwn || !kind.groups.contains(group), "\(kind) \(ref) \(group)")
            #expect(who == role)
            let names = ["TP-1", "TP-2", "", "TP-1"]
            #expect(
              right == .group(group) || right == .subproject(names[Int(ref)]),
              "\(kind) \(ref) \(group) \(right)")
          case .failure(let error): Issue.record("\(kind) \(ref) \(group): \(error)")
          }
        }
        let named = try? keyring.identity(of: ParticipantRef(ref))
        #expect((named != nil) == (isOwn && kind.opensIdentities), "\(kind) \(ref)")
        if let named { #expect(named == identity(ref, "t:\(ref)")) }
      }
      #expect(
        (try? keyring.keyedDigest([1])) == (kind.looksUp ? try store.root.keyedDigest([1]) : nil))
      #expect(throws: KeyringError.closed(.system, role)) { try keyring.storeSealingKey(.record) }
      #expect(throws: KeyringError.noSigningKey) { try keyring.sign([1]) }
      #expect(throws: KeyringError.closed(.administration, role)) { try keyring.roles() }
      #expect(throws: KeyringError.closed(.administration, role)) {
        try keyring.issue(
          .steward, holder: "", subprojects: [], to: store.path("x"), passphrase: nil)
      }
    }
    #expect(try store.root.roles().map(\.role.kind) == RoleKind.allCases)
  }

  @Test("have rings that hold exactly their set, for random main rings", arguments: 1...40)
  func property(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = UInt16.random(in: 1...9, using: &random)
    var entries = (0..<count).map {
      RingEntry.fresh(.wrapping, $0, "TP-\($0)")
    }
    for group in FieldGroup.allCases where group != .clear && Bool.random(using: &random) {
      entries.append(.fresh(.fieldGroup, UInt16(group.rawValue), group.name))
    }
    for purpose in [RingEntry.Purpose.identities, .lookup, .store, .signing, .role, .watermark] {
      entries.append(.fresh(purpose))
    }
    for kind in RoleKind.allCases {
      let own = (0..<count).filter { _ in Bool.random(using: &random) }
      let ring = RoleRings.entries(for: kind, wrapping: own, of: entries)
      var allowed: Set<[UInt8]> = []
      for entry in entries {
        let isAllowed =
          switch entry.purpose {
          case .wrapping:
            kind.opensParticipants && (!kind.isScoped || own.contains(entry.number))
          case .fieldGroup: kind.groups.contains { UInt16($0.rawValue) == entry.number }
          case .identities: kind == .advisor || kind == .coordinator
          case .lookup: kind != .evaluator
          // No key: how far the keys have followed erasures.
          case .watermark: true
          default: false
          }
        if isAllowed { allowed.insert(entry.key.rawBytes) }
      }
      let store = try #require(entries.first { $0.purpose == .store })
      let access = try #require(AccessKey(storeKey: store.key))
      allowed.insert(access.publicKey.entry.key.rawBytes)
      if kind == .officer { allowed.insert(access.entry.key.rawBytes) }
      #expect(Set(ring.map(\.key.rawBytes)) == allowed, "seed \(seed), \(kind)")
      #expect(ring.count == allowed.count, "seed \(seed), \(kind)")
    }
  }

  @Test("of everybody get the keys of new sub-projects, roles of some do not")
  func newSubprojects() throws {
    let store = try RoleKeys()
    _ = try store.issue(.evaluator)
    _ = try store.issue(.advisor, ["TP-2"])
    try store.all.open().admit([identity(9)], from: ParticipantRef(4), subprojects: ["TP-9"])
    let evaluator = try store.open("evaluator")
    _ = try evaluator.sealingKey(of: ParticipantRef(4), .record)
    let advisor = try store.open("advisor")
    #expect(advisor.subprojects == ["TP-2"])
    #expect(throws: KeyringError.closed(.subproject("TP-9"), advisor.role)) {
      try advisor.sealingKey(of: ParticipantRef(4), .record)
    }
    // An advisor takes people into own sub-projects only.
    #expect(throws: KeyringError.closed(.subproject("TP-1"), advisor.role)) {
      try advisor.admit([identity(5)], from: ParticipantRef(5), subprojects: ["TP-1"])
    }
    try advisor.admit([identity(5)], from: ParticipantRef(5), subprojects: ["TP-2"])
    #expect(try store.all.open().identity(of: ParticipantRef(5)) == identity(5))
  }

  @Test("whose key was renewed take the new one over, once, through any number of renewals")
  func handover() throws {
    let store = try RoleKeys()
    _ = try store.issue(.advisor, ["TP-1"])
    let old = try Folder.contents(of: store.path("advisor"))
    let oldEpoch = "\(store.all.folder)/copy-of-epoch-1"
    try Folder.create(oldEpoch)
    for name in try Folder.names("\(store.all.folder)/keys/epoch-1") {
      let bytes = try Folder.contents(of: "\(store.all.folder)/keys/epoch-1/\(name)")
      try File("\(oldEpoch)/\(name)", .createNew).write(bytes.span, at: 0)
    }
    for round in UInt32(1)...2 {
      let keyring = try store.all.open()
      let rootPath = "\(store.all.folder)/root.key"
      let fresh = try keyring.root.writeSuccessor(of: rootPath)
      _ = try keyring.renew(
        KeyRenewal(participants: 4, watermark: KeyWatermark(size: 1, root: []), erasing: [0]),
        under: fresh)
      try RootKey.adoptSuccessor(of: rootPath)
      try store.all.open().destroyOtherEpochs()
      #expect(try store.all.open().roles().map(\.isHandoverPending) == [true], "\(round)")
    }
    let again = try store.open("advisor")
    #expect(again.epoch == 3 && again.subprojects == ["TP-1"])
    #expect(throws: KeyringError.erased(ref: 0)) { try again.identity(of: ParticipantRef(0)) }
    #expect(try again.identity(of: ParticipantRef(3)) == identity(3, "t:3"))
    #expect(try store.all.open().roles().map(\.isHandoverPending) == [false])
    // The file holds the new key, and the old one has no way to it any more.
    let taken = try Folder.contents(of: store.path("advisor"))
    #expect(taken != old)
    _ = try store.open("advisor")
    try Folder.replace(store.path("advisor"), with: old.span)
    #expect(throws: KeyringError.self) { try store.open("advisor") }
    // Neither today's keys nor the file that took over open the ring of the old copy.
    try Folder.replace(store.path("advisor"), with: taken.span)
    let key = try KeyFile.read(
      at: store.path("advisor"), origin: store.all.origin,
      passphrase: { (_: String) throws(KeyringError) in nil })
    let ring = try RingFile.read(
      from: "\(store.all.folder)/keys/epoch-3/ring", root: store.all.open().root)
    for candidate in ring.entries.map(\.key) + [key.key] {
      #expect(throws: KeyringError.wrongRootKey(path: "\(oldEpoch)/role-1")) {
        try RingFile.read(from: "\(oldEpoch)/role-1", under: candidate, origin: store.all.origin)
      }
    }
  }

  @Test("that were revoked open nothing, and their number is never given again")
  func revoking() throws {
    let store = try RoleKeys()
    let role = try store.issue(.steward)
    #expect(try store.all.open().revoke(role: 7) == nil)
    #expect(try store.all.open().revoke(role: role.number) == role)
    #expect(throws: KeyringError.roleRevoked(role)) { try store.open("steward") }
    #expect(try store.all.open().roles().isEmpty)
    #expect(try store.issue(.evaluator).number == 2)
  }

  @Test("that a backup came back without get their rings back from the root key")
  func restoring() throws {
    let store = try RoleKeys()
    let role = try store.issue(.advisor, ["TP-1"])
    try Folder.remove("\(store.all.folder)/keys/epoch-1/role-1")
    #expect(throws: KeyringError.roleRevoked(role)) { try store.open("advisor") }
    try store.all.open().restoreRoleRings()
    #expect(try store.open("advisor").subprojects == ["TP-1"])
  }

  @Test("are refused when they do not fit")
  func limits() throws {
    let store = try RoleKeys()
    let root = try store.all.open()
    for holder in [String(repeating: "x", count: 101), "a\nkey b", "a\u{1F}b"] {
      #expect(throws: KeyringError.roleTooLong) {
        try root.issue(
          .advisor, holder: holder, subprojects: [], to: store.path("x"), passphrase: nil)
      }
    }
    let many = (0..<120).map { "TP-\(1000 + $0)" }
    #expect(throws: KeyringError.roleTooLong) {
      try root.issue(
        .advisor, holder: "", subprojects: many, to: store.path("x"), passphrase: nil)
    }
    #expect(!Folder.exists(store.path("x")))
  }
}

@Suite("Entries of the access log")
struct AccessSealTests {
  @Test("are sealed by every key and opened by the officer and the root key alone")
  func seals() throws {
    let store = try RoleKeys()
    for kind in RoleKind.allCases { _ = try store.issue(kind, ["TP-1"]) }
    let plain = Array("who read whom".utf8)
    for kind in RoleKind.allCases {
      let keyring = try store.open(kind.rawValue)
      let sealed = try keyring.sealAccess(plain, authenticating: [1])
      #expect(sealed.count == plain.count + Keyring.accessOverhead)
      #expect(try store.root.openAccess(sealed, authenticating: [1]) == plain)
      #expect(try store.open("dpo").openAccess(sealed, authenticating: [1]) == plain)
      #expect(throws: KeyringError.sealBroken) {
        try store.root.openAccess(sealed, authenticating: [2])
      }
      if kind != .officer {
        #expect(throws: KeyringError.closed(.accessLog, keyring.role)) {
          try keyring.openAccess(sealed, authenticating: [1])
        }
      }
    }
  }
}
