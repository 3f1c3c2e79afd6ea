#!/usr/bin/env bash
# Visit 3 on real parts: a deposit paid before is looked at and goes back, a part first and then the rest, never more than it was.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/deposit.script
visit tests/support/visits/refund.script
check_books '[.refunds[].refundFee] | sort == ["100.00", "23.00"]'
check_books '.totals.paid == "123.00" and .totals.returned == "123.00" and .totals.credited == "0.00"'
check_state returned
check_journal
paper_says 自助退款凭条 || fail "no receipt of the refund"
