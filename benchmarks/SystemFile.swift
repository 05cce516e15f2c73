import Files

/// Files in which the kernel tells about itself; they have no size, so they are read to their end.
enum SystemFile {
  /// The text of a file, empty when it cannot be read.
  static func text(_ path: String) -> String {
    guard let file = try? File(path, .read) else { return "" }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while let count = try? file.read(into: &buffer, at: text.count), count > 0 {
      text += buffer[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What follows a label at the beginning of a line.
  static func value(after label: String, in path: String) -> String? {
    text(path).split(separator: "\n").first { $0.hasPrefix(label) }.map { line in
      String(line.dropFirst(label.count).drop { " :\t".contains($0) })
    }
  }

  /// The number that follows a label at the beginning of a line.
  static func number(after label: String, in path: String) -> Int? {
    value(after: label, in: path)?.split(separator: " ").first.flatMap { Int($0) }
  }
}
