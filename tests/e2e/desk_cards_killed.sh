#!/usr/bin/env bash
# The desk dies while the patient types the PIN at its second pinpad: after the restart that pinpad is asked, and what it sold is booked
# once. The first is never asked about a sale of the second.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.driver_limits = {pos_ack_ms: 300, poll_ms: 300, reconnect_first_ms: 50} | .devices = [
    {role: "pinpad", driver: "pinpad-ecr", port: "1-1", pos_no: "1"}, {role: "pinpad", driver: "pinpad-ecr", port: "1-2", pos_no: "2"}]'
start_bench pinpad pinpad2=pinpad

begin_desk among
within 60 grep -q 'pinpad 2: ready' "$dir/kiosk.log" || fail "no second pinpad"
echo 'pinpad2 hold pin' >&4
calls C1 pays C1 300.00 depositType=POS PosNo=2
play 'wait desk_wait 60
expect 请按密码'
kill -9 "$visit_pid"
wait "$visit_pid" 2>/dev/null || true
exec 3>&-
answers C1 999999
books_say '.payments == []' || fail "booked before the restart"
echo 'pinpad2 pin' >&4

begin_desk among
within 60 books_say '[.payments[] | [.paymentNo, .channelProduct, .state]] == [["C1", "POS", "pay_success"]]' || fail "not booked: $(books)"
calls C2 pays C1 300.00 depositType=POS PosNo=2
answers C2 000000 POS
play 'wait desk_idle 60
expect 已付，已入账'
echo 'pinpad2 sold 1' >&4
check_books '[.credits[] | .amount] == ["300.00"]'
end_desk
