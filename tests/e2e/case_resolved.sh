#!/usr/bin/env bash
# The hospital never says whether it credited: the money becomes a case with a number, a person resolves it while the kiosk runs,
# and the journal keeps who and why. What the hospital said of the patient stands in the evidence and not in the log.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.credit_deadline_ms = 1500 | .limits.settle_show_ms = 6000'
silent='"kind":"answer","times":-1,"body":{"ret_code":"99","ret_msg":"患者张三丰(鼓楼区1号)系统异常","result":"exp"}'
fault "{\"on\":\"his.rechargeSettle\",$silent}"
fault "{\"on\":\"his.querySettleResult\",$silent}"
visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
shot window
SCRIPT
start_kiosk
check_state case
case_no=$(ctl --json cases list | jq -rs '.[0].case_no')
[[ $case_no == C* ]] || fail "no case: $(ctl cases list)"
ctl cases show "$case_no" | grep rechargeSettle >/dev/null || fail "the case shows no evidence"
ctl cases show "$case_no" | grep '鼓楼区1号' >/dev/null || fail "the evidence has not what the hospital said"
! grep -a '张三丰\|鼓楼区\|系统异常' "$dir/kiosk.log" || fail "the log has what the hospital said of the patient"
grep -q "exchange: his rechargeSettle: unknown \[99\] in [0-9]* ms; its answer: evidence of order $(last_order)\$" "$dir/kiosk.log" ||
    fail "the log does not say where the answer is"
ctl cases resolve "$case_no" --by '' --as returned --reason 'x' 2>/dev/null && fail "resolved by nobody"
ctl cases resolve "$case_no" --by '王主任' --as credited --reason '核对后已补记' || fail "a running kiosk did not resolve it"
ctl --json cases list | jq -s -e --arg no "$case_no" 'all(.case_no != $no)' >/dev/null || fail "still open"
ctl cases resolve "$case_no" --by '王主任' --as returned --reason 'again' 2>/dev/null && fail "resolved twice"
ctl --json journal show "$(last_order)" | jq -e '.money | .decided.credited != "0.00" and .decided.returned == "0.00"' >/dev/null ||
    fail "the sums do not show what was credited by hand: $(ctl journal show "$(last_order)")"
ctl cases resolve "$case_no" --by '王主任' --as paid --reason 'x' 2>/dev/null && fail "resolved in a way that there is not"
stop_kiosk
for open in $(ctl --json cases list | jq -r '.case_no'); do
    ctl cases resolve "$open" --by '王主任' --as returned --reason '没有运行的终端' || fail "the journal at rest did not resolve it"
done
visit <<SCRIPT
$(identify service.records)
wait records
tap bill.1
wait result
expect $(words verdict.settled.title)
shot settled
SCRIPT
[ "$(ctl --json cases list --all | jq -r '.resolved_by' | sort -u)" = '王主任' ] || fail "the journal forgot who"
[ "$(ctl --json journal show "$(last_order)" | jq '[.events[] | select(.note == "resolved")] | length')" -ge 1 ] || fail "no event"
check_journal
