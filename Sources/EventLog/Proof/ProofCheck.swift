/// Why a proof does not show what it claims.
public enum ProofProblem: Error, Equatable, Sendable {
  /// The checkpoint is of another log than the key or the checkpoint that was kept.
  case otherOrigin(String, expected: String)
  /// The key did not sign the checkpoint of this size.
  case unsigned(size: UInt64)
  /// The signature on the checkpoint of this size is wrong.
  case wrongSignature(size: UInt64)
  /// The file does not carry the record that it is about.
  case noRecord
  /// The record cannot be read.
  case record(RecordProblem)
  /// The record says that it stands elsewhere.
  case otherPosition(Position, stated: Position)
  /// The checkpoint that was kept is not of the size that the proof begins with, or leads to.
  case otherSize(UInt64, expected: UInt64)
  /// The checkpoint that was kept has another root at the same size: the log shows two histories.
  case otherRoot(size: UInt64)
  /// The hashes do not lead where they should.
  case brokenPath
}

extension ProofFile {
  /// Checks the proof against what the reader holds already; nil when it holds.
  ///
  /// A proof shows something only against a key or a checkpoint that did not come with it.
  ///
  /// - Parameters:
  ///   - key: The verifier key of the log; nil leaves signatures unchecked.
  ///   - kept: A checkpoint kept since earlier. For a proof of consistency it is the earlier one
  ///     and needed; for one of inclusion it is of the size that the proof leads to.
  public func check(key: NoteKey?, kept: SignedCheckpoint?) -> ProofProblem? {
    let checkpoint = signed.checkpoint
    for (signed, expected) in [(signed, kept?.checkpoint.origin), (kept ?? signed, key?.name)] {
      let origin = signed.checkpoint.origin
      if let expected, expected != origin { return .otherOrigin(origin, expected: expected) }
    }
    if let key {
      for signed in [kept, signed].compactMap(\.self) {
        switch signed.note.verdict(of: key) {
        case .valid: break
        case .unsigned: return .unsigned(size: signed.checkpoint.size)
        case .invalid: return .wrongSignature(size: signed.checkpoint.size)
        }
      }
    }
    switch claim {
    case .inclusion(let proof, let record):
      return check(proof, record, checkpoint, kept?.checkpoint)
    case .consistency(let proof):
      guard let earlier = kept?.checkpoint, earlier.size == proof.from else {
        return .otherSize(kept?.checkpoint.size ?? 0, expected: proof.from)
      }
      if proof.holds(from: earlier.root, to: checkpoint.root) { return nil }
      return earlier.size == checkpoint.size ? .otherRoot(size: earlier.size) : .brokenPath
    }
  }

  private func check(
    _ proof: InclusionProof, _ record: [UInt8]?, _ checkpoint: Checkpoint, _ kept: Checkpoint?
  ) -> ProofProblem? {
    if let kept {
      guard kept.size == checkpoint.size else {
        return .otherSize(kept.size, expected: checkpoint.size)
      }
      guard kept.root == checkpoint.root else { return .otherRoot(size: kept.size) }
    }
    guard let record else { return .noRecord }
    guard proof.holds(leaf: MerkleHash.leaf(record.span), root: checkpoint.root) else {
      return .brokenPath
    }
    do throws(RecordProblem) {
      let stated = try StoredRecord(parsing: record).header.position
      let position = Position(proof.index)
      return stated == position ? nil : .otherPosition(position, stated: stated)
    } catch { return .record(error) }
  }
}

extension StoredRecord {
  /// Reads a record that stands alone, and checks its length and checksum.
  public init(parsing bytes: [UInt8]) throws(RecordProblem) {
    self.init(header: try RecordFormat.decode(bytes.span), bytes: bytes)
  }
}
