public import EventLog
public import Files
import Keyring

/// What stands beside the data of a backup: which log it holds, and how to tell that it is whole.
///
/// A text of lines, the last with the digest of those above, then an empty line and the signed
/// checkpoint; `docs/log-format.md` shows one.
public struct BackupManifest: Sendable, Equatable {
  /// Whether a backup stands by itself.
  public enum Kind: String, Sendable {
    /// It holds the whole log.
    case full
    /// It holds what came since the backup in front of it.
    case increment
  }

  /// One file of the backup.
  public struct DataFile: Sendable, Equatable {
    /// Its name in the folder.
    public let name: String
    /// Its length in bytes.
    public let bytes: Int
    /// SHA-256 of its bytes.
    public let digest: [UInt8]
  }

  static let heading = "wegmarke backup v1"
  static let fileName = "manifest"

  /// Whether it stands by itself.
  public let kind: Kind
  /// The size that it continues; 0 for a full backup.
  public let from: UInt64
  /// The log as it was.
  public let state: LogState
  /// The access log as it was; nil where nobody had read anything.
  public let access: AccessState?
  /// The epoch of the keys in use then.
  public let epoch: UInt32
  /// The data.
  public let files: [DataFile]
  /// When it was made, in microseconds since 1970 UTC.
  public let made: Int64
  /// The program that made it, with its version.
  public let program: String
  /// SHA-256 of the manifest in front of it; nil for a full backup.
  public let previous: [UInt8]?
  /// The signed checkpoint of the state; nil where the keys held none that signs.
  public let checkpoint: SignedCheckpoint?

  /// The bytes of all files together.
  public var totalBytes: Int { files.reduce(0) { $0 + $1.bytes } }

  /// The text of the manifest.
  public var text: String {
    var lines = [
      BackupManifest.heading, "kind \(kind.rawValue)", "origin \(state.origin)", "from \(from)",
      "size \(state.size)", "root \(ContentDigest.hex(state.root))",
      "participants \(state.participants)", "epoch \(epoch)", "made \(Timestamp.text(made))",
      "program \(program)",
    ]
    for table in state.tables {
      lines.append("table \(table.name) \(table.entries) \(ContentDigest.hex(table.digest))")
    }
    if let access {
      lines.append("access log \(access.size) \(ContentDigest.hex(access.root))")
    }
    for file in files {
      lines.append("file \(file.name) \(file.bytes) \(ContentDigest.hex(file.digest))")
    }
    if let previous { lines.append("previous \(ContentDigest.hex(previous))") }
    let facts = lines.map { $0 + "\n" }.joined()
    let digest = ContentDigest.hex(ContentDigest.sha256(Array(facts.utf8)))
    return "\(facts)digest \(digest)\n\n" + (checkpoint?.text ?? "")
  }

  /// SHA-256 of the text.
  public var digest: [UInt8] { ContentDigest.sha256(Array(text.utf8)) }

  init(
    kind: Kind, from: UInt64, state: LogState, access: AccessState?, epoch: UInt32,
    files: [DataFile], made: Int64,
    program: String, previous: [UInt8]?, checkpoint: SignedCheckpoint?
  ) {
    self.kind = kind
    self.from = from
    self.state = state
    self.access = access
    self.epoch = epoch
    self.files = files
    self.made = made
    self.program = program
    self.previous = previous
    self.checkpoint = checkpoint
  }

  /// Reads a manifest; nil when a line is not as it is written.
  init?(parsing bytes: [UInt8]) {
    guard
      let end = bytes.indices.dropLast().first(where: { bytes[$0] == 10 && bytes[$0 + 1] == 10 })
    else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first.map(String.init) == BackupManifest.heading else { return nil }
    var facts = ManifestLines(lines.dropFirst())
    guard let kind = facts.text("kind").flatMap({ Kind(rawValue: $0) }),
      let origin = facts.text("origin"), let from = facts.number("from"),
      let size = facts.number("size"), let root = facts.digest("root"),
      let participants = facts.number("participants").flatMap({ UInt32(exactly: $0) }),
      let epoch = facts.number("epoch").flatMap({ UInt32(exactly: $0) }),
      let made = facts.text("made").flatMap({ Timestamp.parse($0) }),
      let program = facts.text("program")
    else { return nil }
    let tables = facts.entries("table").map {
      LogState.Table(name: $0.name, entries: $0.number, digest: $0.digest)
    }
    access = facts.entries("access").first.map { AccessState(size: $0.number, root: $0.digest) }
    files = facts.entries("file").map {
      DataFile(name: $0.name, bytes: Int(clamping: $0.number), digest: $0.digest)
    }
    previous = kind == .increment ? facts.digest("previous") : nil
    let stated = facts.digest("digest")
    let above = lines.dropLast().map { $0 + "\n" }.joined()
    guard facts.isAtEnd, stated == ContentDigest.sha256(Array(above.utf8)), !files.isEmpty,
      (kind == .full) == (previous == nil)
    else { return nil }
    self.kind = kind
    self.from = from
    self.epoch = epoch
    self.made = made
    self.program = program
    state = LogState(
      origin: origin, size: size, root: root, participants: participants, tables: tables)
    let note = Array(bytes[(end + 2)...])
    do throws(ProofFormatError) {
      checkpoint = try note.isEmpty ? nil : SignedCheckpoint(parsing: note)
    } catch { return nil }
    // What is signed has to be what is said.
    if let signed = checkpoint?.checkpoint,
      signed.origin != origin || signed.size != size || signed.root != root
    {
      return nil
    }
    // There is one way to write it: 007 is not 7.
    guard Array(text.utf8) == bytes else { return nil }
  }
}

/// Takes the lines of a manifest one after the other.
private struct ManifestLines {
  private var lines: ArraySlice<Substring>

  init(_ lines: ArraySlice<Substring>) { self.lines = lines }

  var isAtEnd: Bool { lines.isEmpty }

  mutating func text(_ name: String) -> String? {
    guard let line = lines.first, line.hasPrefix("\(name) ") else { return nil }
    lines.removeFirst()
    return String(line.dropFirst(name.count + 1))
  }

  mutating func number(_ name: String) -> UInt64? { text(name).flatMap { UInt64($0) } }

  mutating func digest(_ name: String) -> [UInt8]? {
    text(name).flatMap { Hex.bytes($0, count: 32) }
  }

  /// Lines of a name, a number and a digest, as many as there are.
  mutating func entries(_ name: String) -> [(name: String, number: UInt64, digest: [UInt8])] {
    var entries: [(name: String, number: UInt64, digest: [UInt8])] = []
    while let line = lines.first, line.hasPrefix("\(name) ") {
      let words = line.dropFirst(name.count + 1).split(separator: " ")
      guard words.count == 3, let number = UInt64(words[1]),
        let digest = Hex.bytes(words[2], count: 32)
      else { return entries }
      entries.append((String(words[0]), number, digest))
      lines.removeFirst()
    }
    return entries
  }
}

/// Hexadecimal digits.
enum Hex {
  /// The bytes that lower-case digits stand for; nil unless there are exactly so many.
  static func bytes(_ text: some StringProtocol, count: Int) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count == 2 * count else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[start]), let low = value(digits[start + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}

/// The digest of a file of any size.
public enum FileDigest {
  /// Bytes and SHA-256 of a file.
  public static func of(_ path: String) throws(FileError) -> (bytes: Int, digest: [UInt8]) {
    let file = try File(path, .read)
    var digest = RunningDigest()
    var offset = 0
    while true {
      let block = try file.bytes(at: offset, count: 1 << 20)
      if block.isEmpty { return (offset, digest.value) }
      digest.add(block)
      offset += block.count
    }
  }
}
