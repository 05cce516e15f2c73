extension String {
  /// The text as content or quoted attribute of HTML and XML.
  ///
  /// The five markup characters become references. Control characters, which XML 1.0 forbids even as
  /// references, become visible signs, and the two non-characters it forbids a replacement sign.
  public var markupEscaped: String {
    var escaped = ""
    for scalar in withoutControls.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
