#!/usr/bin/env bash
# Puts the program, its man pages and the completions of the shells in place.
#
#   scripts/install.sh BINARY PREFIX
set -euo pipefail

binary=$1
prefix=$2
share=$prefix/share

install -d "$prefix/bin"
install -m 755 "$binary" "$prefix/bin/wegmarke"
for place in bash:bash-completion/completions/wegmarke zsh:zsh/site-functions/_wegmarke \
  fish:fish/vendor_completions.d/wegmarke.fish; do
  file=$share/${place#*:}
  install -d "$(dirname "$file")"
  "$binary" completions "${place%%:*}" > "$file"
done
"$binary" manual --lang en --man "$share/man/man1"
"$binary" manual --lang de --man "$share/man/de/man1"
printf '%s\n' "$prefix/bin/wegmarke"
