/// What the files of the checkout may not contain or must agree on, whatever language they are in.
enum CheckoutRules {
  /// Texts that are true on one machine or one network only.
  ///
  /// They are put together from pieces, so that this file does not contain what it forbids.
  static let local: [(text: String, message: String)] =
    ["home", "root", "Users", "work", "opt"].map { folder in
      ("/\(folder)/", "a path below /\(folder) exists on one machine only")
    }
    + [
      ["pypi", "org"], ["pythonhosted", "org"], ["npmjs", "org"], ["crates", "io"],
      ["deb.debian", "org"], ["proxy.golang", "org"], ["jfrog", "io"],
    ].map { parts in
      let host = parts.joined(separator: ".")
      return (host, "\(host) is a package registry; leave the choice to the machine")
    }

  /// Paths of one machine and hosts of package registries in a text file.
  ///
  /// A path counts where it begins, not inside a longer one. A file with a zero byte is no text.
  static func localPlaces(in bytes: [UInt8], path: String) -> [Finding] {
    guard !bytes.contains(0) else { return [] }
    var candidates = [[(text: String, message: String)]](repeating: [], count: 256)
    for place in local { candidates[Int(place.text.utf8.first ?? 0)].append(place) }
    var findings: [Finding] = []
    var line = 1
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") { line += 1 }
      for place in candidates[Int(byte)] where bytes[index...].starts(with: place.text.utf8) {
        if byte == UInt8(ascii: "/") && index > 0 && continuesPath(bytes[index - 1]) { continue }
        findings.append(Finding(path: path, line: line, message: place.message))
      }
    }
    return findings
  }

  /// A definition file whose name differs from the name it gives itself.
  static func definitionName(of text: String, path: String) -> [Finding] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let name = lines.enumerated().lazy.compactMap { number, line in
      line.wholeMatch(of: /\s*name\s*=\s*"([^"]*)"\s*(?:#.*)?/).map { (number + 1, $0.output.1) }
    }.first
    let fileName = path.split(separator: "/").last?.dropLast(".toml".count) ?? ""
    guard let (line, given) = name else {
      return [Finding(path: path, line: 1, message: "no name; expected name = \"\(fileName)\"")]
    }
    return given == fileName
      ? [] : [Finding(path: path, line: line, message: "calls itself \(given), not \(fileName)")]
  }

  private static func continuesPath(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: [".", "_", "-", "~", "}", ")", "*"].contains(Character(Unicode.Scalar(byte)))
    }
  }
}
