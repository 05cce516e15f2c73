#!/usr/bin/env bash
# Shows the main job on made-up data, and on the real reference journeys where they are there.
# Everything happens in a temporary folder that is removed at the end.
#
#   scripts/demo.sh [BINARY]      BINARY defaults to $WEGMARKE_BINARY, then to the one on PATH
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=${1:-${WEGMARKE_BINARY:-wegmarke}}
reference=$root/../shared/reference/mvad

work=$(mktemp -d "${TMPDIR:-/tmp}/wegmarke-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
# The root key of a store lies in the user's configuration folder: keep the demo's out of it.
export XDG_CONFIG_HOME=$work/configuration

# Prints a command as the reader would type it, then runs it.
step() {
  printf '\n$ wegmarke'
  printf ' %s' "${@//$work\//}"
  printf '\n'
  "$binary" "$@"
}

# The first participant code of a store.
first_participant() {
  "$binary" --store "$1" participants list --format csv | awk -F, 'NR == 2 { print $1; exit }'
}

title() { printf '\n=== %s ===\n' "$1"; }

title 'A simulated network: made-up people, made-up journeys'
step simulate --participants 400 --seed 7 -o "$work/network"
step init "$work/store"
step --store "$work/store" import "$work"/network/*.csv --mapping simulated-network
step --store "$work/store" timeline "$(first_participant "$work/store")"
step --store "$work/store" ask retention-after-job-start --gap 2mo --rule B

if [ -d "$reference" ]; then
  title 'Real journeys: 712 young people, six years (McVicar and Anyadike-Danes 2002)'
  step init "$work/mvad"
  step --store "$work/mvad" import "$reference/input_persons.csv" \
    "$reference/input_state_changes.csv" --mapping mvad
  step --store "$work/mvad" timeline "$(first_participant "$work/mvad")"
  step --store "$work/mvad" ask retention-after-job-start --gap 2mo --rule B
  step --store "$work/mvad" ask time-to-first-job --by gcse5eq
fi
