import Disclosure

/// A file that says which code belongs to which.
struct HierarchyFile {
  /// The links of each dimension, in the order of the file.
  let links: [String: [Hierarchy.Link]]

  init(path: String) throws {
    let table = try EstimateTable(path: path, wanted: nil, conditions: [])
    let columns = try ["dimension", "code", "parent"].map { try table.texts($0) }
    var links: [String: [Hierarchy.Link]] = [:]
    for row in 0..<table.count {
      let parent = columns[2][row]
      links[columns[0][row], default: []].append(
        Hierarchy.Link(columns[1][row], in: parent.isEmpty ? nil : parent))
    }
    self.links = links
  }
}
