# Symposiarch. `make` prints the targets; the two that matter are run and test.

BUILD   ?= build
PORT    ?= 8080
DB      ?=
DATA    ?= data
STAGE   ?= live
CC      ?= gcc
CFLAGS  ?= -O2 -g

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PKGS := sqlite3 libpq libcjson libqrencode libsodium libcurl zlib libdeflate icu-i18n icu-uc harfbuzz \
        harfbuzz-subset libpng libjpeg
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion \
        -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wwrite-strings \
        -Wcast-qual -Wnull-dereference -Wduplicated-cond -Wduplicated-branches -Wlogical-op \
        -Wimplicit-fallthrough -Wswitch-enum
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fno-common
WERROR ?=
SANITIZE ?=

ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(CFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer,$(HARDEN)) \
        $(WARNINGS) $(if $(WERROR),-Werror) -I. -Iserver -I$(BUILD) $(PKG_CFLAGS) -MMD -MP
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LIBS = $(PKG_LIBS) -lcivetweb -lhpdf -lcmark-gfm -lcmark-gfm-extensions -lstemmer -lm -lpthread

SRC  := $(sort $(filter-out server/main.c pdf/main.c,$(wildcard server/*.c server/base/*.c \
        server/store/*.c server/domain/*.c server/optimise/*.c server/planning/*.c server/http/*.c server/view/*.c \
        server/pages/*.c server/jobs/*.c server/demo/*.c pdf/*.c pdf/*/*.c)))
OBJ  := $(SRC:%.c=$(BUILD)/%.o)
GEN  := $(BUILD)/gen/query.h $(BUILD)/gen/schema.h
GEN_OBJ := $(BUILD)/gen/query.o $(BUILD)/gen/schema.o $(BUILD)/gen/assets.o
LIB  := $(BUILD)/libsymposiarch.a
PRINT := $(BUILD)/symposiarch-print
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))

include server/tools/tools.mk
include tests/tests.mk

help:
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: $(BUILD)/symposiarch ## the program, build/symposiarch, and build/symposiarch-print beside it

$(BUILD)/%.o: %.c | $(GEN)
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/pdf/embedded.o: $(wildcard pdf/documents/*.json pdf/documents/*/*.json)

$(LIB): $(OBJ) $(GEN_OBJ)
	@rm -f $@
	$(QUIET)ar qcs $@ $^

$(BUILD)/symposiarch: $(BUILD)/server/main.o $(LIB) | $(PRINT)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

# What the program above starts to print. Of the libraries only those it calls: what it never loads
# costs no worker memory, and is not at hand for a picture that misleads one.
$(PRINT): $(BUILD)/pdf/main.o $(LIB)
	$(QUIET)$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -Wl,--as-needed -o $@ $^ $(LIBS)

# Quiet by default: one short line a file. V=1 shows the commands.
ifndef V
QUIET = @echo '  $(patsubst $(BUILD)/%,%,$@)';
endif

deps: ## installs the Debian packages the build needs, if any is missing
	@sh server/tools/deps.sh build $(BUILD)/deps

run: deps ## builds, makes the demo event when data/ is empty, and serves it: PORT= DB= DATA= STAGE=
	+@$(MAKE) --no-print-directory -j$(JOBS) build
	@exec $(BUILD)/symposiarch demo --data $(DATA) --port $(PORT) $(if $(DB),--database '$(DB)') \
		--stage $(STAGE)

clean: ## removes build/
	rm -rf $(BUILD)

.PHONY: help build deps run clean
-include $(OBJ:.o=.d) $(BUILD)/server/main.d $(BUILD)/pdf/main.d
