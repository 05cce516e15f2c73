import Files

@testable import Keyring

/// The reader of exported keys.
///
/// Bytes are read as the file of an export, and as what somebody who knows the passphrase could have
/// sealed: the lines of a head, an empty line, entries in clear.
enum ExportBytes {
  static func feed(_ bytes: [UInt8]) throws {
    if try open(bytes) != nil {
      try FuzzFinding.unless(sealed().contains(bytes), "an export opens that nobody sealed")
    }
    // Seals keep everything behind them from being tried, so they are made to fit.
    guard let (lines, entries) = parts(bytes) else { return }
    let opened = try open(sealed(lines, entries, pieceSize: 61))
    guard let opened, opened.content == .store else { return }
    let written = KeyExport.files.enumerated().flatMap { number, name in
      entry(name, opened.files[number])
    }
    try FuzzFinding.unless(
      entries.suffix(written.count).elementsEqual(written), "other keys come out than were sealed")
  }

  /// What an export gives; nil when it is refused.
  private static func open(
    _ bytes: [UInt8]
  ) throws -> (content: KeyExport.Content, files: [[UInt8]])? {
    var found: (KeyExport.Content, [[UInt8]])?
    try withFolder { folder in
      let (path, staging) = ("\(folder)/export", "\(folder)/staging")
      try File(path, .createNew).write(bytes.span, at: 0)
      func open(to target: String?) -> KeyExport.Opened? {
        // Whatever passphrase: one that costs more is not worth the time here.
        try? KeyExport.open(at: path, origin: KeyBytes.origin, unpackingTo: target) { head in
          guard head.cost == protection.cost, head.salt == protection.salt else {
            throw KeyringError.wrongPassphrase(path: path)
          }
          return try head.confirmed(SealingKey(protection.key), path: path)
        }
      }
      let opened = open(to: staging)
      let again = open(to: nil)
      try FuzzFinding.unless(
        (opened == nil) == (again == nil), "an export opens or not by where it is unpacked")
      guard let opened, opened.export.content == .store else {
        return try FuzzFinding.unless(
          !Folder.exists(staging), "an export that holds no files leaves some")
      }
      let files = try KeyExport.files.map { try Folder.contents(of: "\(staging)/\($0)") }
      var statuses = SlotStatuses()
      statuses.take(files[1], at: 0)
      try FuzzFinding.unless(
        opened.ring == files[0] && again?.ring == files[0] && opened.statuses == statuses
          && again?.statuses == statuses, "an export says another thing than it unpacks")
      let root = RootKey(opened.key)
      _ = try? Keyring(epochFolder: staging, key: .root(root))
      let plan = try? opened.plan(
        keys: "\(folder)/keys", keyPath: "\(folder)/root.key", passphrase: nil)
      _ = plan?.withoutKey(below: 9, erased: [1])
      found = (opened.export.content, files)
    }
    return found.map { (content: $0.0, files: $0.1) }
  }

  // MARK: Making exports

  /// The least that a passphrase may cost; always the same salt, so that it is paid once.
  private static let protection: KeyProtection = {
    let cost = PassphraseCost(rounds: 1 << 14, blockSize: 1, parallelism: 1)
    let salt = [UInt8](repeating: 5, count: PassphraseCost.saltSize)
    guard let made = try? KeyProtection(Array("made up".utf8), cost: cost, salt: salt) else {
      preconditionFailure("no key can be made of a passphrase")
    }
    return made
  }()

  /// Good exports in clear: the keys of the fixture, and the key of a role that nobody has.
  static let plain: [[UInt8]] = {
    func lines(_ content: KeyExport.Content) -> [UInt8] {
      Array(
        KeyExport(id: "KX-00000001", origin: KeyBytes.origin, content: content, epoch: 1).lines.utf8
      ) + [10]
    }
    let role =
      "wegmarke role key v1\norigin \(KeyBytes.origin)\nrole 3 steward\nholder B-014\n"
      + "key \([UInt8](repeating: 7, count: 32).base64)\n"
    return [
      lines(.store) + entry("key", KeyBytes.rootKeyFile)
        + KeyBytes.keyFiles.flatMap { entry($0.name, $0.content) },
      lines(.role(3)) + entry("key", Array(role.utf8)),
    ]
  }()

  /// The same, sealed in one piece each.
  static func sealed() throws -> [[UInt8]] {
    try plain.compactMap(parts).map { try sealed($0.lines, $0.entries, pieceSize: 1 << 20) }
  }

  private static func entry(_ name: String, _ content: [UInt8]) -> [UInt8] {
    var bytes = [UInt8(name.utf8.count)] + Array(name.utf8)
    bytes.appendBigEndian(UInt64(content.count))
    return bytes + content
  }

  /// The lines of a head up to what is made here, and what stands behind the empty line.
  private static func parts(_ bytes: [UInt8]) -> (lines: [UInt8], entries: [UInt8])? {
    guard let end = bytes.firstRange(of: [10, 10])?.lowerBound else { return nil }
    let lines = bytes[...end]
    let own = lines.firstRange(of: Array("scrypt ".utf8))?.lowerBound ?? lines.endIndex
    return (Array(lines[..<own]), Array(bytes[(end + 2)...]))
  }

  /// A file with seals that fit; nonces count up, so that the same bytes give the same file.
  private static func sealed(
    _ lines: [UInt8], _ entries: [UInt8], pieceSize: Int
  ) throws -> [UInt8] {
    let key = SealingKey(protection.key)
    let (cost, salt) = (protection.cost, protection.salt.base64)
    let text =
      lines
      + Array("scrypt \(cost.rounds) \(cost.blockSize) \(cost.parallelism) \(salt)\n".utf8)
    let check = nonce(0) + (try key.seal([], nonce: nonce(0), authenticating: text))
    let head = text + Array("check \(check.base64)\n\n".utf8)
    var file = head
    var (start, number): (Int, UInt64) = (0, 0)
    repeat {
      let end = min(start + pieceSize, entries.count)
      let isLast = end == entries.count
      let own = nonce(number + 1)
      let sealed = try key.seal(
        Array(entries[start..<end]), nonce: own,
        authenticating: KeyExportWriter.binding(head, number, isLast: isLast))
      file.appendBigEndian(
        UInt32(own.count + sealed.count) | (isLast ? KeyExportWriter.lastFlag : 0))
      file += own + sealed
      start = end
      number += 1
    } while start < entries.count
    return file
  }

  private static func nonce(_ number: UInt64) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: SealingKey.nonceSize - 8)
    bytes.appendBigEndian(number)
    return bytes
  }
}
