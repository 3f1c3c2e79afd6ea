#!/usr/bin/env bash
# What goes wrong between the kiosk and onepay: lost answers, a hospital that refuses, a code that is none, a kill; every fen is
# credited or back, once.
. "$(dirname "$0")/lib.sh"
start_sandbox
on_onepay '.limits.refund_deadline_ms = 20000'

# deposit KEYS: from welcome to the channels
deposit() {
    echo 'wait welcome'
    identify service.deposit W20001234
    echo 'wait amount'
    grep -o . <<<"$1" | sed 's/^/tap key./'
    printf '%s\n' 'tap next' 'wait channel'
}
by_phone() {
    printf '%s\n' 'tap channel.phone' 'wait pay_code' 'device scanner scan 134567890123456700' 'wait result 20'
}
# trade AMOUNT JQ: true of that payment
trade() {
    check_books "[.payments[] | select(.consume == \"$1\")][0] | $2"
}

# The answer to the recharge is lost: it is asked about, not sent again.
fault '{"on":"onepay.hop.trade.recharge","kind":"drop_after"}'
{
    deposit 11
    by_phone
    go_home
    echo quit
} | visit
trade 11.00 '.state == "pay_success" and .booked == "book"'
check_books '[.payments[]] | length == 1'
check_state credited

# The hospital refuses a deposit: the platform returns it by itself, and nobody returns it twice.
control settings '{"onepay_his":"fail"}'
{
    deposit 12
    by_phone
    echo "expect $(words verdict.not_paid.title)"
    go_home
    echo quit
} | visit
trade 12.00 '.state == "refund_success"'
check_books '[.refunds[] | select(.refundFee == "12.00") | .automatic] == [true]'
check_state declined

# ... refuses bills: the platform keeps the money, and the kiosk returns it.
{
    echo 'wait welcome'
    to_bills
    printf '%s\n' 'tap pay' 'wait channel'
    by_phone
    go_home
    echo quit
} | visit
start_kiosk # it ended with its visit
check_books '[.payments[] | select(.operation == "hop.trade.recpay") | .state] == ["refund_success"]'
check_books '[.refunds[] | select(.refundFee == "165.70") | .automatic] == [false]'
check_books '[.credits[] | select(.deposit | not)] == []'
check_state returned
stop_kiosk
control settings '{"onepay_his":"book"}'

# A code that is none is closed.
control settings '{"no_qr_code":true}'
{
    deposit 13
    printf '%s\n' 'tap channel.one' 'wait result 20' "expect $(words verdict.not_paid.title)"
    go_home
    echo quit
} | visit
trade 13.00 '.closed_ms > 0'
control settings '{"no_qr_code":false}'

# Killed while the patient pays: asked about after the restart, credited once, by the platform.
begin_visit
{
    deposit 14
    printf '%s\n' 'tap channel.one' 'wait pay_qr' 'shot 14-code'
} >&3
until_shot 14-code
kill -9 "$(running_kiosk)"
wait "$visit_pid" 2>/dev/null || true
exec 3>&-
control phone '{"act":"pay"}'
start_kiosk
trade 14.00 '.state == "pay_success"'
check_state credited
books_say '[.credits[] | select(.amount == "14.00")] | length == 1' || fail "not credited once: $(books)"
stop_kiosk
check_journal
