import TestSupport
import Testing

@testable import EventLog

@Suite("A proof in the Merkle tree")
struct MerkleProofTests {
  /// The leaves that the test data of the reference implementations of RFC 6962 use.
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    Array(0x50...0x57), Array(0x60...0x6f),
  ]

  @Test(
    "of inclusion has the hashes of the published test data",
    arguments: [
      (UInt64(0), UInt64(1), [String]()),
      (
        0, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        5, 8,
        [
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
      (
        1, 5,
        [
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ])
  func inclusionVectors(index: UInt64, size: UInt64, hashes: [String]) throws {
    let tree = try TileTree(Self.leaves.map { MerkleHash.leaf($0.span) })
    #expect(try tree.inclusion(index, size).hashes.map(ContentDigest.hex) == hashes)
  }

  @Test(
    "of consistency has the hashes of the published test data",
    arguments: [
      (UInt64(1), UInt64(1), [String]()),
      (
        1, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        6, 8,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (
        2, 5,
        [
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ])
  func consistencyVectors(from: UInt64, to: UInt64, hashes: [String]) throws {
    let tree = try TileTree(Self.leaves.map { MerkleHash.leaf($0.span) })
    #expect(try tree.consistency(from, to).hashes.map(ContentDigest.hex) == hashes)
  }

  @Test("of inclusion holds for every leaf of every size up to 70, and for nothing else")
  func inclusion() throws {
    let tree = try TileTree(count: 70)
    for size in UInt64(1)...70 {
      let root = try tree.root(size)
      for index in 0..<size {
        let proof = try tree.inclusion(index, size)
        let leaf = tree.leaves[Int(index)]
        #expect(proof.holds(leaf: leaf, root: root), "\(index) of \(size)")
        #expect(proof.hashes.count == InclusionProof.count(index: index, size: size))
        #expect(!proof.holds(leaf: leaf.flipping(31), root: root))
        #expect(!proof.holds(leaf: leaf, root: root.flipping(0)))
        for hashes in alterations(of: proof.hashes) {
          let other = InclusionProof(index: index, size: size, hashes: hashes)
          #expect(!other.holds(leaf: leaf, root: root), "\(index) of \(size)")
        }
        for other in 0...size where other != index {
          let moved = InclusionProof(index: other, size: size, hashes: proof.hashes)
          #expect(!moved.holds(leaf: leaf, root: root), "\(index) as \(other) of \(size)")
        }
      }
    }
  }

  @Test("of consistency holds for every pair of sizes up to 70, and for no other roots or hashes")
  func consistency() throws {
    let tree = try TileTree(count: 70)
    let roots = try (0...70).map { try tree.root($0) }
    for to in UInt64(0)...70 {
      for from in 0...to {
        let proof = try tree.consistency(from, to)
        let (old, new) = (roots[Int(from)], roots[Int(to)])
        #expect(proof.holds(from: old, to: new), "\(from) to \(to)")
        // Every tree begins with nothing, so there the later root is free.
        if from > 0 { #expect(!proof.holds(from: old, to: new.flipping(7))) }
        #expect(!proof.holds(from: old.flipping(7), to: new), "\(from) to \(to)")
        for hashes in alterations(of: proof.hashes) {
          let other = ConsistencyProof(from: from, to: to, hashes: hashes)
          #expect(!other.holds(from: old, to: new), "\(from) to \(to)")
        }
        if from > 0 {
          for other in UInt64(1)...70 where other != from {
            let moved = ConsistencyProof(from: other, to: to, hashes: proof.hashes)
            #expect(!moved.holds(from: old, to: new) || other == from, "\(from) as \(other)")
          }
        }
      }
    }
  }

  @Test("from tiles of a large log leads to the root of any earlier size")
  func tiles() throws {
    let tree = try TileTree(count: 66_000)
    var generator = SeededGenerator(seed: 11)
    let sizes: [UInt64] = [1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_792, 66_000]
    for size in sizes {
      let root = try tree.root(size)
      for _ in 0..<20 {
        let index = UInt64.random(in: 0..<size, using: &generator)
        let proof = try tree.inclusion(index, size)
        #expect(proof.holds(leaf: tree.leaves[Int(index)], root: root), "\(index) of \(size)")
        let from = UInt64.random(in: 0...size, using: &generator)
        let growth = try tree.consistency(from, size)
        #expect(growth.holds(from: try tree.root(from), to: root), "\(from) to \(size)")
      }
    }
  }

  @Test("does not trap on a tile that is too short")
  func shortTile() {
    let short = [UInt8](repeating: 0, count: 33)
    #expect(throws: LogError.self) { try MerkleTiles.inclusion(of: 1, size: 9) { _, _ in short } }
    #expect(throws: LogError.self) { try MerkleTiles.consistency(from: 3, to: 9) { _, _ in short } }
  }

  /// Lists that differ in one bit of one hash, in one hash more or less, or in their order.
  private func alterations(of hashes: [[UInt8]]) -> [[[UInt8]]] {
    var lists: [[[UInt8]]] = [hashes + [[UInt8](repeating: 7, count: 32)]]
    for index in hashes.indices {
      var changed = hashes
      changed[index] = changed[index].flipping(index % 32, 0x80)
      lists.append(changed)
      changed = hashes
      changed.remove(at: index)
      lists.append(changed)
      changed = hashes
      changed.insert(hashes[index], at: index)
      lists.append(changed)
      if index > 0, hashes[index] != hashes[index - 1] {
        changed = hashes
        changed.swapAt(index, index - 1)
        lists.append(changed)
      }
    }
    return lists
  }
}

/// A tree in tiles, as the log keeps it, with its leaves.
struct TileTree {
  let leaves: [[UInt8]]
  private var tiles: [[UInt8]: [UInt8]] = [:]

  init(_ leaves: [[UInt8]]) throws {
    self.leaves = leaves
    for tile in try MerkleTiles.adding(leaves.flatMap(\.self), to: 0, in: { _, _ in [] }) {
      tiles[MerkleTiles.key(tile.level, tile.index)] = tile.hashes
    }
  }

  /// A tree of made-up leaves.
  init(count: Int) throws {
    try self.init(
      (0..<count).map { number in
        (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) &+ UInt8($0) }
      })
  }

  private func tile(_ level: UInt8, _ index: UInt64) -> [UInt8] {
    tiles[MerkleTiles.key(level, index)] ?? []
  }

  func root(_ size: UInt64) throws -> [UInt8] { try MerkleTiles.root(size: size, in: tile) }

  func inclusion(_ index: UInt64, _ size: UInt64) throws -> InclusionProof {
    try MerkleTiles.inclusion(of: index, size: size, in: tile)
  }

  func consistency(_ from: UInt64, _ to: UInt64) throws -> ConsistencyProof {
    try MerkleTiles.consistency(from: from, to: to, in: tile)
  }
}
