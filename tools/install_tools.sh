#!/bin/sh
# Install what the tests and audits need besides Python; does nothing where it is there.
# Usage: sh tools/install_tools.sh chromium exiftool strace java npm nginx caddy openssl
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

browser() {
  has chromium || has chromium-browser || has google-chrome || has google-chrome-stable || has microsoft-edge \
    || [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

missing=""
for tool in "$@"; do
  case "$tool" in
    chromium) browser || missing="$missing chromium" ;;
    exiftool) has exiftool || missing="$missing libimage-exiftool-perl" ;;
    java) has java || missing="$missing default-jre-headless" ;;
    nginx) has nginx || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light" ;;
    *) has "$tool" || missing="$missing $tool" ;;
  esac
done
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || { has sudo && as_root="sudo"; }
if has apt-get && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 # the list is meant to be split
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
  echo "These are needed and missing:$missing (the names are Debian's). Please install them." >&2
  exit 1
fi
