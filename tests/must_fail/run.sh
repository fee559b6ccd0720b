#!/bin/sh
# What must not build, does not. Called by make must-fail:
#   tests/must_fail/run.sh MKQUERY COMPILE
# MKQUERY is the tool, COMPILE the compiler with the project's flags.
#
# query/*.sql: each is laid into a copy of query/ok as the file named by `-- as:`, and mkquery must
# print exactly its `-- expect:` lines, fail, and write nothing. query/ok itself must give the files of
# tests/golden/query (UPDATE=1 writes them) and they must compile without a warning.
set -eu

mkquery=$(realpath "$1")
compile=$2
tests=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n_failed=0

fail() {
	echo "FAILED: $1"
	n_failed=$((n_failed + 1))
}

try_case() {
	rm -rf "$work/schema" "$work/gen"
	cp -r "$tests/must_fail/query/ok" "$work/schema"
	mkdir "$work/gen"
	cp "$1" "$work/schema/$(sed -n 's/^-- as: //p' "$1")"
	sed -n 's/^-- expect: //p' "$1" >"$work/expected"
	status=0
	(cd "$work" && "$mkquery" schema gen) >"$work/printed" 2>&1 || status=$?
	if ! diff "$work/expected" "$work/printed"; then
		fail "$1: the messages differ (< expected, > printed)"
	elif [ $status != 1 ]; then
		fail "$1: exit status $status"
	elif [ -n "$(ls "$work/gen")" ]; then
		fail "$1: files were written"
	fi
}

n_cases=0
for case in "$tests"/must_fail/query/*.sql; do
	n_cases=$((n_cases + 1))
	try_case "$case"
done

golden=$tests/golden/query
rm -rf "$work/schema" "$work/gen"
cp -r "$tests/must_fail/query/ok" "$work/schema"
mkdir "$work/gen"
if ! (cd "$work" && "$mkquery" schema gen); then
	fail "query/ok must pass"
elif [ -n "${UPDATE:-}" ]; then
	cp "$work"/gen/* "$golden"
elif ! diff -r "$golden" "$work/gen"; then
	fail "query/ok: not what tests/golden/query has"
fi
for source in query schema; do
	$compile -Werror -MF /dev/null -fsyntax-only "$work/gen/$source.c" || fail "$source.c does not compile cleanly"
done

echo "$n_cases statements and schemas that must fail: $n_failed failed"
[ $n_failed = 0 ]
