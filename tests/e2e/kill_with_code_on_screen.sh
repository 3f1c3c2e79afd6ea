#!/usr/bin/env bash
# The program is killed with the QR code on the screen while the patient pays: after the restart the order is credited, once.
. "$(dirname "$0")/lib.sh"
start_sandbox
mkfifo "$dir/lines"
visit "$dir/lines" >"$dir/kiosk.out" 2>&1 &
bench=$!
exec 3>"$dir/lines"
cat >&3 <<'LINES'
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
tap next
wait bills
tap pay
wait channel
tap channel.alipay
wait pay_qr
shot code
LINES
within 20 test -s "$dir/code.png" || fail "no code came: $(cat "$dir/kiosk.out")"
kill -9 "$(ctl kiosk status | jq .pid)"
control phone '{"act":"pay"}'
wait "$bench" || true
exec 3>&-
check_books '[.payments[] | select(.state == "pay_success")] | length == 1'
books_say '.credits == []' || fail "credited before the restart"
start_kiosk
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_state credited
check_journal
stop_kiosk
