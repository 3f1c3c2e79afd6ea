#!/usr/bin/env bash
# The program dies while a refund is on its way: after the restart it is asked about until it is known, and made once.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
wait welcome
$(to_bills)
$(pay_by_phone)
quit
SCRIPT

# die_while OPERATION ROW BOOKS: refunds this row of the list; the other side does so much of it, keeps its answer, and the program dies
die_while() {
    fault "{\"on\":\"$1\",\"kind\":\"hold\"}"
    "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner -- \
        "$B/kiosk" --config "$dir/kiosk.json" --headless --script - <<SCRIPT >/dev/null 2>&1 &
wait welcome
$(identify service.refund)
wait records
tap bill.$2
wait confirm
tap pay
wait waiting
wait welcome 300
SCRIPT
    bench=$!
    check_books "$3"
    kill -KILL "$(running_kiosk)"
    wait $bench || true
    control release
}

settles() {
    start_kiosk
    within 30 order_is partly || within 1 order_is returned || fail "the newest order is $(ctl journal list --limit 1)"
    stop_kiosk
    control clear
}

die_while his.cancelRechargeSettle 1 '.totals.cancelled != "0.00" and .refunds == []'
settles
die_while upp.refund 2 '.refunds | length == 2'
settles
check_books '.totals.returned == "164.50" and (.refunds | length) == 2'
check_books '.totals.credited == "1.20"'
check_journal
