#!/usr/bin/env bash
# The hospital definitely refuses one of three bills after the payment: its money goes back, the others are credited.
. "$(dirname "$0")/lib.sh"
start_sandbox
fault '{"on":"his.rechargeSettle","kind":"answer","body":{"ret_code":"00","ret_msg":"","result":"fail"}}'
visit <<SCRIPT
$(to_bills)
$(to_code unionpay)
phone pay
wait result
shot partly
SCRIPT
check_state partly
check_books '.credits | length == 2'
check_books '.refunds | length == 1'
check_journal
