import Definitions
import Disclosure
import Journey
import Projections

/// Profiles of protection by name or path.
enum ProfileLibrary {
  /// The profile with a name, or in a file when the text is a path.
  ///
  /// A file of one's own may not bear the name of a profile that comes with the program, unless it is that
  /// profile byte for byte: whoever reads the name would take it for the other.
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
    let profile = try ProfileFile.read(file.bytes, file: file.path)
    let builtIn = BuiltInFiles.profiles.first { $0.name == profile.name }
    if let builtIn, builtIn.bytes != file.bytes {
      throw Failure(
        .init(
          en:
            "\(file.path): “\(profile.name)” is the name of a profile that comes with the program,"
            + " and this file is another one.",
          de: "\(file.path): „\(profile.name)“ heißt ein Profil, das zum Programm gehört, und diese"
            + " Datei ist eine andere."),
        advice: .init(
          en: "Give it a name of its own: name = \"my-\(profile.name)\". Nothing was published.",
          de: "Bitte eigens benennen: name = \"mein-\(profile.name)\". Veröffentlicht ist nichts."),
        .data)
    }
    return profile
  }

  /// The smallest number that the default profile prints: who wants less needs somebody who agrees.
  private static let usualMinimum: Int64 = 5

  /// How many people have to agree to a profile: as many as it says, and one at least where a file of
  /// one's own protects less than the default does.
  static func approvals(of profile: PublicationProfile) -> Int {
    let isOwn = !BuiltInFiles.profiles.contains { $0.name == profile.name }
    let isWeak =
      switch profile.method {
      case .suppression(let rules): rules.minimum < usualMinimum
      case .exact: true
      case .perturbation: false
      }
    return max(profile.approval.people, isOwn && isWeak ? 1 : 0)
  }
}
