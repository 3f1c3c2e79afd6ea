#!/usr/bin/env bash
# What became of a receipt is told as it is: on the screen, in the journal's outbox and by kioskctl. A slow printer; one whose paper ends
# after it has taken every byte; one that answers nothing.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.driver_limits = {poll_ms: 200, stale_ms: 900, transfer_ms: 300, print_ms: 3000}'

# deposit THEN...: paid by phone, then these lines on the result
deposit() {
    identify service.deposit W20001234
    printf '%s\n' 'wait amount' 'tap amount.1' 'wait channel' 'tap channel.wechat' 'wait pay_qr' 'phone pay' 'wait result 20' "$@"
    go_home
}

visit <<SCRIPT
wait welcome
device printer speed 100
$(deposit "expect $(words receipt.printing)" 'device printer moves' "expect $(words receipt.printed)" 'device printer rests' 'device printer sheets 1')
device printer paper out after 10
$(deposit "expect $(words result.photo)" 'shot failed')
device printer paper ok
device printer sheets 2
device printer speed 0
device printer silent
$(deposit "expect $(words receipt.unknown)" "expect $(words result.photo_unknown)" 'shot unknown' 'device printer sheets 3')
device printer heal
$(deposit "expect $(words receipt.printed)" 'device printer sheets 4')
SCRIPT

outcomes=$(sqlite3 "$dir/journal.db" 'SELECT outcome FROM outbox ORDER BY order_no' | tr '\n' ' ')
[ "$outcomes" = 'done failed unknown done ' ] || fail "the outbox says $outcomes"
for order in $(sqlite3 "$dir/journal.db" 'SELECT order_no FROM orders'); do
    ctl journal show "$order"
done >"$dir/said"
for said in '凭条已打印$' '凭条打印失败$' '凭条打印结果未知$'; do
    grep -q "$said" "$dir/said" || fail "kioskctl does not say $said"
done
check_journal
for shot in failed unknown; do
    grep -q '^HK1|' <<<"$(qr_of "$dir/$shot.png")" || fail "$shot: nothing to photograph"
done
# Every whole sheet is one patient's: each names one order, and no two the same.
last=$(sqlite3 "$dir/journal.db" 'SELECT order_no FROM orders ORDER BY order_no DESC LIMIT 1')
grep -q -a "$last" "$dir/paper/004.bin" || fail "the last sheet is not the last patient's"
for order in $(sqlite3 "$dir/journal.db" "SELECT order_no FROM orders WHERE order_no <> '$last'"); do
    ! grep -q -a "$order" "$dir/paper/004.bin" || fail "another's receipt is on the last sheet"
done
