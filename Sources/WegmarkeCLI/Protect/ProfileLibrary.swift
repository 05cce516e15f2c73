import Definitions
import Journey
import Projections

/// Profiles of protection by name or path.
enum ProfileLibrary {
  /// The profile with a name, or in a file when the text is a path.
  static func find(_ text: String) throws -> PublicationProfile {
    let file = try DefinitionFiles.find(
      text, among: BuiltInFiles.profiles, in: "profiles",
      missing: .init(
        en: "There is no profile “\(text)”.", de: "Ein Profil „\(text)“ gibt es nicht."),
      advice: { names in
        .init(
          en: "Profiles: \(names). A file of your own is named by its path.",
          de: "Profile: \(names). Eigene Dateien werden mit Pfad genannt.")
      })
    return try ProfileFile.read(file.bytes, file: file.path)
  }
}
