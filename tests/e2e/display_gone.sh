#!/usr/bin/env bash
# The X server goes while a code is on the screen and somebody pays it: with a display again the kiosk starts, its journal goes on, and
# what was paid is credited. Skipped where there is no X server to start.
. "$(dirname "$0")/lib.sh"
. tests/support/display.sh
needs_display
start_sandbox
export SDL_VIDEODRIVER=x11

has_ended() {
    ! kill -0 "$kiosk_pid" 2>/dev/null
}
{
    echo 'wait welcome'
    to_bills
    to_code wechat
    echo 'shot code'
    echo 'wait result 60'
} >"$dir/script"

start_display
"$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer -- \
    "$B/kiosk" --config "$dir/kiosk.json" --script "$dir/script" --shots "$dir" >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 100 test -s "$dir/code.png" || fail "no code on the screen: $(cat "$dir/kiosk.out")"
kill -9 "$display_pid"
wait "$display_pid" 2>/dev/null || true
within 30 has_ended || fail "without its display the kiosk neither ends nor shows anything"
wait "$kiosk_pid" 2>/dev/null || true
kiosk_pid=
control phone '{"act":"pay"}'

start_display
"$B/kiosk" --config "$dir/kiosk.json" >>"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 60 order_is credited || fail "the order does not go on: $(ctl journal list --limit 1)"
ctl journal verify >/dev/null || fail "the journal is not whole"
check_books '[.payments[] | .state] == ["pay_success"]'
ctl kiosk status | jq -e '.screen == "welcome"' >/dev/null || fail "the kiosk does not show its first screen"
