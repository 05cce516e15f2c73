import Journey

/// Reads one field from one column of a file.
struct CellReader {
  let column: Int
  /// Further columns whose texts follow with a blank between.
  let others: [Int]
  let name: String
  let form: CellForm
  /// Words of the mapping with the values they stand for; nil for words that state nothing.
  let words: [String: FieldValue?]
  private var cache = WordCache<FieldValue?>()

  init(
    column: Int, others: [Int], name: String, form: CellForm, words: [String: String]
  ) {
    self.column = column
    self.others = others
    self.name = name
    self.form = form
    self.words = words.mapValues { word in
      word.isEmpty ? nil : try? form.value(of: Array(word.utf8).span)
    }
  }

  /// The value in a row; nil when the cell is empty.
  mutating func read(_ row: CSVRow) throws(CellProblem) -> FieldValue? {
    if !others.isEmpty { return try readJoined(row) }
    if row.isEmpty(column) { return nil }
    return try row.withTrimmedField(column) { cell throws(CellProblem) -> FieldValue? in
      if cell.isEmpty { return nil }
      guard form.repeats || !words.isEmpty else { return try form.statement(of: cell) }
      if let known = cache.value(of: cell) { return known }
      let value = try lookUp(cell)
      cache.keep(value, for: cell)
      return value
    }
  }

  /// The texts of all columns, as far as they state something.
  private func readJoined(_ row: CSVRow) throws(CellProblem) -> FieldValue? {
    var parts: [String] = []
    for column in [column] + others {
      let value = try row.withTrimmedField(column) { cell throws(CellProblem) -> FieldValue? in
        do throws(CellProblem) { return cell.isEmpty ? nil : try form.statement(of: cell) } catch {
          guard case .garbled(var garbled) = error else { throw error }
          garbled.column = column
          throw .garbled(garbled)
        }
      }
      if case .text(let text)? = value { parts.append(text) }
    }
    return parts.isEmpty ? nil : .text(parts.joined(separator: " "))
  }

  private func lookUp(_ cell: Span<UInt8>) throws(CellProblem) -> FieldValue? {
    if !words.isEmpty, let value = words[text(cell)] { return value }
    do throws(CellProblem) { return try form.statement(of: cell) } catch {
      guard case .unknownCode(let list, let known) = error else { throw error }
      throw .unknownCode(list: list, known: words.keys.sorted() + known)
    }
  }
}

/// Reads a date from one column, or knows it already.
struct DateReader {
  enum Source {
    case constant(CivilDate)
    case column(Int, name: String, DateForm)
  }

  let source: Source

  /// The date in a row; nil when the cell is empty.
  func read(_ row: CSVRow) throws(CellProblem) -> CivilDate? {
    switch source {
    case .constant(let date): return date
    case .column(let column, _, let form):
      if row.isEmpty(column) { return nil }
      return try row.withTrimmedField(column) { cell throws(CellProblem) -> CivilDate? in
        cell.isEmpty || isNoStatement(cell) ? nil : try form.date(of: cell)
      }
    }
  }

  var column: Int? {
    if case .column(let column, _, _) = source { column } else { nil }
  }
  var name: String? {
    if case .column(_, let name, _) = source { name } else { nil }
  }
}

/// What is wrong with a row, without the row's place.
struct RowFault: Error {
  let code: String
  let column: Int?
  let message: LocalizedText
  var hint: LocalizedText?
  var isWarning = false
}
