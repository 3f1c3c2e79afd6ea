#!/usr/bin/env bash
# Behind the PIN at the panel: the case with all that was asked and answered, resolved with a reason and the name that goes with the
# PIN; then the kiosk is shut down there. What the case was for can be paid again.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.credit_deadline_ms = 1500 | .limits.settle_show_ms = 500'
silent='"kind":"answer","times":-1,"body":{"ret_code":"99","ret_msg":"","result":"exp"}'
fault "{\"on\":\"his.rechargeSettle\",$silent}"
fault "{\"on\":\"his.querySettleResult\",$silent}"

# at_bill LINES: one bill of 36.00 chosen
at_bill() {
    visit <<SCRIPT
$(to_bills)
tap bill.1
tap bill.3
$1
SCRIPT
}
at_bill "$(to_code wechat)
phone pay
wait result
expect $(words verdict.window.title)"
check_state case
control clear
case_no=$(ctl --json cases list | jq -r '.case_no')

visit <<SCRIPT
tap staff
type 111111
tap next
expect $(words notice.staff_pin)
type 135790
tap next
tap pick.2
expect $(words device.word.ready)
shot devices
tap back
tap pick.1
expect $case_no
expect $(words case.credit_unknown)
expect 36.00
shot cases
tap case.1
expect $(words staff.in_cases)
expect $(last_order)
shot case
tap more
shot evidence
expect querySettleResult
tap next
tap pick.2
type RECEIPT4711
tap next
expect $(words notice.staff_resolved)
expect $(words staff.cases.none)
tap back
tap pick.4
shot stop
tap next
wait identify 30
SCRIPT
resolved=$(ctl --json cases list --all)
jq -e --arg why "$(words staff.reason.2): RECEIPT4711" '.resolved_by == "王敏" and .resolution == $why' <<<"$resolved" >/dev/null ||
    fail "not kept: $resolved"
grep -q 'staff: shut down at the panel by 王敏' "$dir/kiosk.log" || fail "who shut it down is not kept"
grep -q '135790\|111111' "$dir/kiosk.log" && fail "the log knows a PIN"
check_journal
ctl cases export | jq -e '.cases[0].resolved_by == "王敏" and any(.events[]; .evidence.operation == "his rechargeSettle")' >/dev/null ||
    fail "the export lacks something: $(ctl cases export)"
visit <<SCRIPT
$(identify service.records)
wait records
expect $(words records.settled | sed "s/{a}/$case_no/")
tap bill.1
wait result
expect $(words verdict.settled.title)
shot settled
SCRIPT
at_bill "tap pay
wait channel"
