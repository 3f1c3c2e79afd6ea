#!/usr/bin/env bash
# Where the policy trusts who shows a card: bills are paid in two touches with a card held out at the first screen, in three from the
# tile; a deposit in two with a wristband; who types a number shows the last 4 of the ID number too.
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
check_journal
