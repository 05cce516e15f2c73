/// A proof with the signed checkpoint that it leads to, as it is handed to a stranger.
///
/// Inclusion in the form of C2SP tlog-proof, the stored record in its `extra` line; consistency in
/// the form of an `add-checkpoint` request of C2SP tlog-witness. `docs/proofs.md` shows both.
public struct ProofFile: Sendable, Hashable {
  /// What is proved.
  public enum Claim: Sendable, Hashable {
    /// A record stands in the log; nil where the file does not carry its bytes.
    case inclusion(InclusionProof, record: [UInt8]?)
    /// The log only grew since an earlier size.
    case consistency(ConsistencyProof)
  }

  /// The first line of a proof of inclusion.
  static let heading = "c2sp.org/tlog-proof@v1"

  /// What is proved.
  public let claim: Claim
  /// The checkpoint that the proof leads to.
  public let signed: SignedCheckpoint

  /// Puts a proof and its checkpoint together.
  public init(_ claim: Claim, _ signed: SignedCheckpoint) {
    self.claim = claim
    self.signed = signed
  }

  /// Reads a proof of either form.
  ///
  /// - Throws: `ProofFormatError` with the line that is wrong.
  public init(parsing bytes: [UInt8]) throws(ProofFormatError) {
    var lines = try ProofLines(bytes)
    // Size or index, as the heading says; each named with its own type, so that nil stays a refusal.
    let number: UInt64
    var extra: [UInt8]?
    let isInclusion = lines.peek == ProofFile.heading
    if isInclusion {
      _ = try lines.take(.heading)
      if lines.peek?.hasPrefix("extra ") == true {
        let bytes: [UInt8] = try lines.take(.extra) { ProofText.bytes(base64: $0.dropFirst(6)) }
        extra = bytes
      }
      number = try lines.take(.index) { ProofFile.number($0, behind: "index ") }
    } else {
      number = try lines.take(.heading) { ProofFile.number($0, behind: "old ") }
    }
    let numberLine = lines.number - 1
    var hashes: [[UInt8]] = []
    while let line = lines.peek, !line.isEmpty {
      hashes.append(try lines.take(.hash) { ProofText.hash($0) })
      // No tree of 2^64 leaves has a longer proof.
      if hashes.count > 65 { throw ProofFormatError(line: lines.number, expected: .hashCount) }
    }
    let blank = lines.number
    _ = try lines.take(.blankLine)
    signed = try SignedCheckpoint(parsing: lines.rest, from: lines.number)
    let size = signed.checkpoint.size
    if isInclusion {
      guard number < size else { throw ProofFormatError(line: numberLine, expected: .index) }
      guard hashes.count == InclusionProof.count(index: number, size: size) else {
        throw ProofFormatError(line: blank, expected: .hashCount)
      }
      claim = .inclusion(
        InclusionProof(index: number, size: size, hashes: hashes), record: extra)
    } else {
      guard number <= size else { throw ProofFormatError(line: 1, expected: .heading) }
      claim = .consistency(ConsistencyProof(from: number, to: size, hashes: hashes))
    }
  }

  private static func number(_ line: String, behind prefix: String) -> UInt64? {
    line.hasPrefix(prefix) ? ProofText.number(line.dropFirst(prefix.count)) : nil
  }

  /// The proof as it is handed on.
  public var text: String {
    var lines: [String] = []
    let hashes: [[UInt8]]
    switch claim {
    case .inclusion(let proof, let record):
      lines.append(ProofFile.heading)
      if let record { lines.append("extra " + ProofText.base64(record)) }
      lines.append("index \(proof.index)")
      hashes = proof.hashes
    case .consistency(let proof):
      lines.append("old \(proof.from)")
      hashes = proof.hashes
    }
    lines += hashes.map(ProofText.base64)
    return lines.map { $0 + "\n" }.joined() + "\n" + signed.text
  }
}
