#!/usr/bin/env bash
# Runs the tests under the address sanitizer (with the leak sanitizer) and the thread sanitizer, in
# build folders of their own. The toolchain has no sanitizer of undefined behaviour on Linux.
#
#   scripts/sanitize.sh [address] [thread]
#
# Left out, because what they watch happens in other processes than the sanitized one, or depends on
# how the process lies in memory: tests that start the program (CommandTests), that preload a library
# (FaultTests) or limit memory, those of the house's rules, and the senders that kill themselves.
# In the thread lane also the long comparisons that run on one thread.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lanes=("$@")
[ ${#lanes[@]} -gt 0 ] || lanes=(address thread)
always='CommandTests|FaultTests|HouseRulesTests|AccuracyTests|RepetitionTests'
failed=()

for lane in "${lanes[@]}"; do
  skip=$always
  case $lane in
    address)
      export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0
      # The Swift runtime keeps what it made once.
      export LSAN_OPTIONS=suppressions=scripts/leaks.txt:print_suppressions=0
      ;;
    thread)
      export TSAN_OPTIONS=halt_on_error=0:suppressions=scripts/races.txt
      skip="$skip|StatisticsTests|PresentationTests|DefinitionsTests|InterchangeTests|FuzzTests"
      ;;
    *) echo "no lane $lane: address or thread" >&2; exit 64 ;;
  esac
  build=.build-$lane
  printf -- '--- %s\n' "$lane"
  swift build --build-path "$build" --sanitize "$lane" --build-tests
  # Sanitized code is several times slower: fewer seeds, rounds and events.
  WEGMARKE_MODEL_SEEDS=${WEGMARKE_MODEL_SEEDS:-60} WEGMARKE_FUZZ_ROUNDS=${WEGMARKE_FUZZ_ROUNDS:-200} \
    WEGMARKE_ORDERING_EVENTS=${WEGMARKE_ORDERING_EVENTS:-64000} SWIFT_BACKTRACE=enable=no \
    swift test --build-path "$build" --sanitize "$lane" --skip-build --disable-xctest \
    --skip "$skip" || failed+=("$lane")
done

[ ${#failed[@]} -eq 0 ] || { printf -- '--- failed: %s\n' "${failed[*]}"; exit 1; }
