extension JourneyBlock {
  /// The counts at the beginning of a block: what lies where, and for whom the block says anything.
  struct Head: Sendable, Equatable {
    /// Bytes of the counts.
    static let length = 104

    let firstRef: UInt64
    /// Participants.
    let count: UInt64
    /// Milestones that stand, and those of them in the outline.
    let steps: UInt64
    let outline: UInt64
    /// Milestones of which the block says when they were first told: all that stand, or none.
    let told: UInt64
    /// Milestones that were replaced.
    let closed: UInt64
    let attributes: UInt64
    /// Statements of attributes in the history.
    let statements: UInt64
    /// Milestones with details, of those that stand and of the replaced.
    let details: UInt64
    let closedDetails: UInt64
    /// See `JourneyBlock.span`.
    let begun: UInt64
    let settled: UInt64
    /// Whether nobody entered more than once, and every day of entry is known: 1 or 0.
    let plainEntries: UInt64

    var numbers: [UInt64] {
      [
        firstRef, count, steps, outline, told, closed, attributes, statements, details,
        closedDetails, begun, settled, plainEntries,
      ]
    }
  }

  /// Where the parts behind the head lie, without their checksums.
  struct Places {
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
  /// Reads the counts, and checks them and who is known.
  ///
  /// - Throws: `ViewError.damaged` when the bytes are not those that were written, or of another
  ///   length than the counts say.
  init(bytes: Span<UInt8>) throws(ViewError) {
    guard let head = column(UInt64.self, in: bytes, at: 0, count: Self.length / 8) else {
      throw .damaged
    }
    (firstRef, count, steps, outline, told, closed) = (
      head[0], head[1], head[2], head[3], head[4], head[5]
    )
    (attributes, statements, details, closedDetails, begun, settled) = (
      head[6], head[7], head[8], head[9], head[10], head[11]
    )
    plainEntries = head[12]
    guard head[..<10].allSatisfy({ $0 < 1 << 32 }), attributes < 1 << 16, count < 1 << 24,
      told == 0 || told == steps, plainEntries < 2, UInt64(bytes.count) == size
    else { throw .damaged }
    try JourneyBlock.check(bytes, 0..<peopleEnd)
  }

  private static func padded(_ bytes: UInt64) -> UInt64 { (bytes + 7) / 8 * 8 }

  private var peopleEnd: Int { Self.length + Int(Self.padded(count)) }
  private var startsSize: UInt64 { Self.padded((count + 1) * 4) }
  private var detailsSize: UInt64 {
    [details, closedDetails].reduce(0) { $0 + 2 * Self.padded($1 * 4) + $1 * 8 }
  }
  private var historySize: UInt64 {
    count * 8 + steps * 8 + startsSize + closed * 24 + Self.padded(count * attributes)
      + 2 * Self.padded(statements * 4) + 2 * Self.padded(statements * 2) + statements * 16
  }

  /// The length of the block, in bytes.
  var size: UInt64 {
    UInt64(Self.length) + Self.padded(count) + 8 + (startsSize + outline * 8 + 8)
      + attributes * (Self.padded(count * 2) + 8) + (startsSize + steps * 8 + 8)
      + (Self.padded(told * 4) + 8) + (detailsSize + 8) + (historySize + 8)
  }

  /// Where the parts lie.
  var places: JourneyBlock.Places {
    var at = peopleEnd + 8
    func next(_ size: UInt64) -> Range<Int> {
      defer { at += Int(size) + 8 }
      return at..<at + Int(size)
    }
    return JourneyBlock.Places(
      outline: next(startsSize + outline * 8),
      attributes: (0..<attributes).map { _ in next(Self.padded(count * 2)) },
      steps: next(startsSize + steps * 8), told: next(Self.padded(told * 4)),
      details: next(detailsSize), history: next(historySize))
  }
}
