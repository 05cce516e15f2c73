/// Gauss elimination: prints cells as long as no protected object follows from printed ones.
///
/// Written from the description of Langsrud, "Secondary cell suppression by Gaussian elimination"
/// (2024, doi:10.1007/978-3-031-69651-0_6). Afterwards no object is a sum of multiples of printed
/// cells. That says nothing about bounds, which is what the audit is for.
struct Elimination {
  /// A printed cell with the earlier ones taken out, and the class that it takes out of later ones.
  private struct Pivot {
    let vector: ModularVector
    let place: Int
    let inverse: UInt64
  }

  private var pivots: [Pivot] = []
  /// The number of the pivot of a class.
  private var pivotOfClass: [Int?]
  private var objects: [ModularVector]
  /// How many objects point in each direction.
  private var directions: [ModularVector: Int] = [:]
  /// How many objects have an entry in each class.
  private var uses: [Int]

  /// Nothing is printed yet.
  init(objects: [[Int]], classCount: Int) {
    pivotOfClass = [Int?](repeating: nil, count: classCount)
    uses = [Int](repeating: 0, count: classCount)
    self.objects = objects.map { ModularVector(ones: $0) }
    for object in self.objects { directions[object.normalised, default: 0] += 1 }
    for place in objects.joined() { uses[place] += 1 }
  }

  /// Prints a cell given by its classes, unless an object would then follow; says whether it did.
  mutating func print(_ classes: [Int]) -> Bool {
    var vector = ModularVector(ones: classes)
    reduce(&vector)
    guard !vector.isZero else { return true }
    guard directions[vector.normalised] == nil else { return false }
    // The class that the fewest objects use keeps the objects short.
    guard let place = vector.places.min(by: { (uses[$0], $0) < (uses[$1], $1) }) else {
      return true
    }
    let pivot = Pivot(vector: vector, place: place, inverse: Modular.inverse(vector[place]))
    pivotOfClass[place] = pivots.count
    pivots.append(pivot)
    if uses[place] > 0 { removeFromObjects(pivot) }
    return true
  }

  /// The first object that would follow if a cell were printed, by its number; nil for none.
  func follower(of classes: [Int]) -> Int? {
    var vector = ModularVector(ones: classes)
    reduce(&vector)
    guard !vector.isZero else { return nil }
    let direction = vector.normalised
    guard directions[direction] != nil else { return nil }
    return objects.firstIndex { !$0.isZero && $0.normalised == direction }
  }

  /// Takes every printed cell out of a vector, in the order in which they were printed.
  private func reduce(_ vector: inout ModularVector) {
    while let next = vector.places.compactMap({ pivotOfClass[$0] }).min() {
      let pivot = pivots[next]
      let factor = Modular.multiply(vector[pivot.place], pivot.inverse)
      vector.subtract(pivot.vector, times: factor)
    }
  }

  private mutating func removeFromObjects(_ pivot: Pivot) {
    for index in objects.indices {
      let entry = objects[index][pivot.place]
      guard entry != 0 else { continue }
      let before = objects[index].normalised
      if directions[before] == 1 { directions[before] = nil } else { directions[before]? -= 1 }
      for place in objects[index].places { uses[place] -= 1 }
      objects[index].subtract(pivot.vector, times: Modular.multiply(entry, pivot.inverse))
      for place in objects[index].places { uses[place] += 1 }
      directions[objects[index].normalised, default: 0] += 1
    }
  }
}
