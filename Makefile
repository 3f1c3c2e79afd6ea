# hopkiosk: see README.md. `make` builds, `make run` shows it, `make test` proves it.
B ?= build
CC ?= gcc
CLANG ?= clang
WARN := -Wall -Wextra -Wpedantic -Werror -Wmissing-prototypes -Wstrict-prototypes -Wshadow
CFLAGS ?= -O2 -g
PACKAGES := sdl2 SDL2_ttf libpng libqrencode libcurl libcjson libusb-1.0 sqlite3 libcrypto
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. -I$(B)/gen $(WARN) $(PKG_CFLAGS) $(CFLAGS) $(SANITIZE)
ALL_LIBS = -Wl,--as-needed $(PKG_LIBS) -lpthread -lm $(SANITIZE)

CORE_SRC := $(wildcard app/core/*.c)
APP_SRC := $(filter-out app/main.c,$(wildcard app/*.c)) $(wildcard app/platform/*.c)
UI_SRC := $(wildcard ui/*.c ui/screens/*.c) $(B)/gen/icon_masks.c
DRIVER_SRC := $(wildcard drivers/*.c)
CTL_SRC := $(wildcard app/ctl/*.c)
LIB_SRC := $(CORE_SRC) $(APP_SRC) $(UI_SRC) $(DRIVER_SRC)
SANDBOX_SRC := $(wildcard tests/sandbox/*.c)
USBBENCH_SRC := $(filter-out %/vhci.c,$(wildcard tests/usbbench/*.c))
SIM_SRC := $(wildcard tests/sim/*.c)
obj = $(patsubst lib%.a,$(B)/lib%.a,$(patsubst %.c,$(B)/obj/%.o,$(1)))

PROGRAMS := $(B)/kiosk $(B)/kioskctl $(B)/sandbox $(B)/usbbench
all: $(PROGRAMS)

# One short line a step; `make V=1` shows the commands.
$(if $(V),,$(eval .SILENT:))
say = @$(if $(V),:,echo '  $(1)  $(2)')

# Money and decisions are also checked for silent conversions.
$(B)/obj/app/core/%.o: WARN += -Wconversion

$(B)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(B)/libhopkiosk.a: $(call obj,$(LIB_SRC))
	@rm -f $@
	ar rcs $@ $^

$(B)/kiosk: $(call obj,app/main.c) $(B)/libhopkiosk.a
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)
$(B)/kioskctl: $(call obj,$(CTL_SRC)) $(B)/libhopkiosk.a
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)
# No code of the program: an independent second implementation sees the mistakes of the first.
$(B)/libsandbox.a: $(call obj,$(filter-out %/main.c,$(SANDBOX_SRC)))
	@rm -f $@
	ar rcs $@ $^
$(B)/sandbox: $(call obj,tests/sandbox/main.c) $(B)/libsandbox.a
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS) -lmicrohttpd
$(B)/usbbench: $(call obj,$(USBBENCH_SRC))
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)
$(B)/sim: $(call obj,$(SIM_SRC)) $(B)/libhopkiosk.a
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)

# Icons: SVG to coverage masks, 128 pixels square, compiled in.
ICON_PNG := $(patsubst assets/icons/%.svg,$(B)/gen/icons/%.png,$(wildcard assets/icons/*.svg))
$(B)/gen/icons/%.png: assets/icons/%.svg
	@mkdir -p $(@D)
	rsvg-convert -w 128 -h 128 $< -o $@
$(B)/icon-masks: $(call obj,assets/icons/masks.c)
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)
$(B)/gen/icon_masks.c: $(B)/icon-masks $(ICON_PNG)
	$< $(ICON_PNG) > $@

# Every screen with sample data as pictures: build/ui-gallery [DIR]
$(B)/ui-gallery: $(call obj,tests/ui/gallery.c tests/ui/samples.c) $(B)/libhopkiosk.a
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)

# A test program is tests/{unit,fault,replay}/NAME_test.c. Its first line may name all it links:
# /* links: app/core/money.c */ proves that nothing else is needed; without it the whole library is linked.
EXTRA_LIBS_sandbox_http_test := -lmicrohttpd
TEST_SRC := $(wildcard tests/unit/*_test.c tests/fault/*_test.c tests/replay/*_test.c)
TESTS := $(patsubst %.c,$(B)/%,$(TEST_SRC))
links_of = $(shell sed -n '1s|^/\* links: \(.*\) \*/$$|\1|p' $(1))
linked = $(call obj,$(filter lib%.a,$(1)) $(wildcard $(1)))
define test_rule
$(B)/$(1:.c=): $(call obj,$(1)) $(if $(call links_of,$(1)),$(call linked,$(call links_of,$(1))),$(B)/libhopkiosk.a)
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(CC) $$^ -o $$@ $$(ALL_LIBS) -lcmocka -lzbar $$(EXTRA_LIBS_$(notdir $(1:.c=)))
endef
$(foreach t,$(TEST_SRC),$(eval $(call test_rule,$(t))))

$(foreach t,layout window finger,$(B)/tests/unit/ui_$(t)_test): $(call obj,tests/ui/samples.c)

deps-run:
	@config/install-packages run
deps-test:
	@config/install-packages run test

tests: $(TESTS)

# All cores, unless the caller already said how many.
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

run: deps-run
	@$(MAKE) --no-print-directory $(JOBS) all
	@tests/demo

test: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all $(B)/sim $(TESTS) $(SHORT_FUZZERS) teeth-programs
	@B=$(B) tests/run

check: deps-test
	clang-format --dry-run -Werror $(shell git ls-files '*.c' '*.h')
	@printf '%s\n' $(filter-out $(B)/%,$(LIB_SRC) $(CTL_SRC) $(SANDBOX_SRC) $(USBBENCH_SRC)) | xargs -P$(shell nproc) -n 12 \
		sh -c 'clang-tidy --quiet "$$@" -- -std=c11 -D_GNU_SOURCE -I. -I$(B)/gen $(PKG_CFLAGS) 2>/dev/null' tidy

asan:
	@$(MAKE) --no-print-directory B=$(B)/asan SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' CFLAGS='-O1 -g' test
tsan:
	@$(MAKE) --no-print-directory B=$(B)/tsan SANITIZE=-fsanitize=thread CFLAGS='-O1 -g' test

cover: deps-test
	@$(MAKE) --no-print-directory $(JOBS) B=$(B)/cover SANITIZE=--coverage CFLAGS='-O0 -g' cover-programs
	@find $(B)/cover -name '*.gcda' -delete
	@B=$(B)/cover tests/cover
cover-programs: $(B)/sim $(TESTS)

# Every parser of foreign bytes, for TIME seconds each; what a run finds stays in its corpus.
TIME ?= 30
FUZZERS := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/*_fuzz.c))
$(FUZZERS): $(B)/%: $(B)/obj/%.o $(B)/libhopkiosk.a
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(CC) $^ -o $@ -fsanitize=fuzzer $(ALL_LIBS)
fuzzers: $(FUZZERS)
fuzz: deps-test
	@$(MAKE) --no-print-directory B=$(B)/fuzzing CC=$(CLANG) CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' \
		SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' fuzzers
	@tests/fuzz/run $(B)/fuzzing $(TIME)

# The device tests again, under Debian's kernel in a virtual machine, and on QEMU's own devices.
VM_PROGRAMS := $(B)/usbbench-vhci $(B)/vm/peers $(B)/vm/peers_test
$(B)/usbbench-vhci: $(call obj,$(filter-out %/umock.c %/umock_tree.c,$(USBBENCH_SRC)) tests/usbbench/vhci.c)
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)
$(B)/vm/peers: $(call obj,tests/usbbench/vm/peers.c tests/usbbench/smart_card.c)
$(B)/vm/peers_test: $(call obj,tests/usbbench/vm/peers_test.c tests/unit/usb_story.c tests/usbbench/client.c $(DRIVER_SRC))
$(B)/vm/peers $(B)/vm/peers_test:
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS) -lcmocka
bench-vm: deps-test
	@config/install-packages vm
	@$(MAKE) --no-print-directory $(JOBS) $(VM_PROGRAMS) $(filter $(B)/tests/unit/usb_%,$(TESTS))
	@B=$(B) tests/usbbench/vm/run

# The same for two seconds, in whatever build this is.
SHORT_FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/fuzz-short/%,$(wildcard tests/fuzz/*_fuzz.c))
$(B)/fuzz-short/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/short.o $(B)/libhopkiosk.a
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(CC) $^ -o $@ $(ALL_LIBS)

sim: $(B)/sim
	$(B)/sim $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

# A deliberate bug of tests/teeth in the simulator: only the files it changes are built again, the rest is the library's.
TEETH := $(patsubst tests/teeth/%.patch,$(B)/teeth/%,$(wildcard tests/teeth/*.patch))
$(B)/teeth/%: WARN :=
$(B)/teeth/%: tests/teeth/%.patch $(call obj,$(SIM_SRC)) $(B)/libhopkiosk.a
	$(call say,TOOTH,$<)
	@rm -rf $@.src && mkdir -p $@.src
	@cp --parents $$(sed -n 's|^+++ b/||p' $<) $@.src && patch -s -p1 -d $@.src <$<
	$(CC) $(ALL_CFLAGS) $$(sed -n 's|^+++ b/|$@.src/|p' $<) $(filter-out $<,$^) -o $@ $(ALL_LIBS)
teeth-programs: $(TEETH)
teeth:
	@$(MAKE) --no-print-directory $(JOBS) teeth-programs
	@B=$(B) tests/teeth/run

# What must not change when code only moves: see tests/house/frozen.
frozen freeze: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all $(B)/sim $(B)/ui-gallery $(B)/perf/fill_journal
	@B=$(B) tests/house/frozen $(if $(filter freeze,$@),write)

# Programs that measure: tests/perf/NAME.c; tests/perf/program measures the kiosk from outside.
PERF := $(patsubst tests/perf/%.c,$(B)/perf/%,$(wildcard tests/perf/*.c))
$(B)/perf/%: $(B)/obj/tests/perf/%.o $(B)/libhopkiosk.a
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(CC) $(filter %.o,$^) $(filter %.a,$^) -o $@ $(ALL_LIBS)
$(B)/perf/device_perf: $(call obj,tests/usbbench/client.c tests/unit/usb_story.c)
perf: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all perf-programs
	@for program in $(filter %_perf,$(PERF)); do $$program || exit 1; done
	@B=$(B) tests/perf/program
	@B=$(B) tests/perf/devices
perf-programs: $(PERF)

clean:
	rm -rf $(B)

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
.PHONY: all run test frozen freeze bench-vm tests check asan tsan fuzz fuzzers sim cover cover-programs teeth teeth-programs perf perf-programs clean deps-run deps-test
.DELETE_ON_ERROR:
