#!/usr/bin/env bash
# The cashier gives money back, by keys: shown first, less than asked said loudly, let go, done once; and what nobody knows goes on alone.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.terminal.panel_px = [1920, 1080] | .terminal.panel_mm = [476, 268]'
begin_desk_with_devices

calls P1 pays P1 50.00
play 'wait desk_pay 60
device scanner scan 134567890123456700
wait desk_result 60
key enter
wait desk_idle 60'
answers P1 000000 ONE_BAR

# A part goes back, seen first.
calls R1 gives_back P1 R1 20.00 ONE_BAR
play 'wait desk_refund 60
expect ¥20.00
expect 准备退给您
shot 01-refund
type 1
key f7
wait desk_result 60
expect 退好了
shot 02-refunded
key enter
wait desk_idle 60'
answers R1 000000 20.00

# More is asked than is left: said loudly. It is let go, then the same is asked again.
calls R2 gives_back P1 R2 40.00 ONE_BAR
play 'wait desk_refund 60
expect 只剩 ¥30.00
shot 03-less
key escape
wait desk_idle 60'
answers R2 034009
calls R3 gives_back P1 R2 40.00 ONE_BAR
play 'wait desk_refund 60
type 1
key f7
wait desk_result 60
expect ¥30.00
key enter
wait desk_idle 60'
answers R3 000000 30.00
check_books '[.refunds[] | [.refundFee, .state]] == [["20.00", "refund_success"], ["30.00", "refund_success"]]'

# Nothing is left: no window opens for what cannot go back.
calls R4 gives_back P1 R4 1.00 ONE_BAR
answers R4 034001
play 'wait desk_idle 60
expect 已退费'

# The platform is silent: it is left to the background, and settles itself.
calls P2 pays P2 8.00
play 'wait desk_pay 60'
fault '{"on":"onepay.hop.trade.recharge","kind":"drop_after"}'
play 'device scanner scan 134567890123456700
wait desk_result 60
shot 04-settled
key enter
wait desk_idle 60
expect 已付，已入账'
answers P2 000000 ONE_BAR
end_desk
