#!/usr/bin/env bash
# A refund that the hospital refuses, that the platform refuses, that nobody confirms: each is told as it is, and no money goes twice.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.refund_deadline_ms = 2500 | .policy.late_window_ms = 2500 | .limits.settle_show_ms = 8000'

# pay_bill N: one bill of the list, paid by phone
pay_bill() {
    echo "wait welcome
$(to_bills)
tap all
tap bill.$1
$(pay_by_phone)
tap home"
}

# What can go back is listed newest first.
refund_newest() {
    echo "wait welcome
$(identify service.refund)
wait records
tap bill.1
wait confirm
tap pay
wait result 20"
}

visit < <(pay_bill 1)
fault '{"on":"his.cancelRechargeSettle","kind":"answer","body":{"ret_code":"00","ret_msg":"","result":"fail"}}'
visit <<SCRIPT
$(refund_newest)
expect $(words verdict.refund_refused.title)
shot 01-refused
SCRIPT
check_books '.refunds | length == 0'
check_state credited

# What the platform says cannot be understood, nor does it do anything.
for operation in refund refundQuery; do
    fault "{\"on\":\"upp.$operation\",\"kind\":\"answer\",\"times\":-1,\"body\":\"nonsense\"}"
done
visit <<SCRIPT
$(refund_newest)
expect $(words verdict.refund_unconfirmed.title)
shot 02-unconfirmed
SCRIPT
check_state case
control clear
ctl --json cases list | jq -se 'map(select(.reason == "refund_unconfirmed")) | length >= 1' >/dev/null || fail "no case: $(ctl cases list)"
check_books '.refunds | length == 0'

# Taken back at the hospital, refused by the platform: a person.
visit < <(pay_bill 2)
fault '{"on":"upp.refund","kind":"answer","times":-1,"body":{"result":true,"kind":"0","msg":"","data":{"tradeStatus":"refund_failed","refundFee":"36.00","failedReason":"no"}}}'
visit <<SCRIPT
$(refund_newest)
wait result
shot 03-window
SCRIPT
check_state case
check_books '.refunds | length == 0'
check_journal
