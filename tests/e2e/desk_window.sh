#!/usr/bin/env bash
# The cashier's window, by keys alone: a call opens it; the phone is scanned, a code is shown, cash is counted, a call is let go and taken back.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.desk.drawer = true'
begin_desk_with_devices
play 'wait desk_idle 60
expect 今天还没有收费
shot 01-idle'

# The phone is held out at once, no key is needed; a code that is none is said so.
calls P1 pays P1 12.50
play 'wait desk_pay 60
expect ¥12.50
expect 王*兰
shot 02-pay
device scanner scan C10000001
expect 这不是付款码
device scanner scan 134567890123456700
wait desk_result 60
expect 付好了
shot 03-paid
key enter
wait desk_idle 60
expect 已付，已入账'
answers P1 000000 ONE_BAR

# A code on the patient's display; what the patient reads there.
calls P2 pays P2 100.00
play 'wait desk_pay 60
key f2
wait desk_wait 60
expect 患者：等他付款
expect 剩
expect 心内科三病区 12 床
shot 04-code'
[[ $(qr_of "$dir/04-code-expansion.png") == "$url/pay/"* ]] || fail "the patient's code says '$(qr_of "$dir/04-code-expansion.png")'"
control phone '{"act":"pay"}'
play 'wait desk_result 60
expect 付好了
wait desk_idle 60'
answers P2 000000 ONE_QR

# Cash: what is too little is not recorded; the usual sums are a key each; the change is said.
calls P3 pays P3 88.00
play 'wait desk_pay 60
key f5
wait desk_cash 60
type 50
key enter
expect 收的不够
shot 05-too-little
key alt3
expect ¥12.00
shot 06-cash
key enter
wait desk_result 60
expect ¥12.00
expect 已打印
shot 07-cash-paid
key enter
wait desk_idle 60
expect P3
key enter
wait desk_result 60
expect P3
key f6
expect 已打印
shot 12-looked-at
key enter
wait desk_idle 60
key down
key enter
wait desk_result 60
expect P2
key enter
wait desk_idle 60'
answers P3 000000 CASH
check_books '[.payments[] | [.paymentNo, .channelProduct, .state]] == [["P1", "ONE_BAR", "pay_success"], ["P2", "ONE_QR", "pay_success"], ["P3", "CASH", "pay_success"]]'

# Three at once wait for one cashier: one is let go before anything left, one is taken back, one has named its way.
calls P4 pays P4 5.00
play 'wait desk_pay 60'
calls P5 pays P5 6.00
play 'expect 后面还有 1 位'
calls P6 pays P6 7.00 depositType=CASH
play 'expect 后面还有 2 位'
calls P7 pays P7 9.00
play 'expect 后面还有 3 位'
# ... and one is closed by its caller, who had not waited
window closes P7 | grep -qx '000000 P7' || fail "what waits is not closed"
answers P7 033002
play 'expect 后面还有 2 位
shot 08-queue
key escape'
answers P4 033002
play 'expect ¥6.00
key f10
expect Show a code
shot 09-english
key f10
key f9
expect F1 到 F5
key f9
key f2
wait desk_wait 60
expect 患者：等他付款
key escape
wait desk_result 60
shot 10-taken-back
key enter
wait desk_cash 60
expect ¥7.00
key escape
wait desk_idle 60
expect 没有付，已关单
shot 11-day'
answers P5 033002
answers P6 033002
check_books '[.payments[] | select(.paymentNo == "P5") | .state] == ["wait_pay"] and ([.payments[].paymentNo] | contains(["P4"]) or contains(["P6"]) | not)'
end_desk
paper_says 88.00 || fail "no receipt of the cash"
nothing_of 134567890123456700
nothing_of 王淑兰
