#!/usr/bin/env bash
# The cashier's window on a real display, pressed by a real keyboard: nothing needs the mouse. The patient's display is not there: its
# window stays away. Skipped where there is no X server to start or nothing to press its keys.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
. tests/support/display.sh
needs_display
at_window
start_display 1366x768

# on SCREEN: it comes
on() {
    within 60 screen_is "$1" || fail "$1 did not come: $(ctl kiosk status)"
}
presses() {
    xdotool key --delay 80 "$@"
}

# What D-Bus keeps for a window is not ours.
ASAN_OPTIONS=detect_leaks=0 "$B/kiosk" --config "$dir/kiosk.json" --role cashier >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
desk_is_there
on desk_idle
seen=$(xdotool search --onlyvisible --name hopkiosk | wc -l)
[ "$seen" = 1 ] || fail "$seen windows are seen: the patient's display is not there"

# Cash, typed: digits, Backspace, Enter.
calls P1 pays P1 88.00
on desk_pay
presses F5
on desk_cash
presses 1 0 1 BackSpace 0 Return
on desk_result
presses Return
on desk_idle
answers P1 000000 CASH

# A usual sum by Alt, F-keys that are not offered do nothing, Tab goes on.
calls P2 pays P2 5.00
on desk_pay
presses F3 F4 F7 Down Down Up
presses F9 F9 F5
on desk_cash
presses Escape
on desk_pay
presses F5 alt+1 Return
on desk_result
presses Return
on desk_idle
answers P2 000000 CASH

# A call of today is looked at; the next call comes before it.
presses Down Return
on desk_result
calls P3 pays P3 6.00
on desk_pay
presses Escape
on desk_idle
answers P3 033002
presses F10 F10

# F7 gives back when it is held for a second, and not before; let go too soon, or pressed again and again, it does nothing.
calls R1 gives_back P1 R1 8.00 CASH
on desk_refund
presses 1 F7 F7 F7
xdotool keydown F7 sleep 0.1 keyup F7 # by one program: a busy machine starts a second one late, and would hold the key so long
sleep 1
on desk_refund
check_books '.refunds == []'
presses F11 6 Return # less goes back
xdotool keydown F7
within 20 screen_is desk_result || fail "F7 was held and nothing went back: $(ctl kiosk status)"
sleep 0.5 # held on, it presses nothing there
on desk_result
xdotool keyup F7
presses Return
on desk_idle
answers R1 000000 6.00
check_books '[.refunds[] | .refundFee] == ["6.00"]'
check_books '[.payments[] | [.paymentNo, .tradeFee]] == [["P1", "88.00"], ["P2", "5.00"]]'
kill "$kiosk_pid"
wait "$kiosk_pid" || fail "the desk failed: $(cat "$dir/kiosk.out")"
kiosk_pid=''
check_journal
