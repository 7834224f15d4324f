#!/bin/sh
# Chromium for the tests of the pages, from the system's packages. Without it, or the right to install it, they are skipped.
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi
if command -v apt-get >/dev/null 2>&1 && $as_root apt-get update -qq >/dev/null 2>&1 \
  && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null 2>&1; then
  exit 0
fi
echo "get_chromium: no Chromium, and it could not be installed here; the tests of the pages will be skipped" >&2
