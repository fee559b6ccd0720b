#!/bin/sh
# The exact assignment on dense instances of two known sizes, each with its goal: 3 s CPU for 2,623
# papers by 1,373 reviewers, 6 s for 5,062 by 2,840, both within 150 MiB, the instance included.
#   tests/bench/assign.sh BUILD
set -eu
program=${1:?the build folder}/bench/assign_dense

for kind in uniform topics bids; do
	for size in "2623 1373 3 6" "2623 1373 3 6 2" "5062 2840 3 7" "5062 2840 3 7 2"; do
		"$program" $kind $size
	done
done

# The submission served worst, within a minute and 1 % of what it can be at most.
for kind in uniform topics; do
	"$program" $kind 2623 1373 3 6 0 1 fair
done
