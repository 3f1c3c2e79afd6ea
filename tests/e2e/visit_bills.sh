#!/usr/bin/env bash
# Visit 1 on real parts: USB scanner, HIS, payment platform, printer; every side's books agree.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/bills.script
link=$(qr_of "$dir/08-pay_qr.png")
[[ $link == "$url/pay/"* ]] || fail "the code on the screen says '$link'"
check_books '[.payments[] | select(.state == "pay_success")] | length == 1'
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_books '.refunds == []'
check_state credited
check_journal
paper_says '165.70' || fail "no receipt with the amount"
paper_says "$(last_order)" || fail "no receipt with the order number"
qr_of "$dir/paper/001.png" | grep "$(last_order)" >/dev/null || fail "no code with the order number on the paper"
nothing_of C10000001
nothing_of 11010519491231002X
# Verdict, sum and where to go first, and short: three bills with all that goes with them.
rows=$((16#$(od -An -j20 -N4 -tx1 "$dir/paper/001.png" | tr -d ' \n')))
[ "$rows" -le 2545 ] || fail "the receipt has $rows dots"
