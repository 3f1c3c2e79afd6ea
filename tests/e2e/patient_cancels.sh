#!/usr/bin/env bash
# The patient cancels: the code is closed. Paying it late all the same is never credited; the platform gives the money back.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
$(to_bills)
$(to_code wechat)
tap cancel
wait result
expect $(words verdict.not_paid.title)
shot cancelled
phone late
SCRIPT
start_kiosk
check_books '.totals.returned == "165.70"'
check_state returned
books_say '.credits == []' || fail "late money was credited"
check_journal
stop_kiosk
