extension JourneyBlock {
  /// The beginning of a block: for whom it says anything, how many of what, and what lies where.
  struct Head: Sendable, Equatable {
    let firstRef: UInt32
    /// Participants.
    let count: UInt32
    /// Milestones that stand, and those of them in the outline.
    let steps: UInt32
    let outline: UInt32
    /// Milestones of which the block says when they were first told: all that stand, or none.
    let told: UInt32
    /// Milestones that were replaced.
    let closed: UInt32
    let attributes: UInt32
    /// Statements of attributes in the history.
    let statements: UInt32
    /// Whether nobody entered more than once, and every day of entry is known: 1 or 0.
    let plainEntries: UInt32
    /// See `JourneyBlock.span`.
    let begun: UInt64
    let settled: UInt64
    /// Where each part ends, in bytes from the beginning of the block; its checksum follows.
    ///
    /// Who is known, the outline, the attributes, the steps, when they were told, the details, the
    /// history. The first part begins with these numbers, each other one behind the checksum of the
    /// one before.
    let ends: [UInt32]
  }

  /// Where the parts of a block lie, without their checksums.
  struct Places {
    /// Behind the numbers of the head, whose checksum covers both.
    let people: Range<Int>
    let outline: Range<Int>
    /// By number of the column.
    let attributes: [Range<Int>]
    let steps: Range<Int>
    let told: Range<Int>
    let details: Range<Int>
    let history: Range<Int>
  }
}

extension JourneyBlock.Head {
  /// The numbers in front of the ends, and the parts besides the attributes.
  private static let (numbers, otherParts) = (13, 6)

  /// How many bytes the head has, who is known not included.
  static func length(attributes: Int) -> Int {
    ((numbers + otherParts + attributes) * 4 + 7) / 8 * 8
  }

  /// The head as numbers of four bytes; longer ones in two of them, the lower half first.
  var words: [UInt32] {
    [firstRef, count, steps, outline, told, closed, attributes, statements, plainEntries]
      + [begun, settled].flatMap {
        [UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: $0 >> 32)]
      } + ends
  }

  /// Reads the head, and checks it and who is known.
  ///
  /// - Throws: `ViewError.damaged` when the bytes are not those that were written, or of another
  ///   length than the head says.
  init(bytes: Span<UInt8>) throws(ViewError) {
    guard let head = column(UInt32.self, in: bytes, at: 0, count: Self.numbers) else {
      throw .damaged
    }
    (firstRef, count, steps, outline, told) = (head[0], head[1], head[2], head[3], head[4])
    (closed, attributes, statements, plainEntries) = (head[5], head[6], head[7], head[8])
    begun = UInt64(head[9]) | UInt64(head[10]) << 32
    settled = UInt64(head[11]) | UInt64(head[12]) << 32
    guard attributes < 1 << 16, count < 1 << 24, told == 0 || told == steps, plainEntries < 2,
      let ends = column(
        UInt32.self, in: bytes, at: Self.numbers * 4, count: Self.otherParts + Int(attributes))
    else { throw .damaged }
    self.ends = ends
    var begin = Self.length(attributes: Int(attributes))
    for end in ends {
      guard end % 8 == 0, Int(end) >= begin, Int(end) + 8 <= bytes.count else { throw .damaged }
      begin = Int(end) + 8
    }
    guard begin == bytes.count else { throw .damaged }
    try JourneyBlock.check(bytes, 0..<Int(ends[0]))
  }

  /// Where the parts lie.
  var places: JourneyBlock.Places {
    let attributes = Int(attributes)
    func part(_ number: Int) -> Range<Int> { Int(ends[number - 1]) + 8..<Int(ends[number]) }
    return JourneyBlock.Places(
      people: Self.length(attributes: attributes)..<Int(ends[0]), outline: part(1),
      attributes: (0..<attributes).map { part(2 + $0) }, steps: part(2 + attributes),
      told: part(3 + attributes), details: part(4 + attributes), history: part(5 + attributes))
  }
}
