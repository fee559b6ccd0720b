# Build-host tools: what they read, what they write.

TOOLS := $(BUILD)/tools
QUERY_SQL := $(sort $(wildcard schema/queries/*.sql))
MIGRATION_SQL := $(sort $(wildcard schema/migrations/*.sql))
# With the directories, whose time changes when a file goes.
WEB_FILES = $(shell find web/templates web/static web/locale 2>/dev/null | sort)

$(TOOLS)/%: server/tools/%.c
	@mkdir -p $(@D)
	$(QUIET)$(CC) -std=c11 -D_GNU_SOURCE -O1 -g $(WARNINGS) -o $@ $< -lsqlite3 -lz

$(TOOLS)/mkquery: $(wildcard server/tools/mkquery/*.c) server/tools/mkquery/mkquery.h
	@mkdir -p $(@D)
	$(QUIET)$(CC) -std=c11 -D_GNU_SOURCE -O1 -g $(WARNINGS) $(if $(WERROR),-Werror) -o $@ \
		$(filter %.c,$^) -lsqlite3 -lsodium

# Statements and migrations become typed C; a bad statement stops the build here.
$(BUILD)/gen/query.h $(BUILD)/gen/query.c $(BUILD)/gen/schema.h $(BUILD)/gen/schema.c &: \
		$(TOOLS)/mkquery $(QUERY_SQL) $(MIGRATION_SQL)
	@mkdir -p $(@D)
	$(QUIET)$(TOOLS)/mkquery schema $(BUILD)/gen

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(QUIET)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# The QR decoder comes from npm and is bundled here.
$(BUILD)/web/.made: server/tools/decoder.sh web/package-lock.json web/scripts/qr_decoder.js
	@mkdir -p $(@D)
	$(QUIET)sh server/tools/decoder.sh web $(BUILD)/web
	@touch $@

$(BUILD)/gen/assets.S: $(TOOLS)/mkassets $(BUILD)/web/.made $(WEB_FILES)
	@mkdir -p $(@D)
	$(QUIET)$(TOOLS)/mkassets web $(BUILD)/gen $(BUILD)/web

$(BUILD)/gen/assets.o: $(BUILD)/gen/assets.S
	$(QUIET)$(CC) -c -o $@ $<

layers: ## includes only point downwards; foreign headers have one home
	@sh server/tools/layers.sh

style: ## banned calls, file and function lengths
	@sh server/tools/style.sh

format-check: ## clang-format agrees
	@sh server/tools/deps.sh format $(BUILD)/deps
	@clang-format-14 --dry-run --Werror $$(git ls-files '*.c' '*.h')

.PHONY: layers style format-check
