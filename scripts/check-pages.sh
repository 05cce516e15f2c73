#!/usr/bin/env bash
# Checks the pages that the program writes with axe-core in a headless Chromium: what it knows of WCAG 2.2 A
# and AA and of best practice. Without a browser, or where axe cannot be fetched, it says so and ends with 0.
#
#   scripts/check-pages.sh BINARY
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tools=$root/.build/check-pages
axe=$tools/axe.min.js

skip() {
  printf 'Pages were not checked: %s\n' "$1"
  exit 0
}

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || skip 'there is no Chromium (Debian: apt-get install chromium).'
command -v python3 > /dev/null || skip 'there is no python3.'
mkdir -p "$tools"
# The wheel holds axe-core as one script; nothing of it is run but that.
if [ ! -s "$axe" ]; then
  python3 -m pip download --quiet --no-deps --dest "$tools" axe-playwright-python==0.1.8 \
    > /dev/null 2>&1 || skip 'axe-core cannot be fetched with pip.'
  python3 - "$tools" << 'PYTHON'
import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/axe_playwright_python-*.whl")[0])
name = next(name for name in wheel.namelist() if name.endswith("axe.min.js"))
open(sys.argv[1] + "/axe.min.js", "wb").write(wheel.read(name))
PYTHON
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/wm.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config
"$binary" simulate --participants 900 --seed 7 --until 2026-10-31 --store net --quiet > /dev/null
mkdir pages
for language in en de; do
  for question in retention-after-job-start time-to-placement retention-point retention-cohorts \
    status-path journey-shapes; do
    "$binary" ask "$question" --on 2026-10-31 --store net --lang $language --quiet \
      --report "pages/$question.$language.html" > /dev/null
  done
  "$binary" ask time-to-placement --by gender --on 2026-10-31 --store net --lang $language --quiet \
    --report "pages/groups.$language.html" > /dev/null
  "$binary" timeline simulated:S-0000098 --on 2026-10-31 --store net --lang $language --quiet \
    -o "pages/timeline.$language.html"
  "$binary" timeline simulated:S-0000098 --on 2026-10-31 --store net --lang $language --quiet \
    --redact -o "pages/redacted.$language.html"
done
"$binary" release publish --by gender,residence-class --on 2026-10-31 --for Ministry --purpose Letter \
  -o table.csv --report pages/release.html --store net --quiet > /dev/null

python3 - "$axe" "$browser" << 'PYTHON'
"""Runs axe in every page: the page's own rule against scripts is taken out of a copy."""
import glob, html, json, os, re, subprocess, sys

axe, browser = open(sys.argv[1], encoding="utf-8").read(), sys.argv[2]
run = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(found => {
    const list = found.violations.map(v => ({
      id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200))}))
    document.title = "axe:" + JSON.stringify({passes: found.passes.length, violations: list})
  })
"""
bad = 0
pages = sorted(glob.glob("pages/*.html"))
for page in pages:
    text = open(page, encoding="utf-8").read()
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    text = text.replace("</body>", f"<script>{axe}</script><script>{run}</script></body>")
    open("copy.html", "w", encoding="utf-8").write(text)
    shown = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1000,1400",
         "--virtual-time-budget=20000", "--dump-dom", f"file://{os.getcwd()}/copy.html"],
        capture_output=True, text=True).stdout
    title = re.search(r"<title>axe:(.*?)</title>", shown, re.S)
    if not title:
        print(f"{page}: axe did not finish")
        bad += 1
        continue
    found = json.loads(html.unescape(title.group(1)))
    if found["passes"] < 10:
        print(f"{page}: axe found next to nothing to check")
        bad += 1
    for violation in found["violations"]:
        bad += 1
        print(f"{page}: {violation['id']}: {violation['help']}")
        for node in violation["nodes"][:3]:
            print(f"    {node}")
print(f"{len(pages)} pages checked, {bad} findings.")
sys.exit(1 if bad else 0)
PYTHON
