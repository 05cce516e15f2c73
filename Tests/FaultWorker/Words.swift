import Glibc

/// The words after the name of a task: `--name value`, where a name may come again.
struct Words {
  private var values: [String: [String]] = [:]

  init(_ words: ArraySlice<String>) {
    var words = words
    while let name = words.popFirst(), let value = words.popFirst() {
      values[String(name.dropFirst(2)), default: []].append(value)
    }
  }

  func texts(_ name: String) -> [String] { values[name] ?? [] }
  func optional(_ name: String) -> String? { values[name]?.last }
  func text(_ name: String) -> String { optional(name) ?? "" }
  func number(_ name: String, _ otherwise: Int) -> Int {
    optional(name).flatMap { Int($0) } ?? otherwise
  }
}

/// Writes a line to standard output at once, so that it is there when this process is ended.
func say(_ line: String) {
  var bytes = Array("\(line)\n".utf8)
  while !bytes.isEmpty {
    let count = unsafe Glibc.write(STDOUT_FILENO, bytes, bytes.count)
    if count <= 0 { return }
    bytes.removeFirst(count)
  }
}
