import Disclosure
import FoundationEssentials

/// What the figures of a release say besides the table that protects them.
struct BesidesTable: Sendable {
  /// What medians say of who lies below which bound; nil for other figures.
  var known: ReleasedTable?
  /// The numbers that means are of, in hundredths, in the order of the people; nil for other figures.
  var amounts: [Int64]?
}

extension ReleasePattern {
  /// The same as the log keeps it.
  struct Besides: Codable, Equatable, Sendable {
    /// The dimensions of what medians say.
    let dimensions: [Dimension]?
    /// Who is in which class of it.
    let members: String?
    /// The least and the most that each cell can be.
    let behind: [[Int64]]?
    /// The numbers that means are of: little-endian, eight bytes each, in base64.
    let amounts: String?

    /// Nil where there is nothing to say.
    init?(_ table: BesidesTable) {
      guard table.known != nil || table.amounts != nil else { return nil }
      dimensions = table.known?.people.shape.dimensions.map { Dimension($0) }
      members = table.known.map { MemberCodec.encode($0.people.members) }
      behind = table.known?.behind.map { range in
        range.map { [$0.lowerBound, $0.upperBound] } ?? []
      }
      amounts = table.amounts.map { numbers in
        let bytes = numbers.flatMap { number in
          (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(8 * $0)) }
        }
        return Data(bytes).base64EncodedString()
      }
    }
  }
}

extension BesidesTable {
  /// What the log holds; nil for what cannot be read.
  init?(_ kept: ReleasePattern.Besides?, topic: String, rules: CountRules) {
    guard let kept else { return }
    if let text = kept.amounts {
      guard let bytes = Data(base64Encoded: text), bytes.count % 8 == 0 else { return nil }
      amounts = stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { start in
        (0..<8).reduce(Int64(0)) { $0 | Int64(bytes[start + $1]) << Int64(8 * $1) }
      }
    }
    guard let dimensions = kept.dimensions else { return }
    guard let shape = ReleasePattern.Dimension.shape(of: dimensions), let text = kept.members,
      let members = MemberCodec.decode(text, classCount: shape.classCount)
    else { return nil }
    let behind = (kept.behind ?? []).compactMap { ends in
      ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
    guard behind.count == shape.cellCount else { return nil }
    known = ReleasedTable(
      people: MemberTable(shape: shape, members: members), hidden: behind.map { _ in true },
      behind: behind, rules: rules, topic: topic + "|\(MedianFigures.dimension)")
  }
}
