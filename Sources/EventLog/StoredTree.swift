import Files
import LMDB

/// The tiles of the tree as a store keeps them.
///
/// Of level 0 only the tile at the right edge is stored: a full one says nothing that its 256 records do
/// not say, and took more room than all other levels, heads and indexes together. Stores of version 1
/// go on keeping them.
extension EventLog.Tables {
  /// The hashes of a tile.
  ///
  /// - Throws: `LogError.truncated` when neither the tile nor the records of it are there.
  func tile(
    _ level: UInt8, _ index: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8] {
    if let hashes = try storedTile(level, index, transaction) {
      guard hashes.count % MerkleHash.size == 0 else { throw missing }
      return hashes
    }
    guard level == 0, !keepsLeaves else { throw missing }
    return try leaves(ofTile: index, transaction)
  }

  private var missing: LogError { .truncated(path: path, what: tree.name) }

  private func storedTile(
    _ level: UInt8, _ index: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8]? {
    let key = MerkleTiles.key(level, index)
    return try transaction.value(for: key.span, in: tree)?.copied()
  }

  /// The leaf hashes of a full tile, made of its records.
  private func leaves(
    ofTile index: UInt64, _ transaction: borrowing some Transaction & ~Copyable
  ) throws -> [UInt8] {
    var hashes: [UInt8] = []
    hashes.reserveCapacity(Int(MerkleTiles.width) * MerkleHash.size)
    let first = index * MerkleTiles.width
    var cursor = try transaction.cursor(records)
    var entry = try cursor.seek(to: first)
    for position in first..<first + MerkleTiles.width {
      guard let record = entry, record.uint64Key == position else { throw missing }
      hashes += MerkleHash.leaf(record.value)
      entry = try cursor.next()
    }
    return hashes
  }

  /// Writes the tiles that change when leaves are added.
  ///
  /// - Parameters:
  ///   - leaves: Their hashes, one behind the other.
  ///   - size: The number of leaves before.
  func add(
    leaves: [UInt8], to size: UInt64, _ transaction: inout WriteTransaction
  ) throws {
    let tiles = try MerkleTiles.adding(leaves, to: size) { level, index in
      try storedTile(level, index, transaction) ?? []
    }
    let full = Int(MerkleTiles.width) * MerkleHash.size
    for tile in tiles {
      let key = MerkleTiles.key(tile.level, tile.index)
      if tile.level > 0 || keepsLeaves || tile.hashes.count < full {
        try transaction.put(key: key.span, value: tile.hashes.span, in: tree)
      } else if tile.index == size / MerkleTiles.width {
        // Only what was the tile at the right edge can be stored.
        try transaction.delete(key: key.span, in: tree)
      }
    }
  }
}

extension MerkleTiles {
  /// The key of a tile: level, then index, big-endian.
  static func key(_ level: UInt8, _ index: UInt64) -> [UInt8] {
    var key = [level]
    key.appendBigEndian(index)
    return key
  }
}
