#!/usr/bin/env bash
# Builds docker/Dockerfile and runs the sandbox from it. With a Docker engine it is docker; without one it is buildah and
# podman from Debian, over a base image bootstrapped from Debian packages (no registry needed).
# container.sh [build|run|all]; B2A_PORT and B2A_ADMIN_PORT choose the host ports.
set -euo pipefail
cd "$(dirname "$0")/.."
goal=${1:-all}
port=${B2A_PORT:-8080}
admin_port=${B2A_ADMIN_PORT:-9090}
image=localhost/b2a:latest
base=localhost/b2a-debian:12
serve=(serve --sandbox --data /data --listen "127.0.0.1:$port" --admin-listen "127.0.0.1:$admin_port")

if docker info >/dev/null 2>&1; then
  [[ $goal == run ]] || docker build -t "$image" -f docker/Dockerfile .
  [[ $goal == build ]] || exec docker run --rm --read-only --tmpfs /tmp --cap-drop ALL --network host "$image" "${serve[@]}"
  exit 0
fi

.ci/setup.sh container
if [[ $goal != run ]]; then
  if ! buildah inspect "$base" >/dev/null 2>&1; then
    root=$(mktemp -d /var/tmp/b2a-base.XXXXXX)
    trap 'rm -rf "$root"' EXIT
    mirror=$(awk '/^URIs:/ {print $2; exit} /^deb / {for (i = 2; i <= NF; i++) if ($i ~ /^http/) {print $i; exit}}' \
      /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
    debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >/dev/null
    # What makes this host's apt reach its mirror holds for the image's build as well.
    cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
    container=$(buildah from scratch)
    buildah add --quiet "$container" "$root" / >/dev/null
    buildah commit --quiet "$container" "$base" >/dev/null
    buildah rm "$container" >/dev/null
  fi
  buildah bud --isolation chroot --build-arg "BASE=$base" -t "$image" -f docker/Dockerfile .
fi
[[ $goal == build ]] || exec podman --runtime runc run --rm --read-only --tmpfs /tmp --cap-drop ALL --network host \
  --ulimit nofile=20000:20000 --ulimit nproc=1024:1024 --health-cmd none "$image" "${serve[@]}"
