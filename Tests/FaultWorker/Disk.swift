import Files

/// A file or folder of the model, whatever names lead to it.
typealias Node = Int

/// One change that the device may or may not hold until it is flushed.
enum Change {
  case data(Node, offset: Int, bytes: [UInt8], isSynchronous: Bool)
  case length(Node, Int)
  /// A name comes to stand for a node, and another name may go at the same time.
  case enter(parent: Node, name: String, node: Node, leaving: (parent: Node, name: String)?)
  case leave(parent: Node, name: String)

  /// Whether it changes a folder rather than the bytes of a file.
  var isName: Bool {
    switch self {
    case .data, .length: false
    case .enter, .leave: true
    }
  }

  func belongs(to node: Node) -> Bool {
    switch self {
    case .data(let changed, _, _, _), .length(let changed, _): changed == node
    case .enter(let parent, _, _, let old): parent == node || old?.parent == node
    case .leave(let parent, _): parent == node
    }
  }
}

/// A disk as a careful pessimist sees it: what is certainly on it, and what may be.
///
/// A write lasts when its file was flushed after it, or when it went through a synchronous
/// descriptor; a name lasts when its folder was flushed. Flushing a file says nothing about its name.
struct Disk {
  /// Which part of a pending change reached the device: all of it, or some ranges of its bytes.
  struct Survivor: Hashable {
    var change: Int
    var ranges: [Range<Int>]?
  }

  private final class Content {
    var bytes: [UInt8] = []
  }

  private(set) var pending: [Change] = []
  /// Grows with everything that comes to last.
  private(set) var version = 0
  private var contents: [Node: Content] = [:]
  private var folders: [Node: [String: Node]] = [0: [:]]
  private var nodes: [UInt64: Node]
  private var nextNode = 1
  /// Parts of paths whose flushes are ignored: a program that forgot them.
  private let forgetting: [String]

  init(root: UInt64, forgetting: [String] = []) {
    nodes = [root: 0]
    self.forgetting = forgetting
  }

  /// Takes in what a program did next; what it said and its end change nothing.
  mutating func take(_ entry: Trace.Entry) {
    switch entry.operation {
    case .say, .exit: return
    case .write:
      guard let node = nodes[entry.inode] else { return }
      pending.append(
        .data(
          node, offset: entry.offset, bytes: entry.bytes, isSynchronous: entry.isSynchronous))
    case .truncate:
      if let node = nodes[entry.inode] { pending.append(.length(node, entry.offset)) }
    case .create, .makeFolder:
      guard let parent = nodes[entry.parent] else { return }
      let node = nextNode
      nextNode += 1
      nodes[entry.inode] = node
      if entry.operation == .makeFolder {
        folders[node] = [:]
      } else {
        contents[node] = Content()
      }
      pending.append(.enter(parent: parent, name: entry.name, node: node, leaving: nil))
    case .rename, .link:
      guard let node = nodes[entry.inode], let parent = nodes[entry.parent] else { return }
      if entry.operation == .link {
        pending.append(.enter(parent: parent, name: entry.name, node: node, leaving: nil))
      } else if let target = nodes[entry.otherParent] {
        pending.append(
          .enter(parent: target, name: entry.otherName, node: node, leaving: (parent, entry.name)))
      }
    case .unlink:
      if let parent = nodes[entry.parent] {
        pending.append(.leave(parent: parent, name: entry.name))
      }
    case .sync:
      guard let node = nodes[entry.inode],
        !forgetting.contains(where: { entry.name.contains($0) })
      else { return }
      settle { $0.belongs(to: node) }
    }
  }

  /// What a synchronous write did is on the device once the call has returned.
  mutating func settleSynchronousWrites() {
    settle { if case .data(_, _, _, true) = $0 { true } else { false } }
  }

  private mutating func settle(where lasts: (Change) -> Bool) {
    let before = pending.count
    pending.removeAll { change in
      guard lasts(change) else { return false }
      switch change {
      case .data(let node, let offset, let bytes, _):
        guard let content = contents[node] else { return true }
        let end = offset + bytes.count
        if content.bytes.count < end {
          content.bytes += [UInt8](repeating: 0, count: end - content.bytes.count)
        }
        content.bytes.replaceSubrange(offset..<end, with: bytes)
      case .length(let node, let length):
        guard let content = contents[node] else { return true }
        if content.bytes.count > length {
          content.bytes.removeLast(content.bytes.count - length)
        } else {
          content.bytes += [UInt8](repeating: 0, count: length - content.bytes.count)
        }
      case .enter, .leave: Disk.apply(change, to: &folders)
      }
      return true
    }
    if pending.count != before { version += 1 }
  }

  private static func apply(_ change: Change, to folders: inout [Node: [String: Node]]) {
    switch change {
    case .data, .length: return
    case .enter(let parent, let name, let node, let old):
      if let old { folders[old.parent]?[old.name] = nil }
      folders[parent]?[name] = node
    case .leave(let parent, let name): folders[parent]?[name] = nil
    }
  }

  /// Writes what the device may hold after the power went into an empty folder.
  func write(_ survivors: [Survivor], to path: String) throws {
    var folders = folders
    var data: [Node: [(Change, [Range<Int>]?)]] = [:]
    for survivor in survivors {
      let change = pending[survivor.change]
      switch change {
      case .data(let node, _, _, _), .length(let node, _):
        data[node, default: []].append((change, survivor.ranges))
      case .enter, .leave: Disk.apply(change, to: &folders)
      }
    }
    func lay(_ folder: Node, _ path: String) throws {
      for (name, node) in folders[folder] ?? [:] where name != "lock.mdb" {
        if folders[node] != nil {
          try Folder.create("\(path)/\(name)")
          try lay(node, "\(path)/\(name)")
        } else {
          try write(file: node, data[node] ?? [], "\(path)/\(name)")
        }
      }
    }
    try lay(0, path)
  }

  private func write(
    file node: Node, _ changes: [(Change, [Range<Int>]?)], _ path: String
  ) throws {
    let file = try File(path, .createNew)
    if let bytes = contents[node]?.bytes { try file.write(bytes.span, at: 0) }
    for (change, ranges) in changes {
      switch change {
      case .data(_, let offset, let bytes, _):
        for range in ranges ?? [0..<bytes.count] {
          try file.write(bytes.span.extracting(range), at: offset + range.lowerBound)
        }
      case .length(_, let length): try file.truncate(to: length)
      case .enter, .leave: continue
      }
    }
  }
}
