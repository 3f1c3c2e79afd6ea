#!/usr/bin/env bash
# Two real displays: the patient's window fills the second, by its number or its name, hears no key and never covers the cashier. It goes
# when the display is unplugged and comes back with it, in the middle of a payment too. Skipped where there is no server of two outputs.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
. tests/support/display.sh
needs_display Xorg xrandr
[ -e /usr/lib/xorg/modules/drivers/dummy_drv.so ] || { echo "skipped: no dummy driver"; exit 0; }
at_window
start_two_displays 1366x768 1280x800

on() {
    within 60 screen_is "$1" || fail "$1 did not come: $(ctl kiosk status)"
}
# where_is NAME: the window of that name where it can be seen, as X Y WIDTHxHEIGHT; nothing: nowhere
where_is() {
    local window
    window=$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | head -n 1)
    [ -z "$window" ] || xdotool getwindowgeometry --shell "$window" | awk -F= '/^X|^Y/ {printf "%s ", $2} /^WIDTH/ {w = $2} /^HEIGHT/ {print w "x" $2}'
}
patient_at() {
    [ "$(where_is 'hopkiosk patient')" = "$1" ]
}
cashier_stays() {
    [ "$(where_is hopkiosk)" = '0 0 1366x768' ] || fail "the cashier's window is at $(where_is hopkiosk)"
}
begin_real() {
    ASAN_OPTIONS=detect_leaks=0 "$B/kiosk" --config "$dir/kiosk.json" --role cashier >"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    desk_is_there
    on desk_idle
}
end_real() {
    kill "$kiosk_pid"
    wait "$kiosk_pid" || fail "the desk failed: $(cat "$dir/kiosk.out")"
    kiosk_pid=''
    rm -f "$dir/desk.sock"
}
presses() {
    xdotool key --delay 80 "$@"
}

# One display: the patient's window is nowhere.
begin_real
cashier_stays
patient_at '' || fail "the patient's window is at $(where_is 'hopkiosk patient')"

# It is plugged in while the desk runs, and the keys stay the cashier's.
second_display_on
within 20 patient_at '1366 0 1280x800' || fail "the patient's window is at $(where_is 'hopkiosk patient')"
cashier_stays
calls P1 pays P1 88.00
on desk_pay
presses F5
on desk_cash
presses 1 0 0 Return
on desk_result

# ... unplugged in the middle, plugged in again.
second_display_off
within 20 patient_at '' || fail "the patient's window stays at $(where_is 'hopkiosk patient')"
cashier_stays
presses Return
on desk_idle
answers P1 000000 CASH

# While it is away no code is shown to it: F2 does nothing, and a code that the caller names is not begun.
calls P4 pays P4 3.00
on desk_pay
presses F2 F5
on desk_cash
presses Escape Escape
on desk_idle
answers P4 033002
calls P5 pays P5 4.00 depositType=ONE_QR
on desk_pay
presses Escape
on desk_idle
answers P5 033002
second_display_on
within 20 patient_at '1366 0 1280x800' || fail "the patient's window did not come back: $(where_is 'hopkiosk patient')"
cashier_stays
calls P2 pays P2 5.00
on desk_pay
presses Escape
on desk_idle
answers P2 033002
end_real

# By its name; where two displays show the same, the patient's does not stand over the cashier's.
edit=$(jq '.desk = {socket: "desk.sock", displays: "DUMMY1"}' "$dir/kiosk.json") && echo "$edit" >"$dir/kiosk.json"
begin_real
within 20 patient_at '1366 0 1280x800' || fail "by its name it is at $(where_is 'hopkiosk patient')"
xrandr --output DUMMY1 --same-as DUMMY0
within 20 patient_at '' || fail "it covers the cashier: $(where_is 'hopkiosk patient')"
cashier_stays
end_real

# Both, as they look there: a picture of each.
second_display_on
rm -f "$dir/lines" "$dir/desk.sock"
mkfifo "$dir/lines"
exec 3<>"$dir/lines"
exec 5<"$dir/lines"
ASAN_OPTIONS=detect_leaks=0 "$B/kiosk" --config "$dir/kiosk.json" --role cashier --script - --shots "$dir" <&5 3>&- 5<&- >>"$dir/kiosk.out" 2>&1 &
visit_pid=$!
exec 5<&-
desk_is_there
within 20 patient_at '1366 0 1280x800' || fail "the patient's window is at $(where_is 'hopkiosk patient')"
calls P3 pays P3 66.00
play 'wait desk_pay 60
key f2
wait desk_wait 60
expect 患者：等他付款
shot both
key escape
wait desk_result 60
key enter
wait desk_idle 60'
[ -s "$dir/both.png" ] && [ -s "$dir/both-expansion.png" ] || fail "no pictures"
end_desk
