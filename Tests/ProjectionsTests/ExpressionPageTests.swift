import Files
import ProjectionEngine
import Testing

@Suite("The page about expressions")
struct ExpressionPageTests {
  private static let page: String = {
    let tests = Folder.parent(of: Folder.parent(of: Folder.parent(of: #filePath)))
    let bytes = try? Folder.contents(of: "\(tests)/projections/README.md")
    return String(decoding: bytes ?? [], as: UTF8.self)
  }()

  @Test(
    "has every name, field and function as the program knows it",
    arguments: [
      ("Names", ExpressionVocabulary.names),
      ("Fields of the entry profile", ExpressionVocabulary.fields),
      ("Functions", ExpressionVocabulary.functions),
    ])
  func rows(heading: String, entries: [ExpressionVocabulary.Entry]) throws {
    let section = Self.page.split(separator: "### \(heading)\n").last ?? ""
    let rows = section.split(separator: "\n### ").first?.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("| `") }
    let expected = entries.map(\.markdown)
    #expect(
      rows == expected, "projections/README.md should have:\n\(expected.joined(separator: "\n"))")
  }
}
