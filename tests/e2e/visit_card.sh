#!/usr/bin/env bash
# Visit 3 on real parts: a bank card at the pinpad; the hospital is told BANK, nothing holds the whole card number.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/card.script
check_books '.payments == []'
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_books '[.credits[] | .deposit_type] | unique == ["BANK"]'
check_state credited
check_journal
order=$(last_order)
ctl --json journal show "$order" | jq -e '.legs[0] | .card == "622202*********1234" and .voucher != "" and .terminal == "BENCH001"' >/dev/null ||
    fail "the leg does not keep its slip: $(ctl --json journal show "$order" | jq -c '.legs')"
paper_says '165.70' || fail "no receipt with the amount"
paper_says '**** 1234' || fail "no receipt with the card's last four"
! paper_says '622202' || fail "the receipt shows more of the card than its last four"
