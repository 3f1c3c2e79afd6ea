#!/usr/bin/env bash
# No paper: the result carries a code to photograph. No scanner: the number can be typed. Both: the money is as if nothing happened.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
device printer paper out
device scanner unplug
wait welcome
shot notices
tap service.bills
wait identify
tap next
wait keypad
type C10000001
tap next
wait confirm
tap next
wait bills
$(to_code wechat)
phone pay
wait result
shot result
SCRIPT
check_state credited
order=$(last_order)
qr_of "$dir/result.png" | grep "$order" >/dev/null || fail "the result's code does not carry $order: $(qr_of "$dir/result.png")"
! compgen -G "$dir/paper/*.bin" >/dev/null || fail "something was printed without paper"
