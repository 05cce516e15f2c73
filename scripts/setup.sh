#!/usr/bin/env bash
# Installs what the build needs and this machine lacks; does nothing, quickly, when nothing is missing.
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
  say "the command 'swift' was not found."
  say "Install Swift 6.3 or newer from https://www.swift.org/install/linux/ and put its"
  say "usr/bin folder on PATH, then run the same command again."
  exit 69
fi

missing=()
command -v pkg-config >/dev/null 2>&1 || missing+=(pkg-config)
# Without pkg-config its answer about lmdb cannot be asked for: install both, apt skips what is there.
pkg-config --exists lmdb 2>/dev/null || missing+=(liblmdb-dev)
# The solvers' headers are read from their folder, without pkg-config.
[ -e /usr/include/coin/Clp_C_Interface.h ] || missing+=(coinor-libclp-dev)
[ -e /usr/include/coin/Cbc_C_Interface.h ] || missing+=(coinor-libcbc-dev)
[ "${#missing[@]}" -eq 0 ] && exit 0

by_hand="apt-get update && apt-get install --yes ${missing[*]}"

if ! command -v apt-get >/dev/null 2>&1; then
  say "missing: ${missing[*]} (names of the Debian packages), and there is no apt-get here."
  say "Install the LMDB library and COIN-OR CLP and CBC with their headers, and pkg-config, then run"
  say "the same command again."
  exit 69
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  # With a terminal sudo may ask for a password; without one it must not hang waiting for it.
  if command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }
  then
    as_root=(sudo)
  else
    say "missing: ${missing[*]}. Installing needs root, and sudo does not work for $(id -un)."
    say "Ask an administrator to run:  $by_hand"
    say "Then run the same command again."
    exit 77
  fi
fi

say "installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Runs apt-get as root without questions, and shows what it said only when it failed.
apt() {
  ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1
}

# A list of packages that cannot be refreshed may still be good enough to install from.
apt update || say "'apt-get update' failed; trying to install from the lists that are here"
if ! apt install --yes --no-install-recommends "${missing[@]}" || ! pkg-config --exists lmdb; then
  cat "$log" >&2
  say "could not install ${missing[*]}. Look at the message above, then run as root:"
  say "  $by_hand"
  exit 69
fi
