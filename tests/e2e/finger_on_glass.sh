#!/usr/bin/env bash
# A real window on a real X server: a finger that comes up where it went down acts, one that slides off does not, and the key of
# a keyboard goes back. Skipped where there is no X server to start or nothing to move its pointer.
. "$(dirname "$0")/lib.sh"
. tests/support/display.sh
needs_display
start_sandbox
start_display
"$B/kiosk" --config "$dir/kiosk.json" >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 30 ctl kiosk status || fail "no kiosk in a window: $(cat "$dir/kiosk.out")"
! grep 'of the shape' "$dir/kiosk.log" || fail "a window of the panel's shape is complained of"

# The first tile of a tall panel stands below the drawing.
start='540 860'
# shellcheck disable=SC2086
xdotool mousemove $start mousedown 1 mousemove 540 300 mouseup 1
sleep 0.3
screen_is welcome >/dev/null || fail "a finger that slid off acted"
# shellcheck disable=SC2086
xdotool mousemove $start mousedown 1
sleep 0.3
screen_is welcome >/dev/null || fail "a finger acted before it came up"
xdotool mouseup 1
within 30 screen_is identify || fail "a finger that came up again did not act"
xdotool key Escape
within 30 screen_is service || fail "Escape does not go back"
xdotool key Escape
within 30 screen_is welcome || fail "Escape does not go back"

# The staff hold the hospital's name: two seconds, then the finger comes up.
xdotool mousemove 100 55 mousedown 1 mouseup 1
sleep 0.3
screen_is welcome >/dev/null || fail "a tap on the hospital's name acted"
xdotool mousedown 1
sleep 4 # of which a busy machine may be late to see some
xdotool mouseup 1
within 30 screen_is staff || fail "holding the hospital's name did not lead to the staff's screen"
stop_kiosk

# A window that somebody makes a pixel smaller is filled anew: its first tile acts where it shows.
"$B/kiosk" --config "$dir/kiosk.json" >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 30 ctl kiosk status || fail "no kiosk in a window: $(cat "$dir/kiosk.out")"
window=$(xdotool search --name hopkiosk | head -n 1)
xdotool windowsize "$window" 1080 1919
sleep 0.5
# shellcheck disable=SC2086
xdotool mousemove $start mousedown 1
sleep 0.3
xdotool mouseup 1
within 30 screen_is identify || fail "a window of another size does not act"
stop_kiosk

# The whole display, whatever its size.
kill $other_pids
Xvfb -displayfd 3 -screen 0 1920x1080x24 3>"$dir/display2" 2>/dev/null &
other_pids=$!
within 30 test -s "$dir/display2" || fail "no second X server"
DISPLAY=:$(cat "$dir/display2")
configure '.terminal.full_screen = true'
"$B/kiosk" --config "$dir/kiosk.json" >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 30 ctl kiosk status || fail "no kiosk on the whole display: $(cat "$dir/kiosk.out")"
xdotool getwindowgeometry "$(xdotool search --name hopkiosk | head -n 1)" | grep -q 'Geometry: 1920x1080' || fail "the display is not filled"
grep -q 'the display is not of the shape of terminal.panel_mm' "$dir/kiosk.log" || fail "a wide display and an upright panel_mm pass unnoticed"
xdotool mousemove 1200 180 mousedown 1
sleep 0.3
xdotool mouseup 1
within 30 screen_is identify || fail "the first tile of a wide panel does not act"
stop_kiosk
