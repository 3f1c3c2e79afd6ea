#!/usr/bin/env bash
# The centre calls an upload revoked and then has no such order: perhaps it was settling it just then. Nobody is sold the bill here, over a restart
# too, until the centre shows the upload unpaid; what it has settled after all is a case, and is not paid again.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured

# leaves CARD: from the centre's code on the screen; the revoke is called done and everything after it denied
leaves() {
    play "$(to_insured "$1")"
    fault '{"on":"mmpc.query","kind":"answer","times":-1,"body":{"code":0,"message":"订单不存在"}}'
    fault '{"on":"mmpc.revoke","kind":"answer","body":{"code":1,"message":"成功","data":{"success":true}}}'
    play "tap cancel
wait result 30
expect $(words verdict.revoke_unsure.title)
expect $(words check.insurance.asking)
shot $1
tap home
wait welcome"
}
# is_held CARD: the list shows its bill, and nobody can pay it
is_held() {
    identify service.bills "$1"
    printf '%s\n' 'wait bills' "expect $(words notice.still_asking)" 'tap home' 'wait welcome'
}
# held 0|1: does the newest order hold anything?
held() {
    [ "$(sqlite3 "$dir/journal.db" 'SELECT count(*) > 0 FROM holds WHERE held = 1 AND order_no = (SELECT max(order_no) FROM orders)')" = "$1" ]
}

begin_visit
play 'wait welcome'
leaves C10000013
play "$(is_held C10000013)"
held 1 || fail "nothing is held"
kill -KILL "$(running_kiosk)"
wait "$visit_pid" || true
exec 3>&-
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(is_held C10000013)"

# Shown unpaid, it is anybody's.
control clear
within 30 held 0 || fail "an upload that was shown unpaid holds its bill"
play "$(to_bills C10000013)
$(pay_by_code wechat)
expect $(words verdict.credited.title)
$(go_home)"

# Settled after all: for a person.
leaves C10000014
control insure "$(books | jq -c '.orders[-1] | {medOrgOrd, act: "pay"}')"
control clear
check_state case
held 1 || fail "a bill that was settled after its revoke is sold again"
echo quit >&3
end_visit
check_journal
