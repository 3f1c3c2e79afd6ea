#!/usr/bin/env bash
# The X server dies while a code is on the screen: the kiosk lives on. Somebody pays, and it is credited without a display; with a server
# again the same process has its window back, also on one of another size. Skipped where there is no X server to start.
. "$(dirname "$0")/lib.sh"
. tests/support/display.sh
needs_display
start_sandbox
export SDL_VIDEODRIVER=x11
mkfifo "$dir/lines"
exec 3<>"$dir/lines"

# Processor time of the kiosk, in hundredths of a second.
ticks() {
    awk '{print $14 + $15}' "/proc/$process/stat"
}
start_display
"$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer -- \
    "$B/kiosk" --config "$dir/kiosk.json" --script "$dir/lines" --shots "$dir" >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
{
    echo 'wait welcome'
    to_bills
    to_code wechat
    echo 'shot code'
} >&3
within 100 test -s "$dir/code.png" || fail "no code on the screen: $(cat "$dir/kiosk.out")"
process=$(running_kiosk)
lives() {
    [ "$(running_kiosk)" = "$process" ] || fail "it is not the same process any more: $(cat "$dir/kiosk.out")"
}
says() {
    [ "$(grep -c "$1" "$dir/kiosk.log")" = "$2" ]
}

stop_display
within 30 says 'the display is gone' 1 || fail "the display's end is not noticed: $(tail -n 3 "$dir/kiosk.out")"
control phone '{"act":"pay"}'
within 60 order_is credited || fail "the order does not go on without a display: $(ctl journal list --limit 1)"
lives
sleep 2 # what waits for a display does not turn round and round
used_before=$(ticks)
sleep 2
[ $(($(ticks) - used_before)) -lt 40 ] || fail "without a display it uses $(($(ticks) - used_before)) ticks in 2 s"

display_back
within 60 says 'the display is back' 1 || fail "the window does not come back"
within 60 xdotool search --name hopkiosk || fail "no window on the new server"
echo 'shot back' >&3
within 60 test -s "$dir/back.png" || fail "nothing is drawn on it: $(cat "$dir/kiosk.out")"
stop_display
within 30 says 'the display is gone' 2 || fail "the second end is not noticed"
display_back
within 60 says 'the display is back' 2 || fail "the window does not come back a second time"
# Another display in its place: the window fits on it, and what it shows acts.
stop_display
within 30 says 'the display is gone' 3 || fail "the third end is not noticed"
display_back 1920x1080
within 60 says 'the display is back' 3 || fail "the window does not come back on another display"
window=$(xdotool search --name hopkiosk | head -n 1)
size=$(xdotool getwindowgeometry "$window" | sed -n 's/.*Geometry: //p')
[ "${size#*x}" -le 1080 ] || fail "the window is $size on a display of 1920x1080"
printf 'tap home\nwait welcome\nshot other\n' >&3
within 60 test -s "$dir/other.png" || fail "nothing is drawn on the other display: $(cat "$dir/kiosk.out")"
lives
ctl journal verify >/dev/null || fail "the journal is not whole"
check_books '[.payments[] | .state] == ["pay_success"]'
