#!/usr/bin/env bash
# Visit 2 on real parts: the deposit is paid by the code on the patient's phone and credited once.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/deposit.script
check_books '[.payments[] | select(.state == "pay_success")] | length == 1'
check_books '[.credits[] | .amount] == ["123.00"]'
check_state credited
check_journal
paper_says '123.00' || fail "no receipt with the amount"
nothing_of 134567890123456700
nothing_of W20001234
