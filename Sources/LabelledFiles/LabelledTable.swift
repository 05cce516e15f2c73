import CReadStat
public import Interchange
public import Journey

/// A table as a file of SPSS (`.sav`) or Stata (`.dta`, version 118): labels of variables and values, days and
/// moments as their programs know them, a label and notes of the file.
///
/// In SPSS a code stays the text that it is in CSV, with its label; in Stata, which labels numbers alone, a number
/// stands for it, and the label begins with the code. Yes is 1 and no is 0. What is not stated is system-missing, of a
/// text the empty one. The file is made by ReadStat, which need not be installed: `isInstalled`. The corresponding C
/// functions are `readstat_begin_writing_sav` and `readstat_begin_writing_dta`.
@safe public final class LabelledTable: TableWriter {
  /// Whether the library that writes such files can be loaded.
  public static var isInstalled: Bool { stat_isInstalled() != 0 }

  /// Takes the bytes that the library writes.
  private final class Buffer {
    var bytes: [UInt8] = []
  }

  private let writer: OpaquePointer
  private let columns: [LabelledColumn]
  private let program: LabelledColumn.Program
  private let buffer = Buffer()
  private var variables: [OpaquePointer] = unsafe []
  /// The first refusal; nothing is written after it.
  private var refusal: CInt = 0

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - codebook: What the columns are; they are taken in this order.
  ///   - form: `.sav` or `.dta`.
  ///   - measure: What going through the same rows before has shown.
  ///   - language: Of the labels and notes.
  ///   - instant: When the file counts as made, in microseconds since 1970 UTC; nil for now.
  /// - Throws: `LabelledFileError` where the library is missing or refuses, or a text is too long.
  public init(
    _ codebook: Codebook, _ form: Codebook.Form, _ measure: TableMeasure, _ language: Language,
    at instant: Int64? = nil
  ) throws(LabelledFileError) {
    precondition(form == .sav || form == .dta, "a file of SPSS or Stata")
    guard LabelledTable.isInstalled, let writer = unsafe stat_writer_init() else {
      throw .notInstalled
    }
    let program: LabelledColumn.Program = form == .sav ? .spss : .stata
    unsafe self.writer = unsafe writer
    self.program = program
    let names = codebook.names(in: form)
    columns = codebook.variables.indices.map { index in
      LabelledColumn(
        codebook.variables[index], named: names[index], measure.columns[index], program, language)
    }
    for (index, column) in columns.enumerated() {
      guard case .text(let width) = column.storage, width > program.longestText else { continue }
      throw .textTooLong(
        column: codebook.variables[index].name, bytes: width, limit: program.longestText)
    }
    describe(codebook, language, instant)
    addVariables()
    begin(rows: measure.rows)
    if refusal != 0 { throw .refused(LabelledTable.words(for: refusal)) }
  }

  deinit { unsafe stat_writer_free(writer) }

  // MARK: Before the first row

  private func describe(_ codebook: Codebook, _ language: Language, _ instant: Int64?) {
    let write: readstat_data_writer = { data, count, context in
      guard let data = unsafe data, let context = unsafe context else { return -1 }
      let buffer = unsafe Unmanaged<Buffer>.fromOpaque(context).takeUnretainedValue()
      unsafe buffer.bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
      return count
    }
    check(unsafe stat_set_data_writer(writer, write))
    // SPSS has room for 64 bytes.
    var label = codebook.label(language)
    while label.utf8.count > 64 { label.removeLast() }
    check(unsafe stat_writer_set_file_label(writer, label))
    if let instant {
      check(unsafe stat_writer_set_file_timestamp(writer, Int(instant / 1_000_000)))
    }
    if program == .spss {
      check(unsafe stat_writer_set_compression(writer, CInt(STAT_COMPRESS_ROWS)))
    }
    let notes =
      codebook.notes.map { $0(language) }
      + codebook.facts.map { "\($0.label(language)): \($0.value(language))" }
    for note in notes {
      for line in program == .spss ? LabelledTable.lines(of: note, bytes: 80) : [note] {
        unsafe stat_add_note(writer, line)
      }
    }
  }

  /// Lines of at most so many bytes, broken between words.
  static func lines(of text: String, bytes limit: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= limit {
        lines[lines.count - 1] = "\(last) \(word)"
        continue
      }
      var rest = word
      while rest.utf8.count > limit {
        var piece = rest.prefix(limit)
        while piece.utf8.count > limit { piece.removeLast() }
        lines.append(String(piece))
        rest = rest[piece.endIndex...]
      }
      lines.append(String(rest))
    }
    return lines
  }

  private func addVariables() {
    for (index, column) in columns.enumerated() {
      let isLabelled = !column.labels.isEmpty
      let type: CInt
      var width = 0
      switch column.storage {
      case .text(let bytes): (type, width) = (CInt(STAT_STRING), bytes)
      case .numbered: type = CInt(STAT_INT32)
      case .yesNo:
        type = CInt(program == .spss ? STAT_DOUBLE : STAT_INT32)
      case .number, .day, .instant: type = CInt(STAT_DOUBLE)
      }
      guard let variable = unsafe stat_add_variable(writer, column.name, type, width) else {
        refusal = -1
        return
      }
      unsafe variables.append(variable)
      unsafe stat_variable_set_label(variable, column.label)
      if let format = column.format { unsafe stat_variable_set_format(variable, format) }
      unsafe stat_variable_set_measure(
        variable, CInt(column.isMeasured ? STAT_SCALE : STAT_NOMINAL))
      guard isLabelled, let set = unsafe stat_add_label_set(writer, type, "labels\(index + 1)")
      else {
        continue
      }
      for (value, label) in column.labels {
        switch column.storage {
        case .text: unsafe stat_label_string_value(set, value, label)
        case .yesNo where program == .spss:
          unsafe stat_label_double_value(set, Double(value) ?? 0, label)
        default: unsafe stat_label_int32_value(set, Int32(value) ?? 0, label)
        }
      }
      unsafe stat_variable_set_label_set(variable, set)
    }
  }

  private func begin(rows: Int) {
    guard refusal == 0 else { return }
    let context = unsafe Unmanaged.passUnretained(buffer).toOpaque()
    check(
      unsafe program == .spss
        ? stat_begin_writing_sav(writer, context, rows)
        : stat_begin_writing_dta(writer, context, rows))
  }

  // MARK: Rows

  /// Takes in the next row.
  public func append(_ row: [TableValue]) {
    precondition(row.count == columns.count, "a row has one value for each variable")
    guard refusal == 0 else { return }
    check(unsafe stat_begin_row(writer))
    for index in row.indices where refusal == 0 {
      insert(row[index], at: index)
    }
    if refusal == 0 { check(unsafe stat_end_row(writer)) }
  }

  private func insert(_ value: TableValue, at index: Int) {
    let variable = unsafe variables[index]
    switch (value, columns[index].storage) {
    case (.text(let text), .text): check(unsafe stat_insert_string_value(writer, variable, text))
    case (.text(let code), .numbered(let numbers)):
      // One that the first pass did not see: the store changed in between.
      guard let number = numbers[code] else {
        refusal = -1
        return
      }
      check(unsafe stat_insert_int32_value(writer, variable, number))
    case (.yesNo(let isYes), .yesNo):
      check(
        unsafe program == .spss
          ? stat_insert_double_value(writer, variable, isYes ? 1 : 0)
          : stat_insert_int32_value(writer, variable, isYes ? 1 : 0))
    case (.whole(let number), .number): insert(Double(number), at: index)
    case (.decimal(let number), .number) where number.isFinite: insert(number, at: index)
    case (.day(let day), .day):
      let days = Int(day.number) + program.daysTo1970
      insert(Double(program == .spss ? days * 86_400 : days), at: index)
    case (.instant(let instant), .instant):
      // SPSS counts seconds, Stata milliseconds.
      let seconds = Double(program.daysTo1970 * 86_400)
      insert(
        program == .spss
          ? Double(instant) / 1e6 + seconds
          : (Double(instant) / 1e3).rounded(.down) + seconds * 1e3, at: index)
    case (.missing, _), (.decimal, .number):
      check(unsafe stat_insert_missing_value(writer, variable))
    default:
      preconditionFailure("a value of another kind than its variable \(columns[index].name)")
    }
  }

  private func insert(_ number: Double, at index: Int) {
    check(unsafe stat_insert_double_value(writer, variables[index], number))
  }

  /// Ends the file; `finish` says whether it is whole.
  public func end() {
    if refusal == 0 { check(unsafe stat_end_writing(writer)) }
  }

  /// Hands over what has been written since the last time.
  public func take() -> [UInt8] {
    defer { buffer.bytes = [] }
    return buffer.bytes
  }

  /// Says after the end whether everything was written.
  ///
  /// - Throws: `LabelledFileError.refused`, also when the rows are not those that were measured.
  public func finish() throws(LabelledFileError) {
    if refusal != 0 { throw .refused(LabelledTable.words(for: refusal)) }
  }

  private func check(_ code: CInt) {
    if refusal == 0 { refusal = code }
  }

  private static func words(for code: CInt) -> String {
    guard code > 0, let words = unsafe stat_error_message(code) else {
      return "the rows changed while they were written"
    }
    return unsafe String(cString: words)
  }
}
