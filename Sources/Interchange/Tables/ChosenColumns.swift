/// Writes some columns of the rows that it takes in, in an order of its own.
public struct ChosenColumns<Writer: TableWriter>: TableWriter {
  /// Takes the columns chosen.
  public private(set) var writer: Writer
  private let places: [Int]?

  /// Hands the columns at these places on to a writer that was started with them.
  ///
  /// - Parameter places: Where they stand in the rows; nil hands every row on as it is.
  public init(_ places: [Int]?, to writer: Writer) {
    self.places = places
    self.writer = writer
  }

  /// Takes in the next row, whole.
  public mutating func append(_ row: [TableValue]) {
    guard let places else { return writer.append(row) }
    writer.append(places.map { row[$0] })
  }

  /// Ends the table.
  public mutating func end() { writer.end() }

  /// Hands over what has been written since the last time.
  public mutating func take() -> [UInt8] { writer.take() }
}

extension Codebook {
  /// The codebook of a table that has only the columns at these places; nil for all of them.
  public func choosing(_ places: [Int]?) -> Codebook {
    guard let places else { return self }
    return Codebook(
      name: name, title: title, label: label, notes: notes, facts: facts,
      variables: places.map { variables[$0] })
  }
}
