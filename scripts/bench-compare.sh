#!/usr/bin/env bash
# Builds the program of another commit and asks both the same questions, in turn.
# Usage: scripts/bench-compare.sh BENCHMARKS COMMIT [ARGUMENTS OF BENCHMARKS]
set -euo pipefail

benchmarks=$1
base=$2
shift 2
commit=$(git rev-parse --verify --quiet "$base^{commit}") || {
  echo "There is no commit $base. Say which: make bench-compare BASE=main~5" >&2
  exit 64
}
folder=$(mktemp -d)
trap 'git worktree remove --force "$folder/base" 2>/dev/null || true; rm -rf "$folder"' EXIT
git worktree add --quiet --detach "$folder/base" "$commit"
echo "… building $base (some minutes)" >&2
(cd "$folder/base" && swift build --configuration release --static-swift-stdlib --product wegmarke >&2)
program=$(cd "$folder/base" && swift build --configuration release --static-swift-stdlib --show-bin-path)
"$benchmarks" --only compare --base "$program/wegmarke" --no-peers "$@"
