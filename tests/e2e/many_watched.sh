#!/usr/bin/env bash
# More codes are closed and left than there are slots for open orders: each is watched all the same, also after a kill. Whoever pays the
# oldest of them late gets the money back, and whoever comes next can still pay.
. "$(dirname "$0")/lib.sh"
LEFT=${LEFT:-70} # by 64 slots
start_sandbox
control settings '{"late_pay_ms":0,"late_return_ms":0}'

leaves() {
    to_bills
    to_code wechat
    printf '%s\n' 'tap cancel' 'wait result'
    go_home
}
{
    echo 'wait welcome'
    for ((i = 0; i < LEFT; i++)); do leaves; done
    echo quit
} | visit
books_say "[.payments[] | select(.closed_ms > 0)] | length == $LEFT" || fail "not as many were closed: $(books | jq -c '.payments | length')"
oldest=$(books | jq -r '.payments[0].paymentNo')

start_kiosk
kill -9 "$kiosk_pid"
wait "$kiosk_pid" 2>/dev/null || true
start_kiosk
watched() {
    ctl --json journal list --limit 1000 | jq -s -e "length == $LEFT and all(.[]; .state == \"closed\")"
}
within 30 watched || fail "not all are watched: $(ctl journal list --limit 1000)"
control phone "{\"act\":\"late\",\"paymentNo\":\"$oldest\"}"
oldest_is_returned() {
    ctl --json journal show "$oldest" | jq -e '.state == "returned"'
}
within 60 oldest_is_returned || fail "late money of the oldest was not seen: $(ctl journal show "$oldest")"
books_say '.credits == [] and .totals.returned == "165.70"' || fail "wrong books: $(books | jq -c '{totals, credits}')"
stop_kiosk

# Room for whoever comes.
visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
expect $(words verdict.credited.title)
SCRIPT
check_state credited
check_books '.totals.credited == "165.70"'
check_journal
