#!/usr/bin/env bash
# The program dies while a refund is on its way: after the restart it is asked about until it is known, and made once.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<'SCRIPT'
wait welcome
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
tap next
wait bills
tap pay
wait channel
tap channel.phone
wait pay_code
device scanner scan 134567890123456700
wait result 15
quit
SCRIPT
row=0
for lost in his.cancelRechargeSettle upp.refund; do
    row=$((row + 1))
    fault "{\"on\":\"$lost\",\"kind\":\"delay\",\"ms\":1500}"
    "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner -- \
        "$B/kiosk" --config "$dir/kiosk.json" --headless --script - <<SCRIPT >/dev/null 2>&1 &
wait welcome
tap service.refund
wait identify
device scanner scan C10000001
wait confirm
tap next
wait records
tap bill.$row
wait confirm
tap pay
wait waiting
wait welcome 60
SCRIPT
    bench=$!
    within 20 ctl kiosk status || fail "the kiosk does not answer"
    within 20 grep -q 'order.*uncrediting' "$dir/kiosk.log" || fail "the refund did not begin"
    [ $lost = his.cancelRechargeSettle ] || within 20 grep -q 'order.*refund_sending' "$dir/kiosk.log" || fail "the refund did not leave"
    sleep 0.3
    kill -KILL "$(ctl --json kiosk status | jq .pid)"
    wait $bench || true
    : >"$dir/kiosk.log"
    start_kiosk
    within 30 order_is partly || within 1 order_is returned || fail "the newest order is $(ctl journal list --limit 1)"
    stop_kiosk
    control clear
done
check_books '.totals.returned == "164.50" and (.refunds | length) == 2'
check_books '.totals.credited == "1.20"'
check_journal
