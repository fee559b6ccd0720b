# How tests are run. What is tested where: tests/README.md.

JOBS ?= $(shell nproc)
# Fresh programs of their own, where a warning is an error and nothing was built without.
CHECK_BUILD ?= $(BUILD)/check
ASAN_BUILD ?= $(BUILD)/asan
ENGINES ?= sqlite postgres

# Make targets that count as one test each in `make test`; other files add theirs.
TEST_TARGETS += layers style must-fail

TEST_PROGRAM := $(BUILD)/symposiarch-test
HTTP_TESTS := $(wildcard tests/http)
BROWSER_TESTS := $(wildcard tests/browser)
# Tests that start the program; without them nothing demands that it is built.
PROGRAM_TESTS := $(HTTP_TESTS) $(BROWSER_TESTS)
LIB_TESTS := tests/lib
# Every page in every look: what the engine below is makes no difference.
LOOK_TESTS := tests/looks
# Documents from the command line, without server or database.
PRINT_TESTS := tests/print
# Solvers by the command, without server or database.
OPTIMISE_TESTS := $(wildcard tests/optimise)
NODE_MODULES := tests/node_modules/.package-lock.json

# The same program with a door for the tests; see tests/control.c.
$(TEST_PROGRAM): $(BUILD)/server/main.o $(BUILD)/tests/control.o $(LIB) | $(PRINT)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

$(NODE_MODULES): tests/package-lock.json tests/package.json
	@cd tests && npm ci --loglevel=error
	@touch $@

deps-test: ## installs what the tests need, beside what the build needs
	@sh server/tools/deps.sh test $(BUILD)/deps

# cmocka programs that exist, and a program to start when there are tests for it.
test-programs: $(UNIT) $(if $(PROGRAM_TESTS),$(TEST_PROGRAM) build) $(NODE_MODULES)

test-all: test-programs
	@BUILD="$(BUILD)" MAKE="$(MAKE)" UNIT="$(UNIT)" TARGETS="$(TEST_TARGETS)" ENGINES="$(ENGINES)" \
		ONCE="$(strip $(LIB_TESTS) $(LOOK_TESTS) $(PRINT_TESTS) $(OPTIMISE_TESTS))" NODE="$(strip $(PROGRAM_TESTS))" sh tests/all.sh

test: deps-test ## everything, on both engines, with a browser; ends with the count
	+@$(MAKE) --no-print-directory -j$(JOBS) test-programs
	+@$(MAKE) --no-print-directory test-all

check: deps-test ## two minutes: a strict build, unit tests, what must fail, layers, style
	+@$(MAKE) --no-print-directory -j$(JOBS) BUILD=$(CHECK_BUILD) WERROR=1 check-programs
	+@$(MAKE) --no-print-directory BUILD=$(CHECK_BUILD) WERROR=1 check-all

check-programs: $(OBJ) $(if $(wildcard server/main.c),build) $(UNIT) $(BUILD)/tests/control.o

check-all: check-programs
	@BUILD="$(BUILD)" MAKE="$(MAKE)" UNIT="$(UNIT)" TARGETS="$(TEST_TARGETS)" ENGINES=sqlite \
		ONCE= NODE= sh tests/all.sh

asan: deps-test ## unit and HTTP tests under the address and undefined-behaviour sanitizers
	+@$(MAKE) --no-print-directory -j$(JOBS) BUILD=$(ASAN_BUILD) SANITIZE=address,undefined \
		CFLAGS="-O1 -g" test-programs
	+@$(MAKE) --no-print-directory BUILD=$(ASAN_BUILD) SANITIZE=address,undefined CFLAGS="-O1 -g" \
		TEST_TARGETS= ENGINES=sqlite LIB_TESTS= LOOK_TESTS= PRINT_TESTS= OPTIMISE_TESTS= BROWSER_TESTS= test-all

# One kind alone; ONLY chooses tests by name, FILES files.
test-http: $(TEST_PROGRAM) $(NODE_MODULES) ## the HTTP tests on SQLite: FILES=tests/http/x.test.mjs ONLY=regex
	@BUILD=$(BUILD) node tests/lib/runner.mjs $(if $(ONLY),--only '$(ONLY)') $(or $(FILES),tests/http)

test-browser: $(TEST_PROGRAM) $(NODE_MODULES) ## the browser tests on SQLite: FILES= ONLY=
	@BUILD=$(BUILD) node tests/lib/runner.mjs $(if $(ONLY),--only '$(ONLY)') $(or $(FILES),tests/browser)

test-looks: $(TEST_PROGRAM) $(NODE_MODULES) ## every page by axe and in pictures, build/shots/: FILES= ONLY=
	@SHOTS=1 BUILD=$(BUILD) node tests/lib/runner.mjs $(if $(ONLY),--only '$(ONLY)') $(or $(FILES),$(LOOK_TESTS))

test-print: build $(NODE_MODULES) ## every kind of document, its example read, listened to and looked at: FILES= ONLY=
	@BUILD=$(BUILD) node tests/lib/runner.mjs $(if $(ONLY),--only '$(ONLY)') $(or $(FILES),$(PRINT_TESTS))

test-optimise: $(TEST_PROGRAM) $(NODE_MODULES) ## the solvers on instances from files: FILES= ONLY=
	@BUILD=$(BUILD) node tests/lib/runner.mjs $(if $(ONLY),--only '$(ONLY)') $(or $(FILES),$(OPTIMISE_TESTS))

test-lib: $(NODE_MODULES) ## the tests of the harness itself
	@BUILD=$(BUILD) node tests/lib/runner.mjs tests/lib

golden: $(TEST_PROGRAM) build $(NODE_MODULES) ## writes tests/golden/ anew; read the difference before you commit it
	@UPDATE_GOLDEN=1 BUILD=$(BUILD) node tests/lib/runner.mjs $(or $(FILES),$(PROGRAM_TESTS) $(PRINT_TESTS))
	@git --no-pager diff --stat -- tests/golden

must-fail: must-fail-rules
must-fail-rules: ## every rule of layers and style bites
	@sh tests/must_fail/rules.sh

.PHONY: deps-test test-programs test-all test check check-programs check-all asan test-http \
        test-browser test-looks test-print test-optimise test-lib golden must-fail must-fail-rules
-include $(BUILD)/tests/control.d

# Benchmarks: each figure beside its floor, measured in the same run.
$(BUILD)/bench/%: tests/bench/%.c tests/bench/group_commit.c tests/bench/group_commit.h
	@mkdir -p $(@D)
	$(QUIET)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARNINGS) -o $@ $(filter %.c,$^) -lcivetweb -lsqlite3 -lpthread

$(addprefix $(BUILD)/bench/,print_warm affinity allocate timetable_moves timetable_quality): $(BUILD)/bench/%: \
                tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

# The solvers on instances that are made on the spot.
$(BUILD)/bench/assign_dense: tests/bench/assign_dense.c tests/bench/assign_instance.c \
                tests/bench/assign_instance.h $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) $(LIB) $(LIBS)

BENCH_PROGRAMS := $(patsubst %,$(BUILD)/bench/%,load floor_http floor_sqlite measure print_warm \
        affinity allocate assign_dense timetable_moves timetable_quality)

bench: build $(BENCH_PROGRAMS) ## the program beside its floors, and print beside TeX and ReportLab
	@sh server/tools/deps.sh bench $(BUILD)/deps
	@sh tests/bench/bench.sh $(BUILD)
	@sh tests/bench/print.sh $(BUILD)
	@sh tests/bench/optimise.sh $(BUILD)

.PHONY: bench
