/// Values of attributes that somebody must have for a scan to hand them out, letter case aside.
struct WantedValues: Sendable {
  /// By column the numbers of the values, any of which will do.
  private let columns: [(column: Int, numbers: [UInt16])]
  /// Whether nobody has one of them.
  let isNobodys: Bool

  /// Looks values up, by the names of their attributes.
  init(_ wanted: [String: String], _ catalogue: AttributeCatalogue) {
    var columns: [(column: Int, numbers: [UInt16])] = []
    for (name, value) in wanted {
      guard let column = catalogue.number(of: name) else { continue }
      let numbers = catalogue.columns[column].values.indices.filter { place in
        catalogue.columns[column].values[place].hasSameLetters(as: value)
      }
      columns.append((column, numbers.map { UInt16($0 + 1) }))
    }
    self.columns = columns
    isNobodys = columns.count < wanted.count || columns.contains { $0.numbers.isEmpty }
  }

  /// Whether nothing is asked for.
  var isEmpty: Bool { columns.isEmpty && !isNobodys }

  /// The columns that must be read to know.
  var attributes: JourneyBlock.Columns { .only(Set(columns.map(\.column))) }

  /// Whether a person of a block has all of them.
  func fit(_ block: EffectiveBlock, _ person: Int) -> Bool {
    !isNobodys
      && columns.allSatisfy { $0.numbers.contains(block.value(of: $0.column, participant: person)) }
  }

  /// Whether somebody in a block has all of them, as the block stands.
  func fitSomebody(of block: JourneyBlock) -> Bool {
    guard !isNobodys else { return false }
    return (0..<block.count).contains { person in
      columns.allSatisfy { column, numbers in
        column < block.values.count && numbers.contains(block.values[column][person])
      }
    }
  }
}

extension String {
  fileprivate func hasSameLetters(as other: String) -> Bool {
    let (left, right) = (utf8, other.utf8)
    // Almost all are codes in ASCII, of which there may be tens of thousands.
    if left.count != right.count, left.allSatisfy({ $0 < 128 }), right.allSatisfy({ $0 < 128 }) {
      return false
    }
    if let first = left.first, let second = right.first, first < 128, second < 128,
      first | 0x20 != second | 0x20
    {
      return false
    }
    return lowercased() == other.lowercased()
  }
}
