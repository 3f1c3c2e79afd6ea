#!/usr/bin/env bash
# Who it is, by ID card: the bills of 张建丰 are paid; a card that cannot be read is told so; a card left lying does not open the
# next visit; pulled out, the reader comes back by itself.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
wait welcome
tap service.bills
wait identify
shot put-card
device idreader insert broken
expect $(words notice.card_unreadable)
shot unreadable
device idreader remove
device idreader insert citizen
wait confirm
expect 张*丰
shot id-card
tap next
wait bills
expect 165.70
$(to_code wechat)
phone pay
wait result 15
expect 165.70
$(go_home)
tap service.bills
wait identify
device scanner scan C10000003
wait confirm
expect 陈*
$(go_home)
device idreader unplug
device idreader remove
device idreader replug
tap service.bills
wait identify
device idreader insert citizen
wait confirm
expect 张*丰
quit
SCRIPT
check_state credited
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_journal
! grep -E '11010519491231002X|张建丰' "$dir/kiosk.log" || fail "the log says who was here"
