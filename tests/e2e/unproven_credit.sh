#!/usr/bin/env bash
# The hospital books the bill, its answer is lost, and asked it says only that the bill is settled, not by whom. The patient reads that
# the hospital shows it as paid; nothing of it goes back here; it is listed until somebody proves it, and after its days it is a case.
# An upload to the insurance that is refused, for another machine has uploaded the bill: what is settled there is shown as paid, and stays.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.policy.proof_days = 2'
pay_unproven "expect $(words verdict.unproven.title)
expect $(words verdict.unproven.text)
shot result"
check_state credited
order=$(last_order)
paper_says 医院系统显示 || fail "the receipt does not say it"
[ "$(ctl --json cases list --unproven | jq -s --arg no "$order" 'map(select(.order_no == $no and .unproven)) | length')" = 2 ] ||
    fail "not listed as unproven: $(ctl cases list --unproven)"
ctl cases list --unproven | grep -q "$order" || fail "not listed"
ctl journal show "$order" | grep -q -e 未证实 || fail "the order does not show it"

visit <<SCRIPT
$(identify service.refund)
wait records
expect $(words refund.no.unproven)
shot refused
SCRIPT
[ "$(ctl --json cases list | jq -s length)" = 0 ] || fail "a case before its time"

configure '.policy.proof_ms = 500'
start_kiosk
two_cases() {
    [ "$(ctl --json cases list | jq -s 'map(select(.reason == "credit_unproven")) | length')" = 2 ]
}
within 10 two_cases || fail "no case after its time: $(ctl cases list)"
stop_kiosk
[ "$(ctl --json cases list --unproven | jq -s length)" = 0 ] || fail "still listed as unproven"
check_journal

control clear
insured
begin_visit
fault '{"on":"mmpc.upload","kind":"answer","act":true,"body":{"code":0,"message":"费用明细已上传"}}'
fault '{"on":"mmpc.query","kind":"down","times":-1}'
play "wait welcome
$(to_bills C10000013)
tap pay
wait channel
tap channel.insurance
wait pay_code
device scanner scan ECC10000013"
within 10 books_say '.orders | length == 1' || fail "nothing is uploaded"
control insure "$(books | jq -c '.orders[0] | {medOrgOrd, act: "pay"}')"
control clear
play "wait result 30
expect $(words verdict.unproven.title)
shot insured
tap home
wait welcome
$(at_refunds C10000013)
expect $(words refund.no.unproven)"
check_books '[.orders[].ordStas] == ["6"]'
echo quit >&3
end_visit
[ "$(ctl --json cases list | jq -s length)" = 2 ] || fail "another machine's money is a case here"
check_journal
