internal import Glibc

/// Looks over the raw pages of a data file for such as stand at another page's place.
///
/// LMDB writes into every page its number and never compares it. A page that was written to the
/// wrong place, or an older copy of one, can so stand for a state of the store that is past, and
/// agree with itself in everything. Only for a file that this process has not open: closing it
/// drops LMDB's locks.
public enum PageScan {
  /// The pages, by the place at which they stand, whose number is another one.
  ///
  /// Pages behind the first of a long value hold nothing but its bytes; one counts only where its
  /// head is that of a page in every field.
  ///
  /// - Throws: `missingStore`, `system`.
  public static func misplacedPages(inDirectory path: String) throws(LMDBError) -> [UInt64] {
    let file = path + "/data.mdb"
    let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw code == ENOENT
        ? .missingStore(path: path) : .system(operation: "open", path: file, code: code)
    }
    defer { close(descriptor) }
    let pageSize = Int(getpagesize())
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else {
      throw .system(operation: "fstat", path: file, code: errno)
    }
    let pages = Int(facts.st_size) / pageSize
    let chunk = 256
    var buffer = [UInt8](repeating: 0, count: chunk * pageSize)
    var misplaced: [UInt64] = []
    for first in stride(from: 0, to: pages, by: chunk) {
      let wanted = min(chunk, pages - first) * pageSize
      let read = unsafe buffer.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, wanted, off_t(first * pageSize))
      }
      guard read >= 0 else { throw .system(operation: "pread", path: file, code: errno) }
      for index in 0..<read / pageSize {
        let head = Array(buffer[index * pageSize..<index * pageSize + 16])
        if let number = number(of: head, pages: pages, pageSize: pageSize),
          number != first + index
        {
          misplaced.append(UInt64(first + index))
        }
      }
    }
    return misplaced
  }

  /// The number that a page gives itself; nil for bytes that are no head of a page.
  ///
  /// Layout of the head, in the order of the machine: number u64, padding u16, flags u16, then the
  /// lower and the upper bound of free space, u16 each, or the number of pages of a long value.
  private static func number(of head: [UInt8], pages: Int, pageSize: Int) -> Int? {
    func field(_ at: Int, _ count: Int) -> UInt64 {
      (0..<count).reduce(0) { sum, byte in
        let shift = UInt64(Int.bitWidth == 64 && 1.littleEndian == 1 ? byte : count - 1 - byte)
        return sum | UInt64(head[at + byte]) << (8 * shift)
      }
    }
    let number = field(0, 8)
    let (branch, leaf, long, meta) = (UInt64(1), UInt64(2), UInt64(4), UInt64(8))
    let (lower, upper) = (field(12, 2), field(14, 2))
    guard number < UInt64(pages), field(8, 2) == 0 else { return nil }
    switch field(10, 2) {
    case branch, leaf:
      guard lower >= 16, lower <= upper, upper <= UInt64(pageSize), lower % 2 == 0 else {
        return nil
      }
    case long:
      guard field(12, 4) >= 1, field(12, 4) < UInt64(pages) else { return nil }
    case meta: return number < 2 ? Int(number) : nil
    default: return nil
    }
    return Int(number)
  }
}
