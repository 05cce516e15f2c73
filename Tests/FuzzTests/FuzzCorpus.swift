import Files

/// Inputs that are kept: good ones of every kind, and those that once broke something.
///
/// They lie in `Tests/Fixtures/fuzz`, one folder a target, one file an input. Files are only added.
enum FuzzCorpus {
  static let folder: String = {
    let tests = Folder.parent(of: Folder.parent(of: #filePath))
    return "\(tests)/Fixtures/fuzz"
  }()

  static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    let folder = "\(folder)/\(target.rawValue)"
    return try Folder.names(folder).map { ($0, try Folder.contents(of: "\(folder)/\($0)")) }
  }
}
