import Crypto
import Files
import FoundationEssentials

/// Asks for the passphrase of a key file; nil where there is nobody to ask.
public typealias PassphraseSource = @Sendable (_ path: String) throws(KeyringError) -> [UInt8]?

/// How a key file is sealed under a passphrase.
struct KeyProtection: Sendable {
  let cost: PassphraseCost
  let salt: [UInt8]
  /// Made of the passphrase; kept so that a renewed key can be sealed without asking again.
  let key: SymmetricKey

  /// Makes a key of a new passphrase under a fresh salt.
  init(_ passphrase: [UInt8], cost: PassphraseCost = .standard) throws(KeyringError) {
    let salt = RandomBytes.make(PassphraseCost.saltSize)
    self.cost = cost
    self.salt = salt
    self.key = try cost.key(passphrase, salt: salt)
  }

  init(_ passphrase: [UInt8], cost: PassphraseCost, salt: [UInt8]) throws(KeyringError) {
    self.cost = cost
    self.salt = salt
    self.key = try cost.key(passphrase, salt: salt)
  }
}

extension Keyring {
  /// Whether a file begins as files with keys do: of the root key, of a role, or an export of all.
  public static func isKeyFile(_ path: String) -> Bool {
    guard let file = try? File(path, .read), let start = try? file.bytes(at: 0, count: 32) else {
      return false
    }
    return ["root key v", "role key v", "key export v"].contains {
      start.starts(with: "wegmarke \($0)".utf8)
    }
  }
}

/// A key in a file outside the store: the root key, or the key of a role.
///
/// Lines of text, mode 0600. Version 1 holds the key as it is; version 2 seals it under a
/// passphrase, with the lines before it as the data that the seal binds.
struct KeyFile: Sendable {
  /// Whose key it is.
  enum Owner: Sendable, Equatable {
    case root
    case role(Role)

    var word: String { self == .root ? "root" : "role" }
  }

  let owner: Owner
  let origin: String
  let key: SymmetricKey
  let protection: KeyProtection?

  // MARK: Writing

  /// The content of the file.
  func text() throws(KeyringError) -> String {
    var head = "wegmarke \(owner.word) key v\(protection == nil ? 1 : 2)\norigin \(origin)\n"
    if case .role(let role) = owner {
      head += "role \(role.number) \(role.kind.rawValue)\n"
      if !role.holder.isEmpty { head += "holder \(role.holder)\n" }
    }
    guard let protection else { return head + "key \(key.rawBytes.base64)\n" }
    let cost = protection.cost
    head +=
      "scrypt \(cost.rounds) \(cost.blockSize) \(cost.parallelism)"
      + " \(protection.salt.base64)\n"
    var nonces = NonceSource()
    let nonce = nonces.next()
    let sealed = try SealingKey(protection.key).seal(
      key.rawBytes, nonce: nonce, authenticating: Array(head.utf8))
    return head + "key \((nonce + sealed).base64)\n"
  }

  /// Writes the file, which must not exist yet.
  func create(at path: String) throws(KeyringError) {
    let content = Array(try text().utf8)
    do throws(FileError) {
      try Folder.create(Folder.parent(of: path))
      let file = try File(path, .createNew)
      try file.write(content.span, at: 0)
      try file.sync()
      try Folder.sync(Folder.parent(of: path))
    } catch { throw .file(error) }
  }

  /// Puts this key in the place of the one that the file holds, and overwrites that one's bytes.
  func replace(at path: String) throws(KeyringError) {
    let content = Array(try text().utf8)
    do throws(FileError) {
      // What a killed replacement left may hold the key in clear.
      try Folder.destroyUnfinishedReplacements(of: path)
      try Folder.replaceDestroying(path, with: content.span)
    } catch { throw .file(error) }
  }

  // MARK: Reading

  /// Reads a key file of a store.
  ///
  /// - Throws: `KeyringError` when the file is missing, readable by others, malformed, of another
  ///   store, or sealed under a passphrase that is not at hand or another one.
  static func read(
    at path: String, origin: String, passphrase: PassphraseSource
  ) throws(KeyringError) -> KeyFile {
    let content: [UInt8]
    do {
      // Asked of the file that is open: another may stand at the path a moment later.
      let file = try File(path, .read)
      let access = try file.access()
      guard access.permissions & 0o077 == 0 else {
        throw KeyringError.rootKeyExposed(path: path, permissions: access.permissions)
      }
      guard Secrecy.trusts(owner: access.owner, user: Secrecy.user) else {
        throw KeyringError.rootKeyOfAnotherUser(path: path, user: access.owner)
      }
      content = try file.bytes(at: 0, count: try file.size())
    } catch let error as FileError where error.isMissing {
      throw .rootKeyMissing(path: path)
    } catch { throw KeyringError(wrapping: error) }
    return try parse(content, from: path, origin: origin, passphrase: passphrase)
  }

  /// Reads the content of a key file.
  ///
  /// - Throws: As `read`, but for what concerns the file itself.
  static func parse(
    _ content: [UInt8], from path: String, origin: String, passphrase: PassphraseSource
  ) throws(KeyringError) -> KeyFile {
    let text = String(decoding: content, as: UTF8.self)
    let lines = KeyFileLines(text)
    guard let heading = lines.heading, let found = lines.value("origin"),
      let data = lines.value("key").flatMap({ Data(base64Encoded: $0) }).map(Array.init)
    else { throw .rootKeyMalformed(path: path) }
    guard heading.version <= 2 else {
      throw .newerVersion(path: path, version: heading.version)
    }
    guard let owner = lines.owner, lines.count == lines.expectedCount else {
      throw .rootKeyMalformed(path: path)
    }
    guard found == origin else {
      throw .rootKeyOfAnotherStore(path: path, expected: origin, found: found)
    }
    if heading.version == 1 {
      guard data.count == 32 else { throw .rootKeyMalformed(path: path) }
      return KeyFile(
        owner: owner, origin: origin, key: SymmetricKey(data: data), protection: nil)
    }
    guard data.count == 60, let (cost, salt) = lines.cost, cost.isAcceptable else {
      throw .rootKeyMalformed(path: path)
    }
    guard let words = try passphrase(path) else { throw .passphraseMissing(path: path) }
    let protection = try KeyProtection(words, cost: cost, salt: salt)
    let key: [UInt8]
    do throws(KeyringError) {
      key = try SealingKey(protection.key).open(data, authenticating: Array(lines.head.utf8))
    } catch { throw .wrongPassphrase(path: path) }
    return KeyFile(
      owner: owner, origin: origin, key: SymmetricKey(data: key), protection: protection)
  }
}

/// The lines of a key file: a heading, then a word and its value each; the key is the last.
private struct KeyFileLines {
  let heading: (word: String, version: UInt32)?
  /// All lines before the key, as the seal binds them.
  let head: String
  let count: Int
  private let values: [(name: Substring, value: Substring)]

  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // A file ends in a line feed, so the last part is empty.
    let whole = lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
    count = whole.count
    head = whole.dropLast().map { "\($0)\n" }.joined()
    let words = (whole.first ?? "").split(separator: " ")
    if words.count == 4, words[0] == "wegmarke", words[2] == "key", words[3].hasPrefix("v"),
      let version = UInt32(words[3].dropFirst()), version >= 1
    {
      heading = (String(words[1]), version)
    } else {
      heading = nil
    }
    values = whole.dropFirst().map { line in
      let space = line.firstIndex(of: " ") ?? line.endIndex
      return (line[..<space], line[space...].dropFirst())
    }
  }

  func value(_ name: String) -> String? {
    values.first { $0.name == name }.map { String($0.value) }
  }

  var owner: KeyFile.Owner? {
    guard let heading else { return nil }
    if heading.word == "root" { return .root }
    let parts = (value("role") ?? "").split(separator: " ")
    guard heading.word == "role", parts.count == 2, let number = UInt16(parts[0]),
      let kind = RoleKind(rawValue: String(parts[1]))
    else { return nil }
    return .role(Role(number: number, kind: kind, holder: value("holder") ?? ""))
  }

  var cost: (PassphraseCost, [UInt8])? {
    let parts = (value("scrypt") ?? "").split(separator: " ")
    guard parts.count == 4, let rounds = Int(parts[0]), let blockSize = Int(parts[1]),
      let parallelism = Int(parts[2]),
      let salt = Data(base64Encoded: String(parts[3])), salt.count == PassphraseCost.saltSize
    else { return nil }
    return (
      PassphraseCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism), Array(salt)
    )
  }

  /// How many lines such a file has: nothing else may stand in it.
  var expectedCount: Int {
    guard let heading else { return 0 }
    var count = heading.version == 1 ? 3 : 4
    if heading.word == "role" { count += value("holder") == nil ? 1 : 2 }
    return count
  }
}
