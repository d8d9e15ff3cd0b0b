#!/usr/bin/env bash
# Installs the Debian packages that a goal needs, by name, and only those that are missing: setup.sh run|test|tsan|fuzz|bench|tidy|format|container
set -euo pipefail
goal=${1:?usage: setup.sh run|test|tsan|fuzz|bench|tidy|format|container}

build=(clang-19 cmake ninja-build mold ccache pkg-config ca-certificates curl jq
  libboost1.81-dev libboost-system1.81-dev nlohmann-json3-dev libspdlog-dev libfmt-dev
  libsqlite3-dev libssl-dev libsimdjson-dev libcli11-dev libtomlplusplus-dev libexpat1-dev tzdata)
tests=(g++ libgtest-dev librapidcheck-dev libbenchmark-dev openssl sqlite3)
case $goal in
  run) packages=("${build[@]}") ;;
  test) packages=("${build[@]}" "${tests[@]}") ;;
  tsan) packages=("${build[@]}" "${tests[@]}" libclang-rt-19-dev) ;;
  fuzz) packages=("${build[@]}" libclang-rt-19-dev llvm-19) ;;  # the latter names functions in reports
  bench) packages=("${build[@]}" "${tests[@]}" wrk nginx-light) ;;
  tidy) packages=("${build[@]}" "${tests[@]}" clang-tidy-19 clang-format-19) ;;
  format) packages=(clang-format-19) ;;
  container) packages=(buildah podman runc debootstrap ca-certificates) ;;
  *) echo "setup.sh: unknown goal $goal" >&2; exit 2 ;;
esac
# A machine may carry a newer Node.js than Debian's; either runs the tests.
if [[ $goal == test || $goal == bench ]] && ! { command -v node && command -v npm; } >/dev/null 2>&1; then
  packages+=(nodejs npm)
fi

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || { echo "setup.sh: needs root or sudo to install: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
