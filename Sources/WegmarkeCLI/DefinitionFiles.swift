import Definitions
import Files
import Journey
import Projections

/// Files of definitions by name or path: questions, mappings, profiles.
enum DefinitionFiles {
  /// The file that comes with the program under a name, or a user's own when the text is a path.
  ///
  /// - Parameters:
  ///   - files: Those that come with the program.
  ///   - folder: Where these lie in `projections`.
  ///   - missing: What to say when there is none; the name that was meant is added.
  ///   - advice: What to do then, given the names that there are.
  /// - Returns: The content, and the path for messages.
  static func find(
    _ text: String, among files: [BuiltInFiles.File], in folder: String,
    missing: LocalizedText, advice: (_ names: String) -> LocalizedText
  ) throws -> (bytes: [UInt8], path: String) {
    if let file = files.first(where: { $0.name == text }) {
      return (file.bytes, file.path(in: folder))
    }
    if text.contains("/") || text.hasSuffix(".toml") {
      return (try Folder.contents(of: text), text)
    }
    let names = files.map(\.name)
    throw Failure(
      missing + didYouMean(nearestName(to: text, among: names)),
      advice: advice(names.joined(separator: ", ")), .usage)
  }
}
