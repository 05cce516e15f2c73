/// The categories of one dimension of a table, as a tree under its total.
///
/// Categories are numbered from the total (0) downwards, each before its children and in the order
/// in which they were stated, so that equal statements give equal numbers.
public struct Hierarchy: Equatable, Sendable {
  /// The name of the dimension, as the table's header writes it.
  public let name: String
  /// The code of each category; the first is the total's.
  public let codes: [String]
  /// The category above each one, nil for the total.
  public let parents: [Int?]
  /// The categories right below each one.
  public let children: [[Int]]
  /// The categories that have none below them.
  public let leaves: [Int]
  /// Which of ``leaves`` lie below each category, or are it.
  public let leavesBelow: [Range<Int>]
  private let numbers: [String: Int]

  /// A category and the one that it belongs to.
  public struct Link: Equatable, Sendable {
    /// The category's code.
    public var code: String
    /// The code above it, nil for the total.
    public var parent: String?

    /// A category below another, or right below the total.
    public init(_ code: String, in parent: String? = nil) {
      self.code = code
      self.parent = parent
    }
  }

  /// A total with the categories below it.
  ///
  /// - Parameters:
  ///   - name: the dimension's name.
  ///   - total: the total's code.
  ///   - links: every category once, in any order; a parent that is nil or the total's code means
  ///     right below the total.
  /// - Throws: ``HierarchyError`` when a parent is missing, a code stands twice, categories go
  ///   round in a circle, or there are none.
  public init(name: String, total: String, links: [Link]) throws(HierarchyError) {
    guard !links.isEmpty else { throw .empty(dimension: name) }
    var below: [String: [String]] = [:]
    var known: Set<String> = [total]
    for link in links where !known.insert(link.code).inserted {
      throw .repeatedCode(link.code, dimension: name)
    }
    for link in links {
      let parent = link.parent ?? total
      guard known.contains(parent) else {
        throw .missingParent(parent, of: link.code, dimension: name)
      }
      below[parent, default: []].append(link.code)
    }
    var tree = Tree()
    tree.visit(total, below: nil, in: below)
    if tree.codes.count < known.count {
      let reached = Set(tree.codes)
      let parents = Dictionary(uniqueKeysWithValues: links.map { ($0.code, $0.parent ?? total) })
      let start = links.first { !reached.contains($0.code) }?.code ?? total
      throw .cycle(Self.circle(from: start, parents: parents), dimension: name)
    }
    self.name = name
    (codes, parents, children) = (tree.codes, tree.parents, tree.children)
    (leaves, leavesBelow) = (tree.leaves, tree.leavesBelow)
    numbers = Dictionary(uniqueKeysWithValues: zip(tree.codes, 0...))
  }

  /// Categories right below their total.
  public init(name: String, total: String, categories: [String]) throws(HierarchyError) {
    try self.init(name: name, total: total, links: categories.map { Link($0) })
  }

  /// The number of a category, or nil when there is no such code.
  public func number(of code: String) -> Int? { numbers[code] }

  /// Follows parents until a code comes back.
  private static func circle(from start: String, parents: [String: String]) -> [String] {
    var path = [start]
    while let next = parents[path[path.count - 1]] {
      if let first = path.firstIndex(of: next) { return path[first...] + [next] }
      path.append(next)
    }
    return path
  }

  /// The tree as it is walked through, depth first.
  private struct Tree {
    var codes: [String] = []
    var parents: [Int?] = []
    var children: [[Int]] = []
    var leaves: [Int] = []
    var leavesBelow: [Range<Int>] = []

    mutating func visit(_ code: String, below parent: Int?, in below: [String: [String]]) {
      let number = codes.count
      codes.append(code)
      parents.append(parent)
      children.append([])
      leavesBelow.append(leaves.count..<leaves.count)
      let next = below[code] ?? []
      if next.isEmpty { leaves.append(number) }
      for child in next {
        children[number].append(codes.count)
        visit(child, below: number, in: below)
      }
      leavesBelow[number] = leavesBelow[number].lowerBound..<leaves.count
    }
  }
}

/// What is wrong with a hierarchy.
public enum HierarchyError: Error, Equatable, Sendable {
  /// The dimension has no categories.
  case empty(dimension: String)
  /// A code stands twice, or is the total's too.
  case repeatedCode(String, dimension: String)
  /// A category belongs to one that is not there.
  case missingParent(String, of: String, dimension: String)
  /// Categories that belong to one another; the first is named again at the end.
  case cycle([String], dimension: String)
}

extension HierarchyError: CustomStringConvertible {
  /// What is wrong, in plain English.
  public var description: String {
    switch self {
    case .empty(let dimension): "\(dimension) has no categories"
    case .repeatedCode(let code, let dimension): "\(dimension): \(code) stands twice"
    case .missingParent(let parent, let code, let dimension):
      "\(dimension): \(code) belongs to \(parent), which is not there"
    case .cycle(let codes, let dimension):
      "\(dimension): these belong to one another: \(codes.joined(separator: " → "))"
    }
  }
}
