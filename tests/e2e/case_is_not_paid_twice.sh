#!/usr/bin/env bash
# The hospital never says whether it credited: a case. Its bill is not paid a second time, not after a restart either, until a
# person has decided.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.credit_deadline_ms = 5000 | .limits.settle_show_ms = 500 | .policy.late_window_ms = 1500'
fault '{"on":"his.rechargeSettle","kind":"drop_before","times":-1}'
fault '{"on":"his.querySettleResult","kind":"drop_before","times":-1}'

# at_bills LINES: identified, looking at the list
at_bills() {
    visit <<SCRIPT
$(to_bills)
$1
SCRIPT
}

at_bills "tap bill.2
tap bill.3
$(to_code wechat)
phone pay
wait result
expect $(words verdict.asking.title)
expect $(words verdict.window.title)
shot window"
check_state case
control clear

at_bills "expect 37.20
expect $(words bills.being_paid)
expect $(words notice.still_asking)
shot taken"

start_kiosk
for case_no in $(ctl --json cases list | jq -r '.. | objects | select(has("case_no")) | .case_no'); do
    ctl cases resolve "$case_no" --by 'window 3' --as returned --reason 'the money was returned by hand' >/dev/null
done
stop_kiosk

at_bills "expect 165.70
tap pay
wait channel"
check_journal
