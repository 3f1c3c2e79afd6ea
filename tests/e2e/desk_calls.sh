#!/usr/bin/env bash
# Window software calls a desk without a window, from Python: each type once; a number is one payment, whoever asks and after a kill too.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
start_sandbox
on_onepay '.desk = {socket: "desk.sock", window: false}'
export SANDBOX=$url

start_desk() {
    "$B/kiosk" --config "$dir/kiosk.json" --role cashier --headless >>"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    within 30 test -S "$dir/desk.sock" || fail "no desk: $(cat "$dir/kiosk.out")"
}

start_desk
window every_type || fail "see above"
check_journal

# A name that is the document's but for a blank is none of it, and nobody takes it for that.
[[ $(window blank) == *'its name without blanks'* ]] || fail "the desk takes it: $(window blank)"
kill -0 "$kiosk_pid" || fail "the desk is gone"

# Whoever asks about a payment names it by the caller's number.
ctl --json journal show N2 | jq -e '.caller_no == "N2" and .caller_channel == "ONE_BAR" and [.refunds[].caller_no] == ["R1", "R2"]' >/dev/null ||
    fail "N2 is not shown: $(ctl journal show N2)"

# A number that the platform does not know, or knows no more, is not absent as long as it is open or paid here.
fault '{"on":"onepay.hop.trade.recharge","kind":"drop_before"}'
window absent pay || fail "see above"
kill -9 "$kiosk_pid"
wait "$kiosk_pid" 2>/dev/null || true
rm "$dir/desk.sock"
start_desk
window absent known || fail "see above"
control reset
window absent forgotten || fail "see above"

# An answer that does not verify says nothing: its caller is given no code to pay with, and its number is charged by no second one.
fault '{"on":"onepay.hop.trade.recharge","kind":"bad_signature"}'
calls forged pays F 10.00 depositType=WX_QR
answers forged 040038
calls again pays F 10.00 depositType=WX_QR
answers again 040038
books_say '[.payments[] | select(.paymentNo == "F") | .state] == ["wait_pay"]' || fail "F: $(books | jq -c .payments)"

# A refund whose request was lost is the same one after a kill: handed out in cash, and the hospital is not told. Another way under its
# number is another refund.
gives_w_back() {
    calls "$1" gives_back W RW 4.00 ONE_BAR "${@:2}"
}
lost_refunds() {
    grep -c 'hop.trade.refund: unknown' "$dir/kiosk.log" || true
}
one_more_lost() {
    [ "$(lost_refunds)" -gt "$before" ]
}
calls W pays W 10.00 depositType=ONE_BAR authCode=134567890123456700
answers W 000000 ONE_BAR
before=$(lost_refunds)
fault '{"on":"onepay.hop.trade.refund","kind":"drop_before"}'
gives_w_back RW withdrawMode=0 refundType=hisDecide
within 60 one_more_lost || fail "the refund was not lost"
kill -9 "$kiosk_pid"
wait "$kiosk_pid" 2>/dev/null || true
answers RW 999999
rm "$dir/desk.sock"
start_desk
within 60 books_say '[.refunds[] | select(.requestNo == "RW") | .state] == ["refund_success"]' || fail "RW does not go back: $(books | jq -c .refunds)"
books_say '[.refunds[] | select(.requestNo == "RW") | [.withdrawMode, .refundType]] == [["0", "hisDecide"]]' || fail "RW went back otherwise: $(books | jq -c .refunds)"
gives_w_back RWb withdrawMode=0 refundType=hisDecide
answers RWb 000000 4.00
gives_w_back RWc withdrawMode=1 refundType=hisDecide
answers RWc 030001
gives_w_back RWd withdrawMode=0 refundType=direct
answers RWd 030001

# 32 callers at once; each payment once, each booked.
window parallel 32 100 3 || fail "see above"
check_books '[.payments[] | select(.paymentNo | startswith("P"))] | length == 96 and all(.state == "pay_success" and .booked == "book")'
check_journal
