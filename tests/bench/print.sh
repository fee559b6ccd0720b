#!/bin/sh
# Measures print beside what others use for it, in one run and in turns: a book of abstracts beside
# xelatex, which has to run twice for its page numbers, and badges beside ReportLab. The content is
# the same, the faces and the layout are alike. Other work on the machine moves all figures; CPU
# seconds and the ratios move least.
#   tests/bench/print.sh BUILD [ROUNDS]
set -eu
build=${1:?build directory} rounds=${2:-3}
here=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# What the server's workers are; `symposiarch print` becomes it, after a start of its own.
program=$build/symposiarch-print
case $program in /*) ;; *) program=$PWD/$program ;; esac
python=
for one in python3 /usr/bin/python3; do
	! "$one" -c 'import reportlab' 2>/dev/null || { python=$one; break; }
done
[ -n "$python" ] || { echo "print.sh: no Python here has reportlab" >&2; exit 1; }
command -v xelatex >/dev/null || { echo "print.sh: xelatex is not installed" >&2; exit 1; }

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# column NAME N: the median of a column of figures, 1 for CPU seconds, 2 for MiB.
column() { awk -v n="$2" '{ print $n }' "$dir/$1.figures" | median; }
# ratio A B: the median over the rounds of the CPU of A through that of B.
ratio() { paste "$dir/$1.figures" "$dir/$2.figures" | awk '{ print $1 / $3 }' | median; }
megabytes() { awk -v n="$(wc -c <"$1")" 'BEGIN { printf "%.2f", n / 1e6 }'; }
pages() { pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'; }

# most WHAT VALUE UNIT GOAL, least WHAT VALUE UNIT GOAL: a figure beside the goal it must not exceed, or reach.
most() { judge "$1" "$2" "$3" "$4" "$(awk -v a="$2" -v b="$4" 'BEGIN { print (a <= b) }')"; }
least() { judge "$1" "$2" "$3" "$4" "$(awk -v a="$2" -v b="$4" 'BEGIN { print (a >= b) }')"; }
judge() {
	awk -v what="$1" -v value="$2" -v unit="$3" -v goal="$4" -v is_met="$5" 'BEGIN {
		printf "  %s: %.*f %s (goal %s: %s)\n", what, value < 10 ? 2 : 1, value, unit, goal, is_met ? "met" : "missed" }'
}

# ours NAME KIND: prints the model NAME.json and keeps its figures; warnings are counted, not hidden.
ours() {
	"$build/bench/measure" "$dir/$1.figures" "$program" "$2" <"$dir/$1.json" >"$dir/$1.pdf" 2>"$dir/$1.said" ||
		{ cat "$dir/$1.said" >&2; exit 1; }
}
tell_round() {
	printf '  round %s:' "$1"
	shift
	for name; do printf '  %s %s s' "$name" "$(tail -n 1 "$dir/$name.figures" | cut -d ' ' -f 1)"; done
	echo
}

# As somebody would run it by hand, from nothing: the second time for contents, indexes and outline.
latex() {
	rm -rf "$dir/tex"
	mkdir "$dir/tex"
	(
		cd "$dir/tex"
		"$bench/measure" "$dir/xelatex.figures" sh -c \
			'xelatex -interaction=batchmode "$1" && xelatex -interaction=batchmode "$1"' latex "$dir/book.tex"
	) >/dev/null || { tail -n 20 "$dir/tex/book.log" >&2; exit 1; }
	if grep -aE 'Missing character|undefined references|Rerun to get' "$dir/tex/book.log" >&2; then
		echo "print.sh: the LaTeX book is not whole" >&2
		exit 1
	fi
}
bench=$(cd "$build/bench" && pwd)

# ---- a book of abstracts ----
node "$here/book_content.mjs" 1000 >"$dir/book.json"
node "$here/book_latex.mjs" "$dir/book.json" >"$dir/book.tex"
echo "book of 1,000 abstracts in ten scripts, CPU:"
for i in $(seq "$rounds"); do
	ours book book
	latex
	tell_round "$i" book xelatex
done
missing=$(grep -c '^warning' "$dir/book.said" || :)
echo "  pages: $(pages "$dir/book.pdf"), by xelatex $(pages "$dir/tex/book.pdf")"
[ "$missing" = 0 ] || echo "  $missing warnings; the first: $(grep -m 1 '^warning' "$dir/book.said")"
most "book of 1,000" "$(column book 1)" "s CPU" 1.5
most "memory" "$(column book 2)" MiB 64
most "size" "$(megabytes "$dir/book.pdf")" MB 4.5
echo "  xelatex twice: $(column xelatex 1) s CPU, $(column xelatex 2) MiB, $(megabytes "$dir/tex/book.pdf") MB"
least "less CPU than xelatex twice" "$(ratio xelatex book)" times 20

node "$here/book_content.mjs" 10000 >"$dir/large.json"
for i in $(seq "$rounds"); do ours large book; done
echo "book of 10,000 abstracts, $(pages "$dir/large.pdf") pages, $(megabytes "$dir/large.pdf") MB:"
most "book of 10,000" "$(column large 1)" "s CPU" 12
most "memory" "$(column large 2)" MiB 256
rm "$dir"/large.*

# ---- badges ----
node "$here/badge_content.mjs" 1000 >"$dir/badges.json"
echo "1,000 badges with names in ten scripts, CPU:"
for i in $(seq "$rounds"); do
	ours badges badge
	"$build/bench/measure" "$dir/reportlab.figures" "$python" "$here/badges_reportlab.py" "$dir/badges.json" "$dir/reportlab.pdf"
	tell_round "$i" badges reportlab
done
most "1,000 badges" "$(column badges 1)" "s CPU" 0.5
most "memory" "$(column badges 2)" MiB 24
echo "  size: $(megabytes "$dir/badges.pdf") MB"
echo "  ReportLab: $(column reportlab 1) s CPU, $(column reportlab 2) MiB, $(megabytes "$dir/reportlab.pdf") MB"
least "less CPU than ReportLab" "$(ratio reportlab badges)" times 30

# ---- one document at a time, in a worker that is warm ----
node "$here/badge_content.mjs" 200 | node "$here/one_each.mjs" badges >"$dir/badge.lines"
"$program" certificate --example | node "$here/one_each.mjs" certificates >"$dir/certificate.lines"
echo "single documents in a warm worker:"
for kind in badge certificate; do
	for i in $(seq "$rounds"); do "$build/bench/print_warm" "$kind" 200 <"$dir/$kind.lines" >>"$dir/$kind.figures"; done
	most "one $kind" "$(column "$kind" 1)" "ms CPU" 10
	most "size, the largest" "$(column "$kind" 2 | awk '{ print $1 / 1e3 }')" kB 40
done
