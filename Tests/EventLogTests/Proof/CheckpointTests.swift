import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("The checkpoints of a log")
struct CheckpointTests {
  private func grow(_ store: TemporaryStore, by count: Int) throws {
    try store.append(
      (0..<count).map { .networkRegistered("N\($0)") }, to: StreamID(.network, 1))
  }

  @Test("are signed with its key, remembered, and the same again at the same size")
  func signing() throws {
    try withTemporaryStore { store in
      #expect(try store.log.lastCheckpoint() == nil)
      let empty = try store.log.signCheckpoint()
      #expect(empty.checkpoint.size == 0 && empty.checkpoint.root == MerkleHash.empty)
      try grow(store, by: 300)
      let first = try store.log.signCheckpoint()
      #expect(first.checkpoint.size == 300)
      #expect(first.checkpoint.origin == (try store.log.origin))
      #expect(first.checkpoint.root == (try store.log.root(size: 300)))
      let key = try #require(try store.log.verifierKey)
      #expect(first.note.verdict(of: key) == .valid)
      #expect(try store.log.signCheckpoint() == first)
      try grow(store, by: 5)
      let second = try store.log.signCheckpoint()
      store.close()
      let log = try store.open(.read)
      #expect(try log.lastCheckpoint() == second)
      #expect(try log.checkpoint(size: 300) == first)
      #expect(try log.checkpoint(size: 301) == nil)
      #expect(try log.check(first) == nil)
      #expect(try log.verify(deep: true).checkpoints == 3)
      #expect(throws: LogError.readOnly) { try log.signCheckpoint() }
    }
  }

  @Test("are refused where the log does not continue what it signed")
  func forked() throws {
    let store = try TemporaryStore()
    try grow(store, by: 10)
    let signed = try store.log.signCheckpoint()
    // Somebody who holds all keys changes the tree behind the log's back.
    let key = MerkleTiles.key(0, 0)
    let tile = try #require(try value(of: key, in: "tree", of: store))
    try put(tile.flipping(3), at: key, in: "tree", of: store)
    let damaged = LogError.damaged(path: store.path, what: "tree")
    #expect(throws: damaged) { try store.log.signCheckpoint() }
    // And, with more care, the root that the last commit wrote down.
    try put(nil, at: Array("root".utf8), in: "meta", of: store)
    let error = #expect(throws: LogError.self) { try store.log.signCheckpoint() }
    #expect(error == .forked(signed: 10, size: 10))
    #expect(throws: LogError.forked(signed: 10, size: 10)) { try store.log.nextCheckpoint() }
    #expect(try store.log.lastCheckpoint() == signed)
  }

  @Test("find a log that lost its end, and one that is another")
  func outside() throws {
    let store = try TemporaryStore()
    try grow(store, by: 4)
    try store.withCopy { copy in
      try grow(store, by: 2)
      let later = try store.log.signCheckpoint()
      #expect(try store.log.check(later) == nil)
      #expect(try copy.log.check(later) == .beyondEnd(logSize: 4))
      try copy.append([.networkRegistered("other")], to: StreamID(.network, 2))
      try copy.append([.networkRegistered("more")], to: StreamID(.network, 2))
      let found = try copy.log.root(size: 6)
      #expect(try copy.log.check(later) == .otherRoot(found: found))
    }
    try withTemporaryStore { other in
      let later = try store.log.signCheckpoint()
      #expect(try other.log.check(later) == .otherOrigin(store.log.origin))
    }
  }

  @Test("that were changed where they lie are findings of a verification")
  func damaged() throws {
    let store = try TemporaryStore()
    try grow(store, by: 4)
    let signed = try store.log.signCheckpoint()
    let key = Position(4).key
    let text = Array(signed.text.utf8)
    for index in text.indices {
      let found = try findings(store, "checkpoints", key) { $0.flipping(index) }
      #expect(
        found.contains { if case .checkpoint(4, _) = $0 { true } else { false } },
        "byte \(index)")
    }
    let foreign = try TemporaryStore()
    try grow(foreign, by: 4)
    let other = try foreign.log.signCheckpoint()
    #expect(
      try findings(store, "checkpoints", key) { _ in Array(other.text.utf8) }
        == [.checkpoint(size: 4, .otherOrigin(foreign.log.origin))])
    let root = try store.log.root(size: 4)
    #expect(
      try findings(store, "tree", MerkleTiles.key(0, 0)) { $0.flipping(1) }.contains {
        if case .checkpoint(4, .otherRoot(let found)) = $0 { found != root } else { false }
      })
  }

  @Test("need a key that a store of an older program gets with its first one")
  func olderStore() throws {
    let store = try TemporaryStore.copying(
      store: "\(FixtureFiles.folder)/store-v1/store",
      rootKey: "\(FixtureFiles.folder)/store-v1/root.key")
    #expect(try store.log.verifierKey == nil)
    #expect(try store.log.verify(deep: true).isIntact)
    let stranger = try #require(VerifyingKey(bytes: [UInt8](repeating: 1, count: 32)))
    let name = try #require(NoteKey(name: store.log.origin, key: stranger))
    let claimed = SignedCheckpoint(try store.log.nextCheckpoint(), by: name) { _ in [1, 2, 3] }
    #expect(try store.log.check(claimed) == .noKey)
    let signed = try store.log.signCheckpoint()
    #expect(try store.log.check(claimed) == .unsigned)
    let key = try #require(try store.log.verifierKey)
    #expect(signed.note.verdict(of: key) == .valid)
    store.close()
    #expect(try store.log.verifierKey == key)
    #expect(try store.log.check(signed) == nil)
    // Admitting somebody rewrites the ring; the key stays.
    try store.admit("t:new", [.entered()])
    store.close()
    #expect(try store.log.verifierKey == key)
    try store.verify()
  }
}

@Suite("A proof of a log")
struct LogProofTests {
  private func withProofs(
    _ body: (TemporaryStore, _ early: SignedCheckpoint, _ late: SignedCheckpoint) throws -> Void
  ) throws {
    try withTemporaryStore { store in
      try store.admit("test:a", [.entered(), .jobStarted()])
      try store.append(
        (0..<300).map { .networkRegistered("N\($0)") }, to: StreamID(.network, 1))
      let early = try store.log.signCheckpoint()
      try store.append([.counselled()], to: .participant(ParticipantRef(0)))
      try body(store, early, try store.log.signCheckpoint())
    }
  }

  private func inclusion(
    _ store: TemporaryStore, _ number: UInt64, in signed: SignedCheckpoint
  ) throws -> ProofFile {
    let position = Position(number)
    return ProofFile(
      .inclusion(
        try store.log.inclusionProof(of: position, size: signed.checkpoint.size),
        record: try store.log.record(at: position).bytes), signed)
  }

  @Test("is read back as it was written, and holds against key and checkpoint")
  func roundTrip() throws {
    try withProofs { store, early, late in
      let key = try #require(try store.log.verifierKey)
      for number: UInt64 in [0, 1, 255, 256, 301] {
        let proof = try inclusion(store, number, in: early)
        let read = try ProofFile(parsing: Array(proof.text.utf8))
        #expect(read == proof)
        #expect(read.check(key: key, kept: early) == nil)
        #expect(read.check(key: key, kept: nil) == nil)
        #expect(read.check(key: nil, kept: early) == nil)
        #expect(read.check(key: key, kept: late) == .otherSize(303, expected: 302))
      }
      for from: UInt64 in [0, 1, 302, 303] {
        let proof = ProofFile(
          .consistency(try store.log.consistencyProof(from: from, to: 303)), late)
        #expect(try ProofFile(parsing: Array(proof.text.utf8)) == proof)
      }
      let growth = ProofFile(
        .consistency(try store.log.consistencyProof(from: 302, to: 303)), late)
      #expect(growth.check(key: key, kept: early) == nil)
      #expect(growth.check(key: key, kept: nil) == .otherSize(0, expected: 302))
      #expect(growth.check(key: key, kept: late) == .otherSize(303, expected: 302))
    }
  }

  @Test("with any bit changed does not hold, or says the same")
  func everyBit() throws {
    try withProofs { store, early, late in
      let key = try #require(try store.log.verifierKey)
      let proofs = [
        try inclusion(store, 7, in: late),
        ProofFile(.consistency(try store.log.consistencyProof(from: 302, to: 303)), late),
      ]
      for (proof, kept) in zip(proofs, [late, early]) {
        let bytes = Array(proof.text.utf8)
        for index in bytes.indices {
          for bit in 0..<8 {
            let changed = bytes.flipping(index, 1 << UInt8(bit))
            guard let read = try? ProofFile(parsing: changed) else { continue }
            #expect(read.check(key: key, kept: kept) != nil, "bit \(bit) of byte \(index)")
          }
        }
      }
    }
  }

  @Test("of another log, key, record or place is refused for what it is")
  func refused() throws {
    try withProofs { store, early, late in
      let key = try #require(try store.log.verifierKey)
      let proof = try inclusion(store, 7, in: late)
      guard case .inclusion(let path, let record?) = proof.claim else { return }
      #expect(
        ProofFile(.inclusion(path, record: nil), late).check(key: key, kept: nil) == .noRecord)
      let other = try store.log.record(at: Position(8)).bytes
      #expect(
        ProofFile(.inclusion(path, record: other), late).check(key: key, kept: nil)
          == .brokenPath)
      let moved = InclusionProof(index: 8, size: path.size, hashes: path.hashes)
      #expect(
        ProofFile(.inclusion(moved, record: record), late).check(key: key, kept: nil)
          == .brokenPath)
      #expect(
        ProofFile(.inclusion(path, record: record), early).check(key: key, kept: nil)
          == .brokenPath)
      let named = try #require(NoteKey(name: "other", key: key.key))
      #expect(
        proof.check(key: named, kept: nil)
          == .otherOrigin(late.checkpoint.origin, expected: "other"))
      let foreign = try TemporaryStore()
      let foreignKey = try #require(try foreign.log.verifierKey).key
      let stranger = try #require(NoteKey(name: key.name, key: foreignKey))
      #expect(proof.check(key: stranger, kept: nil) == .unsigned(size: 303))
      #expect(throws: LogError.noSuchPosition(Position(303), size: 303)) {
        try store.log.inclusionProof(of: Position(303), size: 303)
      }
      #expect(throws: LogError.noSuchPosition(Position(8), size: 5)) {
        try store.log.inclusionProof(of: Position(8), size: 5)
      }
      #expect(throws: LogError.noSuchPosition(Position(303), size: 303)) {
        try store.log.consistencyProof(from: 2, to: 304)
      }
    }
  }

  @Test("of any bytes is read or refused, and never ends the program", arguments: 0..<40)
  func mutations(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    try withProofs { store, early, late in
      let key = try #require(try store.log.verifierKey)
      let seeds = [
        try inclusion(store, 301, in: late).text,
        ProofFile(.consistency(try store.log.consistencyProof(from: 200, to: 303)), late).text,
        late.text, key.text,
      ].map { Array($0.utf8) }
      for _ in 0..<150 {
        var bytes = generator.pick(seeds)
        for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
        let proof = try? ProofFile(parsing: bytes)
        let original = seeds.contains(bytes)
        #expect(
          proof == nil || proof?.check(key: key, kept: early) != nil || original, "seed \(seed)")
        _ = try? SignedCheckpoint(parsing: bytes)
        _ = try? NoteKey(parsing: String(decoding: bytes, as: UTF8.self))
        // Whatever is read is written back as it was.
        if let proof { #expect(Array(proof.text.utf8) == bytes, "seed \(seed)") }
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return bytes.append(10) }
    let index = Int.random(in: bytes.indices, using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
    case 1: bytes.remove(at: index)
    case 2: bytes.insert(generator.pick([10, 32, 43, 48, 61, 0xE2]), at: index)
    case 3: bytes.removeSubrange(index..<min(bytes.count, index + 40))
    case 4: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 50)], at: index)
    default: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
  }
}
