#!/bin/sh
# The solvers, each figure with its goal: seconds of CPU and memory, and for timetables how good they
# are after a minute, seed by seed. Quality is asserted in tests/optimise/; here it is measured.
#   tests/bench/optimise.sh BUILD [SECONDS] [SEEDS]
set -eu
build=${1:?the build folder} seconds=${2:-60} seeds=${3:-5}
instances=tests/optimise/instances

sh tests/bench/assign.sh "$build"
"$build/bench/affinity"
for name in mc1 mc2; do
	echo "allocate $name (goal 1 s): $("$build/symposiarch" optimise allocate "$instances/allocation/$name.json")"
done
"$build/bench/allocate"

# Goals: soft, strict.
cd "$instances/timetable"
"$OLDPWD/$build/bench/timetable_moves" N2OR.json GECCO19.json GECCO21.json OR60F.json OR60F3.json
"$OLDPWD/$build/bench/timetable_quality" "$seconds" "$seeds" N2OR.json=1,2 GECCO19.json=30,1000116 \
	GECCO21.json=10933,11130 OR60F.json=25,433 OR60F3.json=290,1720
