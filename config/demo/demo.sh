#!/usr/bin/env bash
# Two shops with different brands, and the reference agent doing its five errands at both: demo.sh [DATA]. Each run adds
# orders to the shops' data; the shops end with it.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${1:-data/demo}
bin=build/release/bin
mkdir -p "$data"
shops=()
end() { for pid in "${shops[@]}"; do kill "$pid" 2>/dev/null || true; done; wait; }
trap end EXIT

# serve NAME OPTIONS…: waits until it is ready, and leaves where agents reach it in $url.
serve() {
  local name=$1; shift
  : >"$data/$name.out"
  "$bin/b2a" serve --sandbox --data "$data/$name" --listen 127.0.0.1:0 --admin-listen 127.0.0.1:0 "$@" \
    >"$data/$name.out" 2>"$data/$name.err" &
  shops+=($!)
  until grep -q '^ready$' "$data/$name.out"; do
    kill -0 "${shops[-1]}" 2>/dev/null || { cat "$data/$name.err" >&2; exit 1; }
    sleep 0.1
  done
  url=$(sed -n 's/^ *agents *//p' "$data/$name.out")
}

"$bin/b2a" import --data "$data/second" config/demo/second/maison-aldine.jsonl config/demo/second/hollow-oak.jsonl >/dev/null
serve first; first=$url
serve second --config config/demo/second/b2a.toml; second=$url

for scenario in evening-look swimsuit-sizes rebuild-basket birthday-picnic lunch-week; do
  echo "== b2a-shopper scenario $scenario"
  "$bin/b2a-shopper" scenario "$scenario" --gateway "$first" --gateway "$second"
  echo
done
