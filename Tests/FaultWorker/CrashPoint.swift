/// One moment at which the power may go, with the images it may leave.
struct CrashPoint {
  /// The kinds of images, as `docs/reliability.md` names them.
  enum Kind: String, CaseIterable {
    case none, all
    case onlyLast = "only the last"
    case dropOne = "all but one"
    case namesOnly = "names only"
    case bytesOnly = "bytes only"
    case torn
    case random
  }

  static let sector = 512

  /// Every image of a moment, each once.
  static func images(
    of pending: [Change], randoms: Int, _ generator: inout Mixer
  ) -> [(kind: Kind, survivors: [Disk.Survivor])] {
    var images: [(kind: Kind, survivors: [Disk.Survivor])] = []
    var seen: Set<[Disk.Survivor]> = []
    func add(_ kind: Kind, _ survivors: [Disk.Survivor]) {
      if seen.insert(survivors).inserted { images.append((kind, survivors)) }
    }
    let whole = pending.indices.map { Disk.Survivor(change: $0, ranges: nil) }
    add(.none, [])
    add(.all, whole)
    guard let last = whole.last else { return images }
    add(.onlyLast, [last])
    for index in whole.indices { add(.dropOne, whole.filter { $0.change != index }) }
    add(.namesOnly, whole.filter { pending[$0.change].isName })
    add(.bytesOnly, whole.filter { !pending[$0.change].isName })
    if case .data(_, let offset, let bytes, false) = pending[last.change] {
      for cut in sectors(offset, bytes.count).dropLast().map(\.upperBound) {
        // Of a long write every sector near its beginning, then one a page.
        if cut > 8192, (offset + cut) % 4096 != 0 { continue }
        add(.torn, whole.dropLast() + [.init(change: last.change, ranges: [0..<cut])])
      }
    }
    for _ in 0..<randoms {
      add(.random, whole.compactMap { random($0, pending[$0.change], &generator) })
    }
    return images
  }

  /// A change of which any sectors survived, or, where it cannot be torn, all or nothing.
  private static func random(
    _ survivor: Disk.Survivor, _ change: Change, _ generator: inout Mixer
  ) -> Disk.Survivor? {
    guard case .data(_, let offset, let bytes, false) = change else {
      return generator.next() & 1 == 0 ? survivor : nil
    }
    let ranges = sectors(offset, bytes.count).filter { _ in generator.next() & 1 == 0 }
    return ranges.isEmpty ? nil : .init(change: survivor.change, ranges: ranges)
  }

  /// The parts of a write that lie in different sectors of the file.
  private static func sectors(_ offset: Int, _ count: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var at = 0
    while at < count {
      let end = min(count, at + sector - (offset + at) % sector)
      parts.append(at..<end)
      at = end
    }
    return parts
  }
}

/// Random numbers that depend on the seed alone (SplitMix64).
struct Mixer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
