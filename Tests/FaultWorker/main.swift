import Glibc

// The tests of faults start this program, because what it opens may end it.

let arguments = CommandLine.arguments
let words = Words(arguments.dropFirst(2))
do {
  switch arguments.dropFirst().first {
  case "crash": try CrashMatrix(words).run()
  case "group": try GroupCommit(words).run()
  default:
    say("tasks: crash, group")
    exit(64)
  }
} catch {
  say("failed \(error)")
  exit(1)
}
