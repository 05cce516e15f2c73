import Files
import Journey
import Keyring
import Upkeep

/// A file that a command writes: one rule for every `-o`, `--chart` and `--report`.
///
/// The rule is checked when the value is made, before any work. What this program wrote and nobody
/// changed since is replaced; any other file only with `--force`, and evidence never without. Nothing is
/// ever written into a store, over a key, a definition, a folder, or a file that the command reads.
struct OutputFile {
  let path: String

  /// What may happen to a file that is there already.
  enum Standing {
    /// It is replaced: a file of the program's own, or with `--force`.
    case replaced
    /// It is replaced if this program wrote it and nobody changed it since: it can be made again.
    case written
    /// It stays: checkpoints, proofs and receipts are kept, and cannot be made again for then.
    case kept
  }

  /// Refuses a place at which the file must not stand.
  ///
  /// - Throws: `Failure` with the reason and what to do.
  init(_ path: String, _ standing: Standing) throws(Failure) {
    // A link stays one: what it leads to is replaced.
    self.path = Folder.isLink(path) ? Folder.resolved(path) ?? path : path
    // First of all: whoever opens a pipe waits.
    if Folder.isSpecial(path) {
      throw Failure(
        .init(
          en: "\(path) is a device or a pipe; only files are replaced.",
          de: "\(path) ist ein Gerät oder eine Pipe; ersetzt werden nur Dateien."),
        advice: .init(
          en: "-o - writes to standard output, which a shell can lead anywhere.",
          de: "-o - schreibt in die Standardausgabe, die eine Shell überallhin leiten kann."),
        .cannotCreate)
    }
    try OutputFile.refusePlace(of: path)
    if Folder.isFolder(path) {
      throw Failure(
        .init(en: "\(path) is a folder.", de: "\(path) ist ein Ordner."),
        advice: .init(en: "Name a file in it.", de: "Bitte eine Datei darin nennen."),
        .cannotCreate)
    }
    if Keyring.isKeyFile(path) {
      throw Failure(
        .init(
          en: "\(path) holds a key; nothing is written over it.",
          de: "\(path) enthält einen Schlüssel; er wird nicht überschrieben."),
        advice: .init(en: "Name another file.", de: "Bitte eine andere Datei nennen."),
        .cannotCreate)
    }
    // An empty file holds nothing to lose.
    if standing == .written, let size = try? Folder.size(ofFile: path), size > 0,
      !WrittenFiles.holds(self.path)
    {
      throw Failure(
        .init(
          en: "\(path) is there already, and this program did not write it so.",
          de: "\(path) gibt es schon, und so hat dieses Programm die Datei nicht geschrieben."),
        advice: .init(
          en: "Name another file, or write --force to replace it.",
          de: "Bitte eine andere Datei nennen, oder mit --force ersetzen."), .cannotCreate)
    }
    if standing == .kept, Folder.exists(path) {
      throw Failure(
        .init(
          en: "\(path) is there already, and may be the only copy of what was proved then.",
          de: "\(path) gibt es schon; vielleicht ist es die einzige Kopie eines früheren Belegs."),
        advice: .init(
          en: "Name another file, or write --force to replace it.",
          de: "Bitte eine andere Datei nennen, oder mit --force ersetzen."), .cannotCreate)
    }
  }

  /// The place, where one was named; `-` is standard output, and no file.
  init?(_ path: String?, _ standing: Standing) throws(Failure) {
    guard let path, path != "-" else { return nil }
    try self.init(path, standing)
  }

  /// Writes the file as a whole: readers see the old bytes or the new ones.
  func write(_ bytes: [UInt8]) throws(FileError) {
    try Folder.replace(path, with: bytes.span)
    WrittenFiles.note(path)
  }

  /// Remembers a file that was written in pieces as one of the program's own.
  func noteWritten() { WrittenFiles.note(path) }

  /// What is said of a file with data of people.
  static let personal = LocalizedText(
    en: "These are personal data: keep the file where only those read it who may.",
    de: "Das sind personenbezogene Daten: Bitte nur dort ablegen, wo sie lesen darf, wer darf.")

  /// The last component of the path.
  var name: String { Folder.name(of: path) }

  /// Refuses a place in no folder, or in a store.
  static func refusePlace(of path: String) throws(Failure) {
    try refuseMissingFolder(of: path)
    try refuseStore(at: path)
  }

  /// Refuses a place in a store, whichever store it is and whatever links lead there.
  static func refuseStore(at path: String) throws(Failure) {
    let parent = Place.resolved(Folder.parent(of: path)) ?? Folder.parent(of: path)
    let places = [Folder.resolved(path), "\(parent)/\(Folder.name(of: path))"]
    for place in places.compactMap(\.self) {
      var folder = place
      while folder.count > 1 {
        folder = Folder.parent(of: folder)
        guard Folder.exists("\(folder)/log/data.mdb") else { continue }
        throw Failure(
          .init(
            en: "\(path) lies in the store \(folder).", de: "\(path) liegt im Bestand \(folder)."),
          advice: .init(
            en: "Only the program itself writes there. Name a place outside.",
            de: "Dort schreibt nur das Programm selbst. Bitte einen Ort außerhalb nennen."), .usage)
      }
    }
  }

  private static func refuseMissingFolder(of path: String) throws(Failure) {
    let folder = Folder.parent(of: path)
    guard !Folder.isFolder(folder) else { return }
    throw Failure(
      .init(
        en: "\(path) cannot be written: there is no folder \(folder).",
        de: "\(path) lässt sich nicht schreiben: Den Ordner \(folder) gibt es nicht."),
      advice: .init(
        en: "Create the folder, or name another one.",
        de: "Bitte den Ordner anlegen oder einen anderen nennen."), .cannotCreate)
  }
}
