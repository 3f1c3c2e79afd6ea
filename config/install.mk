# `make install` and `make deb`; the Makefile includes it.
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
UDEVDIR ?= $(PREFIX)/lib/udev
UNITDIR ?= $(PREFIX)/lib/systemd/system
VERSION := $(shell sed -n 's/^\#define HOPKIOSK_VERSION "\(.*\)"/\1/p' app/base/version.h)

# put MODE, FOLDER, FILES: into the folder below DESTDIR
put = install -d "$(DESTDIR)$(2)" && install -m $(1) $(3) "$(DESTDIR)$(2)"
SHARE = $(PREFIX)/share/hopkiosk
DOC = $(PREFIX)/share/doc/hopkiosk
MAN = $(PREFIX)/share/man/man1

# They take the devices that they find. (ModemManager hears it from udev.)
KEPT_OFF = pcscd.service pcscd.socket brltty.service ipp-usb.service

# The names of the bench's programs are too general for a folder of everybody's.
install: all
	$(call put,755,$(PREFIX)/bin,$(B)/kiosk $(B)/kioskctl)
	$(call put,755,$(PREFIX)/libexec/hopkiosk,$(B)/vendorhost)
	install -m 755 $(B)/fleet "$(DESTDIR)$(PREFIX)/bin/hopkiosk-fleet"
	install -m 755 $(B)/sandbox "$(DESTDIR)$(PREFIX)/bin/hopkiosk-sandbox"
	install -m 755 $(B)/usbbench "$(DESTDIR)$(PREFIX)/bin/hopkiosk-usbbench"
	$(call put,644,$(SHARE)/assets/text,assets/text/*.json)
	$(call put,644,$(SHARE)/prompts/zh,$(B)/prompts/zh/*.wav)
	$(call put,644,$(SHARE)/prompts/en,$(B)/prompts/en/*.wav)
	$(call put,644,$(SHARE),config/schema.json)
	$(call put,644,$(UDEVDIR)/rules.d,config/*.rules)
	$(call put,644,$(UNITDIR),config/systemd/*.service)
	for unit in $(KEPT_OFF); do \
		install -D -m 644 config/systemd/keep-off.conf "$(DESTDIR)$(UNITDIR)/$$unit.d/hopkiosk.conf" || exit; \
	done
	$(call put,644,$(DOC),README.md LICENSE)
	install -m 644 config/README.md "$(DESTDIR)$(DOC)/OPERATORS.md"
	$(call put,644,$(DOC)/examples,config/sample.json config/bench.json)
	$(call put,644,$(DOC)/examples/display,config/display/*)
	$(call put,644,$(DOC)/examples/prometheus,config/prometheus/*)
	$(call put,644,$(MAN),config/man/*.1)
	$(call put,644,$(LIBDIR),$(B)/libpayclient.so)
	$(call put,644,$(PREFIX)/include,app/payclient/payclient.h)
	$(call put,644,$(LIBDIR)/pkgconfig,config/payclient.pc)
	sed -i -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' "$(DESTDIR)$(LIBDIR)/pkgconfig/payclient.pc"

# Debian packages of the files that git tracks, as they are now, into $(B)/deb: config/debian/README.md.
deb:
	@config/install-packages run deb
	@config/debian/build $(B)/deb

# The packages in a clean Debian of their own: tests/deb/README.md. Root and the network are needed.
deb-test:
	@config/install-packages run deb deb-test
	@B=$(B) tests/deb/run

# The alert rules in Debian's own prometheus and alertmanager: tests/alerts/README.md.
alerts-test:
	@config/install-packages run test alerts
	@$(MAKE) --no-print-directory $(JOBS) all
	@B=$(B) tests/alerts/run

.PHONY: install deb deb-test alerts-test
