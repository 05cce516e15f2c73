import TestSupport
import Testing

@testable import EventLog

@Suite("The Merkle tree")
struct MerkleTests {
  /// The leaves that the test data of the reference implementations of RFC 6962 use.
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [
      0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
      0x6f,
    ],
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  /// A tree in tiles, as the log keeps it.
  private struct Tree {
    var tiles: [[UInt8]: [UInt8]] = [:]
    var size: UInt64 = 0

    mutating func add(_ leaves: ArraySlice<[UInt8]>) throws {
      let changed = try MerkleTiles.adding(leaves.flatMap(\.self), to: size) {
        [tiles] level, index in
        tiles[MerkleTiles.key(level, index)] ?? []
      }
      for tile in changed { tiles[MerkleTiles.key(tile.level, tile.index)] = tile.hashes }
      size += UInt64(leaves.count)
    }

    func root(_ size: UInt64) throws -> [UInt8] {
      try MerkleTiles.root(size: size) { level, index in
        tiles[MerkleTiles.key(level, index)] ?? []
      }
    }
  }

  /// RFC 6962, 2.1, word for word; whole subtrees are remembered, so that many sizes are quick.
  private struct Definition {
    let leaves: [[UInt8]]
    var known: [Range<Int>: [UInt8]] = [:]

    init(_ leaves: [[UInt8]]) { self.leaves = leaves }

    mutating func root(_ range: Range<Int>) -> [UInt8] {
      if range.isEmpty { return MerkleHash.empty }
      if range.count == 1 { return leaves[range.lowerBound] }
      if let hash = known[range] { return hash }
      var k = 1
      while k * 2 < range.count { k *= 2 }
      let middle = range.lowerBound + k
      let hash = MerkleHash.node(
        root(range.lowerBound..<middle), root(middle..<range.upperBound))
      if range.count.nonzeroBitCount == 1 { known[range] = hash }
      return hash
    }
  }

  @Test("has the roots of the published test data")
  func vectors() throws {
    let hashes = Self.leaves.map { MerkleHash.leaf($0.span) }
    var tree = Tree()
    for size in 0...hashes.count {
      if size > 0 { try tree.add(hashes[size - 1..<size]) }
      #expect(ContentDigest.hex(try tree.root(UInt64(size))) == Self.roots[size])
      #expect(ContentDigest.hex(MerkleHash.root(hashes[..<size])) == Self.roots[size])
    }
  }

  @Test("in tiles has the root of the definition at every size from 0 to 1100")
  func sizes() throws {
    try check(count: 1100, sizes: Array(0...1100), longest: 300, seed: 1)
  }

  @Test("in tiles has the root of the definition where a third level begins")
  func thirdLevel() throws {
    let sizes = [1, 255, 256, 257, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537, 65_792, 65_800]
    try check(count: 65_800, sizes: sizes, longest: 5000, seed: 2)
  }

  private func check(count: Int, sizes: [Int], longest: Int, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let leaves = (0..<count).map { number in
      (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 4 * 8)) &+ UInt8($0) }
    }
    var tree = Tree()
    var done = 0
    while done < count {
      let next = min(count, done + Int.random(in: 0...longest, using: &generator))
      try tree.add(leaves[done..<next])
      done = next
    }
    var definition = Definition(leaves)
    for size in sizes {
      #expect(try tree.root(UInt64(size)) == definition.root(0..<size), "size \(size)")
    }
  }

  @Test("does not trap on a tile that is too short")
  func shortTile() {
    #expect(throws: LogError.self) {
      try MerkleTiles.root(size: 3) { _, _ in [UInt8](repeating: 0, count: 95) }
    }
  }
}
