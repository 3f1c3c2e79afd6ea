#!/usr/bin/env bash
# The desk dies while its window is open. Before the choice nothing has left, and the next call opens the window anew; after it the same
# call opens none and says what became of the payment, which is charged once.
. "$(dirname "$0")/lib.sh"
start_sandbox
on_onepay '.desk = {socket: "desk.sock", displays: "1"} | .terminal.panel_px = [1366, 768] | .terminal.panel_mm = [478, 269]'
export SANDBOX=$url PAYCLIENT_DESK=$dir/desk.sock PYTHONDONTWRITEBYTECODE=1
first=$(ldd "$B/libpayclient.so" | awk '/lib(a|t)san/ {print $3}')

# calls NAME NUMBER AMOUNT: window software waits beside for its answer
calls() {
    LD_PRELOAD=$first ASAN_OPTIONS=detect_leaks=0 python3 tests/support/window/pays.py "${@:2}" >"$dir/$1.said" 2>&1 &
    other_pids="$other_pids $!"
}
answers() {
    within 60 test -s "$dir/$1.said" || fail "$1 was not answered"
    [ "$(cat "$dir/$1.said")" = "${*:2}" ] || fail "$1 was answered $(cat "$dir/$1.said")"
}

# begin_desk: its lines come on descriptor 3
begin_desk() {
    rm -f "$dir/lines" "$dir/desk.sock"
    mkfifo "$dir/lines"
    exec 3<>"$dir/lines"
    exec 5<"$dir/lines"
    "$B/kiosk" --config "$dir/kiosk.json" --role cashier --headless --script - --shots "$dir" <&5 3>&- 5<&- >>"$dir/kiosk.out" 2>&1 &
    visit_pid=$!
    exec 5<&-
    within 60 test -S "$dir/desk.sock" || fail "no desk: $(cat "$dir/kiosk.out")"
}
desk_dies() {
    kill -9 "$visit_pid"
    wait "$visit_pid" 2>/dev/null || true
    exec 3>&-
}

# Nothing was chosen.
begin_desk
calls before K1 5.00
play 'wait desk_pay 60'
desk_dies
answers before 999999
check_books '.payments == []'
begin_desk
calls again K1 5.00
play 'wait desk_pay 60
key escape
wait desk_idle 60'
answers again 033002

# A code was shown; the patient pays it while there is no desk.
calls shown K2 6.00
play 'wait desk_pay 60
key f2
wait desk_wait 60
expect 患者：等他付款'
desk_dies
answers shown 999999
control phone '{"act":"pay"}'
begin_desk
calls asked K2 6.00
answers asked 000000 ONE_QR
play 'wait desk_idle 60
expect 已付，已入账'

# Cash was counted: whatever had become of it by then, the same call says it, and the drawer is told once.
calls counted K3 7.00
play 'wait desk_pay 60
key f5
wait desk_cash 60
key alt1'
printf 'key enter\n' >&3
within 60 books_say '[.payments[] | select(.paymentNo == "K3")] | length == 1' || fail "K3 did not leave"
desk_dies
within 60 test -s "$dir/counted.said" || fail "K3's first call was not answered"
begin_desk
calls recounted K3 7.00
answers recounted 000000 CASH
play 'wait desk_idle 60
expect K3
expect ¥7.00
shot 01-after'
check_books '[.payments[] | [.paymentNo, .state, .booked]] == [["K2", "pay_success", "book"], ["K3", "pay_success", "book"]]'
printf 'quit\n' >&3
exec 3>&-
wait "$visit_pid" || fail "the desk failed: $(cat "$dir/kiosk.out")"
check_journal
