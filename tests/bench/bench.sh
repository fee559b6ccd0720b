#!/bin/sh
# Measures the program beside its floors, in one run: the same clients, the same seconds, in turns.
# Other work on the machine moves all figures; the ratios are what counts.
#   tests/bench/bench.sh BUILD [CLIENTS] [SECONDS] [ROUNDS]
set -eu
build=${1:?build directory} clients=${2:-16} seconds=${3:-3} rounds=${4:-3}
dir=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || :; done; rm -rf "$dir"' EXIT

now_ms() { date +%s%3N; }
cpu_ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
pss_kib() { awk '/^Pss:/ { n += $2 } END { print n }' "/proc/$1/smaps_rollup"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# ---- start-up: from exec to the first page ----
"$build/symposiarch" demo --data "$dir/data" --stage "${STAGE:-live}" --seed 7 --port 0 --no-serve >"$dir/links"
start_server() {
	: >"$dir/out"
	"$build/symposiarch" serve --data "$dir/data" --demo 1 --port 0 --max-per-address 4096 \
		--log-level warn >"$dir/out" 2>"$dir/log" &
	pid=$!
	until port=$(sed -n 's/^listening on .*:\([0-9]*\)$/\1/p' "$dir/out") && [ -n "$port" ]; do sleep 0.005; done
}
for i in 1 2 3 4 5; do
	t0=$(now_ms)
	start_server
	curl -s -o "$dir/page" "http://127.0.0.1:$port/empathy"
	echo $(($(now_ms) - t0)) >>"$dir/starts"
	[ "$i" = 5 ] || { kill "$pid"; wait "$pid" || :; }
done
pids=$pid
echo "start to first page: $(median <"$dir/starts") ms (median of 5, curl included)"
echo "memory idle: $(pss_kib "$pid") KiB PSS"

# ---- a cached public page against a bare handler that writes the same bytes ----
page=/empathy/programme
[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port$page")" = 200 ] || page=/empathy
printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n' \
	"$page" "$port" >"$dir/get"
curl -s -i -H 'Accept: text/html' -H 'Accept-Encoding: gzip' "http://127.0.0.1:$port$page" >"$dir/answer"
mkfifo "$dir/hold"
"$build/bench/floor_http" "$dir/answer" "$dir/floor.db" <"$dir/hold" >"$dir/floor" &
floor=$!
exec 9>"$dir/hold"
pids="$pids $floor"
until [ -s "$dir/floor" ]; do sleep 0.01; done
floor_port=$(cat "$dir/floor")

# run NAME PID COMMAND...: requests a second and server CPU microseconds a request.
run() {
	name=$1 served_by=$2
	shift 2
	before=$(cpu_ticks "$served_by")
	"$@" >"$dir/run"
	after=$(cpu_ticks "$served_by")
	read -r rate p50 p99 n bad <"$dir/run"
	echo "$rate" >>"$dir/$name.rate"
	echo $(((after - before) * 10000 / (n > 0 ? n : 1))) >>"$dir/$name.cpu"
	[ "$bad" = 0 ] || echo "  $name: $bad answers were not 2xx or 3xx"
	printf '  %-10s %6s/s  p50 %s us  p99 %s us\n' "$name" "$rate" "$p50" "$p99"
}
echo "page $page, $(wc -c <"$dir/answer") bytes on the wire, $clients clients, $seconds s a round:"
for i in $(seq "$rounds"); do
	run page "$pid" "$build/bench/load" "$port" "$clients" "$seconds" "$dir/get"
	run floor "$floor" "$build/bench/load" "$floor_port" "$clients" "$seconds" "$dir/get"
done
ratio() { awk -v a="$(median <"$dir/$1")" -v b="$(median <"$dir/$2")" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
# goal A B: the ratio of two rates beside the goal for it.
goal() { ratio "$1" "$2" | awk '{ printf "%s (goal 0.5: %s)", $1, ($1 >= 0.5 ? "met" : "missed") }'; }
echo "cached page / bare handler: $(goal page.rate floor.rate) of the requests a second," \
	"$(ratio page.cpu floor.cpu) times the CPU ($(median <"$dir/page.cpu") and $(median <"$dir/floor.cpu") us)"
echo "memory under load: $(pss_kib "$pid") KiB PSS"

# ---- a durable save against group commit behind the bare handler, and without HTTP ----
link=$(awk '$1 == "author" { print $2 }' "$dir/links" | sed "s|http://[^/]*|http://127.0.0.1:$port|")
jar=$dir/jar
token() { sed -n 's/.*name="csrf_token" value="\([^"]*\)".*/\1/p' | head -1; }
csrf=$(curl -s -b "$jar" -c "$jar" "$link" | token)
curl -s -o /dev/null -b "$jar" -c "$jar" -d "csrf_token=$csrf" "$link"
csrf=$(curl -s -b "$jar" "http://127.0.0.1:$port/account" | token)
cookie=$(awk '$6 == "session" { print $7 }' "$jar")
body=$(printf '{"csrf_token":"%s","title":"Bench","type":"abstract","theme":["research"],"do":"save","abstract":"%s"}' \
	"$csrf" "$(head -c 1400 /dev/zero | tr '\0' x | sed 's/xxxxxxx/xxxxxx /g')")
printf 'POST /empathy/submissions/new HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nAccept: application/json\r\nContent-Type: application/json\r\nCookie: session=%s\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
	"$port" "$cookie" "${#body}" "$body" >"$dir/post"
for c in $clients 64; do
	rm -f "$dir"/save.* "$dir"/bare.* "$dir"/raw.*
	for i in $(seq "$rounds"); do
		run save "$pid" "$build/bench/load" "$port" "$c" "$seconds" "$dir/post"
		run bare "$floor" "$build/bench/load" "$floor_port" "$c" "$seconds" "$dir/post"
		"$build/bench/floor_sqlite" "$dir/raw$c$i.db" "$c" "$seconds" >>"$dir/raw.rate"
	done
	echo "durable save, $c clients: $(median <"$dir/save.rate")/s with $(median <"$dir/save.cpu") us CPU each"
	echo "  / group commit behind the bare handler, $(median <"$dir/bare.rate")/s with $(median <"$dir/bare.cpu") us:" \
		"$(goal save.rate bare.rate)"
	echo "  / group commit without HTTP, $(median <"$dir/raw.rate")/s: $(goal save.rate raw.rate)"
done
exec 9>&-
