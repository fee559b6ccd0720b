#!/bin/sh
# A throw-away PostgreSQL for the tests.
#   tests/pg.sh start DIR   makes DIR (outside the checkout), starts a server, prints its URL
#   tests/pg.sh stop DIR    stops it and removes DIR
# PostgreSQL refuses to run as root, so root runs it as nobody; DIR must be reachable for nobody.
# It listens on 127.0.0.1 at a random port and on a socket in DIR, and never waits for the disk.
set -eu

usage() {
	echo "usage: tests/pg.sh start|stop DIR" >&2
	exit 2
}
[ $# -eq 2 ] || usage
dir=$2

find_tool() {
	for place in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
		if [ -x "$place/$1" ]; then
			echo "$place/$1"
			return
		fi
	done
	command -v "$1" || {
		echo "pg.sh: $1 is missing; install the package postgresql" >&2
		exit 1
	}
}

as_server() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$dir" "$@"
	else
		"$@"
	fi
}

start() {
	initdb=$(find_tool initdb)
	pg_ctl=$(find_tool pg_ctl)
	mkdir -m 0755 "$dir"
	[ "$(id -u)" != 0 ] || chown nobody:nogroup "$dir"
	(cd "$dir" && as_server "$initdb" -D "$dir/data" -U test -A trust -E UTF8 --locale=C \
		--no-sync >"$dir/initdb.log" 2>&1) || { cat "$dir/initdb.log" >&2; exit 1; }
	cat >>"$dir/data/postgresql.conf" <<-CONF
		listen_addresses = '127.0.0.1'
		unix_socket_directories = '$dir'
		fsync = off
		max_connections = 200
	CONF
	# The port may be taken: then another one.
	for port in $(shuf -i 20000-32000 -n 5); do
		if (cd "$dir" && as_server "$pg_ctl" -D "$dir/data" -s -w -t 60 -l "$dir/log" \
			-o "-p $port" start >&2); then
			echo "postgres://test@127.0.0.1:$port/postgres"
			return
		fi
	done
	cat "$dir/log" >&2
	exit 1
}

stop() {
	if [ -f "$dir/data/postmaster.pid" ]; then
		pg_ctl=$(find_tool pg_ctl)
		(cd "$dir" && as_server "$pg_ctl" -D "$dir/data" -s -m immediate -w stop)
	fi
	# Only what start has made is removed.
	[ ! -f "$dir/data/PG_VERSION" ] || rm -rf -- "$dir"
}

case $1 in
start) start ;;
stop) stop ;;
*) usage ;;
esac
