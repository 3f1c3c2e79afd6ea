#!/usr/bin/env bash
# Two pinpads at one desk: the caller's PosNo says which, or the cashier's key. The pinpad takes the money, the platform books it with what
# the slip says; what it refuses to book goes back to the card, and so does what the caller wants back.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
pinpads='.devices = [{role: "scanner", driver: "scanner-hid"}, {role: "printer", driver: "printer-escpos", head_dots: 576},
    {role: "pinpad", driver: "pinpad-ecr", port: "1-3", pos_no: "1"}, {role: "pinpad", driver: "pinpad-ecr", port: "1-4", pos_no: "2"}]'
at_window "$pinpads"' | .driver_limits = {pos_ack_ms: 300, poll_ms: 300, reconnect_first_ms: 50}'
begin_desk "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer --device pinpad --device pinpad2=pinpad --

pinpads_ready() {
    ctl --json devices | jq -e '[.devices[] | select(.role == "pinpad") | [.pos_no, .device]] == [["1", "ready"], ["2", "ready"]]' >/dev/null
}
within 60 pinpads_ready || fail "not two pinpads: $(ctl --json devices)"

# The caller names the second: it asks for the card by itself, and the patient's display says what to do at each step.
play 'wait desk_idle 60
device pinpad2 hold on'
calls C1 pays C1 300.00 depositType=POS PosNo=2
play 'wait desk_wait 60
expect 终端：等患者插卡
expect 请插卡、挥卡或刷卡
shot 01-card
device pinpad2 hold pin
device pinpad2 card
expect 请按密码
expect 用手遮住
shot 02-pin
device pinpad2 hold off
device pinpad2 pin
wait desk_result 60
expect 付好了
expect POS 2
shot 03-paid
device pinpad2 sold 1
device pinpad sold 0
wait desk_idle 60'
answers C1 000000 POS
books_say '.payments[] | select(.paymentNo == "C1") | .channelProduct == "POS" and .state == "pay_success"' || fail "the platform did not book it"
order=$(last_order)
ctl --json journal show "$order" | jq -e '.legs[0] | .pos_no == "2" and .card == "622202*********1234"' >/dev/null ||
    fail "the leg does not say which pinpad: $(ctl --json journal show "$order" | jq -c .legs)"

# The cashier chooses the first; the card is refused, and nothing is booked.
calls C2 pays C2 20.00
play 'wait desk_pay 60
device pinpad decline 51
key f3
wait desk_result 60
expect 没有付
shot 04-declined
key enter
wait desk_idle 60'
answers C2 033002
books_say '[.payments[] | select(.paymentNo == "C2")] == []' || fail "a refused card was booked"

# Taken back before the card is in.
play 'device pinpad approve
device pinpad hold on'
calls C3 pays C3 21.00 depositType=POS PosNo=1
play 'wait desk_wait 60
expect 终端：等患者插卡
key escape
wait desk_result 60
expect 没有付
key enter
wait desk_idle 60
device pinpad hold off
device pinpad idle
device pinpad sold 0'
answers C3 033002

# The platform does not book it: the card has its money back.
control settings '{"onepay_his": "fail"}'
calls C4 pays C4 22.00 depositType=POS PosNo=1
play 'wait desk_result 60
expect 钱已退回
shot 05-returned
key enter
wait desk_idle 60
device pinpad returned 1'
answers C4 033002
control settings '{"onepay_his": "book"}'

# What was paid by card goes back to it: booked back at the platform first, then at the pinpad that took it.
calls R1 gives_back C1 R1 300.00 POS
play 'wait desk_refund 60
type 1
key f7
wait desk_result 60
expect 退好了
shot 06-refunded
device pinpad2 returned 1
key enter
wait desk_idle 60'
answers R1 000000 300.00
check_books '[.refunds[] | [.requestNo, .refundFee, .state]] == [["R1", "300.00", "refund_success"]]'

# The pinpad is away: its key says why, the other one takes the card.
play 'device pinpad unplug'
calls C5 pays C5 23.00 depositType=POS
play 'wait desk_pay 60
expect 终端没有接通
shot 07-away
key f4
wait desk_result 60
expect 付好了
key enter
wait desk_idle 60'
answers C5 000000 POS

# The platform takes its booking back, and the bank says no: where the money is a person finds out, also for whoever wants it back again.
play 'device pinpad2 decline 51'
calls R2 gives_back C5 R2 23.00 POS
play "wait desk_refund 60
type 1
key f7
wait desk_result 60
expect $(words desk.end.window)
shot 08-case
key enter
wait desk_idle 60"
answers R2 999999
check_books '[.refunds[] | [.requestNo, .state]] == [["R1", "refund_success"], ["R2", "refund_success"]]'
calls R3 gives_back C5 R3 23.00 POS
answers R3 999999
# asks_is NUMBER TYPE RESULT: the platform knows what it has booked only, whoever asks hears what became of the money
asks_is() {
    local said
    said=$(window asks "$1" W20001234 "hop.trade.$2")
    [ "$said" = "000000 $3" ] || fail "who asks about $1 is told $said"
}
asks_is R2 refund exp
asks_is C5 recharge exp
asks_is R1 refund succ
asks_is C1 recharge succ
asks_is C4 recharge fail
end_desk
nothing_of 6222021234561234
