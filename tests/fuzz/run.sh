#!/usr/bin/env bash
# Runs each fuzz target for a number of seconds: run.sh SECONDS [target …]. What a run learns stays in build/fuzz/corpus;
# an input that breaks something is left in build/fuzz/found and belongs, made small, into tests/fuzz/corpus.
set -uo pipefail
seconds=${1:?usage: run.sh SECONDS [target …]}
shift
cd "$(dirname "$0")/../.."
bin=build/fuzz/bin
found=build/fuzz/found
mkdir -p "$found"
export ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-19/bin/llvm-symbolizer
targets=("$@")
[[ ${#targets[@]} -gt 0 ]] || targets=($(cd tests/fuzz/corpus && ls))

broken=()
for target in "${targets[@]}"; do
  learnt=build/fuzz/corpus/$target
  mkdir -p "$learnt"
  options=(-max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found/$target-")
  [[ -f tests/fuzz/$target.dict ]] && options+=(-dict="tests/fuzz/$target.dict")
  if "$bin/fuzz_$target" "${options[@]}" "$learnt" "tests/fuzz/corpus/$target" >"build/fuzz/$target.log" 2>&1; then
    awk -v target="$target" '/^stat::number_of_executed_units/ {runs = $2} /^#.* cov: / {for (i = 1; i < NF; ++i) if ($i == "cov:") cov = $(i + 1)}
      END {printf "%-18s sound   %9d inputs, %d edges\n", target, runs, cov}' "build/fuzz/$target.log"
  else
    broken+=("$target")
    printf '%-18s BROKEN  see build/fuzz/%s.log\n' "$target" "$target"
    tail -n 40 "build/fuzz/$target.log"
  fi
done
[[ ${#broken[@]} -eq 0 ]]
