#!/usr/bin/env bash
# What insurance paid goes back at the kiosk whole, the hospital first, or the patient's own part alone, once; nothing else does.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured '.limits.refund_deadline_ms = 20000'

bill_of() {
    books | jq -r ".bills | map(select(.card == \"$1\")) | .[0].org_trace_no"
}
# pays CARD
pays() {
    order=$(bill_of "$1")
    play "wait welcome
$(to_insured "$1")"
    control insure "{\"medOrgOrd\":\"$order\",\"act\":\"pay\"}"
    play "wait result 15
$(go_home)"
}

begin_visit
pays C10000013
play "$(at_refunds C10000013)
tap bill.1
wait amount
shot parts
tap key.1
tap next
expect $(words notice.refund_insured)
tap amount.2
tap next
wait confirm
expect ¥14.40
tap pay
$(own_part_is_back)"
check_books '[.orders[].ordStas] == ["9"]'
check_books '.totals.cancelled == "0.00"'

pays C10000014
play "$(at_refunds C10000014)
$(wants_part 1)
$(is_refunded)
$(go_home)"
check_books '[.orders[].ordStas] == ["9", "7"]'
echo quit >&3
end_visit
check_state returned
ctl --json journal show "$(last_order)" >"$dir/shown.json"
grep -F 'fund_pay_sumamt\":-' "$dir/shown.json" >/dev/null || grep -F '"fund_pay_sumamt":-' "$dir/shown.json" >/dev/null ||
    fail "what went back to the fund is no evidence"
check_journal
