#!/usr/bin/env bash
# Where the policy trusts who shows a card: bills are paid in two touches with a card held out at the first screen, in three from the
# tile; a deposit in two with a wristband; who types a number shows the last 4 of the ID number too. And in none with the phone's code
# held out at the bills or at the ways to pay: it counts down first, and a touch takes it back. Where the policy wants none yet, it is
# answered in words.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.policy.confirm = "typed"'
visit <<SCRIPT
wait welcome
device scanner scan C10000001
wait bills
shot bills
tap pay
wait channel
tap channel.wechat
wait pay_qr
phone pay
wait result 20
expect $(words verdict.credited.title)
tap home
wait welcome
device scanner scan W20001234
wait amount
tap amount.1
wait channel
tap channel.alipay
wait pay_qr
phone pay
wait result 20
expect $(words verdict.credited.title)
tap home
wait welcome
tap service.bills
wait identify
tap next
wait keypad
type C10000001
tap next
wait confirm
tap next
wait keypad
expect $(words keypad.last4)
tap home
quit
SCRIPT
check_books '[.payments[] | select(.state == "pay_success")] | length == 2'

# A code at the ways to pay before one is chosen: none is used, and the screen says what to do.
control bill '{"card":"C10000001","amount":"12.00"}'
visit <<SCRIPT
wait welcome
device scanner scan C10000001
wait bills
tap pay
wait channel
device scanner scan 134567890123456700
expect $(words notice.pay_code_choose)
shot choose
tap home
quit
SCRIPT
check_books '[.payments[] | select(.state == "pay_success")] | length == 2'

# A code that pays at once belongs to what stands on the panel, which a device that comes draws anew: when all have come.
configure '.policy.confirm = "typed" | .policy.pay_code_on_bills = true | .limits.count_ms = 2000 | .limits.guard_ms = 0'
visit_with_devices <<SCRIPT
wait welcome
device scanner scan C10000001
wait bills
expect $(words bills.code_now)
device scanner scan 134567890123456701
wait pay_code
expect $(words pay_code.counting | tr -d '\n')
shot counting
tap cancel
wait bills
device scanner scan 134567890123456702
wait result 20
expect $(words verdict.credited.title)
tap home
SCRIPT
check_books '[.payments[] | select(.state == "pay_success")] | length == 3'

control bill '{"card":"C10000001","amount":"7.50"}'
visit_with_devices <<SCRIPT
wait welcome
device scanner scan C10000001
wait bills
tap pay
wait channel
device scanner scan 134567890123456703
wait pay_code
tap cancel
wait channel
device scanner scan 134567890123456704
wait result 20
expect $(words verdict.credited.title)
expect ¥7.50
SCRIPT
check_books '[.payments[] | select(.state == "pay_success")] | length == 4'
check_journal
