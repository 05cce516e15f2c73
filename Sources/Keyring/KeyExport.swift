import Crypto
import Files
import FoundationEssentials

/// Keys in one file of their own, sealed under a passphrase.
///
/// Either all keys of a store with its root key, for the day when the store's own are lost, or the
/// key of one role, for handing it over. Some lines of text say what it is, the rest is sealed.
///
/// An export outlives what a copy of the wrapped keys does not: it holds the root key of its time, so
/// that with an old copy of the log it opens who was erased since. That is why each is recorded.
public struct KeyExport: Sendable, Equatable {
  /// Which keys it holds.
  public enum Content: Sendable, Hashable {
    /// All keys of the store, and the root key.
    case store
    /// The key of a role, by the role's number.
    case role(UInt16)
  }

  /// The name under which the log knows it: `KX-3F9A2B7C`.
  public let id: String
  /// The name of the log.
  public let origin: String
  /// Which keys it holds.
  public let content: Content
  /// The epoch of the keys.
  public let epoch: UInt32

  /// Describes an export.
  public init(id: String, origin: String, content: Content, epoch: UInt32) {
    self.id = id
    self.origin = origin
    self.content = content
    self.epoch = epoch
  }

  /// The version that this program writes and reads.
  static let version: UInt32 = 1

  /// The lines before what is sealed, without the last two.
  var lines: String {
    let what =
      switch content {
      case .store: "store"
      case .role(let number): "role \(number)"
      }
    return "wegmarke key export v\(KeyExport.version)\norigin \(origin)\nid \(id)\n"
      + "keys \(what)\nepoch \(epoch)\n"
  }

  /// What the file says of itself; needs no passphrase, and nothing of it is proved without one.
  ///
  /// - Throws: `KeyringError.notAnExport` when it is none, `.newerVersion`, `.file`.
  public static func read(at path: String) throws(KeyringError) -> KeyExport {
    do {
      let file = try File(path, .read)
      return try KeyExportHead(file).export
    } catch { throw KeyringError(wrapping: error) }
  }
}

/// The text at the beginning of an export: what it is, how its key is made, and a seal over nothing
/// that tells a wrong passphrase from a damaged file.
struct KeyExportHead {
  /// Every head fits into so many bytes.
  static let limit = 4096
  /// Bytes of nonce and tag of the seal over nothing.
  private static let checkSize = SealingKey.nonceSize + SealingKey.overhead

  let export: KeyExport
  let cost: PassphraseCost
  let salt: [UInt8]
  /// All bytes of the head: each sealed piece binds them.
  let bytes: [UInt8]
  private let check: [UInt8]
  /// How many of the bytes the check binds.
  private let checked: Int

  /// Makes a head under a passphrase.
  init(_ export: KeyExport, _ protection: KeyProtection) throws(KeyringError) {
    let cost = protection.cost
    let text =
      export.lines
      + "scrypt \(cost.rounds) \(cost.blockSize) \(cost.parallelism) \(protection.salt.base64)\n"
    var nonces = NonceSource()
    let nonce = nonces.next()
    self.export = export
    self.cost = cost
    salt = protection.salt
    checked = text.utf8.count
    check =
      nonce
      + (try SealingKey(protection.key).seal([], nonce: nonce, authenticating: Array(text.utf8)))
    bytes = Array((text + "check \(check.base64)\n\n").utf8)
  }

  /// Reads the head of a file.
  init(_ file: borrowing File) throws {
    let start = try file.bytes(at: 0, count: KeyExportHead.limit)
    guard start.starts(with: "wegmarke key export v".utf8),
      let end = start.indices.dropLast().first(where: { start[$0] == 10 && start[$0 + 1] == 10 }),
      let text = String(bytes: start[...end], encoding: .utf8)
    else { throw KeyringError.notAnExport(path: file.path) }
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let version = lines[0].last.flatMap { UInt32($0.dropFirst()) } ?? 0
    guard version <= KeyExport.version else {
      throw KeyringError.newerVersion(path: file.path, version: version)
    }
    let names = lines.dropFirst().map { $0.first ?? "" }
    guard lines[0].count == 4, version > 0,
      names == ["origin", "id", "keys", "epoch", "scrypt", "check"],
      lines[1].count == 2, lines[2].count == 2, lines[4].count == 2, lines[5].count == 5,
      lines[6].count == 2, let content = KeyExportHead.content(lines[3]),
      let epoch = UInt32(lines[4][1]), let rounds = Int(lines[5][1]),
      let blockSize = Int(lines[5][2]), let parallelism = Int(lines[5][3]),
      let salt = Data(base64Encoded: lines[5][4]), salt.count == PassphraseCost.saltSize,
      let check = Data(base64Encoded: lines[6][1]), check.count == KeyExportHead.checkSize
    else { throw KeyringError.notAnExport(path: file.path) }
    export = KeyExport(id: lines[2][1], origin: lines[1][1], content: content, epoch: epoch)
    cost = PassphraseCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    guard cost.isAcceptable else { throw KeyringError.notAnExport(path: file.path) }
    self.salt = Array(salt)
    self.check = Array(check)
    bytes = Array(start[...(end + 1)])
    checked = bytes.count - "check \(lines[6][1])\n\n".utf8.count
  }

  private static func content(_ words: [String]) -> KeyExport.Content? {
    if words.dropFirst() == ["store"] { return .store }
    guard words.count == 3, words[1] == "role" else { return nil }
    return UInt16(words[2]).map { .role($0) }
  }

  /// The key of the sealed pieces.
  ///
  /// - Throws: `KeyringError.wrongPassphrase`, also when the head itself was changed.
  func key(_ passphrase: [UInt8], path: String) throws(KeyringError) -> SealingKey {
    try confirmed(SealingKey(try cost.key(passphrase, salt: salt)), path: path)
  }

  /// A key that opens the seal over nothing.
  func confirmed(_ key: SealingKey, path: String) throws(KeyringError) -> SealingKey {
    do throws(KeyringError) {
      _ = try key.open(check, authenticating: Array(bytes[..<checked]))
    } catch { throw .wrongPassphrase(path: path) }
    return key
  }
}
