import Files
import Keyring

// A bundle holds what a log got since an earlier size, as bytes that need no key and no LMDB. All
// numbers are big-endian; `docs/log-format.md` shows every byte.

/// The head of a bundle: which log it continues, and how far.
struct BundleHead: Sendable, Equatable {
  static let magic = Array("WMBUNDLE".utf8)
  static let version: UInt32 = 1

  let origin: String
  let from: UInt64
  let to: UInt64
  let earlierRoot: [UInt8]
  let laterRoot: [UInt8]
  let participants: UInt32
  let proof: ConsistencyProof

  var bytes: [UInt8] {
    var bytes = BundleHead.magic
    bytes.appendBigEndian(BundleHead.version)
    bytes.appendBigEndian(UInt16(origin.utf8.count))
    bytes += origin.utf8
    bytes.appendBigEndian(from)
    bytes.appendBigEndian(to)
    bytes += earlierRoot + laterRoot
    bytes.appendBigEndian(participants)
    bytes.appendBigEndian(UInt16(proof.hashes.count))
    for hash in proof.hashes { bytes += hash }
    return bytes
  }

  /// Whether the later root continues the earlier one.
  var holds: Bool { proof.holds(from: earlierRoot, to: laterRoot) }
}

/// What stands behind the head of a bundle.
enum BundleFrame: UInt8 {
  /// The end: SHA-256 over everything in front of it, this byte included.
  case end = 0
  /// Records: first position u64, count u32, then each with its length u32 in front.
  case records = 1
  /// A table: 0 when entries are added and 1 when they replace all, name length u8, name, number
  /// u64, then each entry.
  case table = 2
}

/// Writes a file from the front, with its digest.
struct BundleOutput: ~Copyable {
  private let file: File
  private var buffer: [UInt8] = []
  private var digest = RunningDigest()
  private(set) var size = 0

  private static let blockSize = 1 << 20

  init(_ path: String) throws(FileError) { file = try File(path, .createNew) }

  mutating func write(_ bytes: [UInt8]) throws(FileError) {
    buffer += bytes
    if buffer.count >= BundleOutput.blockSize { try flush() }
  }

  private mutating func flush() throws(FileError) {
    try file.write(buffer.span, at: size)
    size += buffer.count
    digest.add(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the end with the digest and forces all to the device; gives the number of bytes.
  mutating func finish() throws(FileError) -> Int {
    try write([BundleFrame.end.rawValue])
    try flush()
    try write(digest.value)
    try flush()
    try file.sync()
    return size
  }
}

/// Reads a file from the front, with its digest.
struct BundleInput: ~Copyable {
  private let file: File
  private let fileSize: Int
  private var buffer: [UInt8] = []
  private var at = 0
  private var offset = 0
  private var digest = RunningDigest()

  private static let blockSize = 1 << 20
  /// More than LMDB's module takes as a value is no record.
  private static let longest = 1 << 28

  init(_ path: String) throws(FileError) {
    let opened = try File(path, .read)
    fileSize = try opened.size()
    file = opened
  }

  mutating func take(_ count: Int) throws -> [UInt8] {
    guard count >= 0, count <= BundleInput.longest, count <= remaining else {
      throw BundleProblem.damaged
    }
    while buffer.count - at < count {
      buffer.removeFirst(at)
      at = 0
      let block = try file.bytes(at: offset, count: max(BundleInput.blockSize, count))
      if block.isEmpty { throw BundleProblem.damaged }
      offset += block.count
      buffer += block
    }
    let bytes = Array(buffer[at..<at + count])
    at += count
    digest.add(bytes)
    return bytes
  }

  private var remaining: Int { fileSize - offset + buffer.count - at }

  mutating func byte() throws -> UInt8 { try take(1)[0] }
  mutating func short() throws -> Int { Int(try take(2).bigEndian16(at: 0)) }
  mutating func number32() throws -> UInt32 { try take(4).bigEndian32(at: 0) }
  mutating func number64() throws -> UInt64 { try take(8).bigEndian64(at: 0) }

  /// Reads the end behind its first byte: the digest over everything before, and then nothing.
  mutating func checkEnd() throws {
    let found = digest.value
    guard try take(32) == found, remaining == 0 else { throw BundleProblem.damaged }
  }

  mutating func head() throws -> BundleHead {
    guard try take(8) == BundleHead.magic else { throw BundleProblem.damaged }
    let version = try number32()
    guard version <= BundleHead.version else { throw BundleProblem.newerVersion(version) }
    let origin = String(decoding: try take(short()), as: UTF8.self)
    let from = try number64()
    let to = try number64()
    let roots = (try take(32), try take(32))
    let participants = try number32()
    var hashes: [[UInt8]] = []
    for _ in 0..<(try short()) { hashes.append(try take(32)) }
    let head = BundleHead(
      origin: origin, from: from, to: to, earlierRoot: roots.0, laterRoot: roots.1,
      participants: participants, proof: ConsistencyProof(from: from, to: to, hashes: hashes))
    guard from <= to, head.holds else { throw BundleProblem.damaged }
    return head
  }
}
