/// What a log was at one size: C2SP tlog-checkpoint.
public struct Checkpoint: Sendable, Hashable {
  /// The name of the log.
  public let origin: String
  /// The number of records.
  public let size: UInt64
  /// The Merkle root over them.
  public let root: [UInt8]
  /// Lines behind these three; Wegmarke writes none.
  public let extensionLines: [String]

  /// States what a log is at one size.
  public init(origin: String, size: UInt64, root: [UInt8]) {
    self.origin = origin
    self.size = size
    self.root = root
    extensionLines = []
  }

  /// Reads the text of a note: name, size in decimal digits, root in base64, each on a line.
  ///
  /// - Parameter line: The number of its first line, for messages.
  /// - Throws: `ProofFormatError` with the line that is wrong.
  public init(parsing text: String, from line: Int = 1) throws(ProofFormatError) {
    var lines = try ProofLines(Array(text.utf8), first: line)
    origin = try lines.take(.origin) { $0.isEmpty ? nil : $0 }
    size = try lines.take(.size) { ProofText.number($0) }
    root = try lines.take(.hash) { ProofText.hash($0) }
    var others: [String] = []
    while !lines.isAtEnd { others.append(try lines.take(.extensionLine) { $0.isEmpty ? nil : $0 }) }
    extensionLines = others
  }

  /// The text that is signed.
  public var text: String {
    ([origin, String(size), ProofText.base64(root)] + extensionLines).map { $0 + "\n" }.joined()
  }
}

/// A checkpoint with the note that signs it.
public struct SignedCheckpoint: Sendable, Hashable {
  /// What is signed.
  public let checkpoint: Checkpoint
  /// The note around it.
  public let note: SignedNote

  /// Reads a signed checkpoint.
  ///
  /// - Parameter line: The number of its first line, for messages.
  /// - Throws: `ProofFormatError` with the line that is wrong.
  public init(parsing bytes: [UInt8], from line: Int = 1) throws(ProofFormatError) {
    note = try SignedNote(parsing: bytes, from: line)
    checkpoint = try Checkpoint(parsing: note.text, from: line)
  }

  /// Signs a checkpoint.
  ///
  /// - Parameter sign: Makes the signature over the text's bytes.
  /// - Throws: What `sign` throws.
  init<Failure>(
    _ checkpoint: Checkpoint, by key: NoteKey, sign: ([UInt8]) throws(Failure) -> [UInt8]
  ) throws(Failure) {
    self.checkpoint = checkpoint
    note = try SignedNote(checkpoint.text, by: key, sign: sign)
  }

  /// The checkpoint as it is handed on.
  public var text: String { note.noteText }
}
