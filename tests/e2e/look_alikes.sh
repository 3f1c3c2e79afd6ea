#!/usr/bin/env bash
# Devices that look alike: of two keyboards none is the scanner, and what names the right one is said with the lines to write. A touch
# panel is no scanner, and has its driver back.
. "$(dirname "$0")/lib.sh"
url=http://127.0.0.1:9
configure '.devices = [{role: "scanner", driver: "scanner-hid"}]'
lines='"vid": "046d", "pid": "c31c" (1-1) or "vid": "0c2e", "pid": "0200" (1-2)'

start_bench keyboard scanner touch-panel
# selftest JQ: what it finds about devices
selftest() {
    (among "$B/kioskctl" --config "$dir/kiosk.json" --json selftest >"$dir/findings" 2>"$dir/complaint") || true
    jq -e "[.[] | select(.check == \"device\")] | $1" "$dir/findings" >/dev/null || fail "not $1: $(cat "$dir/findings" "$dir/complaint")"
}
kiosk_says_so() {
    ctl --json devices | jq -e --arg lines "$lines" '.devices[0] | .device == "fault" and (.detail | endswith($lines))' >/dev/null
}

lines_say="(.what | contains(\"2 fit, write for the right one: ${lines//\"/\\\"}\"))"
selftest "length == 1 and .[0].state == \"problem\" and (.[0] | $lines_say) and (.[0].do | contains(\"row of\"))"

# a running kiosk says the same, and goes on without a scanner
among "$B/kiosk" --config "$dir/kiosk.json" --headless >>"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 10 kiosk_says_so || fail "the kiosk says $(ctl --json devices)"
selftest "length == 1 and .[0].state == \"problem\" and (.[0] | $lines_say)"
stop_kiosk

# what it said, written down
configure '.devices = [{role: "scanner", driver: "scanner-hid", vid: "0c2e", pid: "0200"}]'
selftest 'length == 1 and .[0].state == "ok"'

# a touch panel alone is let go, in words
configure '.devices = [{role: "scanner", driver: "scanner-pos"}]'
selftest 'length == 1 and .[0].state == "problem" and (.[0].what | contains("let go 1-3 0eef:0001: no scanned data report"))'
