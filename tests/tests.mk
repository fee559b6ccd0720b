# Unit tests: one cmocka program a file, linked with the library.

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB) $(LIBS) -lcmocka

unit: $(UNIT) ## the unit tests
	@for t in $(UNIT); do $$t || exit 1; done

.PHONY: unit
