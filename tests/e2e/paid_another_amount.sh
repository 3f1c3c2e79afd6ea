#!/usr/bin/env bash
# The platform says that another amount was paid than was asked for, in time, and of a code that was closed before: nothing is credited,
# nothing goes back by a guess. A case, and what was really paid stands in the journal, in the case and on the staff's screen.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits += {settle_show_ms: 1000}'

# platform_says NUMBER: from now on that 500.00 came
platform_says() {
    fault '{"on":"upp.paymentQuery","kind":"answer","times":-1,"body":{"result":true,"kind":0,"msg":"","data":{"paymentNo":"'"$1"'",
        "outPaymentNo":"OUT1","inPaymentNo":"IN1","tradeFee":"500.00","tradeStatus":"pay_success",
        "paymentTime":"'"$(TZ=Asia/Shanghai date '+%F %T')"'"}}}'
}
# at_case NUMBER: the staff look at it
at_case() {
    printf '%s\n' 'tap staff' 'type 135790' 'tap next' 'tap pick.1' "expect $(words case.amount_mismatch)" "tap case.$1" \
        "expect $(words staff.seen)" 'expect 500.00' "shot case$1" 'tap back' 'tap back' 'tap home' 'wait welcome'
}
seen_is_kept() {
    check_state case
    ctl journal show "$(last_order)" | grep -q 500.00 || fail "not in the journal: $(ctl journal show "$(last_order)")"
    [ "$(ctl --json journal show "$(last_order)" | jq -r '.legs[0].seen')" = 500.00 ] || fail "not kept"
    control clear
}

begin_visit
play "$(to_bills)
$(to_code wechat)"
platform_says "$(last_order)"
play "wait result 20
expect $(words verdict.window.title)
$(go_home)"
seen_is_kept
play "$(at_case 1)"

play "$(to_bills)
expect $(words bills.being_paid)
$(go_home)"

# The patient leaves; the close is answered, and only then the money is seen.
control bill '{"card":"C10000003","amount":"50.00"}' >/dev/null
play "$(to_bills C10000003)
$(to_code wechat)
tap cancel
wait result 20"
within 30 books_say 'any(.payments[]; .closed_ms > 0)' || fail "the code was not closed"
platform_says "$(last_order)"
play "$(go_home)"
seen_is_kept
play "$(at_case 2)"
end_visit
books_say '.credits == [] and .refunds == []' || fail "something moved: $(books | jq -c '{credits, refunds}')"
[ "$(ctl --json cases list | jq -s 'map(select(.reason == "amount_mismatch")) | length')" = 2 ] || fail "not two cases: $(ctl cases list)"
check_journal
