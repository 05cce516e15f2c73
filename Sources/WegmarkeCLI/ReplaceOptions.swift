import ArgumentParser
import Files
import Journey

/// The option of every command that writes files: whether files of others are replaced.
struct ReplaceOptions: ParsableArguments {
  @Flag(help: "Replace files that this program did not write, or that were changed since.")
  var force = false

  /// What may happen to a file that is there.
  var standing: OutputFile.Standing { force ? .replaced : .written }

  /// The place for a file, checked before any work; nil where none was named, or `-`.
  ///
  /// - Parameter inputs: Files that the command reads, which it never replaces.
  func file(_ path: String?, besides inputs: [String] = []) throws(Failure) -> OutputFile? {
    guard let path, path != "-" else { return nil }
    return try file(at: path, besides: inputs)
  }

  /// The place for a file, checked before any work.
  func file(at path: String, besides inputs: [String] = []) throws(Failure) -> OutputFile {
    // First what no option allows: else --force would be advised in vain.
    try refuse(path, among: inputs)
    // Mappings, questions, rules, profiles, settings: written by hand, and seldom twice.
    if path.hasSuffix(".toml"), Folder.exists(path) {
      throw Failure(
        .init(
          en: "\(path) is a definition, which is not replaced by data.",
          de: "\(path) ist eine Definition; Daten ersetzen sie nicht."),
        advice: .init(en: "Name another file.", de: "Bitte eine andere Datei nennen."),
        .cannotCreate)
    }
    return try OutputFile(path, standing)
  }

  /// Refuses to replace a file that the command reads.
  ///
  /// - Parameter use: What the command does with those files.
  func refuse(
    _ path: String, among inputs: [String], which use: LocalizedText = .read
  ) throws(Failure) {
    guard inputs.contains(where: { Folder.isSame(path, $0) }) else { return }
    throw Failure(
      .init(
        en: "\(path) is a file that \(use.en).", de: "\(path) ist eine Datei, die \(use.de)."),
      advice: .init(en: "Name another file.", de: "Bitte eine andere Datei nennen."), .usage)
  }
}

extension LocalizedText {
  /// What a command does with the files that it reads, behind “a file that”.
  static let read = LocalizedText(en: "this command reads", de: "dieser Befehl liest")
  /// The same of an import.
  static let imported = LocalizedText(en: "is imported", de: "eingelesen wird")
}
