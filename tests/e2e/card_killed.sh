#!/usr/bin/env bash
# The program is killed while the patient types the PIN: after the restart the pinpad is asked, and what it sold is credited, once.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.driver_limits = {pos_ack_ms: 500, reconnect_first_ms: 50}'
start_bench scanner pinpad

(among "$B/kiosk" --config "$dir/kiosk.json" --headless --script - --shots "$dir") >"$dir/kiosk.out" 2>&1 <<SCRIPT &
device pinpad hold pin
$(to_bills)
tap pay
wait channel
tap channel.card
wait pay_code
expect 请在密码键盘上输入密码
shot pin
wait result 300
SCRIPT
kiosk_pid=$! visit_pid=$!
until_shot pin
kill -9 "$kiosk_pid"
wait "$kiosk_pid" 2>/dev/null || true
books_say '.credits == []' || fail "credited before the restart"
echo 'pinpad pin' >&4
(among "$B/kiosk" --config "$dir/kiosk.json" --headless) >>"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_state credited
check_journal
stop_kiosk
