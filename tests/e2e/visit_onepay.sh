#!/usr/bin/env bash
# The visits on onepay, by configuration alone: it knows the patient, takes the money, credits by itself and returns it.
. "$(dirname "$0")/lib.sh"
start_sandbox
on_onepay

# paid NAME: the phone pays the code in the picture
paid() {
    until_shot "$1"
    [[ $(qr_of "$dir/$1.png") == "$url/pay/"* ]] || fail "the code on the screen says '$(qr_of "$dir/$1.png")'"
    control phone '{"act":"pay"}'
}

begin_visit
# Bills by one code for every wallet: recpay, a row for each bill.
{
    echo 'wait welcome'
    to_bills
    to_code one
    echo 'shot 01-bills'
} >&3
paid 01-bills
play "wait result 15
expect 165.70
shot 02-result
$(go_home)"
check_books '[.payments[] | {operation, channel_product: .channelProduct, tradeFee}] == [{operation: "hop.trade.recpay", channel_product: "ONE_QR", tradeFee: "165.70"}]'
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_state credited

# A wristband: its code first, then its account; a deposit by the code on the phone.
{
    identify service.deposit W20001234
    printf '%s\n' 'wait amount' 'tap key.1' 'tap key.0' 'tap key.0'
    echo 'tap next'
    echo 'wait channel'
    printf '%s\n' 'tap channel.phone' 'wait pay_code' 'device scanner scan 134567890123456700' 'wait result 15' 'expect 100.00'
    go_home
} >&3
play 'wait welcome'
check_books '[.accounts[] | select(.card == "W20001234") | .balance] == ["450.00"]'
check_books '[.payments[] | select(.operation == "hop.trade.recharge") | [.channelProduct, .tradeMode]] == [["ONE_BAR", "WX_BAR"]]'

# A deposit by the code on the screen, then a part of it goes back: no ORG_005, the platform tells the hospital.
{
    identify service.deposit W20001234
    printf '%s\n' 'wait amount' 'tap key.2' 'tap key.0' 'tap key.0'
    to_code one | sed 's/^tap pay$/tap next/'
    echo 'shot 03-deposit'
} >&3
paid 03-deposit
play "wait result 15
$(go_home)
$(identify service.refund W20001234)
wait records
tap bill.1
wait amount
tap key.3
tap key.0
tap next
wait confirm
expect ¥30.00
tap pay
wait result 15
expect 已退款
shot 04-refund
$(go_home)"
check_books '[.refunds[] | [.refundFee, .state]] == [["30.00", "refund_success"]]'
check_books '[.accounts[] | select(.card == "W20001234") | .balance] == ["620.00"]'

# A code that is cancelled is closed.
{
    identify service.deposit W20001234
    printf '%s\n' 'wait amount' 'tap key.5' 'tap key.0'
    to_code one | sed 's/^tap pay$/tap next/'
    printf '%s\n' 'tap cancel' 'wait result 15'
    go_home
} >&3
play 'wait welcome'
check_books '[.payments[] | select(.tradeFee == "50.00") | .state, .closed_ms > 0] == ["wait_pay", true]'
printf 'quit\n' >&3
end_visit
check_journal

# Where the platform returns the money and tells the hospital nothing, the book would stay: the window's.
on_onepay '.platforms.onepay.refund_type = "hisDecide"'
visit <<SCRIPT
$(at_refunds W20001234)
expect $(words refund.no.staff)
shot 05-window
SCRIPT
check_books '[.refunds[] | .refundFee] == ["30.00"]'
check_journal
paper_says '165.70' || fail "no receipt with the amount"
nothing_of 134567890123456700
nothing_of C10000001
nothing_of 王淑兰
