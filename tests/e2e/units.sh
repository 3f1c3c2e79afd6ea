#!/usr/bin/env bash
# The terminal's unit is closed as far as it can be, with the addresses that its configuration names; what systemd would say of the
# units and rules is nothing. Skipped where there is no systemd-analyze.
. "$(dirname "$0")/lib.sh"
LEVEL_MAX=20 # tenths
command -v systemd-analyze >/dev/null || { echo "skipped: systemd-analyze is missing"; exit 0; }

# A unit as it is installed, on this machine's own programs: verify looks for them.
mkdir -p "$dir/units/hopkiosk.service.d"
cp config/systemd/*.service config/display/*.service "$dir/units"
cp config/display/xorg.conf "$dir/units/hopkiosk.service.d/display.conf"
sed -i -E 's|^(ExecStart=)/usr/[^ ]*|\1/bin/true|; /^Documentation=/d' "$dir"/units/*.service
verified=$(SYSTEMD_UNIT_PATH="$dir/units:" systemd-analyze verify --man=no "$dir"/units/*.service 2>&1 | grep -F hopkiosk) || true
[ -z "$verified" ] || fail "systemd says: $verified"

# The hospital's and the platform's, by address and by name.
configure_addresses() {
    jq '.his.base_url = "http://127.0.0.1:1/his" | .platforms.upp.base_url = "https://192.0.2.7:8443/upp" | del(.bench)' config/bench.json >"$dir/kiosk.json"
    chmod 600 "$dir/kiosk.json"
}
configure_addresses
ctl addresses >"$dir/units/hopkiosk.service.d/addresses.conf" || fail "no addresses: $(ctl addresses 2>&1)"
grep -qx 'IPAddressAllow=192.0.2.7' "$dir/units/hopkiosk.service.d/addresses.conf" || fail "the platform may not be reached: $(ctl addresses)"
grep -qx 'IPAddressAllow=127.0.0.1' "$dir/units/hopkiosk.service.d/addresses.conf" || fail "the hospital may not be reached: $(ctl addresses)"
jq '.his.base_url = "https://nowhere.invalid"' "$dir/kiosk.json" >"$dir/other.json" && chmod 600 "$dir/other.json"
"$B/kioskctl" --config "$dir/other.json" addresses >/dev/null 2>&1 && fail "a name that nobody knows is an address"

# With the addresses among its lines: offline, drop-ins are not read.
sed '/^\[Service\]/d; /^#/d' "$dir/units/hopkiosk.service.d/addresses.conf" >"$dir/lines"
sed "/^IPAddressAllow=/r $dir/lines" config/systemd/hopkiosk.service >"$dir/hopkiosk.service"
grep -q 192.0.2.7 "$dir/hopkiosk.service"
level=$(systemd-analyze security --offline=true --threshold=100 "$dir/hopkiosk.service" 2>&1 | sed -nE 's/.*Overall exposure level for [^ ]*: ([0-9]+)\.([0-9]).*/\1\2/p')
[ -n "$level" ] || fail "systemd-analyze says nothing"
[ "$level" -le $LEVEL_MAX ] || fail "exposed: $level tenths, more than $LEVEL_MAX"
level=$(systemd-analyze security --offline=true --threshold=100 config/systemd/hopkiosk-fleet.service 2>&1 | sed -nE 's/.*Overall exposure level for [^ ]*: ([0-9]+)\.([0-9]).*/\1\2/p')
[ "${level:-99}" -le $LEVEL_MAX ] || fail "the fleet's process is exposed: $level tenths, more than $LEVEL_MAX"
for line in Type=notify Restart=always WatchdogSec= User=hopkiosk LoadCredential= DeviceAllow=char-usb_device ProtectSystem=strict IPAddressDeny=any SystemCallFilter=; do
    grep -q "^$line" config/systemd/hopkiosk.service || fail "the unit has no $line"
done
for row in config/*.rules; do
    bad=$(grep -vE '^(#|$)' "$row" | grep -nvE '^([A-Z_]+(\{[A-Za-z0-9_/]+\})?(==|!=|=|:=|\+=)"[^"]*"(, |$))+$') || true
    [ -z "$bad" ] || fail "$row: $bad"
done
# The kernel's own words about some device are enough to have udev read the rules.
if command -v udevadm >/dev/null && [ "$(id -u)" = 0 ] && [ -e /sys/class/mem/null ] && unshare -m true 2>/dev/null; then
    # shellcheck disable=SC2016 # words of the shell inside
    said=$(unshare -m sh -c 'mkdir -p /run/udev && mount -t tmpfs none /run/udev && mkdir -p /run/udev/rules.d && cp config/*.rules /run/udev/rules.d &&
        udevadm test /sys/class/mem/null 2>&1') || true
    grep -q 60-hopkiosk.rules <<<"$said" || fail "udev does not read the rules: $said"
    ! grep -E 'hopkiosk\.rules:[0-9]+' <<<"$said" | grep -v 'Unknown group' || fail "udev says so of the rules"
fi
