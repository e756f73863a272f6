#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image. Made by `checkpoint ci init gradescope`.
#
# Choose any Ubuntu as base image. Up to 22.04, Gradescope's default, it comes with a Python that is too old, so a newer
# one is taken from the deadsnakes archive.
set -euo pipefail
umask 022 # a submission runs as a user of its own, who has to be able to read Python

here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
root="$here" # this file is in it, or in source/
[ -d "$root/source" ] || root="$(dirname -- "$here")"
source="$root/source"

usable() {
  "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
  local name
  for name in python3.12 python3.13 python3.11 python3; do
    if usable "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

install_python() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  if ! apt-get install -y --no-install-recommends python3.12 python3.12-venv; then
    apt-get install -y --no-install-recommends software-properties-common
    add-apt-repository -y ppa:deadsnakes/ppa
    apt-get install -y --no-install-recommends python3.12 python3.12-venv
  fi
}

find_python >/dev/null || install_python
python="$(find_python)"
"$python" -c 'import ctypes; ctypes.CDLL("libseccomp.so.2")' 2>/dev/null ||
  apt-get install -y --no-install-recommends libseccomp2

"$python" -m venv "$root/venv"
"$root/venv/bin/python" -m pip install --no-cache-dir --disable-pip-version-check \
  --requirement "$source/requirements.txt" "$source"/checkpoint-*.whl
# What the course's apps need besides Flask.
if [ -f "$source/checkpoint/requirements.txt" ]; then
  "$root/venv/bin/python" -m pip install --no-cache-dir --disable-pip-version-check \
    --constraint "$source/requirements.txt" --requirement "$source/checkpoint/requirements.txt"
fi

# Checks and solution are for nobody else to read.
chmod -R go-rwx "$source"

# An autograder that does not give its own solution full marks would give nobody's mark right.
"$root/venv/bin/checkpoint" grade --quiet --checkpoint "$source/checkpoint" -- "$source"/checkpoint/<<solution>>/app.py
"$root/venv/bin/checkpoint" doctor
