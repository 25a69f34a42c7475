#!/usr/bin/env bash
# The base images of our Dockerfiles in the engine of DOCKER_HOST: pulled where that works, else stand-ins made from
# Debian's packages and this machine's Node. The stand-ins take over this machine's package sources and certificates,
# so that the real Dockerfiles need to know nothing about them.
set -euo pipefail
debian=debian:bookworm-slim node=node:20-bookworm-slim
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

have() { docker image inspect "$1" >/dev/null 2>&1 || timeout 300 docker pull -q "$1" >/dev/null 2>&1; }

debian_root() {
  [[ -s $work/debian.tar ]] && return
  local options=() line sources=()
  # This machine's answers about proxies and dates of package lists.
  while read -r line; do options+=(--aptopt "${line%;}"); done \
    < <(apt-config dump | grep -E '^Acquire::(Check-|https?::)' || true)
  [[ -f /etc/apt/sources.list.d/debian.sources ]] && sources=(/etc/apt/sources.list.d/debian.sources)
  mmdebstrap --quiet --variant=minbase "${options[@]}" bookworm "$work/debian.tar" "${sources[@]}"
}

node_root() {
  local root=$work/node
  mkdir "$root"
  tar -xf "$work/debian.tar" -C "$root"
  local modules=$root/usr/local/lib/node_modules
  mkdir -p "$modules" "$root/usr/local/etc" "$root/etc/ssl/certs"
  cp "$(readlink -f "$(command -v node)")" "$root/usr/local/bin/node"
  cp -r "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  chroot "$root" useradd --uid 1000 --create-home --shell /bin/bash node
  [[ -f /etc/ssl/certs/ca-certificates.crt ]] && cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  local key value
  for key in registry proxy https-proxy noproxy; do
    value=$(npm config get "$key" 2>/dev/null)
    [[ -z $value || $value == null || $value == undefined ]] || echo "$key=$value"
  done >"$root/usr/local/etc/npmrc"
  tar -C "$root" -cf "$work/node.tar" .
}

if ! have "$debian"; then
  echo "making a stand-in for $debian"
  debian_root
  docker import --change 'CMD ["bash"]' "$work/debian.tar" "$debian" >/dev/null
fi
if ! have "$node"; then
  echo "making a stand-in for $node"
  debian_root
  node_root
  docker import --change 'CMD ["node"]' \
    --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' "$work/node.tar" "$node" >/dev/null
fi
