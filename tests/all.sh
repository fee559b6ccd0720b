#!/bin/sh
# Every test there is, and one count at the end: "N passed, N failed". Called by make, which says
# what there is in these variables:
#   BUILD    where the programs are          UNIT     cmocka programs
#   TARGETS  make targets that count as one test each
#   ENGINES  sqlite postgres                 NODE     directories of *.test.mjs files
#   ONCE     further directories, whose tests know no engine
# TEST_POSTGRES, when set, is used; else a PostgreSQL of our own is started, for the store's unit tests
# on either engine.
set -u
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
ENGINES=${ENGINES:-sqlite postgres}
out=$BUILD/test
tally=$out/tally
rm -rf "$out"
mkdir -p "$out"
: >"$tally"
pg_dir=
UNIT_LIMIT_S=300
FILE_LIMIT_S=${FILE_LIMIT_S:-300}

stop_postgres() {
	[ -z "$pg_dir" ] || sh tests/pg.sh stop "$pg_dir"
	pg_dir=
}
trap stop_postgres EXIT
trap 'exit 130' INT TERM

count() {
	echo "$1 $2" >>"$tally"
}

start_postgres() {
	case " $ENGINES " in *" postgres "*) ;; *) [ -n "${UNIT:-}" ] || return ;; esac
	[ -z "${TEST_POSTGRES:-}" ] || return
	pg_dir=$(mktemp -u -t symposiarch-pg-XXXXXX)
	if TEST_POSTGRES=$(sh tests/pg.sh start "$pg_dir"); then
		export TEST_POSTGRES
	else
		unset TEST_POSTGRES
		echo "FAIL PostgreSQL did not start"
		count 0 1
		ENGINES=sqlite
	fi
}

run_target() {
	if ${MAKE:-make} --no-print-directory "$1" >"$out/$1.log" 2>&1; then
		echo "ok   make $1"
		count 1 0
	else
		echo "FAIL make $1"
		sed 's/^/    /' "$out/$1.log"
		count 0 1
	fi
}

# cmocka says "[  PASSED  ] 3 test(s)." and "[  FAILED  ] 1 test(s), listed below:" for each group. A
# program that fails otherwise, tests nothing or has a sanitizer complain counts as one failure.
run_unit() {
	name=$(basename "$1")
	log=$out/$name.log
	status=0
	start_s=$(date +%s)
	timeout "$UNIT_LIMIT_S" "$1" >"$log" 2>&1 || status=$?
	numbers=$(awk -v status="$status" '
		/^\[  PASSED  \] [0-9]+ test/ { passed += $4 }
		/^\[  FAILED  \] ([a-z ]*: )?[0-9]+ test\(s\), listed below/ {
			sub(/^\[  FAILED  \] ([a-z ]*: )?/, "")
			failed += $1
		}
		/runtime error:|ERROR: [A-Z][a-z]+Sanitizer/ { complaints++ }
		END {
			if (complaints || (!failed && (status || !passed)))
				failed++
			print passed + 0, failed + 0
		}' "$log")
	seconds=$(($(date +%s) - start_s))
	count $numbers
	if [ "${numbers#* }" = 0 ]; then
		echo "ok   unit/$name  ${numbers% *} tests, $seconds s"
	else
		echo "FAIL unit/$name (status $status)"
		grep -vE '^\[( RUN  |       OK )' "$log" | tail -n 60 | sed 's/^/    /'
	fi
}

run_node() {
	[ -n "$2" ] || return
	log=$out/node.log
	echo "$2 on $1:"
	TEST_ENGINE=$1 node tests/lib/runner.mjs --limit "$FILE_LIMIT_S" --tally "$tally" $2 >"$log" 2>&1
	status=$?
	sed '$d' "$log"
	tail -n 1 "$log" | grep -qE '^[0-9]+ passed, [0-9]+ failed$' || {
		tail -n 1 "$log"
		echo "FAIL the runner ended early (status $status)"
		count 0 1
	}
}

for target in ${TARGETS:-}; do run_target "$target"; done
start_postgres
for program in ${UNIT:-}; do run_unit "$program"; done
run_node sqlite "${ONCE:-}"
for engine in $ENGINES; do run_node "$engine" "${NODE:-}"; done
stop_postgres

awk '{ passed += $1; failed += $2 }
	END { printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || passed == 0 }' "$tally"
