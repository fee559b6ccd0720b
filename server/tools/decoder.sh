#!/bin/sh
# Bundles the QR decoder for the browser: web/package.json names it, npm fetches it, esbuild packs it.
#   server/tools/decoder.sh WEB OUT
# Writes OUT/static/qr_decoder.js. Without npm, or without a network the first time, there is none:
# the page at the door then works with typed codes and says why it has no camera.
set -eu
web=$(cd "$1" && pwd)
mkdir -p "$2/static" "$2/npm"
out=$(cd "$2" && pwd)
rm -f "$out/static/qr_decoder.js"
if ! command -v npm >/dev/null 2>&1; then
	echo "  (no npm: the scanner is built without its camera)" >&2
	exit 0
fi
cp "$web/package.json" "$web/package-lock.json" "$web/.npmrc" "$web/scripts/qr_decoder.js" "$out/npm/"
cd "$out/npm"
if ! npm ci --loglevel=error >npm.log 2>&1; then
	sed 's/^/  /' npm.log >&2
	echo "  (npm could not fetch: the scanner is built without its camera)" >&2
	exit 0
fi
node_modules/.bin/esbuild qr_decoder.js --bundle --minify --format=iife --target=es2020 \
	--log-level=warning --legal-comments=eof --outfile="$out/static/qr_decoder.js"
