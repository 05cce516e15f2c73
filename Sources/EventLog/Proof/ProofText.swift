import FoundationEssentials

/// What a line of a note, checkpoint, proof or key should have been.
public enum ProofPart: String, Sendable {
  /// Valid UTF-8 without control characters, ending in a line feed.
  case text
  /// The empty line between head and checkpoint, or between text and signatures.
  case blankLine
  /// The first line of a proof: `c2sp.org/tlog-proof@v1`, or `old` and a size.
  case heading
  /// `extra` and base64.
  case extra
  /// `index` and a decimal number below the size of the tree.
  case index
  /// A hash of 32 bytes in base64.
  case hash
  /// As many hashes as a proof of these sizes has.
  case hashCount
  /// The name of a log.
  case origin
  /// A decimal number without leading zeros.
  case size
  /// An extension line, which must not be empty.
  case extensionLine
  /// A dash, the name of a key, and a signature in base64.
  case signature
  /// At most as many signatures as are read.
  case signatureCount
  /// A verifier key: name, key id and key, joined by plus signs.
  case key
}

/// A text that is not of the form it should have.
public struct ProofFormatError: Error, Equatable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// What was expected there.
  public let expected: ProofPart
}

/// The lines of a text of which every byte matters.
struct ProofLines {
  private let lines: [String]
  private let first: Int
  private var next = 0

  /// Splits a text; the last line must end too.
  ///
  /// - Parameter first: The number of the first line, for messages.
  init(_ bytes: [UInt8], first: Int = 1) throws(ProofFormatError) {
    self.first = first
    let all = bytes.split(separator: 10, omittingEmptySubsequences: false)
    let bad = all.firstIndex { line in
      String(validating: line, as: UTF8.self) == nil || line.contains { $0 < 0x20 }
    }
    // Behind the last line feed there is nothing.
    guard bad == nil, bytes.last == 10 else {
      throw ProofFormatError(line: first + (bad ?? all.count - 1), expected: .text)
    }
    lines = all.dropLast().map { String(decoding: $0, as: UTF8.self) }
  }

  /// The number of the line that comes next.
  var number: Int { first + next }
  /// Whether every line was taken.
  var isAtEnd: Bool { next == lines.count }
  /// The line that comes next, which stays.
  var peek: String? { isAtEnd ? nil : lines[next] }

  /// Takes the next line.
  mutating func take(_ expected: ProofPart) throws(ProofFormatError) -> String {
    guard let line = peek else { throw ProofFormatError(line: number, expected: expected) }
    next += 1
    return line
  }

  /// Takes the next line as something that a body reads from it.
  mutating func take<T>(
    _ expected: ProofPart, _ read: (String) -> T?
  ) throws(ProofFormatError) -> T {
    let number = number
    guard let value = read(try take(expected)) else {
      throw ProofFormatError(line: number, expected: expected)
    }
    return value
  }

  /// The bytes of all lines that were not taken.
  var rest: [UInt8] { lines[next...].flatMap { Array($0.utf8) + [10] } }
}

/// Numbers, hashes and names as transparency logs write them: one form for each value.
enum ProofText {
  /// A decimal number without sign or leading zeros.
  static func number(_ text: some StringProtocol) -> UInt64? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.utf8.first != 0x30 || text.utf8.count == 1
    else { return nil }
    return UInt64(text)
  }

  /// Bytes in base64 (RFC 4648, section 4), padded.
  static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// Bytes of base64 that is written as `base64(_:)` writes it: no blanks, no spare bits.
  static func bytes(base64 text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)) else { return nil }
    let bytes = Array(data)
    return base64(bytes) == text ? bytes : nil
  }

  /// A hash in base64.
  static func hash(_ text: some StringProtocol) -> [UInt8]? {
    bytes(base64: text).flatMap { $0.count == MerkleHash.size ? $0 : nil }
  }

  /// Whether a text may name a key: not empty, no white space, no plus sign.
  static func isKeyName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0 != "+" && !$0.properties.isWhitespace && $0.value >= 0x20
      }
  }
}
