#!/usr/bin/env bash
# What a platform says of a code is not what happens: it is made for another amount, it was called failed and is paid all the same. And
# before anybody has paid, the amount actually paid may be called nothing.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits += {result_ms: 20000, settle_show_ms: 20000}'

control settings '{"code_extra_fen":1}'
visit <<SCRIPT
$(to_bills)
tap pay
wait channel
tap channel.wechat
wait result 20
expect $(words notice.code_amount)
shot code_amount
SCRIPT
check_state closed
ctl journal show "$(last_order)" | grep -q 165.71 || fail "the platform's amount is not shown: $(ctl journal show "$(last_order)")"
books_say '.payments | length == 1 and .[0].closed_ms > 0' || fail "the code was not closed: $(books | jq -c .payments)"

control settings '{"code_extra_fen":0,"unpaid_is_zero":true,"late_pay_ms":200,"late_return_ms":0}'
visit <<SCRIPT
$(to_bills)
$(to_code wechat)
phone cancel
wait result 20
expect $(words verdict.not_paid.title)
phone late
expect $(words verdict.late_returned.title)
shot late
SCRIPT
check_state returned
books_say '.credits == []' || fail "late money was credited"

visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
expect $(words verdict.credited.title)
SCRIPT
check_state credited
check_journal
