#!/bin/sh
# Checks that forbidden uses do not compile.
#
#   Tests/CompileFail/run.sh MODULE_DIR [swiftc settings …]
#
# MODULE_DIR holds the built .swiftmodule files (.build/debug/Modules). The settings are those of
# the modules' clients, for example: -swift-version 6 -strict-memory-safety
#
# The first line of every snippet says what is expected:
#   // expect-error: TEXT     compiling fails, and TEXT stands in an error
#   // expect-success         compiling succeeds (the control of a folder)
#
# Lifetime errors appear only when SIL is made, so -typecheck would not do.
set -u

if [ $# -lt 1 ] || [ ! -d "$1" ]; then
  echo "usage: $0 MODULE_DIR [swiftc settings ...]" >&2
  exit 64
fi
modules=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
output=$(mktemp)
trap 'rm -f "$output"' EXIT
passed=0
failed=0

complain() {
  failed=$((failed + 1))
  echo "FAILED ${snippet#"$here"/}: $1"
  sed 's/^/    /' "$output"
}

for snippet in "$here"/*/*.swift; do
  [ -e "$snippet" ] || continue
  first=$(head -n 1 "$snippet")
  "${SWIFTC:-swiftc}" -emit-sil -o /dev/null -parse-as-library -I "$modules" "$@" "$snippet" \
    >"$output" 2>&1
  status=$?
  case $first in
    "// expect-success")
      if [ $status -eq 0 ]; then passed=$((passed + 1)); else complain "did not compile"; fi
      ;;
    "// expect-error: "?*)
      expected=${first#"// expect-error: "}
      if [ $status -eq 0 ]; then
        complain "compiled"
      elif grep "error: " "$output" | grep -qF -- "$expected"; then
        passed=$((passed + 1))
      else
        complain "failed with other text than: $expected"
      fi
      ;;
    *)
      : >"$output"
      complain "its first line expects nothing"
      ;;
  esac
done

echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
