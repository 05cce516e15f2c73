import Files
import LMDB

/// Builds the Merkle tree anew from the records and compares it with the tiles that are stored.
///
/// Every level keeps two runs of hashes: those computed from the records alone, which give the
/// root, and those that the stored tiles below imply, so that damage shows in the tile it is in and
/// not in all above it.
struct TreeVerification {
  private struct Level {
    var index: UInt64 = 0
    var computed: [UInt8] = []
    var implied: [UInt8] = []
  }

  private let tables: EventLog.Tables
  private var levels: [Level] = []
  private var size: UInt64 = 0
  private var isAbandoned = false

  /// Compares the tree of these tables.
  init(_ tables: EventLog.Tables) { self.tables = tables }

  /// Gives up: without every leaf there is no tree.
  mutating func abandon() { isAbandoned = true }

  /// Adds the next leaf and compares each tile that it fills.
  mutating func add(
    _ leaf: [UInt8], from transaction: borrowing ReadTransaction,
    _ report: inout VerificationReport
  ) throws {
    if isAbandoned { return }
    size += 1
    var computed = leaf
    var implied = leaf
    var level: UInt8 = 0
    while true {
      let place = Int(level)
      if place == levels.count { levels.append(Level()) }
      levels[place].computed += computed
      levels[place].implied += implied
      guard levels[place].computed.count == Int(MerkleTiles.width) * MerkleHash.size else {
        return
      }
      let full = levels[place]
      let stored = try compareFull(level, transaction, &report)
      computed = MerkleTiles.rootOfFull(full.computed)
      implied = stored == full.computed ? computed : MerkleTiles.rootOfFull(stored)
      levels[place] = Level(index: full.index + 1)
      level += 1
    }
  }

  /// Compares the tiles at the right edge and gives the root; nil when leaves were missing.
  mutating func finish(
    from transaction: borrowing ReadTransaction, _ report: inout VerificationReport
  ) throws -> [UInt8]? {
    if isAbandoned { return nil }
    var tiles: UInt64 = 0
    var roots: (computed: [UInt8], stored: [UInt8])?
    for (place, level) in levels.enumerated() {
      if place > 0 || tables.keepsLeaves { tiles += level.index }
      tiles += level.computed.isEmpty ? 0 : 1
      if level.computed.isEmpty { continue }
      let stored = try compare(UInt8(place), transaction, &report)
      roots = (
        MerkleTiles.root(of: level.computed, then: roots?.computed),
        MerkleTiles.root(of: stored, then: roots?.stored)
      )
    }
    let found = UInt64(try transaction.count(tables.tree))
    if found > tiles { report.add(.entries(.tree, surplus: found - tiles)) }
    guard let roots else { return MerkleHash.empty }
    if roots.computed != roots.stored {
      report.add(.root(tiles: roots.stored, records: roots.computed))
    }
    return roots.computed
  }

  /// A full tile as it is stored, or as its records give it where it is not kept.
  private func compareFull(
    _ number: UInt8, _ transaction: borrowing ReadTransaction,
    _ report: inout VerificationReport
  ) throws -> [UInt8] {
    if number == 0, !tables.keepsLeaves { return levels[0].implied }
    return try compare(number, transaction, &report)
  }

  /// The stored tile at the right edge of a level, or what it should hold when it is unusable.
  private func compare(
    _ number: UInt8, _ transaction: borrowing ReadTransaction,
    _ report: inout VerificationReport
  ) throws -> [UInt8] {
    let level = levels[Int(number)]
    let key = MerkleTiles.key(number, level.index)
    let stored = try transaction.value(for: key.span, in: tables.tree)?.copied() ?? []
    if stored == level.implied { return stored }
    guard stored.count == level.implied.count else {
      report.add(
        .tile(
          level: number, index: level.index, hashes: stored.count / MerkleHash.size,
          expected: level.implied.count / MerkleHash.size))
      return level.implied
    }
    for start in stride(from: 0, to: stored.count, by: MerkleHash.size) {
      let range = start..<start + MerkleHash.size
      if stored[range] == level.implied[range] { continue }
      let index = level.index * MerkleTiles.width + UInt64(start / MerkleHash.size)
      report.add(number == 0 ? .leaf(Position(index)) : .node(level: number, index: index))
    }
    return stored
  }
}

extension MerkleTiles {
  /// The root over the hashes of a tile and, last, the root of the ragged edge below them.
  fileprivate static func root(of tile: [UInt8], then tail: [UInt8]?) -> [UInt8] {
    var hashes = stride(from: 0, to: tile.count, by: MerkleHash.size).map {
      Array(tile[$0..<$0 + MerkleHash.size])
    }
    if let tail { hashes.append(tail) }
    return MerkleHash.root(hashes[...])
  }
}
