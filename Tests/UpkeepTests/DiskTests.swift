import Files
import Testing
import Upkeep

@Suite("Disk watermarks")
struct DiskWatermarksTests {
  @Test(
    "read shares and amounts",
    arguments: [
      ("20%", DiskWatermarks.Mark.share(0.2, atMost: .max)), ("0", .bytes(0)),
      ("500MB", .bytes(500_000_000)), ("2gb", .bytes(2_000_000_000)), ("1.5kB", .bytes(1500)),
      ("4096", .bytes(4096)), ("0%", .share(0, atMost: .max)),
    ])
  func read(text: String, mark: DiskWatermarks.Mark) {
    #expect(DiskWatermarks.Mark(text) == mark)
  }

  @Test(
    "refuse what is no amount", arguments: ["", "%", "-1", "101%", "5 apples", "MB", "nan", "inf"])
  func refused(text: String) { #expect(DiskWatermarks.Mark(text) == nil) }

  @Test("warn at 20 % and stop at 5 %, on a large disk at 50 GB and 5 GB")
  func verdicts() {
    let marks = DiskWatermarks()
    func verdict(_ total: UInt64, _ free: UInt64) -> DiskWatermarks.Verdict {
      marks.verdict(DiskSpace(total: total, free: free))
    }
    #expect(verdict(100_000, 20_000) == .roomy && verdict(100_000, 19_999) == .low)
    #expect(verdict(100_000, 5_000) == .low && verdict(100_000, 4_999) == .full)
    let large: UInt64 = 10_000_000_000_000
    #expect(verdict(large, 50_000_000_000) == .roomy && verdict(large, 49_999_999_999) == .low)
    #expect(verdict(large, 5_000_000_000) == .low && verdict(large, 4_999_999_999) == .full)
    var others = DiskWatermarks()
    others.stop = .bytes(0)
    #expect(others.verdict(DiskSpace(total: 100, free: 0)) == .low)
  }
}

@Suite("The ballast")
struct BallastTests {
  @Test("takes disk, is given away when there is too little, and comes back")
  func life() throws {
    let folder = try Folder.temporary("wegmarke-test")
    defer { try? Folder.remove(folder) }
    let ballast = Ballast(store: folder)
    var marks = DiskWatermarks()
    marks.stop = .bytes(0)
    #expect(ballast.bytes == 0)
    #expect(try !ballast.spend(ifFreeBelow: .max))
    #expect(try ballast.renew(bytes: 3 << 20, watermarks: marks))
    #expect(ballast.bytes == 3 << 20)
    // A larger store needs more, a smaller wish changes nothing.
    #expect(try ballast.renew(bytes: 4 << 20, watermarks: marks) && ballast.bytes == 4 << 20)
    #expect(try ballast.renew(bytes: 1 << 20, watermarks: marks) && ballast.bytes == 4 << 20)
    #expect(try !ballast.spend(ifFreeBelow: 0) && ballast.bytes == 4 << 20)
    #expect(try ballast.spend(ifFreeBelow: .max) && ballast.bytes == 0)
    #expect(try Folder.names(folder).isEmpty)
    // It never takes what the watermark wants free.
    marks.stop = .bytes(.max / 4)
    #expect(try !ballast.renew(bytes: 1 << 20, watermarks: marks) && ballast.bytes == 0)
    marks.stop = .bytes(0)
    #expect(try ballast.renew(bytes: 1 << 20, watermarks: marks))
    #expect(try ballast.renew(bytes: 0, watermarks: marks) && ballast.bytes == 0)
  }
}
