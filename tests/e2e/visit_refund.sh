#!/usr/bin/env bash
# Visit 3 on real parts: a deposit paid before is looked at and goes back, a part first and then the rest, never more than it was.
# Where the hospital cannot take a credit back (no ORG_005), nothing of it goes back here: the patient is told to go to a window.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/deposit.script
if tells_of_visits; then
    visit <<SCRIPT
$(identify service.refund W20001234)
wait records
expect $(words refund.no.staff)
shot kept
SCRIPT
    check_books '.refunds == [] and .totals.paid == "123.00" and .totals.credited == "123.00"'
    check_state credited
    check_journal
    exit
fi
visit tests/support/visits/refund.script
check_books '[.refunds[].refundFee] | sort == ["100.00", "23.00"]'
check_books '.totals.paid == "123.00" and .totals.returned == "123.00" and .totals.credited == "0.00"'
check_state returned
check_journal
paper_says 自助退款凭条 || fail "no receipt of the refund"
