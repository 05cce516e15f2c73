import Files
import Keyring

/// Hashes of the Merkle tree of RFC 6962, section 2.1.
public enum MerkleHash {
  /// Bytes of a hash.
  public static let size = SHA256Hash.size
  /// The byte before a record whose hash makes a leaf.
  static let leafPrefix: UInt8 = 0x00
  /// The byte before two hashes whose hash makes a node.
  static let nodePrefix: UInt8 = 0x01

  /// The hash of a leaf: SHA-256 of a zero byte and the record.
  public static func leaf(_ record: Span<UInt8>) -> [UInt8] {
    SHA256Hash.hash(([leafPrefix] + record.copied())[...])
  }

  /// The hash of a node: SHA-256 of a one byte and both children.
  public static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    SHA256Hash.hash(([nodePrefix] + left + right)[...])
  }

  /// The root of a tree without leaves: SHA-256 of nothing.
  public static let empty = SHA256Hash.hash([])

  /// The root over hashes of one level, splitting at the largest power of two.
  static func root(_ hashes: ArraySlice<[UInt8]>) -> [UInt8] {
    guard hashes.count > 1 else { return hashes.first ?? empty }
    var split = 1
    while split * 2 < hashes.count { split *= 2 }
    let middle = hashes.startIndex + split
    return node(root(hashes[..<middle]), root(hashes[middle...]))
  }
}

/// The Merkle tree in tiles of 256 hashes a level, as transparency logs keep it.
///
/// Level 0 holds leaf hashes; each full tile gives one hash of the next level. Any root of an
/// earlier size follows from a few tiles.
enum MerkleTiles {
  static let width: UInt64 = 256

  /// The root of the first `size` leaves.
  static func root(
    size: UInt64, in tile: (_ level: UInt8, _ index: UInt64) throws -> [UInt8]
  ) throws -> [UInt8] {
    guard size > 0 else { return MerkleHash.empty }
    // The tree of n leaves is the tree over complete 256-leaf subtrees with the remainder last,
    // because 256 is a power of two: fold the ragged right edge in from the lowest level up.
    var level: UInt8 = 0
    var count = size
    var tail: [UInt8]?
    while true {
      let full = count / width
      let rest = count % width
      var hashes: [[UInt8]] = []
      if rest > 0 {
        let stored = try tile(level, full)
        guard stored.count >= Int(rest) * MerkleHash.size else {
          throw LogError.truncated(path: "", what: "tile \(level)/\(full) of the tree")
        }
        for i in 0..<Int(rest) {
          hashes.append(Array(stored[i * MerkleHash.size..<(i + 1) * MerkleHash.size]))
        }
      }
      if full == 0 {
        if let tail { hashes.append(tail) }
        return MerkleHash.root(hashes[...])
      }
      if let tail { hashes.append(tail) }
      tail = hashes.isEmpty ? nil : MerkleHash.root(hashes[...])
      count = full
      level += 1
    }
  }

  /// The tiles that change when leaves are added to a tree of `size` leaves.
  ///
  /// - Parameter leaves: Their hashes, one behind the other.
  static func adding(
    _ leaves: [UInt8], to size: UInt64,
    in tile: (_ level: UInt8, _ index: UInt64) throws -> [UInt8]
  ) throws -> [(level: UInt8, index: UInt64, hashes: [UInt8])] {
    let full = Int(width) * MerkleHash.size
    var changed: [(level: UInt8, index: UInt64, hashes: [UInt8])] = []
    var pending = leaves
    var start = size
    var level: UInt8 = 0
    while !pending.isEmpty {
      var carried: [UInt8] = []
      var index = start / width
      let begun = Int(start % width) * MerkleHash.size
      var hashes = begun == 0 ? [] : try tile(level, index)
      // Building on a tile that lost hashes would make the loss look whole.
      guard hashes.count == begun else {
        throw LogError.truncated(path: "", what: "tile \(level)/\(index) of the tree")
      }
      var taken = 0
      while taken < pending.count {
        let portion = min(full - hashes.count, pending.count - taken)
        hashes += pending[taken..<taken + portion]
        taken += portion
        if hashes.count < full { break }
        carried += rootOfFull(hashes)
        changed.append((level, index, hashes))
        hashes = []
        index += 1
      }
      if !hashes.isEmpty { changed.append((level, index, hashes)) }
      start /= width
      pending = carried
      level += 1
    }
    return changed
  }

  /// The root of a complete tile, or of any number of hashes that is a power of two.
  static func rootOfFull(_ tile: [UInt8]) -> [UInt8] {
    var level = tile
    var pair: [UInt8] = []
    while level.count > MerkleHash.size {
      var above: [UInt8] = []
      above.reserveCapacity(level.count / 2)
      for start in stride(from: 0, to: level.count, by: 2 * MerkleHash.size) {
        pair.removeAll(keepingCapacity: true)
        pair.append(MerkleHash.nodePrefix)
        pair += level[start..<start + 2 * MerkleHash.size]
        SHA256Hash.append(hashOf: pair[...], to: &above)
      }
      level = above
    }
    return level
  }
}
