#!/usr/bin/env bash
# Another pinpad than the hospital's takes the money: its answer is no payment, nothing is credited, and the order stays open to be
# asked about, also when the right one is back.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.devices |= map(if .role == "pinpad" then .terminal_no = "BENCH001" | .merchant_no = "898350180620001" else . end)
    | .driver_limits = {pos_ack_ms: 300, poll_ms: 300, reconnect_first_ms: 50}'
first_asked() {
    grep -q 'pinpad query' "$dir/kiosk.log"
}

# deposit LINES...: 500.00 by card, and what happens once the pinpad was asked
deposit() {
    identify service.deposit W20001234
    printf '%s\n' 'wait amount' 'tap amount.1' 'wait channel' "$@"
}

device_is() {
    ctl --json devices | jq -e ".devices[] | select(.role == \"pinpad\") | $1" >/dev/null
}

begin_visit
play "$(deposit 'device pinpad hold pin' 'tap channel.card' 'wait pay_code' 'device pinpad number BENCH002 898350180620001' \
    'device pinpad pin' 'wait waiting' 'device pinpad sold 1')"
within 20 first_asked || fail "it is not asked about"
within 10 device_is '.device == "fault" and (.detail | startswith("terminal \"BENCH002\" answers, not \"BENCH001\""))' ||
    fail "$(ctl --json devices)"
first=$(last_order)

# The right one is back. The slip stays the other's: it is not paid, and not refused either.
play 'device pinpad number BENCH001 898350180620001'
within 10 device_is '.device == "ready"' || fail "$(ctl --json devices)"
sleep 1 # it is asked some more times, and nothing must come of it
printf '%s\n' 'wait waiting' quit >&3
end_visit
ctl --json journal show "$first" | jq -e '.settled == false and .legs[0].paid == null and .legs[0].terminal == "BENCH001"' >/dev/null ||
    fail "another pinpad's sale was believed: $(ctl --json journal show "$first")"
check_books '.credits == []'

check_journal
