import Crypto
import Files

// What stands behind the head of an export: pieces of at most a megabyte, each a length u32 (with the
// highest bit set in the last), nonce 12, sealed bytes, tag 16. A piece binds the head, its number and
// whether it is the last, so that none can be cut off, doubled or moved. Together they are entries: the
// length of a name u8, the name, a length u64, the bytes.

/// Writes an export piece by piece, and digests the whole file.
struct KeyExportWriter: ~Copyable {
  static let pieceSize = 1 << 20
  static let lastFlag: UInt32 = 1 << 31

  private let file: File
  private let head: [UInt8]
  private let key: SealingKey
  private var nonces = NonceSource()
  private var waiting: [UInt8] = []
  private var number: UInt64 = 0
  private var offset: Int
  private var digest = RunningDigest()

  /// Begins a file that must not exist yet.
  init(_ export: KeyExport, at path: String, passphrase: [UInt8]) throws {
    let protection = try KeyProtection(passphrase)
    let head = try KeyExportHead(export, protection).bytes
    let file = try File(path, .createNew)
    try file.write(head.span, at: 0)
    self.file = file
    self.head = head
    key = SealingKey(protection.key)
    offset = head.count
    digest.add(head)
  }

  /// Adds an entry of which all bytes are at hand.
  mutating func add(_ name: String, _ bytes: [UInt8]) throws {
    try begin(name, size: bytes.count)
    try append(bytes)
  }

  /// Adds a file as an entry.
  mutating func add(_ name: String, contentsOf path: String) throws {
    let source = try File(path, .read)
    let size = try source.size()
    try begin(name, size: size)
    for at in stride(from: 0, to: size, by: KeyExportWriter.pieceSize) {
      let part = try source.bytes(at: at, count: min(KeyExportWriter.pieceSize, size - at))
      try append(part)
    }
  }

  /// Seals what is left, and forces the file to the device.
  ///
  /// - Returns: SHA-256 of the file.
  mutating func finish() throws -> [UInt8] {
    try seal(waiting, isLast: true)
    try file.sync()
    return digest.value
  }

  private mutating func begin(_ name: String, size: Int) throws {
    var bytes = [UInt8(name.utf8.count)] + Array(name.utf8)
    bytes.appendBigEndian(UInt64(size))
    try append(bytes)
  }

  private mutating func append(_ bytes: [UInt8]) throws {
    waiting += bytes
    while waiting.count > KeyExportWriter.pieceSize {
      let piece = Array(waiting[..<KeyExportWriter.pieceSize])
      waiting.removeFirst(KeyExportWriter.pieceSize)
      try seal(piece, isLast: false)
    }
  }

  private mutating func seal(_ piece: [UInt8], isLast: Bool) throws {
    let nonce = nonces.next()
    let sealed = try key.seal(
      piece, nonce: nonce,
      authenticating: KeyExportWriter.binding(head, number, isLast: isLast))
    var bytes: [UInt8] = []
    bytes.appendBigEndian(
      UInt32(sealed.count + nonce.count) | (isLast ? KeyExportWriter.lastFlag : 0))
    try write(bytes + nonce + sealed)
    number += 1
  }

  private mutating func write(_ bytes: [UInt8]) throws {
    try file.write(bytes.span, at: offset)
    digest.add(bytes)
    offset += bytes.count
  }

  static func binding(_ head: [UInt8], _ number: UInt64, isLast: Bool) -> [UInt8] {
    var bytes = head
    bytes.appendBigEndian(number)
    return bytes + [isLast ? 1 : 0]
  }
}

/// Reads an export piece by piece; gives nothing of a piece that does not open.
struct KeyExportReader: ~Copyable {
  let head: KeyExportHead
  private let file: File
  private let key: SealingKey
  private var offset: Int
  private var number: UInt64 = 0
  private var isAtEnd = false
  private var waiting: [UInt8] = []

  /// Opens a file with the key that somebody makes for its head.
  init(_ path: String, key opener: (KeyExportHead) throws -> SealingKey) throws {
    let file = try File(path, .read)
    let head = try KeyExportHead(file)
    let key = try opener(head)
    self.file = file
    self.head = head
    self.key = key
    offset = head.bytes.count
  }

  /// The name and size of the next entry; nil behind the last.
  mutating func next() throws -> (name: String, size: Int)? {
    guard let length = try take(1).first else { return nil }
    let rest = try take(Int(length) + 8)
    guard rest.count == Int(length) + 8,
      let size = Int(exactly: rest.bigEndian64(at: Int(length)))
    else { throw damaged }
    return (String(decoding: rest[..<Int(length)], as: UTF8.self), size)
  }

  /// At most so many bytes of the entry at hand.
  mutating func bytes(_ count: Int) throws -> [UInt8] {
    let found = try take(min(count, KeyExportWriter.pieceSize))
    guard !found.isEmpty || count == 0 else { throw damaged }
    return found
  }

  private var damaged: KeyringError { .exportDamaged(path: file.path) }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    while waiting.count < count, !isAtEnd { try open() }
    let found = Array(waiting.prefix(count))
    waiting.removeFirst(found.count)
    return found
  }

  private mutating func open() throws {
    let start = try file.bytes(at: offset, count: 4)
    guard start.count == 4 else { throw damaged }
    let stated = start.bigEndian32(at: 0)
    let isLast = stated & KeyExportWriter.lastFlag != 0
    let size = Int(stated & ~KeyExportWriter.lastFlag)
    let overhead = SealingKey.nonceSize + SealingKey.overhead
    guard (overhead...overhead + KeyExportWriter.pieceSize).contains(size) else { throw damaged }
    let piece = try file.bytes(at: offset + 4, count: size)
    guard piece.count == size,
      let plain = try? key.open(
        piece,
        authenticating: KeyExportWriter.binding(head.bytes, number, isLast: isLast))
    else { throw damaged }
    waiting += plain
    offset += 4 + size
    number += 1
    guard isLast else { return }
    isAtEnd = true
    // Nothing may stand behind the last piece.
    guard try file.size() == offset else { throw damaged }
  }
}
