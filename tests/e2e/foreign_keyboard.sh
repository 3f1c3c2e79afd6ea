#!/usr/bin/env bash
# A kiosk in a window: a keyboard that somebody plugs in and the close button of a window manager do nothing, only the control
# socket ends it. On the bench, or where the configuration wants a keyboard, the keys act; only the bench's window closes. Skipped
# where there is no X server to start or nothing to press its keys.
. "$(dirname "$0")/lib.sh"
. tests/support/display.sh
needs_display "$B/close-window"
start_sandbox
start_display

is_left() {
    ! screen_is "$there"
}
is_elsewhere() {
    ctl kiosk status | jq -e '.screen != "welcome"'
}
# begin_kiosk: on a screen that Escape leaves
begin_kiosk() {
    "$B/kiosk" --config "$dir/kiosk.json" >"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    within 30 ctl kiosk status || fail "no kiosk in a window: $(cat "$dir/kiosk.out")"
    local place
    for place in '540 860' '540 1735'; do # a service, or what leads to them
        # shellcheck disable=SC2086 # two numbers
        is_elsewhere >/dev/null || xdotool mousemove $place mousedown 1 sleep 0.3 mouseup 1 sleep 0.5
    done
    within 30 is_elsewhere || fail "a finger does not act"
    there=$(ctl kiosk status | jq -r .screen)
}
close_window() {
    "$B/close-window" hopkiosk || fail "no window to close"
}
has_ended() {
    ! kill -0 "$kiosk_pid" 2>/dev/null
}

# A real terminal has no `bench`.
configure 'del(.bench)'
begin_kiosk
xdotool key Escape key Return
close_window
sleep 1
has_ended && fail "the close button ended the kiosk"
screen_is "$there" >/dev/null || fail "a foreign keyboard acted"
xdotool mousemove 540 1735
close_window
sleep 0.5
screen_is "$there" >/dev/null || fail "the second close ended the kiosk"
stop_kiosk

configure 'del(.bench) | .input = {keyboard: "any"}'
begin_kiosk
xdotool key Escape
within 30 is_left || fail "the configuration's keyboard does not act"
close_window
sleep 1
has_ended && fail "the close button ended the kiosk"
stop_kiosk

configure '.input = {keyboard: "off"}'
begin_kiosk
xdotool key Escape
sleep 1
screen_is "$there" >/dev/null || fail "a keyboard acted although the configuration says off"
close_window
within 30 has_ended || fail "the bench's window does not close"
wait "$kiosk_pid" || fail "the bench's window does not close well"
