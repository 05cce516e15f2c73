import Foundation
import Testing

/// Makes pages of an LMDB data file lead to each other, as one who reads the format would.
///
/// Numbers are in the order of the machine. A page begins with its number (u64), padding (u16), flags
/// (u16: 1 branch, 2 leaf, 8 meta), and the end of its table of nodes (u16). Nodes stand where the
/// table of u16 behind the head says: low and high half of a size or of a child's number (u16 each),
/// flags (u16; in a branch the highest part of the child's number), length of the key (u16), key, data.
struct CircularPages {
  private let path: String
  private var bytes: [UInt8]
  private static let pageSize = Int(getpagesize())

  init(_ path: String) throws {
    self.path = path
    bytes = Array(try Data(contentsOf: URL(filePath: path)))
  }

  func write() throws { try Data(bytes).write(to: URL(filePath: path)) }

  /// Lets every node of a table's root lead to one page, every node of that to the next, and so on:
  /// whoever goes through the table comes by the same leaf as often as there are ways.
  ///
  /// - Returns: How many ways there are.
  mutating func tangle(_ table: String, depth: Int = 6) throws -> Double {
    let root = try #require(try self.root(of: table))
    let count = nodes(of: root).count
    let children = nodes(of: root).map(child)
    try #require(isBranch(root) && count > 20 && children.allSatisfy { !isBranch($0) })
    for step in 0..<depth {
      let page = step == 0 ? root : children[step - 1]
      if step > 0 {
        let start = page * Self.pageSize
        bytes.replaceSubrange(
          start + 8..<start + Self.pageSize,
          with: bytes[root * Self.pageSize + 8..<(root + 1) * Self.pageSize])
      }
      for node in nodes(of: page) {
        set(children[step] & 0xFFFF, 2, at: node)
        set(children[step] >> 16, 2, at: node + 2)
      }
    }
    return pow(Double(count), Double(depth))
  }

  /// Lets the last node of a table's root lead to the root itself.
  mutating func close(_ table: String) throws {
    let root = try #require(try self.root(of: table))
    let last = try #require(nodes(of: root).last)
    try #require(isBranch(root))
    set(root & 0xFFFF, 2, at: last)
    set(root >> 16, 2, at: last + 2)
  }

  private func number(_ count: Int, at place: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private mutating func set(_ number: Int, _ count: Int, at place: Int) {
    for index in 0..<count { bytes[place + index] = UInt8(number >> (8 * index) & 0xFF) }
  }

  private func isBranch(_ page: Int) -> Bool { number(2, at: page * Self.pageSize + 10) & 1 == 1 }

  /// The places of a page's nodes.
  private func nodes(of page: Int) -> [Int] {
    let start = page * Self.pageSize
    return stride(from: 16, to: number(2, at: start + 12), by: 2).map {
      start + number(2, at: start + $0)
    }
  }

  private func child(_ node: Int) -> Int { number(2, at: node) | number(2, at: node + 2) << 16 }

  /// The root page of a named table, as the newer of the two meta pages has it.
  private func root(of table: String) throws -> Int? {
    // Behind the head: magic, version, address, size of the map, then two trees of 48 bytes, of
    // which the second is that of the names; the last eight bytes of a tree are its root.
    let meta = [0, Self.pageSize].max { transaction($0) < transaction($1) } ?? 0
    var page = number(8, at: meta + 16 + 24 + 48 + 40)
    while isBranch(page) { page = child(try #require(nodes(of: page).first)) }
    return nodes(of: page).first { node in
      let length = number(2, at: node + 6)
      return Array(bytes[node + 8..<node + 8 + length]) == Array(table.utf8)
    }.map { node in number(8, at: node + 8 + number(2, at: node + 6) + 40) }
  }

  private func transaction(_ meta: Int) -> Int { number(8, at: meta + 16 + 24 + 96 + 8) }
}

@Suite("Pages that lead to each other")
struct CircularPagesTests {
  /// A store large enough for tables of two levels, and the file of its log.
  private func desk() throws -> (desk: Desk, file: String) {
    let desk = try Desk()
    try desk.expect("simulate --participants 500 --seed 5 -o net")
    try desk.expect("init")
    try desk.expect("import net/participants.csv net/events.csv --mapping wir-simulated --quiet")
    return (desk, "\(desk.store)/log/data.mdb")
  }

  @Test("in a circle are a finding", arguments: ["records", "streams"])
  func circle(table: String) throws {
    let (desk, file) = try desk()
    var pages = try CircularPages(file)
    try pages.close(table)
    try pages.write()
    let outcome = try desk.run("log verify", with: ["WEGMARKE_WATCHDOG": "2"])
    #expect(outcome.exitCode == 65 && !outcome.output.isEmpty, "\(outcome)")
  }

  @Test(
    "so often that nobody comes to the end stop the check, which says why",
    arguments: [("en", "in a circle"), ("de", "im Kreis")])
  func tangle(language: String, words: String) throws {
    let (desk, file) = try desk()
    var pages = try CircularPages(file)
    #expect(try pages.tangle("records") > 1e8)
    try pages.write()
    let outcome = try desk.run(
      "log verify --lang \(language)", with: ["WEGMARKE_WATCHDOG": "2"])
    #expect(outcome.exitCode == 65 && outcome.output.contains(words), "\(outcome)")
    #expect(outcome.output.contains(file), "\(outcome)")
    // The same in a process that has nobody who watches over it: it does that itself.
    try FileManager.default.removeItem(atPath: "\(desk.store)/views")
    let asked = try desk.run(
      "ask time-to-first-job --lang \(language)", with: ["WEGMARKE_WATCHDOG": "2"])
    #expect(asked.exitCode == 65 && asked.output.isEmpty, "\(asked)")
    #expect(asked.errors.hasPrefix(language == "en" ? "Error: " : "Fehler: "), "\(asked)")
  }
}
