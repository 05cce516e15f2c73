import Foundation
import Presentation
import Testing

@Suite("Pictures of fixed data")
struct GoldenPictureTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/pictures.txt")

  private static let isWritten =
    ProcessInfo.processInfo.environment["WEGMARKE_WRITE_PICTURES"] != nil

  /// One picture as a line: its name, how many elements of each kind it has, and a digest of its bytes.
  private static func line(_ name: String) throws -> String {
    let svg = SampleCharts.chart(name).svg()
    let kinds = Dictionary(grouping: try SampleCharts.elements(name), by: \.name)
      .mapValues(\.count).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    // FNV-1a, 64 bits.
    let digest = svg.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(name): \(kinds.joined(separator: ", ")); \(String(digest, radix: 16))"
  }

  @Test("are drawn as they were when somebody last looked at them (make pictures)")
  func same() throws {
    let drawn = try SampleCharts.names.map { try Self.line($0) }
    if Self.isWritten {
      let text = drawn.joined(separator: "\n") + "\n"
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
    for (drawn, kept) in zip(drawn, kept) { #expect(drawn == kept) }
    #expect(drawn.count == kept.count)
  }
}
