#!/usr/bin/env bash
# An inpatient's deposits: part of one goes back, then the balance over the payments it came from, newest first; never more than the
# hospital holds of them.
. "$(dirname "$0")/lib.sh"
start_sandbox

# deposit KEYS CODE: typed at the keypad, paid by the code on the phone
deposit() {
    echo 'wait welcome'
    identify service.deposit W20001234
    echo 'wait amount'
    grep -o . <<<"$1" | sed 's/^/tap key./'
    pay_by_phone "$2"
    echo 'tap home'
}

wants_back() {
    echo 'wait welcome'
    at_refunds W20001234
}

{
    deposit 100 134567890123456700
    deposit 200 284567890123456700
    wants_back
    echo 'shot 01-records
tap bill.2
wait amount
tap key.1
tap key.0
tap key.1
tap next
expect 超过这笔款还能退的金额
tap key.del
tap key.del
tap key.del
tap key.3
tap key.0
tap next
wait confirm
expect ¥30.00
tap pay
wait result 15
expect 已退款
tap back
wait records
expect 可退 ¥70.00
tap all
wait confirm
expect ¥270.00
shot 02-balance
tap pay
wait result 20
expect 已退款
expect ¥270.00
shot 03-result
tap home
wait welcome
quit'
} | visit
check_books '[.refunds[].refundFee] | sort == ["200.00", "30.00", "70.00"]'
check_books '.totals.paid == "300.00" and .totals.returned == "300.00" and .totals.credited == "0.00"'
check_books '[.accounts[] | select(.card == "W20001234") | .balance] == ["350.00"]'
check_journal
