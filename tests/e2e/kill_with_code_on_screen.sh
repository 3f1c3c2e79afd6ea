#!/usr/bin/env bash
# The program is killed with the QR code on the screen while the patient pays: after the restart the order is credited, once.
. "$(dirname "$0")/lib.sh"
start_sandbox
begin_visit
play "$(to_bills)
$(to_code alipay)"
kill -9 "$(running_kiosk)"
control phone '{"act":"pay"}'
wait "$visit_pid" || true
exec 3>&-
check_books '[.payments[] | select(.state == "pay_success")] | length == 1'
books_say '.credits == []' || fail "credited before the restart"
start_kiosk
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_state credited
check_journal
stop_kiosk
