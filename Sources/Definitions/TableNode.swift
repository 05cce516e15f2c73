import Journey

/// A table while its file is being read.
///
/// TOML lets a table be written in several places, but only in the ways its origin allows; the
/// finished ``DefinitionTable`` no longer knows about that.
final class TableNode {
  enum Origin {
    /// Named only on the way to a deeper `[a.b]`; may still get its own header.
    case implied
    /// Written as `[a]` or as an element of `[[a]]`.
    case header
    /// Made by a dotted key; complete when the table around it is.
    case dotted
    /// Written in braces; complete.
    case inline
  }

  enum Content {
    case value(DefinitionValue)
    case table(TableNode)
    /// The elements of `[[name]]`; never empty.
    case tables([TableNode], last: TableNode)
  }

  var origin: Origin
  var range: SourceRange
  let depth: Int
  private var keys: [DefinitionKey] = []
  private var contents: [String: Content] = [:]

  init(_ origin: Origin, range: SourceRange, depth: Int) {
    self.origin = origin
    self.range = range
    self.depth = depth
  }

  subscript(name: String) -> Content? { contents[name] }

  func add(_ content: Content, for key: DefinitionKey) {
    if contents.updateValue(content, forKey: key.name) == nil { keys.append(key) }
  }

  /// The place where a name was first written.
  func firstKey(_ name: String) -> DefinitionKey? { keys.first { $0.name == name } }

  var finished: DefinitionTable {
    DefinitionTable(
      entries: keys.compactMap { key in
        contents[key.name].map { DefinitionTable.Entry(key: key, value: Self.finish($0)) }
      })
  }

  private static func finish(_ content: Content) -> DefinitionValue {
    switch content {
    case .value(let value):
      value
    case .table(let node):
      DefinitionValue(.table(node.finished), range: node.range)
    case .tables(let nodes, _):
      DefinitionValue(
        .array(nodes.map { DefinitionValue(.table($0.finished), range: $0.range) }),
        range: nodes[0].range)
    }
  }
}
