import EventLog
import Files
import Upkeep

/// Which files this program wrote for this user, so that only those are replaced without asking.
///
/// A list of digests, one a line, of a place and what stood there when it was written: it names no
/// file, and a file that somebody changed since is not in it. Where the list cannot be kept, nothing is
/// known, and `--force` is needed.
enum WrittenFiles {
  /// How many are remembered, the latest.
  private static let most = 4_000

  /// Where the list is; nil where the user has no folder.
  private static var place: String? {
    let environment = Console.processEnvironment
    if let named = environment["XDG_STATE_HOME"], named.hasPrefix("/") {
      return "\(named)/wegmarke/written"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/wegmarke/written"
  }

  /// Whether this program wrote what stands at a path, and nobody changed it.
  static func holds(_ path: String) -> Bool {
    guard let place, let entry = entry(of: path) else { return false }
    return lines(at: place).contains(entry[...])
  }

  /// Remembers what stands at a path now.
  static func note(_ path: String) {
    guard let place, let entry = entry(of: path) else { return }
    let kept = lines(at: place).filter { $0 != entry }.suffix(most - 1)
    let text = (kept + [entry[...]]).joined(separator: "\n") + "\n"
    try? Folder.create(Folder.parent(of: place))
    // A file that is written is written: that it is not remembered is no failure of it.
    try? Folder.replace(place, with: Array(text.utf8).span)
  }

  private static func lines(at place: String) -> [Substring] {
    String(decoding: (try? Folder.contents(of: place)) ?? [], as: UTF8.self).split(separator: "\n")
  }

  private static func entry(of path: String) -> String? {
    guard let stamp = Folder.stamp(of: path), let whole = Place.resolved(path) else { return nil }
    return ContentDigest.hex(ContentDigest.sha256(Array("\(whole)\n\(stamp)".utf8)))
  }
}
