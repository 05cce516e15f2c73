import Definitions
import Files
import FoundationEssentials
import Journey
import Upkeep

/// Settings that stand in files, below the variables of the environment.
///
/// An option counts before a variable, a variable before `wegmarke.toml` of the working folder, that
/// before the user's own file, and that before what is built in. Each setting stands for a variable,
/// so every part of the program that asks for the variable gets the setting.
struct Settings {
  /// A setting that a file may state.
  enum Name: String, CaseIterable {
    case store
    case keyFile = "key-file"
    case lang
    case author
    case pager
    case backupDays = "backup-days"
    case drillDays = "drill-days"
    case viewHours = "view-hours"
    case diskWarn = "disk-warn"
    case diskStop = "disk-stop"

    /// The variable that it stands for.
    var variable: String {
      "WEGMARKE_" + rawValue.uppercased().replacing("-", with: "_")
    }

    /// Whether its value is a path, which counts from the folder of its file.
    var isPath: Bool { self == .store || self == .keyFile }

    /// What it is for.
    var label: LocalizedText {
      switch self {
      case .store: .init(en: "folder of the store", de: "Ordner des Bestands")
      case .keyFile: .init(en: "key file", de: "Schlüsseldatei")
      case .lang: .init(en: "language: en or de", de: "Sprache: en oder de")
      case .author: .init(en: "who records", de: "wer erfasst")
      case .pager: .init(en: "program for long pages", de: "Programm für lange Seiten")
      case .backupDays:
        .init(en: "days until doctor asks for a backup", de: "Tage bis zur Sicherung")
      case .drillDays: .init(en: "days until doctor asks for a drill", de: "Tage bis zur Probe")
      case .viewHours:
        .init(en: "hours a view may lag behind", de: "Stunden, die eine Sicht nachhängt")
      case .diskWarn:
        .init(en: "free space below which doctor warns", de: "freier Platz für die Warnung")
      case .diskStop:
        .init(en: "free space below which nothing is written", de: "freier Platz zum Schreiben")
      }
    }
  }

  /// What counts where nothing states the setting; nil where that is nothing.
  static func builtIn(_ name: Name) -> String? {
    let limits = DoctorLimits()
    // Options that no command line was read for have no value before one is set.
    var options = StoreOptions()
    options.store = nil
    return switch name {
    case .store: options.path
    case .keyFile: nil
    case .lang: Console.language(asked: nil).rawValue
    case .author: RecordingOptions.author(nil)
    case .pager: Console.processEnvironment["PAGER"] ?? "less"
    case .backupDays: String(limits.backupDays)
    case .drillDays: String(limits.drillDays)
    case .viewHours: String(limits.viewHours)
    // As `doctor --help` names them.
    case .diskWarn: "20%"
    case .diskStop: "5%"
    }
  }

  /// Where a value comes from.
  enum Origin: Equatable {
    case variable(String)
    case file(String)
  }

  /// What the files state, by setting: the value and its file.
  private var stated: [Name: (value: String, file: String)] = [:]

  /// The file of the working folder.
  static let project = "wegmarke.toml"

  /// The user's own file.
  static func user(_ environment: [String: String]) -> String {
    let named = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return "\(named ?? "\(environment["HOME"] ?? ".")/.config")/wegmarke/config.toml"
  }

  /// Reads both files, where they are.
  ///
  /// - Throws: `DefinitionError` with every place of a file that cannot be used.
  init(_ environment: [String: String]) throws {
    try read(Settings.user(environment), allowing: Name.allCases)
    // A folder that others can write to must not choose a program that is run.
    try read(Settings.project, allowing: Name.allCases.filter { $0 != .pager })
  }

  private mutating func read(_ file: String, allowing names: [Name]) throws {
    guard Folder.exists(file), !Folder.isFolder(file) else { return }
    let document = try DefinitionDocument.parse(bytes: try Folder.contents(of: file), file: file)
    let reader = TableReader(document)
    for name in names {
      guard let value = reader.optional(name.rawValue, String.self) else { continue }
      let folder = Folder.parent(of: file)
      let isRelative = name.isPath && !value.hasPrefix("/") && folder != "."
      stated[name] = (isRelative ? "\(folder)/\(value)" : value, file)
    }
    try reader.finish()
  }

  /// The environment with what the files state where a variable is not set.
  func completing(_ environment: [String: String]) -> [String: String] {
    var complete = environment
    for (name, entry) in stated where (environment[name.variable] ?? "").isEmpty {
      complete[name.variable] = entry.value
    }
    return complete
  }

  /// The value of a setting and where it comes from; nil where nothing states it.
  func value(_ name: Name, _ environment: [String: String]) -> (value: String, origin: Origin)? {
    if let value = environment[name.variable], !value.isEmpty {
      return (value, .variable(name.variable))
    }
    return stated[name].map { ($0.value, .file($0.file)) }
  }
}
