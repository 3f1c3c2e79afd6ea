#!/usr/bin/env bash
# Who it is, by card: a social security card and a contactless card of the hospital; a bank card is told so. No number or name of
# a card gets into the log.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
wait welcome
tap service.bills
wait identify
expect $(words identify.card)
device cardreader insert bank
expect $(words notice.card_unreadable)
shot another-card
device cardreader remove
device cardreader insert social
wait confirm
expect 张*丰
shot social-card
device cardreader remove
tap next
wait bills
$(to_code wechat)
phone pay
wait result 15
$(go_home)
quit
SCRIPT
check_state credited
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
visit <<SCRIPT
wait welcome
tap service.bills
wait identify
expect $(words identify.card)
device cardreader insert uid 04A1B2C3
wait confirm
expect 张*丰
device cardreader remove
$(go_home)
tap service.bills
wait identify
expect $(words identify.card)
device cardreader insert uid 04FFFFFF
wait identify
expect $(words notice.no_patient)
quit
SCRIPT
check_journal
! grep -E 'A12345678|11010519491231002X|04A1B2C3|张建丰' "$dir/kiosk.log" || fail "the log says who was here"
