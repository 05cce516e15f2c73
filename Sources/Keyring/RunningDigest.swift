import Crypto

/// SHA-256 over bytes that come in pieces: of files that do not fit into memory.
public struct RunningDigest: Sendable {
  private var hasher = SHA256()

  /// A digest over nothing yet.
  public init() {}

  /// Adds bytes; ask for many at a time.
  public mutating func add(_ bytes: [UInt8]) { hasher.update(data: bytes) }

  /// The 32 bytes of the digest over everything added so far.
  public var value: [UInt8] { Array(hasher.finalize()) }
}
