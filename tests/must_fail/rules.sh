#!/bin/sh
# Shows that every rule of layers.sh and style.sh bites. Called by make must-fail.
#
# A case is one file, tests/must_fail/{layers,style}/NAME.case: `expect:` lines, which the tool must
# print exactly, then a small tree, each file begun by `--- PATH`. A line `@repeat N TEXT` stands for
# N lines. The tool must fail, except where it is expected to print nothing or only warnings.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n_passed=0
n_failed=0

lay_out() {
	awk -v dir="$1" '
	/^expect: / && !path { print substr($0, 9) > (dir "/expected"); next }
	/^--- / {
		path = dir "/tree/" $2
		folder = path
		sub(/\/[^\/]*$/, "", folder)
		system("mkdir -p " folder)
		printf "" > path
		next
	}
	/^@repeat / {
		n = $2
		sub(/^@repeat [0-9]+ /, "")
		for (i = 0; i < n; i++)
			print > path
		next
	}
	{ print > path }' "$2"
}

try_case() {
	rm -rf "$work/case"
	mkdir -p "$work/case/tree"
	: >"$work/case/expected"
	lay_out "$work/case" "$2"
	status=0
	sh "$root/server/tools/$1.sh" "$work/case/tree" >"$work/case/printed" 2>&1 || status=$?
	wanted=0
	! grep -qv ': warning: ' "$work/case/expected" || wanted=1
	if diff "$work/case/expected" "$work/case/printed" && [ $((status > 0)) = $wanted ]; then
		n_passed=$((n_passed + 1))
	else
		n_failed=$((n_failed + 1))
		echo "FAILED: ${2#"$root"/}: status $status (< expected, > printed)"
	fi
}

for tool in layers style; do
	for case in "$root/tests/must_fail/$tool"/*.case; do
		try_case "$tool" "$case"
	done
done
echo "rules of layers and style: $n_passed bite, $n_failed do not"
[ $n_failed = 0 ] && [ $n_passed -gt 0 ]
