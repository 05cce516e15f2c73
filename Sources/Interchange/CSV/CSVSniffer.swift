/// Finds out from the first bytes of a file how it is written.
struct CSVSniffer {
  let hasByteOrderMark: Bool
  private let sample: [UInt8]
  /// Whether the sample is the whole file.
  private let isWhole: Bool

  /// Throws ``CSVError`` when the source is empty or UTF-16.
  init(sample: [UInt8], isWhole: Bool, name: String) throws(CSVError) {
    if sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) {
      throw CSVError(.utf16, source: name)
    }
    if let kind = Self.foreign(sample) { throw CSVError(kind, source: name) }
    hasByteOrderMark = sample.starts(with: [0xEF, 0xBB, 0xBF])
    self.sample = Array(sample.dropFirst(hasByteOrderMark ? 3 : 0))
    self.isWhole = isWhole
    if self.sample.isEmpty { throw CSVError(.empty, source: name) }
  }

  /// What the first bytes of a file that is no text say it is.
  private static func foreign(_ sample: [UInt8]) -> CSVError.Kind? {
    if sample.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .workbook("xlsx, ods") }
    if sample.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return .workbook("xls") }
    let start = String(decoding: sample.prefix(64), as: UTF8.self).lowercased()
      .drop { $0 == " " || $0.isNewline || $0 == "\u{FEFF}" }
    if start.hasPrefix("{") || start.hasPrefix("[{") { return .foreign("JSON") }
    if start.hasPrefix("%pdf") { return .foreign("PDF") }
    return ["<html", "<!doctype", "<table", "<?xml"].contains { start.hasPrefix($0) } ? .html : nil
  }

  /// The encoding, or nil when the sample is ASCII and tells nothing.
  ///
  /// A byte order mark decides. Otherwise a sample with more valid multi-byte sequences than
  /// invalid ones is UTF-8 with some broken rows, not Windows-1252: German text in Windows-1252
  /// hardly ever forms a valid sequence.
  func encoding() -> CSVEncoding? {
    if hasByteOrderMark { return .utf8 }
    var valid = 0
    var invalid = 0
    var place = 0
    while place < sample.count {
      let length = sequenceLength(sample[place])
      if length == 1 {
        if sample[place] >= 0x80 { invalid += 1 }
        place += 1
        continue
      }
      let end = place + length
      if end > sample.count, !isWhole { break }
      let tail = sample[place + 1..<min(end, sample.count)]
      if tail.count == length - 1, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) {
        valid += 1
        place = end
      } else {
        invalid += 1
        place += 1
      }
    }
    if valid == 0, invalid == 0 { return nil }
    return valid > invalid ? .utf8 : .windows1252
  }

  /// The delimiter under which most rows have as many fields as the header.
  ///
  /// Among equals the one with more fields wins; a comma when none of them occurs in the header. A
  /// first row without any of them is a title: then the commonest number of fields counts.
  func delimiter() -> CSVDelimiter {
    var best = CSVDelimiter.comma
    var bestShare = 0.0
    var bestColumns = 1
    let candidates = [CSVDelimiter.comma, .semicolon, .tab].map {
      ($0, fieldCounts(delimiter: $0.byte))
    }
    // A title above the header is one field by any delimiter: then the rows below tell.
    let isTitled = candidates.allSatisfy { $0.1.first ?? 0 <= 1 }
    for (candidate, counts) in candidates {
      let below = Dictionary(counts.map { ($0, 1) }) { $0 + $1 }.max {
        ($0.value, $0.key) < ($1.value, $1.key)
      }
      guard let columns = isTitled ? below?.key : counts.first, columns > 1 else { continue }
      let share = Double(counts.count { $0 == columns }) / Double(counts.count)
      if share > bestShare || (share == bestShare && columns > bestColumns) {
        (best, bestShare, bestColumns) = (candidate, share, columns)
      }
    }
    return best
  }

  /// How many fields each row of the sample has; a row that the sample cuts off is left out.
  private func fieldCounts(delimiter: UInt8) -> [Int] {
    var counts: [Int] = []
    var fields = 1
    var isQuoted = false
    // Whether a quote here opens: at the start of a field, and after a closing quote, because a
    // doubled quote may be taken for one that closes and one that opens again.
    var mayOpen = true
    var isBlank = true
    for byte in sample {
      if isQuoted {
        isQuoted = byte != 0x22
        mayOpen = !isQuoted
        isBlank = false
        continue
      }
      switch byte {
      case 0x0A, 0x0D:
        if !isBlank { counts.append(fields) }
        fields = 1
        mayOpen = true
        isBlank = true
        continue
      case delimiter:
        fields += 1
        mayOpen = true
      case 0x22:
        isQuoted = mayOpen
      default:
        mayOpen = false
      }
      isBlank = false
    }
    if !isBlank, isWhole || counts.isEmpty { counts.append(fields) }
    return counts
  }

  /// How many bytes a UTF-8 sequence with this first byte has; 1 also for bytes that begin none.
  private func sequenceLength(_ byte: UInt8) -> Int {
    switch byte {
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 1
    }
  }
}
