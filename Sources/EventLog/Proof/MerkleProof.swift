/// The way from one leaf to the root: the hashes beside it, lowest first (RFC 6962, 2.1.1).
public struct InclusionProof: Sendable, Hashable {
  /// The position of the leaf.
  public let index: UInt64
  /// The number of leaves of the tree.
  public let size: UInt64
  /// The hashes.
  public let hashes: [[UInt8]]

  /// Takes a proof over; it holds or does not, see `holds`.
  public init(index: UInt64, size: UInt64, hashes: [[UInt8]]) {
    self.index = index
    self.size = size
    self.hashes = hashes
  }

  /// Whether a leaf stands at the index of the tree with a root (RFC 9162, 2.1.3.2).
  ///
  /// - Parameters:
  ///   - leaf: The hash of the leaf.
  ///   - root: The root of the tree.
  public func holds(leaf: [UInt8], root: [UInt8]) -> Bool {
    guard index < size else { return false }
    var node = index
    var last = size - 1
    var hash = leaf
    for sibling in hashes {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        hash = MerkleHash.node(sibling, hash)
        while node & 1 == 0 && node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleHash.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// The number of hashes that a proof of these numbers has.
  static func count(index: UInt64, size: UInt64) -> Int {
    guard index < size else { return 0 }
    // Levels up to where the way meets the right edge, then one hash for each left sibling.
    let inner = UInt64.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
    return inner + (inner < 64 ? (index >> UInt64(inner)).nonzeroBitCount : 0)
  }
}

/// What shows that a log only grew from one size to another (RFC 6962, 2.1.2).
public struct ConsistencyProof: Sendable, Hashable {
  /// The earlier size.
  public let from: UInt64
  /// The later size, not below the earlier.
  public let to: UInt64
  /// The hashes, lowest first.
  public let hashes: [[UInt8]]

  /// Takes a proof over; it holds or does not, see `holds`.
  public init(from: UInt64, to: UInt64, hashes: [[UInt8]]) {
    self.from = from
    self.to = to
    self.hashes = hashes
  }

  /// Whether the tree with the later root begins with the one of the earlier (RFC 9162, 2.1.4.2).
  ///
  /// From nothing every tree grows, so a proof from size 0 has no hashes; equal sizes have equal
  /// roots and no hashes either.
  public func holds(from earlier: [UInt8], to later: [UInt8]) -> Bool {
    if from == to { return hashes.isEmpty && earlier == later }
    guard from < to else { return false }
    if from == 0 { return hashes.isEmpty && earlier == MerkleHash.empty }
    var path = hashes[...]
    // A whole subtree is its own first hash, which the proof leaves out.
    guard let start = from.nonzeroBitCount == 1 ? earlier : path.popFirst() else { return false }
    var node = from - 1
    var last = to - 1
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    var old = start
    var new = start
    for sibling in path {
      if last == 0 { return false }
      if node & 1 == 1 || node == last {
        old = MerkleHash.node(sibling, old)
        new = MerkleHash.node(sibling, new)
        while node & 1 == 0 && node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        new = MerkleHash.node(new, sibling)
      }
      node >>= 1
      last >>= 1
    }
    return last == 0 && old == earlier && new == later
  }
}

extension MerkleTiles {
  /// Gives the hashes of a tile.
  typealias TileReader = (_ level: UInt8, _ index: UInt64) throws -> [UInt8]

  /// The hashes beside the way from a leaf to the root of the first `size` leaves.
  static func inclusion(
    of index: UInt64, size: UInt64, in tile: TileReader
  ) throws -> InclusionProof {
    var hashes: [[UInt8]] = []
    var range = 0..<size
    // From the root down, then turned round: PATH of RFC 6962.
    while range.upperBound - range.lowerBound > 1 {
      let middle = range.lowerBound + split(range.upperBound - range.lowerBound)
      if index < middle {
        hashes.append(try root(of: middle..<range.upperBound, in: tile))
        range = range.lowerBound..<middle
      } else {
        hashes.append(try root(of: range.lowerBound..<middle, in: tile))
        range = middle..<range.upperBound
      }
    }
    return InclusionProof(index: index, size: size, hashes: hashes.reversed())
  }

  /// The hashes that lead from the first `from` leaves and from the first `to` to their roots.
  static func consistency(
    from: UInt64, to: UInt64, in tile: TileReader
  ) throws -> ConsistencyProof {
    guard from > 0, from < to else { return ConsistencyProof(from: from, to: to, hashes: []) }
    var hashes: [[UInt8]] = []
    var range = 0..<to
    // SUBPROOF of RFC 6962; as long as the way goes left, the old tree is known by its root.
    var isKnown = true
    while range.upperBound != from {
      let middle = range.lowerBound + split(range.upperBound - range.lowerBound)
      if from <= middle {
        hashes.append(try root(of: middle..<range.upperBound, in: tile))
        range = range.lowerBound..<middle
      } else {
        hashes.append(try root(of: range.lowerBound..<middle, in: tile))
        range = middle..<range.upperBound
        isKnown = false
      }
    }
    if !isKnown { hashes.append(try root(of: range, in: tile)) }
    return ConsistencyProof(from: from, to: to, hashes: hashes.reversed())
  }

  /// The largest power of two below a number of leaves.
  private static func split(_ count: UInt64) -> UInt64 {
    1 << UInt64(UInt64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  /// The root over a range that begins at a multiple of the power of two not below its length.
  private static func root(of range: Range<UInt64>, in tile: TileReader) throws -> [UInt8] {
    let count = range.upperBound - range.lowerBound
    if count.nonzeroBitCount == 1 {
      return try subtree(at: range.lowerBound, count: count, in: tile)
    }
    let middle = range.lowerBound + split(count)
    return MerkleHash.node(
      try subtree(at: range.lowerBound, count: middle - range.lowerBound, in: tile),
      try root(of: middle..<range.upperBound, in: tile))
  }

  /// The root of a whole subtree: in the tiles of its level, up to 128 hashes side by side.
  private static func subtree(
    at start: UInt64, count: UInt64, in tile: TileReader
  ) throws -> [UInt8] {
    let height = UInt64(count.trailingZeroBitCount)
    let level = height / 8
    let first = start >> (8 * level)
    let hashes = try tile(UInt8(level), first / width)
    let begin = Int(first % width) * MerkleHash.size
    let end = begin + (1 << Int(height % 8)) * MerkleHash.size
    guard end <= hashes.count else {
      throw LogError.truncated(path: "", what: "tile \(level)/\(first / width) of the tree")
    }
    return rootOfFull(Array(hashes[begin..<end]))
  }
}
