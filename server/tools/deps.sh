#!/bin/sh
# Installs the Debian packages that are missing, and says so; when all are there it does nothing.
#   server/tools/deps.sh build|test|format STAMP_DIR
# A stamp named after this file's contents makes the next run instant.
set -eu
set_name=${1:?build, test or format}
stamp_dir=${2:?directory for the stamp}

build="gcc libc6-dev binutils pkg-config
	libcivetweb-dev libsqlite3-dev libpq-dev libhpdf-dev libcjson-dev libqrencode-dev
	libsodium-dev libcurl4-openssl-dev zlib1g-dev libicu-dev libharfbuzz-dev libhyphen-dev
	libcmark-gfm-dev libcmark-gfm-extensions-dev libpng-dev libjpeg-dev
	fonts-sil-gentiumplus fonts-lato fonts-noto-core
	tzdata ca-certificates openssl curl"
test="libcmocka-dev postgresql sqlite3 chromium poppler-utils qpdf zbar-tools
	python3-aiosmtpd clang libclang-rt-14-dev"
format="clang-format-14"

case $set_name in
build) wanted=$build ;;
test) wanted="$build $test" ;;
format) wanted=$format ;;
*) echo "deps.sh: build, test or format, not $set_name" >&2; exit 2 ;;
esac

stamp=$stamp_dir/$set_name-$(cksum <"$0" | tr ' ' '-')
[ ! -e "$stamp" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "No apt-get here. Please install what these Debian packages hold, by your own means:"
	echo $wanted nodejs npm
	exit 0
fi

missing() {
	for package in $wanted; do
		status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || :)
		[ "$status" = installed ] || printf ' %s' "$package"
	done
	[ "$set_name" = format ] || command -v npm >/dev/null || printf ' nodejs npm'
}

list=$(missing)
if [ -n "$list" ]; then
	as_root=
	if [ "$(id -u)" != 0 ]; then
		as_root=sudo
		if ! command -v sudo >/dev/null; then
			echo "Packages are missing. As root, please run:" >&2
			echo "  apt-get install --no-install-recommends$list" >&2
			exit 1
		fi
	fi
	echo "Installing Debian packages:$list"
	log=$(mktemp)
	if ! { $as_root apt-get -q update && $as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get -q -y install --no-install-recommends $list; } >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		echo "The packages could not be installed; the whole log is $log" >&2
		exit 1
	fi
	rm -f "$log"
fi
mkdir -p "$stamp_dir"
: >"$stamp"
