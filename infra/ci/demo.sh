#!/usr/bin/env bash
# The demo on a nation of $1 persons: fails unless every labelled duplicate was found and no other, and a transfer completed.
set -euo pipefail
result=$(mktemp)
trap 'rm -f "$result"' EXIT
npm run --silent demo -- --persons "$1" --json >"$result"
node -e '
  const d = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")); console.log(d)
  if (d.transfersCompleted < 1 || d.overlapsDetected !== d.overlapsExpected || d.falseAlarms !== 0) process.exit(1)' "$result"
