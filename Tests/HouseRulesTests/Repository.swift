import FoundationEssentials
import Glibc

/// The checkout that these tests belong to, read as files.
struct Repository {
  /// The folder that holds the manifest.
  let root: String

  /// The checkout this file lies in, also when its folder was reached through a symbolic link;
  /// `WEGMARKE_ROOT` names another one.
  static let checkout = Repository(
    root: ProcessInfo.processInfo.environment["WEGMARKE_ROOT"] ?? folder(above: #filePath, by: 3))

  /// Every file of the checkout in path order, without what builds and version control keep.
  var files: [String] { walk("").sorted() }

  /// The Swift files below some top-level folders.
  func swiftFiles(under folders: [String]) -> [SourceFile] {
    files
      .filter { path in path.hasSuffix(".swift") && folders.contains { path.hasPrefix($0 + "/") } }
      .compactMap { path in text(of: path).map { SourceFile(path: path, text: $0) } }
  }

  /// The text of a file, or nil when it cannot be read or is not UTF-8.
  func text(of path: String) -> String? {
    bytes(of: path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// The bytes of a file, or nil when it cannot be read.
  func bytes(of path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: root + "/" + path).map { [UInt8]($0) }
  }

  /// Whether the user may execute a file.
  func isExecutable(_ path: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: root + "/" + path)
  }

  private func walk(_ folder: String) -> [String] {
    let here = folder.isEmpty ? root : root + "/" + folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: here)) ?? []
    return names.flatMap { name -> [String] in
      let path = folder.isEmpty ? name : folder + "/" + name
      if Self.isNoPartOfTheCheckout(name) { return [] }
      var isFolder = false
      guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder)
      else { return [] }
      return isFolder ? walk(path) : [path]
    }
  }

  /// What `.gitignore` keeps out of the checkout, as far as it can hold text.
  private static func isNoPartOfTheCheckout(_ name: String) -> Bool {
    name == ".git" || name == ".swiftpm" || name == "Package.resolved"
      || name.hasPrefix(".build") || name.hasSuffix(".swp") || name.hasSuffix(".tmp")
      || name.hasSuffix(".log") || name.hasSuffix("~")
  }

  private static func folder(above path: String, by levels: Int) -> String {
    var url = URL(filePath: path).resolvingSymlinksInPath()
    for _ in 0..<levels { url.deleteLastPathComponent() }
    return url.path
  }
}

/// One Swift file: where it lies, what it says.
struct SourceFile {
  let path: String
  let text: String

  /// The path's components.
  var components: [Substring] { path.split(separator: "/") }
  /// The file's name without its folders.
  var name: Substring { components.last ?? "" }
}

/// One broken rule at one place.
struct Finding: Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}

extension [Finding] {
  /// The findings as a person reads them, one a line.
  var report: String { map(\.description).joined(separator: "\n") }
}
