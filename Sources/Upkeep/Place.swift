import Files

/// Where things lie in relation to each other, whatever links lead there.
public enum Place {
  /// Whether a path lies in a folder or is it; the path need not exist yet.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    guard let folder = Folder.resolved(folder), let path = resolved(path) else { return false }
    return path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// The path from the root of the file system, as far as it exists.
  public static func resolved(_ path: String) -> String? {
    var missing: [Substring] = []
    var known = path[...]
    while true {
      if let found = Folder.resolved(String(known)) {
        return missing.isEmpty
          ? found : (found == "/" ? "" : found) + "/" + missing.reversed().joined(separator: "/")
      }
      while known.count > 1, known.last == "/" { known = known.dropLast() }
      guard let slash = known.lastIndex(of: "/") else {
        missing.append(known)
        return Folder.resolved(".").map {
          $0 + "/" + missing.reversed().joined(separator: "/")
        }
      }
      missing.append(known[known.index(after: slash)...])
      known = slash == known.startIndex ? "/" : known[..<slash]
    }
  }
}
