import Definitions
import Disclosure
import Testing

@testable import Projections

@Suite("Files of profiles")
struct ProfileFileTests {
  private func read(_ name: String, _ change: (String) -> String) throws -> PublicationProfile {
    let file = try #require(BuiltInFiles.profiles.first { $0.name == name })
    let text = change(String(decoding: file.bytes, as: UTF8.self))
    return try ProfileFile.read(Array(text.utf8), file: "\(name).toml")
  }

  @Test("state when figures are printed, and how many tables a recipient gets")
  func figures() throws {
    let ministry = try read("ministry") { $0 }
    let figures = try #require(ministry.figures)
    #expect(figures.leastAsked == 20 && figures.side == 10 && ministry.quota == nil)
    #expect(CurveGrid(figures.months) != nil)
    #expect(try read("adhoc") { $0 }.quota == ReleaseQuota(tables: 40, decompositions: 4, days: 90))
    #expect(try read("authority") { $0 }.figures == nil)
  }

  @Test(
    "are refused with grids that say too much, or are none",
    arguments: [
      ("\"3 6 9 12", "\"3 6 7 9 12"), ("\"12 24 36 60\"", "\"13 24 36 60\""),
      ("\"3 6 9", "\"6 3 9"),
      ("0, 1, 2, 3, 5", "0, 2, 1, 3, 5"), ("rate-from = 20", "rate-from = 0"),
      ("median-side = 10", "median-sides = 10"), ("\"3 6", "\"x 6"),
    ])
  func unfit(old: String, new: String) throws {
    #expect(throws: DefinitionError.self) {
      _ = try read("ministry") { $0.replacing(old, with: new) }
    }
  }
}
