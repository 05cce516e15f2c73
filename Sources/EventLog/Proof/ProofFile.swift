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
    let isInclusion = lines.peek == ProofFile.heading
    var from: UInt64?
    var extra: [UInt8]?
    if isInclusion {
      _ = try lines.take(.heading)
      if lines.peek?.hasPrefix("extra ") == true {
        extra = try lines.take(.extra) { ProofText.bytes(base64: $0.dropFirst(6)) }
      }
    } else {
      from = try lines.take(.heading) { line in
        line.hasPrefix("old ") ? ProofText.number(line.dropFirst(4)) : nil
      }
    }
    let indexLine = lines.number
    let index: UInt64? =
      isInclusion
      ? try lines.take(.index) { line in
        line.hasPrefix("index ") ? ProofText.number(line.dropFirst(6)) : nil
      } : nil
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
    if let index {
      guard index < size else { throw ProofFormatError(line: indexLine, expected: .index) }
      guard hashes.count == InclusionProof.count(index: index, size: size) else {
        throw ProofFormatError(line: blank, expected: .hashCount)
      }
      claim = .inclusion(
        InclusionProof(index: index, size: size, hashes: hashes), record: extra)
    } else {
      let from = from ?? 0
      guard from <= size else { throw ProofFormatError(line: 1, expected: .heading) }
      claim = .consistency(ConsistencyProof(from: from, to: size, hashes: hashes))
    }
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
