#!/usr/bin/env bash
# The program is killed between the upload of the fees and the settlement. The patient confirms meanwhile: after the restart it is
# credited, by the centre alone. Nobody confirms: the upload is revoked when its time is over, also when the revoke is not answered.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured ".limits.expire_ms = 8000 | ${INSURED_AT:-.}"
[ -z "${INSURED_AT:-}" ] || control settings '{"national":true}'

bill_of() {
    books | jq -r ".bills | map(select(.card == \"$1\")) | .[0].org_trace_no"
}

# killed CARD: with the code of its bill on the screen
killed() {
    order=$(bill_of "$1")
    rm -f "$dir/lines"
    begin_visit
    play "wait welcome
$(to_insured "$1")"
    kill -9 "$(running_kiosk)"
    wait "$visit_pid" || true
    exec 3>&-
}

killed C10000013
control insure "{\"medOrgOrd\":\"$order\",\"act\":\"pay\"}"
check_books '[.orders[].ordStas] == ["6"]'
start_kiosk
check_state credited
stop_kiosk
check_books '[.credits[] | .mch_trace_no[0:3]] == ["ORD"]'

killed C10000014
fault '{"on":"mmpc.revoke","kind":"drop_before","times":2}'
start_kiosk
check_books '[.orders[].ordStas] == ["6", "12"]'
check_state closed
check_books '.credits | length == 1'
check_journal
stop_kiosk

# The patient leaves, the revoke is lost and the program dies; the patient has confirmed all the same. What the centre has settled is asked
# about before it is revoked: it is paid, and no other revoke has left.
order=$(bill_of C10000012)
rm -f "$dir/lines"
begin_visit
revoke_lost() {
    [ "$(grep -c 'exchange: mmpc revoke: unknown' "$dir/kiosk.log")" -gt "$lost" ]
}
lost=$(grep -c 'exchange: mmpc revoke: unknown' "$dir/kiosk.log" || true)
fault '{"on":"mmpc.revoke","kind":"drop_before","times":1000}'
play "wait welcome
$(to_insured C10000012)
tap cancel
wait waiting"
within 30 revoke_lost || fail "no revoke was lost"
kill -9 "$(running_kiosk)"
wait "$visit_pid" || true
exec 3>&-
revoked=$(grep -c 'exchange: mmpc revoke' "$dir/kiosk.log")
control insure "{\"medOrgOrd\":\"$order\",\"act\":\"pay\"}"
check_books '[.orders[].ordStas] == ["6", "12", "6"]'
start_kiosk
check_state credited
check_books '.credits | length == 2'
[ "$(grep -c 'exchange: mmpc revoke' "$dir/kiosk.log")" = "$revoked" ] || fail "a revoke left after the restart"
check_journal
stop_kiosk
