# hopkiosk: see README.md. `make` builds, `make run` shows it, `make test` proves it.
B ?= build
CC ?= gcc
CLANG ?= clang
WARN := -Wall -Wextra -Wpedantic -Werror -Wmissing-prototypes -Wstrict-prototypes -Wshadow -Wformat-security
CFLAGS ?= -O2 -g
PACKAGES := sdl2 x11 xrandr SDL2_ttf freetype2 libpng libqrencode libcurl libcjson libusb-1.0 sqlite3 libssl libcrypto libzip zlib expat libmicrohttpd libpq
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -I. -I$(B)/gen $(WARN) $(PKG_CFLAGS) $(CFLAGS) $(SANITIZE)
ALL_LIBS = $(LDFLAGS) -Wl,--as-needed $(PKG_LIBS) -lpthread -lm $(SANITIZE)

# The rooms of the house, each an archive of its own. They are linked in this order: a room may need only those behind it.
PLATFORMS := $(patsubst %/,%,$(sort $(wildcard app/platform/*/)))
ROOMS := app/shell app/receipt app/present app/pump app/recon app/recon/sources app/platform $(PLATFORMS) app/fleet app/journal app/config app/wire \
	app/core app/core/visit app/core/desk app/core/order app/core/terms app/base \
	drivers drivers/card drivers/scanner drivers/printer drivers/pinpad drivers/transport drivers/usb ui/window ui/voice ui/desk ui/expansion ui/screens ui
GENERATED := $(B)/gen/icon_masks.c $(B)/gen/drawing_runs.c
LIB_SRC := $(filter-out %/main.c,$(wildcard app/options.c $(ROOMS:%=%/*.c))) $(GENERATED)
CTL_SRC := $(wildcard app/ctl/*.c)
SANDBOX_SRC := $(wildcard tests/sandbox/*.c)
USBBENCH_SRC := $(filter-out %/vhci.c,$(wildcard tests/usbbench/*.c))
SIM_SRC := $(wildcard tests/sim/*.c)
obj = $(patsubst %.c,$(B)/obj/%.o,$(1))
room = $(patsubst %,$(B)/lib/%.a,$(1))
LIB := $(call room,$(ROOMS))
# Each archive once: what needs a room before it does not link (and tests/house/run finds what only happens to link).
LINK = $(filter %.a,$^)

PROMPTS := $(B)/prompts/made
PROGRAMS := $(B)/kiosk $(B)/kioskctl $(B)/fleet $(B)/vendorhost $(B)/libpayclient.so $(B)/sandbox $(B)/usbbench
all: $(PROGRAMS) $(PROMPTS)

# One short line a step; `make V=1` shows the commands.
$(if $(V),,$(eval .SILENT:))
say = @$(if $(V),:,echo '  $(1)  $(2)')

# Money and decisions are also checked for silent conversions.
$(B)/obj/app/core/%.o: WARN += -Wconversion

$(B)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

define room_rule
$(call room,$(1)): $$(call obj,$$(filter-out %/main.c,$$(wildcard $(1)/*.c))$(if $(filter ui,$(1)), $(GENERATED)))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

# What a program links: its objects, then the rooms.
define link
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(CC) $(filter %.o,$^) $(LINK) -o $@ $(ALL_LIBS)
endef
# What the kiosk frees is wiped (app/base/secrecy).
$(B)/kiosk: private ALL_LIBS += -Wl,--wrap=free,--wrap=realloc
$(B)/kiosk: $(call obj,app/main.c app/options.c) $(LIB)
	$(link)
$(B)/kioskctl: $(call obj,$(CTL_SRC)) $(LIB)
	$(link)
$(B)/fleet: $(call obj,app/fleet/main.c) $(call room,app/fleet app/journal app/config app/wire app/core/order app/core/terms app/base)
	$(link)
# What a vendor's library does to its process is nobody else's business: no code of the rooms.
$(B)/vendorhost: $(call obj,app/vendorhost/main.c)
	$(link)
# Window software loads it: the documents' tables, and nothing of the program beyond them. It shows its four functions only.
PAYCLIENT_SRC := $(wildcard app/payclient/*.c) $(addprefix app/platform/onepay/,table.c trade_fields.c person_fields.c notice_fields.c check.c codes.c) \
	$(addprefix app/wire/,fields.c field_walk.c field_form.c json.c masked.c encoding.c operation.c) \
	app/core/terms/money.c $(addprefix app/base/,text.c log.c clock.c)
$(B)/pic/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(CC) $(ALL_CFLAGS) -fPIC -MMD -MP -c $< -o $@
$(B)/libpayclient.so: $(PAYCLIENT_SRC:%.c=$(B)/pic/%.o) app/payclient/exports.map
	$(call say,LD,$@)
	$(CC) -shared -Wl,-soname,libpayclient.so -Wl,--version-script=app/payclient/exports.map -Wl,-z,nodelete -Wl,--gc-sections \
		$(if $(SANITIZE),,-Wl,-z,defs) $(filter %.o,$^) -o $@ $(LDFLAGS) -Wl,--as-needed $(shell pkg-config --libs libcjson) -lpthread $(SANITIZE)
# For window software of Windows: the same client for a desk on another machine, 64 and 32 bit. cJSON is the very one that is installed
# here, as Debian's source package has it; everything else that is linked comes with mingw-w64.
WINDOWS_SRC := $(filter-out app/payclient/desk_call.c app/base/log.c app/wire/encoding.c,$(PAYCLIENT_SRC)) $(wildcard app/payclient/windows/*.c)
WINDOWS_CFLAGS := -std=c11 -O2 -Wall -Wextra -Werror -D_GNU_SOURCE -D_POSIX_C_SOURCE=200809L -D__USE_MINGW_ANSI_STDIO=1 -D_WIN32_WINNT=0x0601 \
	-DCJSON_HIDE_SYMBOLS -DCLOCK_BOOTTIME=CLOCK_MONOTONIC -Dtimegm=_mkgmtime -I. -I$(B)/windows/include
$(B)/windows/cJSON.c:
	@mkdir -p $(@D)
	tests/windows/fetch-cjson $(@D)
define windows-dll
$(B)/windows/$(1)/payclient.dll: $(WINDOWS_SRC) $(B)/windows/cJSON.c app/payclient/windows/payclient.def Makefile
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$(1)-w64-mingw32-gcc $(WINDOWS_CFLAGS) -shared -static -static-libgcc -Wl,--kill-at -Wl,--enable-stdcall-fixup $$(filter %.c %.def,$$^) -o $$@ \
		-lws2_32 -lsecur32 -lcrypt32 -ladvapi32 -lpthread
$(B)/windows/$(1)/caller.exe: tests/windows/caller.c Makefile
	@mkdir -p $$(@D)
	$(1)-w64-mingw32-gcc -std=c11 -O2 -Wall -Wextra -Werror -municode -static $$(filter %.c,$$^) -o $$@
endef
$(foreach machine,x86_64 i686,$(eval $(call windows-dll,$(machine))))
deps-windows:
	@config/install-packages run windows
payclient-windows: deps-windows all
	$(MAKE) $(foreach machine,x86_64 i686,$(B)/windows/$(machine)/payclient.dll $(B)/windows/$(machine)/caller.exe)
	tests/windows/run

# No code of the program: an independent second implementation sees the mistakes of the first.
$(B)/libsandbox.a: $(call obj,$(filter-out %/main.c,$(SANDBOX_SRC)))
	@rm -f $@
	ar rcs $@ $^
$(B)/sandbox: ALL_LIBS += -lmicrohttpd
$(B)/sandbox: $(call obj,tests/sandbox/main.c) $(B)/libsandbox.a
	$(link)
$(B)/usbbench: $(call obj,$(USBBENCH_SRC))
	$(link)
$(B)/sim: $(call obj,$(SIM_SRC)) $(LIB)
	$(link)

# Icons: SVG to coverage masks, 128 pixels square, compiled in.
ICON_PNG := $(patsubst assets/icons/%.svg,$(B)/gen/icons/%.png,$(wildcard assets/icons/*.svg))
$(B)/gen/icons/%.png: assets/icons/%.svg
	@mkdir -p $(@D)
	rsvg-convert -w 128 -h 128 $< -o $@
$(B)/icon-masks: $(call obj,assets/icons/masks.c)
	$(link)
$(B)/gen/icon_masks.c: $(B)/icon-masks $(ICON_PNG)
	$< $(ICON_PNG) > $@

# Drawings: SVG to PNG, once and twice as large as drawn, compiled in.
DRAWING_PNG := $(foreach d,$(wildcard assets/drawings/*.svg),$(foreach n,1 2,$(d:assets/%.svg=$(B)/gen/%-$(n).png)))
$(B)/gen/drawings/%-1.png: assets/drawings/%.svg
	@mkdir -p $(@D)
	rsvg-convert $< -o $@
$(B)/gen/drawings/%-2.png: assets/drawings/%.svg
	@mkdir -p $(@D)
	rsvg-convert --zoom 2 $< -o $@
$(B)/pack-drawings: $(call obj,assets/drawings/pack.c)
	$(link)
$(B)/gen/drawing_runs.c: $(B)/pack-drawings $(DRAWING_PNG)
	$< $(DRAWING_PNG) > $@

# Prompts: spoken at build, a WAV file each beside the programs.
$(B)/speak-prompts: ALL_LIBS += -lespeak-ng
$(B)/speak-prompts: $(call obj,assets/prompts/speak.c)
	$(link)
$(PROMPTS): $(B)/speak-prompts assets/prompts/pinyin.json assets/text/en.json
	$(call say,SPEAK,$(@D))
	rm -rf $(@D)
	$< $(@D)
	touch $@

# Every screen with sample data as pictures: build/ui-gallery [DIR]
$(B)/ui-gallery: $(call obj,tests/ui/gallery.c tests/ui/sheet.c $(wildcard tests/support/samples/*.c)) $(LIB)
	$(link)

# What a window manager sends: build/close-window NAME
$(B)/close-window: ALL_LIBS += -lX11
$(B)/close-window: $(call obj,tests/ui/close_window.c)
	$(link)

# A test program is a NAME_test.c somewhere below tests/{unit,fault,replay}. Its first line may name all it links, files and rooms (a
# folder and its slash): /* links: app/core/terms/money.c app/base/ */ proves that nothing else is needed; without it the whole house
# is linked.
TEST_SRC := $(sort $(shell find tests/unit tests/fault tests/replay -name '*_test.c'))
TESTS := $(patsubst %.c,$(B)/%,$(TEST_SRC))
links_of = $(shell sed -n '1s|^/\* links: \(.*\) \*/$$|\1|p' $(1))
linked = $(call obj,$(wildcard $(filter %.c,$(1)) $(addsuffix *.c,$(filter tests/%/,$(1))))) \
	$(call room,$(patsubst %/,%,$(filter-out tests/%,$(filter %/,$(1))))) \
	$(patsubst lib%.a,$(B)/lib%.a,$(patsubst house,$(LIB),$(filter lib%.a house,$(1))))
define test_rule
$(B)/$(1:.c=): ALL_LIBS += -lcmocka -lzbar
$(B)/$(1:.c=): $(call obj,$(1)) $(if $(call links_of,$(1)),$(call linked,$(call links_of,$(1))),$(LIB))
	$$(link)
endef
$(foreach t,$(TEST_SRC),$(eval $(call test_rule,$(t))))

# A vendor's library that does whatever a test wants of it.
$(B)/tests/libvendor.so: tests/support/vendor_library.c
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(CC) $(ALL_CFLAGS) -fPIC -shared $< -o $@
$(B)/tests/unit/pump/vendor_test: | $(B)/tests/libvendor.so $(B)/vendorhost

# As window software links it.
$(B)/tests/unit/payclient/payclient_test: private ALL_LIBS += -L$(B) -lpayclient -Wl,-rpath,'$$ORIGIN/../../..'
$(B)/tests/unit/payclient/payclient_test: | $(B)/libpayclient.so

$(B)/tests/unit/sandbox/http_test: ALL_LIBS += -lmicrohttpd
$(B)/tests/unit/ui/voice/phonemes_test $(B)/tests/unit/ui/voice/amounts_test: ALL_LIBS += -lespeak-ng

deps-run:
	@config/install-packages run
deps-test:
	@config/install-packages run test

tests: $(TESTS) $(B)/close-window

# All cores, unless the caller already said how many.
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

run: deps-run
	@$(MAKE) --no-print-directory $(JOBS) all
	@tests/demo

test: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all $(B)/sim $(TESTS) $(B)/close-window perf-programs $(SHORT_FUZZERS) teeth-programs
	@B=$(B) tests/run

check: deps-test
	clang-format --dry-run -Werror $(shell git ls-files '*.c' '*.h')
	@printf '%s\n' $(filter-out $(B)/%,$(LIB_SRC) $(CTL_SRC) $(SANDBOX_SRC) $(USBBENCH_SRC)) | xargs -P$(shell nproc) -n 12 \
		sh -c 'clang-tidy --quiet "$$@" -- -std=c11 -D_GNU_SOURCE -I. -I$(B)/gen $(PKG_CFLAGS) 2>/dev/null' tidy

asan:
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.txt:print_suppressions=0 ASAN_OPTIONS=verify_asan_link_order=0 $(MAKE) --no-print-directory B=$(B)/asan SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' CFLAGS='-O1 -g' test
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
$(FUZZERS): private ALL_LIBS += -fsanitize=fuzzer
$(FUZZERS): $(B)/%: $(B)/obj/%.o $(LIB)
	$(link)
# The library's own files are no room.
$(B)/tests/fuzz/payclient_fuzz $(B)/fuzz-short/payclient_fuzz: $(call obj,app/payclient/handed.c app/payclient/result.c)
fuzzers: $(FUZZERS)
fuzz: deps-test
	@$(MAKE) --no-print-directory B=$(B)/fuzzing CC=$(CLANG) CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' \
		SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' fuzzers
	@tests/fuzz/run $(B)/fuzzing $(TIME)

# The device tests again, under Debian's kernel in a virtual machine, and on QEMU's own devices.
VM_PROGRAMS := $(B)/usbbench-vhci $(B)/vm/peers $(B)/vm/peers_test
$(B)/usbbench-vhci: $(call obj,$(filter-out %/umock.c %/umock_calls.c %/umock_tree.c,$(USBBENCH_SRC)) tests/usbbench/vhci.c)
	$(link)
$(B)/vm/peers: $(call obj,tests/usbbench/vm/peers.c tests/usbbench/smart_card.c)
$(B)/vm/peers_test: $(call obj,tests/usbbench/vm/peers_test.c tests/support/usb_story.c tests/usbbench/client.c) $(LIB)
$(B)/vm/peers $(B)/vm/peers_test: ALL_LIBS += -lcmocka
$(B)/vm/peers $(B)/vm/peers_test:
	$(link)
bench-vm: deps-test
	@config/install-packages vm
	@$(MAKE) --no-print-directory $(JOBS) $(VM_PROGRAMS) $(filter $(B)/tests/unit/drivers/usb/%,$(TESTS))
	@B=$(B) tests/usbbench/vm/run

# The same without coverage, for a second at most, in whatever build this is.
SHORT_FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/fuzz-short/%,$(wildcard tests/fuzz/*_fuzz.c))
$(B)/fuzz-short/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/short.o $(LIB)
	$(link)

sim: $(B)/sim
	$(B)/sim $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

# A deliberate bug of tests/teeth in the simulator: only the files it changes are built again, the rest is the library's.
TEETH := $(patsubst tests/teeth/%.patch,$(B)/teeth/%,$(wildcard tests/teeth/*.patch))
$(B)/teeth/%: WARN :=
$(B)/teeth/%: tests/teeth/%.patch $(call obj,$(SIM_SRC)) $(LIB)
	$(call say,TOOTH,$<)
	@rm -rf $@.src && mkdir -p $@.src
	@cp --parents $$(sed -n 's|^+++ b/||p' $<) $@.src && patch -s -p1 -d $@.src <$<
	$(CC) $(ALL_CFLAGS) $$(sed -n 's|^+++ b/|$@.src/|p' $<) $(filter %.o,$^) $(LINK) -o $@ $(ALL_LIBS)
teeth-programs: $(TEETH)
teeth:
	@$(MAKE) --no-print-directory $(JOBS) teeth-programs
	@B=$(B) tests/teeth/run

# Changes made by machine to what decides about money, each of which a test should notice: see tests/mutate/README.md.
MUTATE_TESTS := $(filter tests/unit/core/order/% tests/unit/core/visit/% tests/unit/core/desk/% tests/unit/journal/% tests/fault/journal_% tests/unit/shell/resolve_%,$(TEST_SRC))
$(B)/mutants: $(call obj,$(wildcard tests/mutate/*.c))
	$(link)
mutate-parts: $(B)/mutants $(call obj,$(MUTATE_TESTS) $(SIM_SRC) $(wildcard tests/support/*.c)) $(LIB)
mutate:
	@$(MAKE) --no-print-directory $(JOBS) mutate-parts
	@B=$(B) CC='$(CC)' CFLAGS='$(ALL_CFLAGS)' LIBS='$(ALL_LIBS)' ROOMS='$(LIB)' tests/mutate/run

# What must not change when code only moves: see tests/house/frozen.
frozen freeze: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all $(B)/sim $(B)/ui-gallery $(B)/perf/fill_journal
	@B=$(B) tests/house/frozen $(if $(filter freeze,$@),write)

# Programs that measure: tests/perf/NAME.c; tests/perf/program measures the kiosk from outside.
PERF := $(patsubst tests/perf/%.c,$(B)/perf/%,$(wildcard tests/perf/*.c))
$(B)/perf/%: $(B)/obj/tests/perf/%.o $(LIB)
	$(link)
$(B)/perf/device_perf: $(call obj,tests/usbbench/client.c tests/support/usb_story.c)
$(B)/perf/redraw_perf: $(call obj,$(wildcard tests/support/samples/*.c))
$(B)/perf/fleet_load: $(call obj,tests/support/order_templates.c)
perf: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all perf-programs
	@for program in $(filter %_perf,$(PERF)); do $$program || exit 1; done
	@B=$(B) tests/perf/program
	@B=$(B) tests/perf/chromium
	@B=$(B) tests/perf/devices
	@B=$(B) tests/perf/recon
	@B=$(B) tests/perf/desk
perf-programs: $(PERF)
# Ten thousand simulated terminals before a PostgreSQL that is failed over: a quarter of an hour, no part of `make test`.
fleet-trial: deps-test
	@$(MAKE) --no-print-directory $(JOBS) all $(B)/sim $(B)/perf/fleet_load
	@B=$(B) tests/perf/fleet

include config/install.mk

clean:
	rm -rf $(B)

-include $(shell find $(B)/obj $(B)/pic -name '*.d' 2>/dev/null)
.PHONY: all run test frozen freeze bench-vm tests check asan tsan fuzz fuzzers sim cover cover-programs teeth teeth-programs mutate mutate-parts perf perf-programs fleet-trial clean deps-run deps-test
.DELETE_ON_ERROR:
