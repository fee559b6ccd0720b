#!/bin/sh
# Installs the Debian packages that are missing, and says so; when all are there it does nothing.
#   server/tools/deps.sh build|test|bench|format STAMP_DIR
# A stamp named after this file's contents makes the next run instant.
set -eu
set_name=${1:?build, test, bench or format}
stamp_dir=${2:?directory for the stamp}

build="gcc libc6-dev binutils pkg-config
	libcivetweb-dev libsqlite3-dev libpq-dev libhpdf-dev libcjson-dev libqrencode-dev
	libsodium-dev libcurl4-openssl-dev zlib1g-dev libdeflate-dev libicu-dev libharfbuzz-dev
	libcmark-gfm-dev libcmark-gfm-extensions-dev libpng-dev libjpeg-dev libstemmer-dev
	hyphen-bg hyphen-ca hyphen-cs hyphen-da hyphen-de hyphen-el hyphen-en-gb hyphen-en-us
	hyphen-es hyphen-fr hyphen-hr hyphen-hu hyphen-is hyphen-it hyphen-lt hyphen-lv hyphen-nl
	hyphen-no hyphen-pl hyphen-pt-pt hyphen-ro hyphen-ru hyphen-sk hyphen-sl hyphen-sv hyphen-uk
	fonts-sil-gentiumplus fonts-lato fonts-noto-core fonts-wqy-microhei
	tzdata ca-certificates openssl curl"
test="libcmocka-dev postgresql sqlite3 chromium poppler-utils qpdf mupdf-tools zbar-tools
	python3-aiosmtpd clang libclang-rt-14-dev glpk-utils"
# What print is measured against.
bench="texlive-xetex texlive-latex-recommended texlive-fonts-recommended texlive-lang-english
	texlive-lang-german texlive-lang-french texlive-lang-polish texlive-lang-greek
	texlive-lang-cyrillic python3-reportlab poppler-utils"
format="clang-format-14"

case $set_name in
build) wanted=$build ;;
test) wanted="$build $test" ;;
bench) wanted="$build $bench" ;;
format) wanted=$format ;;
*) echo "deps.sh: build, test, bench or format, not $set_name" >&2; exit 2 ;;
esac

stamp=$stamp_dir/$set_name-$(cksum <"$0" | tr ' ' '-')
[ ! -e "$stamp" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "No apt-get here. Please install what these Debian packages hold, by your own means:"
	echo $wanted nodejs npm
	exit 0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
is_updated=

apt_get() {
	if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >"$log"; then
		tail -n 20 "$log" >&2
		exit 1
	fi
}

install() {
	[ $# -gt 0 ] || return 0
	if [ -n "$as_root" ] && ! command -v sudo >/dev/null; then
		echo "Packages are missing. As root, please run:" >&2
		echo "  apt-get install --no-install-recommends $*" >&2
		exit 1
	fi
	echo "Installing Debian packages: $*"
	[ -n "$is_updated" ] || apt_get update
	is_updated=yes
	apt_get install --no-install-recommends "$@"
}

missing=
for package in $wanted; do
	status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || :)
	[ "$status" = installed ] || missing="$missing $package"
done
install $missing

# Not by package: other builds of Node bring their own npm and refuse Debian's.
if [ "$set_name" != format ]; then
	command -v node >/dev/null || install nodejs
	command -v npm >/dev/null || install npm
fi

mkdir -p "$stamp_dir"
: >"$stamp"
