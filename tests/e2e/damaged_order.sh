#!/usr/bin/env bash
# One row of an open order is damaged: that order becomes a case with its evidence, all others are asked about and settle, and nothing
# new is sold until a person has decided, whatever is written meanwhile.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.settle_show_ms = 500'
fault '{"on":"his.rechargeSettle","kind":"drop_after","times":-1}'
fault '{"on":"his.querySettleResult","kind":"drop_before","times":-1}'
for bills in $'tap bill.2\ntap bill.3' 'tap bill.2'; do
    visit <<SCRIPT
$(to_bills)
$bills
$(pay_by_code wechat)
SCRIPT
done
mapfile -t orders < <(ctl --json journal list | jq -r .order_no | sort)
[ ${#orders[@]} = 2 ] || fail "not two orders: ${orders[*]}"
damaged=${orders[0]} whole=${orders[1]}
sqlite3 "$dir/journal.db" "UPDATE legs SET state = 'nonsense' WHERE order_no = '$damaged'"
control clear

state_of() {
    ctl --json journal list | jq -r --arg no "$1" 'select(.order_no == $no) | .state'
}
is_state() {
    [ "$(state_of "$1")" = "$2" ]
}
status_is() {
    ctl --json kiosk status | jq -e "$1"
}
[ "$(state_of "$damaged")" = unreadable ] || fail "the list hides the damage"
start_kiosk
within 30 is_state "$whole" credited || fail "the other order stands still: $(ctl journal list)"
case_no=$(ctl --json cases list | jq -r 'select(.reason == "unreadable") | .case_no')
[ -n "$case_no" ] || fail "no case: $(ctl cases list)"
ctl cases show "$case_no" | grep nonsense >/dev/null || fail "the case shows no evidence: $(ctl cases show "$case_no")"
ctl journal export | jq -s -e 'length == 2' >/dev/null || fail "the export stops at the damage"
status_is '.journal_ok == false and .journal_fault == "undecided" and .screen == "out_of_service"' >/dev/null ||
    fail "sold on: $(ctl kiosk status)"
stop_kiosk

start_kiosk
[ "$(ctl --json cases list | jq -s length)" = 1 ] || fail "a second start made a second case"
ctl kiosk in-service >/dev/null
status_is '.journal_ok == false' >/dev/null || fail "in-service is no decision"
ctl cases resolve "$case_no" --by '王主任' --as returned --reason '已在窗口核对' || fail "not resolved"
within 10 status_is '.journal_ok == true and .journal_fault == "none" and .screen == "welcome"' ||
    fail "decided, still closed: $(ctl kiosk status)"
stop_kiosk
start_kiosk
status_is '.journal_ok == true' >/dev/null || fail "decided, closed again at the next start"
