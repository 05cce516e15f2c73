import Glibc

// The tests of faults start this program, because what it opens may end it.

let arguments = CommandLine.arguments
let words = Words(arguments.dropFirst(2))
do {
  switch arguments.dropFirst().first {
  case "crash": try CrashMatrix(words).run()
  case "group": try GroupCommit(words).run()
  case "erase": try Erasing(words).run()
  case "inspect": try inspect(StoreImage(folder: words.text("folder")))
  case "damage": try DamageRun(words).run()
  case "full": try FullDisk(words).run()
  default:
    say("tasks: crash, group, erase, inspect, damage, full")
    exit(64)
  }
} catch {
  say("failed \(error)")
  exit(1)
}
