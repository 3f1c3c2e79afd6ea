#!/usr/bin/env bash
# Who goes is reminded of the card in the reader, the ID card and the receipt in the presenter; the reminder ends when it is taken, or in
# time. What was forgotten is told whoever comes next, and is not theirs.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits += {take_ms: 2000, forgotten_ms: 60000}'

PRINTER=printer-kpm visit <<SCRIPT
wait welcome
# the card in the reader, by the reader's own sensor
tap service.bills
wait identify
device cardreader insert social
wait confirm
tap home
wait take
expect $(words take.card)
shot card
device cardreader remove
wait welcome
# an ID card, which no sensor feels, for its time
tap service.bills
wait identify
device idreader insert citizen
wait confirm
tap home
wait take
expect $(words take.id_card)
device idreader remove
wait welcome
# a receipt that a presenter holds, also one that comes out when its patient has gone
$(identify service.deposit W20001234)
wait amount
tap amount.1
wait channel
tap channel.wechat
wait pay_qr
phone pay
wait result 20
expect $(words receipt.printed)
shot receipt
tap home
wait take
expect $(words take.receipt)
device printer take
wait welcome
device printer speed 60
$(identify service.deposit W20001234)
wait amount
tap amount.1
wait channel
tap channel.wechat
wait pay_qr
phone pay
wait result 20
expect $(words receipt.printing)
tap home
wait take 15
expect $(words take.receipt)
device printer take
wait welcome
# one that is forgotten is not asked of the next patient, who is told of it
tap service.bills
wait identify
device cardreader insert dead
expect $(words notice.card_unreadable)
tap home
wait take
tap next
wait welcome
expect $(words notice.card_left)
tap service.bills
wait identify
tap home
wait welcome
device cardreader remove
SCRIPT
check_books '.credits | length == 2'
check_journal
