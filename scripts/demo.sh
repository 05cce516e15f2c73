#!/usr/bin/env bash
# Shows the main job on made-up data, and on the real reference journeys where they are there.
# Everything happens in a temporary folder that is removed at the end; only the charts are kept.
#
#   scripts/demo.sh [BINARY]      BINARY defaults to $WEGMARKE_BINARY, then to the one on PATH
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=${1:-${WEGMARKE_BINARY:-wegmarke}}
reference=$root/../shared/reference/mvad
charts=$root/.build/demo
# Somebody with a job, an end of it, and a time out of reach.
person=wir-sim:S-0000098
case $binary in
  */*) binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary") ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/wm.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
# Stores and their keys lie in the user's folders: keep the demo's out of them.
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config
# Tables fit into 80 columns, also in a pipe.
export COLUMNS=80

# Prints a command as the reader would type it, in lines that fit, then runs it.
step() {
  local line='$ wegmarke' word
  printf '\n'
  for word in "$@"; do
    if [ $((${#line} + ${#word})) -gt 76 ]; then
      printf '%s \\\n' "$line"
      line='   '
    fi
    line+=" $word"
  done
  printf '%s\n' "$line"
  "$binary" "$@"
}

title() { printf '\n=== %s ===\n' "$1"; }

title 'A simulated network: made-up people, made-up journeys'
step simulate --participants 400 --seed 7 -o net
step init
step import net/participants.csv net/events.csv --mapping wir-simulated \
  --dry-run --messages 0
step import net/participants.csv net/events.csv --mapping wir-simulated \
  --messages 0
step participants list --limit 5
step timeline "$person"
step ask retention-after-job-start --gap 2mo --chart retention.svg

if [ -d "$reference" ]; then
  title 'Real journeys: 712 young people, six years of months'
  cp "$reference/input_persons.csv" "$reference/input_state_changes.csv" .
  step init --store mvad
  step import input_persons.csv input_state_changes.csv --mapping mvad \
    --store mvad
  step ask retention-after-job-start --gap 2mo --rule B --store mvad
  step ask time-to-first-job --by gcse5eq --chart first-job.svg --store mvad
fi

mkdir -p "$charts"
cp ./*.svg "$charts"/
title 'The charts'
for chart in *.svg; do
  printf '%s\n' "$charts/$chart"
done
