#!/usr/bin/env bash
# A hospital system whose answers contradict what is known: another amount credited than was paid, somebody else's settlement. Nobody
# guesses: a case, the money stays where it is, and nothing is credited or returned twice.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits += {credit_deadline_ms: 3000, settle_show_ms: 1000}'

# pay_under FAULT CARD
pay_under() {
    control bill '{"card":"C10000003","amount":"50.00"}'
    fault "$1"
    visit <<SCRIPT
$(to_bills C10000003)
$(pay_by_code wechat)
expect $(words verdict.window.title)
shot window
SCRIPT
    check_state case
}
reason_is() {
    ctl --json cases list | jq -se --arg reason "$1" 'any(.reason == $reason)' >/dev/null || fail "no case for $1: $(ctl cases list)"
}

pay_under '{"on":"his.rechargeSettle","kind":"answer","body":{"ret_code":"00","ret_msg":"","result":"succ","call_sn":"SN1","deposit_amount":"5.00","amp_trace_id":"somebody-else"}}'
reason_is credit_contradicts
books_say '.credits == [] and .refunds == []' || fail "something moved: $(books | jq -c '{credits, refunds}')"
paid=$(books | jq -r .totals.paid)
[ "$(ctl --json journal show "$(last_order)" | jq -r .money.in_cases)" = "$paid" ] || fail "the case is not for all of it"
check_journal
