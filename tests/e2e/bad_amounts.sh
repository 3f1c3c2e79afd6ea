#!/usr/bin/env bash
# A deposit of nothing or above the cap never leaves, and a bill paid at the window meanwhile is not paid twice.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
tap service.deposit
wait identify
device scanner scan W20005678
wait confirm
tap next
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
mkfifo "$dir/lines"
visit "$dir/lines" &
bench=$!
exec 3>"$dir/lines"
cat >&3 <<SCRIPT
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
tap next
wait bills
shot bills
SCRIPT
within 15 test -s "$dir/bills.png" || fail "no bills came"
control window "{\"org_trace_no\":\"$trace\"}"
cat >&3 <<SCRIPT
tap pay
wait channel
tap channel.wechat
wait bills
expect $(words notice.bills_changed)
shot bills_changed
SCRIPT
exec 3>&-
wait $bench
books_say '.payments == []' || fail "something was paid"
