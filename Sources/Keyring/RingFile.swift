import Crypto
import Files
import Journey

/// One wrapped key of the ring file.
struct RingEntry: Sendable {
  /// What a key of the ring is for.
  enum Purpose: UInt8, Sendable {
    /// Wraps participant keys of one sub-project; number 0 stands for no sub-project.
    case wrapping = 1
    /// Mixed into the sealing keys of one field group; number is the group.
    case fieldGroup = 2
    /// Seals codes and external ids.
    case identities = 3
    /// Keys the index of codes and external ids, and idempotency digests.
    case lookup = 4
    /// Stands in for a participant key in streams that belong to nobody.
    case store = 5
    /// Signs checkpoints; the bytes are the seed of an Ed25519 key.
    case signing = 6
    /// How far the keys have followed the log's erasures; the bytes are no key.
    case watermark = 7
    /// A field group whose key was destroyed; number is the group, the bytes are no key.
    case droppedGroup = 8
    /// Opens the ring of a role; number is the role's, the name says what it is.
    case role = 9
    /// Opens the access log; only in rings of roles, derived from the store key elsewhere.
    case accessLog = 10
    /// Seals entries of the access log: the public half; only in rings of roles.
    case accessLogPublic = 11
  }

  let purpose: Purpose
  let number: UInt16
  let name: String
  let key: SymmetricKey
}

extension RingEntry {
  /// An entry with a fresh key.
  static func fresh(_ purpose: Purpose, _ number: UInt16 = 0, _ name: String = "") -> RingEntry {
    RingEntry(purpose: purpose, number: number, name: name, key: SymmetricKey(size: .bits256))
  }

  /// The same entry with a fresh key.
  func renewed() -> RingEntry { .fresh(purpose, number, name) }
}

extension RingEntry.Purpose {
  /// The first version of the ring file that knows the purpose.
  var ringVersion: UInt32 {
    switch self {
    case .wrapping, .fieldGroup, .identities, .lookup, .store: 1
    case .signing: 2
    case .watermark, .droppedGroup: 3
    case .role, .accessLog, .accessLogPublic: 4
    }
  }
}

extension RingEntry {
  /// An entry that says how far the keys have followed the log.
  static func watermark(_ watermark: KeyWatermark) -> RingEntry {
    var bytes: [UInt8] = []
    bytes.appendBigEndian(watermark.size)
    bytes += watermark.root
    bytes += [UInt8](repeating: 0, count: 32 - bytes.count)
    return RingEntry(purpose: .watermark, number: 0, name: "", key: SymmetricKey(data: bytes))
  }

  /// The entry as a watermark; nil when it is for something else.
  var watermark: KeyWatermark? {
    guard purpose == .watermark else { return nil }
    let bytes = key.rawBytes
    return KeyWatermark(size: bytes.bigEndian64(at: 0), root: Array(bytes[8...]))
  }

  /// An entry that stands where a field group's key stood.
  static func dropped(_ group: FieldGroup, by position: UInt64) -> RingEntry {
    var bytes: [UInt8] = []
    bytes.appendBigEndian(position)
    bytes += [UInt8](repeating: 0, count: 32 - bytes.count)
    return RingEntry(
      purpose: .droppedGroup, number: UInt16(group.rawValue), name: group.name,
      key: SymmetricKey(data: bytes))
  }

  /// The group whose key was destroyed, and the position of the event that ordered it; nil when the
  /// entry is for something else.
  var droppedGroup: (group: FieldGroup, position: UInt64)? {
    guard purpose == .droppedGroup, let raw = UInt8(exactly: number),
      let group = FieldGroup(rawValue: raw)
    else { return nil }
    return (group, key.rawBytes.bigEndian64(at: 0))
  }
}

/// The ring file: all keys of a store but the participants', wrapped under the root key; or those
/// that a role may use, wrapped under the role's key.
///
/// Layout, big-endian: `WMRING01`, version u32, epoch u32, count u32; then for each key purpose u8,
/// number u16, name length u8, name, nonce 12, wrapped key 32, tag 16. Version 2 adds the purpose
/// `signing`, version 3 those behind it, so that a program that does not know them says so rather
/// than finding damage.
struct RingFile {
  static let magic = Array("WMRING01".utf8)
  static let version: UInt32 = 4

  /// At least that of each purpose; from 4 on identities are sealed by sub-project.
  var version: UInt32 = 1
  var epoch: UInt32
  var entries: [RingEntry]

  func write(to path: String, root: RootKey) throws(KeyringError) {
    try write(to: path, under: root.key, origin: root.origin)
  }

  func write(to path: String, under key: SymmetricKey, origin: String) throws(KeyringError) {
    var bytes = RingFile.magic
    bytes.appendBigEndian(max(version, entries.lazy.map(\.purpose.ringVersion).max() ?? 1))
    bytes.appendBigEndian(epoch)
    bytes.appendBigEndian(UInt32(entries.count))
    var nonces = NonceSource()
    for entry in entries {
      let name = Array(entry.name.utf8.prefix(255))
      bytes.append(entry.purpose.rawValue)
      bytes.append(UInt8(entry.number >> 8))
      bytes.append(UInt8(entry.number & 0xFF))
      bytes.append(UInt8(name.count))
      bytes += name
      let nonce = nonces.next()
      bytes += nonce
      bytes += try SealingKey(key).seal(
        entry.key.rawBytes, nonce: nonce,
        authenticating: binding(entry.purpose, entry.number, name, origin))
    }
    do throws(FileError) { try Folder.replace(path, with: bytes.span) } catch {
      throw .file(error)
    }
  }

  static func read(from path: String, root: RootKey) throws(KeyringError) -> RingFile {
    try read(from: path, under: root.key, origin: root.origin)
  }

  static func read(
    from path: String, under wrapping: SymmetricKey, origin: String
  ) throws(KeyringError) -> RingFile {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Folder.contents(of: path) } catch {
      throw error.isMissing ? .keysMissing(path: path) : .file(error)
    }
    return try parse(bytes, from: path, under: wrapping, origin: origin)
  }

  /// Reads the content of a ring file.
  ///
  /// - Throws: As `read`, but for what concerns the file itself.
  static func parse(
    _ bytes: [UInt8], from path: String, under wrapping: SymmetricKey, origin: String
  ) throws(KeyringError) -> RingFile {
    guard bytes.count >= 20, bytes.starts(with: magic) else {
      throw .damaged(path: path, slot: nil)
    }
    let found = bytes.bigEndian32(at: 8)
    guard found <= version else { throw .newerVersion(path: path, version: found) }
    var ring = RingFile(version: found, epoch: bytes.bigEndian32(at: 12), entries: [])
    var at = 20
    for _ in 0..<bytes.bigEndian32(at: 16) {
      guard at + 4 <= bytes.count, let purpose = RingEntry.Purpose(rawValue: bytes[at]) else {
        throw .damaged(path: path, slot: nil)
      }
      let number = UInt16(bytes[at + 1]) << 8 | UInt16(bytes[at + 2])
      let nameEnd = at + 4 + Int(bytes[at + 3])
      guard nameEnd + 60 <= bytes.count else { throw .damaged(path: path, slot: nil) }
      let name = Array(bytes[at + 4..<nameEnd])
      let key: [UInt8]
      do throws(KeyringError) {
        key = try SealingKey(wrapping).open(
          Array(bytes[nameEnd..<nameEnd + 60]),
          authenticating: ring.binding(purpose, number, name, origin))
      } catch {
        // A key that opened others is the right one; then this entry was changed.
        throw ring.entries.isEmpty ? .wrongRootKey(path: path) : .damaged(path: path, slot: nil)
      }
      ring.entries.append(
        RingEntry(
          purpose: purpose, number: number, name: String(decoding: name, as: UTF8.self),
          key: SymmetricKey(data: key)))
      at = nameEnd + 60
    }
    return ring
  }

  /// The names of the sub-projects' wrapping keys by number, which stand in clear; needs no key.
  static func names(in path: String) throws(FileError) -> [UInt16: String] {
    let bytes = try Folder.contents(of: path)
    var names: [UInt16: String] = [:]
    var at = 20
    while at + 4 <= bytes.count {
      let end = at + 4 + Int(bytes[at + 3])
      guard end + 60 <= bytes.count else { break }
      if bytes[at] == RingEntry.Purpose.wrapping.rawValue {
        names[bytes.bigEndian16(at: at + 1)] = String(decoding: bytes[at + 4..<end], as: UTF8.self)
      }
      at = end + 60
    }
    return names
  }

  private func binding(
    _ purpose: RingEntry.Purpose, _ number: UInt16, _ name: [UInt8], _ origin: String
  ) -> [UInt8] {
    var bytes = Array(origin.utf8)
    bytes.appendBigEndian(epoch)
    return bytes + [purpose.rawValue, UInt8(number >> 8), UInt8(number & 0xFF)] + name
  }
}
