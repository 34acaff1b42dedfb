#!/bin/sh
# Install what the tests need besides Python: a browser, and exiftool. Does nothing where both are there.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

missing=""
has chromium || has chromium-browser || has google-chrome || has google-chrome-stable \
  || has microsoft-edge || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] \
  || missing="$missing chromium"
has exiftool || missing="$missing libimage-exiftool-perl"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || { has sudo && as_root="sudo"; }
if has apt-get && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 # the list is meant to be split
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
  echo "The tests need:$missing. Install Chrome, Chromium or Edge, and exiftool (https://exiftool.org)." >&2
  exit 1
fi
