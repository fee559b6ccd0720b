# Unit tests: one cmocka program a file, linked with the library.

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS) -lcmocka

# The store's tests bring a small schema of their own, in the place of the generated one.
STORE_TEST_OBJ := $(filter $(BUILD)/server/base/%.o $(BUILD)/server/store/%.o,$(OBJ)) \
        $(BUILD)/tests/unit/store_fixture.o
UNIT_STORE := $(filter $(BUILD)/unit/test_store_%,$(UNIT))

$(UNIT_STORE): $(BUILD)/unit/%: tests/unit/%.c $(STORE_TEST_OBJ)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(STORE_TEST_OBJ) $(LIBS) -lcmocka

# Generated code is tried on statements of its own, in the place of the program's.
$(BUILD)/unit/test_query: tests/unit/test_query.c tests/golden/query/query.c tests/golden/query/schema.c \
                $(filter $(BUILD)/server/base/%.o $(BUILD)/server/store/%.o,$(OBJ))
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $^ $(LIBS) -lcmocka

# A small site on a free port, for the tests of http/.
UNIT_SITE := $(filter $(BUILD)/unit/test_http_site_%,$(UNIT))

$(UNIT_SITE): $(BUILD)/unit/%: tests/unit/%.c tests/unit/http_fixture.c tests/unit/http_client.c \
                tests/unit/http_fixture.h $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) $(LIB) $(LIBS) -lcmocka

# Strange models need their makers beside the test.
$(BUILD)/unit/test_pdf_fuzz: tests/unit/test_pdf_fuzz.c tests/unit/pdf_mutate.c tests/unit/pdf_mutate.h \
                tests/unit/pdf_strange_text.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) $(LIB) $(LIBS) -lcmocka

fuzz-print: $(BUILD)/unit/test_pdf_fuzz ## strange models through a print worker: MODELS=10000 SEED=1
	@$< $(or $(MODELS),10000) $(or $(SEED),1)

unit: $(UNIT) ## the unit tests
	@for t in $(UNIT); do $$t || exit 1; done

unit-pg: $(UNIT_STORE) $(BUILD)/unit/test_query ## the tests of the store, on a PostgreSQL of their own too
	@dir=$$(mktemp -d) && rmdir $$dir && \
	url=$$(sh tests/pg.sh start $$dir) && trap "sh tests/pg.sh stop $$dir" EXIT && \
	for t in $(UNIT_STORE) $(BUILD)/unit/test_query; do TEST_POSTGRES=$$url $$t || exit 1; done

must-fail: $(TOOLS)/mkquery ## what must not build, does not
	@sh tests/must_fail/run.sh $(TOOLS)/mkquery "$(CC) $(ALL_CFLAGS)"

# Our Mustache against npm's, over made-up templates.
$(BUILD)/tests/render: tests/template/render_main.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

TEST_TARGETS += template-test
template-test: $(BUILD)/tests/render tests/node_modules/.package-lock.json ## our Mustache against npm's
	@node tests/template/differential.mjs $<

# Fuzzing with libFuzzer: FUZZ_S seconds a target, from a small corpus that is kept.
FUZZ_S   ?= 60
FUZZ_CC  ?= clang
FUZZERS  := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SRC := $(wildcard server/base/*.c server/optimise/*.c) $(addprefix server/http/,urlencoded.c json_body.c \
        multipart.c gate.c form.c form_read.c form_rows.c form_types.c route.c router.c)
FUZZ_OBJ := $(FUZZ_SRC:%.c=$(BUILD)/fuzz/obj/%.o)
FUZZ_FLAGS := -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -fno-omit-frame-pointer \
        -fno-sanitize-recover=all -I. -Iserver -Itests/fuzz $(PKG_CFLAGS)

$(BUILD)/fuzz/obj/%.o: %.c
	@mkdir -p $(@D)
	$(QUIET)$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link,address,undefined -MMD -c -o $@ $<

$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.h $(FUZZ_OBJ)
	$(QUIET)$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer,address,undefined -o $@ $< $(FUZZ_OBJ) $(LIBS)

fuzz: $(FUZZERS:%=$(BUILD)/fuzz/%) ## the parsers against bytes nobody meant (FUZZ_S=60 each)
	@for t in $(FUZZERS); do \
		mkdir -p $(BUILD)/fuzz/found/$$t && \
		$(BUILD)/fuzz/$$t -max_total_time=$(FUZZ_S) -max_len=8192 -timeout=5 -verbosity=0 \
			-print_final_stats=1 -artifact_prefix=$(BUILD)/fuzz/$$t. \
			$(BUILD)/fuzz/found/$$t tests/fuzz/corpus/$$t 2>&1 | \
			sed -n "s/^stat::number_of_executed_units: */  $$t executions: /p; /ERROR/,\$$p" \
			| tee $(BUILD)/fuzz/$$t.log && ! grep -q ERROR $(BUILD)/fuzz/$$t.log || exit 1; \
	done

.SECONDARY: $(FUZZ_OBJ)
.PHONY: fuzz fuzz-print unit unit-pg must-fail template-test

include tests/harness.mk
