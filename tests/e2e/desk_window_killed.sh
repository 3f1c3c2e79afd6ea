#!/usr/bin/env bash
# The desk dies while its window is open. Before the choice nothing has left, and the next call opens the window anew; after it the same
# call opens none and says what became of the payment, which is charged once.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window

desk_dies() {
    kill -9 "$visit_pid"
    wait "$visit_pid" 2>/dev/null || true
    exec 3>&-
}

# Nothing was chosen.
begin_desk
calls before pays K1 5.00
play 'wait desk_pay 60'
desk_dies
answers before 999999
check_books '.payments == []'
begin_desk
calls again pays K1 5.00
play 'wait desk_pay 60
key escape
wait desk_idle 60'
answers again 033002

# A code was shown; the patient pays it while there is no desk.
calls shown pays K2 6.00
play 'wait desk_pay 60
key f2
wait desk_wait 60
expect 患者：等他付款'
desk_dies
answers shown 999999
control phone '{"act":"pay"}'
begin_desk
calls asked pays K2 6.00
answers asked 000000 ONE_QR
play 'wait desk_idle 60
expect 已付，已入账'

# Cash was counted: whatever had become of it by then, the same call says it, and the drawer is told once.
calls counted pays K3 7.00
play 'wait desk_pay 60
key f5
wait desk_cash 60
key alt1'
printf 'key enter\n' >&3
within 60 books_say '[.payments[] | select(.paymentNo == "K3")] | length == 1' || fail "K3 did not leave"
desk_dies
within 60 test -s "$dir/counted.said" || fail "K3's first call was not answered"
begin_desk
calls recounted pays K3 7.00
answers recounted 000000 CASH
play 'wait desk_idle 60
expect K3
expect ¥7.00
shot 01-after'
check_books '[.payments[] | [.paymentNo, .state, .booked]] == [["K2", "pay_success", "book"], ["K3", "pay_success", "book"]]'
end_desk
