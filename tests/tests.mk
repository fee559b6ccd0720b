# Unit tests: one cmocka program a file, linked with the library.

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS) -lcmocka

unit: $(UNIT) ## the unit tests
	@for t in $(UNIT); do $$t || exit 1; done

# Our Mustache against npm's, over made-up templates.
$(BUILD)/tests/render: tests/template/render_main.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS)

tests/node_modules/.package-lock.json: tests/package-lock.json
	cd tests && npm ci --no-audit --no-fund

template-test: $(BUILD)/tests/render tests/node_modules/.package-lock.json ## our Mustache against npm's
	@node tests/template/differential.mjs $<

.PHONY: unit template-test
