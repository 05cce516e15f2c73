public import Keyring

/// The public key that a log signs with, under its name: a verifier key of C2SP signed-note.
///
/// Its text is `name+id+key`: the key id in eight hexadecimal digits, the key in base64 behind a
/// byte 1 for Ed25519.
public struct NoteKey: Sendable, Hashable {
  static let ed25519: UInt8 = 0x01

  /// The name, which is the origin of the log.
  public let name: String
  /// The key.
  public let key: VerifyingKey

  /// Gives a key a name; nil when the name is empty or has white space or a plus sign in it.
  public init?(name: String, key: VerifyingKey) {
    guard ProofText.isKeyName(name) else { return nil }
    self.name = name
    self.key = key
  }

  /// Reads a key's text.
  ///
  /// - Throws: `ProofFormatError` when it is not an Ed25519 key with its right id.
  public init(parsing text: String) throws(ProofFormatError) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = ProofText.bytes(base64: parts[2]),
      bytes.first == NoteKey.ed25519, let key = VerifyingKey(bytes: Array(bytes.dropFirst())),
      let found = NoteKey(name: String(parts[0]), key: key),
      parts[1] == ContentDigest.hex(found.id)
    else { throw ProofFormatError(line: 1, expected: .key) }
    self = found
  }

  /// The first four bytes of SHA-256 over name, line feed, type and key.
  public var id: [UInt8] {
    let named = Array(name.utf8) + [10, NoteKey.ed25519] + key.bytes
    return Array(SHA256Hash.hash(named[...]).prefix(4))
  }

  /// The key as it is handed on.
  public var text: String {
    "\(name)+\(ContentDigest.hex(id))+\(ProofText.base64([NoteKey.ed25519] + key.bytes))"
  }
}

/// A text with signatures under it: C2SP signed-note, Ed25519.
public struct SignedNote: Sendable, Hashable {
  /// One signature line.
  public struct Signature: Sendable, Hashable {
    /// The name of the key.
    public let name: String
    /// The id of the key, four bytes.
    public let keyID: [UInt8]
    /// The signature itself.
    public let bytes: [UInt8]
  }

  /// What the signatures of a note say about one key.
  public enum Verdict: Sendable {
    /// Signed by the key.
    case valid
    /// A line claims the key, and its signature is wrong.
    case invalid
    /// No line is of this key.
    case unsigned
  }

  /// The most signature lines that are read.
  public static let signatureLimit = 64
  private static let dash = "\u{2014} "

  /// The text, its last line feed included.
  public let text: String
  /// The signatures, at least one.
  public let signatures: [Signature]

  /// Signs a text of whole lines.
  ///
  /// - Parameter sign: Makes the signature over the text's bytes.
  /// - Throws: What `sign` throws.
  public init<Failure>(
    _ text: String, by key: NoteKey, sign: ([UInt8]) throws(Failure) -> [UInt8]
  ) throws(Failure) {
    self.text = text
    signatures = [
      Signature(name: key.name, keyID: key.id, bytes: try sign(Array(text.utf8)))
    ]
  }

  /// Reads a note.
  ///
  /// - Parameter line: The number of its first line, for messages.
  /// - Throws: `ProofFormatError` with the line that is wrong.
  public init(parsing bytes: [UInt8], from line: Int = 1) throws(ProofFormatError) {
    _ = try ProofLines(bytes, first: line)
    // The last empty line stands in front of the signatures; the text may have empty lines.
    guard let end = bytes.indices.dropLast().last(where: { bytes[$0] == 10 && bytes[$0 + 1] == 10 })
    else {
      throw ProofFormatError(line: line + bytes.count { $0 == 10 }, expected: .blankLine)
    }
    text = String(decoding: bytes[...end], as: UTF8.self)
    let below = line + bytes[...end].count { $0 == 10 } + 1
    guard end + 2 < bytes.count else {
      throw ProofFormatError(line: below, expected: .signature)
    }
    var lines = try ProofLines(Array(bytes[(end + 2)...]), first: below)
    var signatures: [Signature] = []
    while !lines.isAtEnd {
      guard signatures.count < SignedNote.signatureLimit else {
        throw ProofFormatError(line: lines.number, expected: .signatureCount)
      }
      signatures.append(try lines.take(.signature, SignedNote.signature))
    }
    self.signatures = signatures
  }

  private static func signature(_ line: String) -> Signature? {
    guard line.hasPrefix(dash) else { return nil }
    let parts = line.dropFirst(dash.count).split(
      separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, ProofText.isKeyName(parts[0]),
      let bytes = ProofText.bytes(base64: parts[1]), bytes.count > 4
    else { return nil }
    return Signature(
      name: String(parts[0]), keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
  }

  /// The note as it is handed on.
  public var noteText: String {
    text + "\n"
      + signatures.map {
        "\(SignedNote.dash)\($0.name) \(ProofText.base64($0.keyID + $0.bytes))\n"
      }.joined()
  }

  /// Whether a key signed the note.
  ///
  /// Lines of other keys, such as witnesses', play no part.
  public func verdict(of key: NoteKey) -> Verdict {
    let claimed = signatures.filter { $0.name == key.name && $0.keyID == key.id }
    if claimed.isEmpty { return .unsigned }
    let message = Array(text.utf8)
    return claimed.allSatisfy { key.key.isValid($0.bytes, of: message) } ? .valid : .invalid
  }
}
