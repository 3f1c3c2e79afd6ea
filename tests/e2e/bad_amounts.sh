#!/usr/bin/env bash
# A deposit of nothing or above the cap never leaves, and a bill paid at the window meanwhile is not paid twice.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
$(identify service.deposit W20005678)
wait amount
key enter
expect $(words notice.amount_zero)
tap key.6
tap key.0
tap key.0
tap next
expect $(words notice.amount_cap)
shot over_cap
SCRIPT
trace=$(books | jq -r 'first(.. | objects | select(.org_trace_no?) | .org_trace_no)')
begin_visit
play "$(to_bills)"
control window "{\"org_trace_no\":\"$trace\"}"
play "tap pay
wait channel
tap channel.wechat
wait bills
expect $(words notice.bills_changed)
shot bills_changed"
end_visit
books_say '.payments == []' || fail "something was paid"
