import Definitions
import Files
import Journey
import Projections

/// Profiles of protection by name or path.
enum ProfileLibrary {
  /// The profile with a name, or in a file when the text is a path.
  static func find(_ text: String) throws -> PublicationProfile {
    if let file = BuiltInFiles.profiles.first(where: { $0.name == text }) {
      return try ProfileFile.read(file.bytes, file: file.path(in: "profiles"))
    }
    if text.contains("/") || text.hasSuffix(".toml") {
      return try ProfileFile.read(try Folder.contents(of: text), file: text)
    }
    let names = BuiltInFiles.profiles.map(\.name)
    throw Failure(
      LocalizedText(
        en: "There is no profile “\(text)”.", de: "Ein Profil „\(text)“ gibt es nicht.")
        + didYouMean(nearestName(to: text, among: names)),
      advice: .init(
        en: "Profiles: \(names.joined(separator: ", ")). A file of your own is named by its path.",
        de: "Profile: \(names.joined(separator: ", ")). Eigene Dateien werden mit Pfad genannt."),
      .usage)
  }
}
