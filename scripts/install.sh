#!/usr/bin/env bash
# Puts the program, its man pages and the completions of the shells in place.
#
#   scripts/install.sh BINARY PREFIX
set -euo pipefail

binary=$1
prefix=$2
share=$prefix/share
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

install -d "$prefix/bin"
install -m 755 "$binary" "$prefix/bin/wegmarke"
for place in bash:bash-completion/completions/wegmarke zsh:zsh/site-functions/_wegmarke \
  fish:fish/vendor_completions.d/wegmarke.fish; do
  file=$share/${place#*:}
  install -d "$(dirname "$file")"
  "$binary" completions "${place%%:*}" > "$pages/completions"
  install -m 644 "$pages/completions" "$file"
done
# The program writes for one user; what is installed is for all.
"$binary" manual --lang en --man "$pages/en"
"$binary" manual --lang de --man "$pages/de"
install -d "$share/man/man1" "$share/man/de/man1"
install -m 644 "$pages"/en/* "$share/man/man1/"
install -m 644 "$pages"/de/* "$share/man/de/man1/"
printf '%s\n' "$prefix/bin/wegmarke"
