#!/usr/bin/env bash
# A window takes back at the hospital what was paid here. The next look at the patient's bills finds it out: the bill may be paid again,
# nothing of the first payment goes back here, it is listed with its sum, and reconciliation names it as what it is.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.policy.list_lag_ms = 1'
visit <<SCRIPT
$(to_bills)
tap bill.3
$(to_code wechat)
phone pay
wait result 15
expect $(words verdict.credited.title)
SCRIPT
check_state credited
order=$(last_order)
[ "$(ctl --json cases list --taken-elsewhere | jq -s length)" = 0 ] || fail "listed before its time"
bill=$(books | jq -c '.credits[] | select(.amount == "36.00") | {org_trace_no, doc_trace_no, mdtrt_cert_type: "10", mdtrt_cert_no: .card}')
ctl call his cancelRechargeSettle "$bill" >"$dir/window" || fail "the window could not take it back: $(cat "$dir/window")"
check_books '.totals.credited == "128.50" and .totals.cancelled == "36.00"'

# It is listed again, so the hospital is asked, and it may be paid once more.
visit <<SCRIPT
$(to_bills)
expect 37.20
$(to_code wechat)
phone pay
wait result 15
expect $(words verdict.credited.title)
$(go_home)
$(identify service.refund)
wait records
expect $(words refund.no.elsewhere)
shot refused
SCRIPT
check_state credited
check_books '.totals.paid == "201.70" and .totals.credited == "165.70" and .totals.returned == "0.00"'
ctl --json cases list --taken-elsewhere | jq -se --arg no "$order" \
    'length == 1 and (.[0] | .order_no == $no and .taken_elsewhere and .amount == "36.00")' >/dev/null || fail "not listed: $(ctl --json cases list --taken-elsewhere)"
[ "$(ctl cases list --taken-elsewhere | tail -n 1)" = '合计  1  36.00' ] || fail "no sum: $(ctl cases list --taken-elsewhere)"
[ "$(ctl --json cases list | jq -s length)" = 0 ] || fail "a case: $(ctl cases list)"

# Each line of an export but the last says that more follow.
ctl journal export | jq -s -e 'length > 1 and (.[:-1] | all(.more)) and (.[-1].more | not)' >/dev/null || fail "the export does not say whether more follow"

# The hospital still shows the booking, and its cancellation, which names no payment of ours: its amount says that it is this one.
status=0
ctl --json recon "${days_around_now[@]}" --source upp --source his --source journal --html "$dir/recon.html" >"$dir/recon.json" || status=$?
[ $status = 10 ] || fail "exit $status of recon"
jq -e '.classes | .platform_missing.count == 0 and (.taken_elsewhere | .count == 2 and .explained == 1 and .amount == "36.00")' "$dir/recon.json" >/dev/null ||
    fail "not a class of its own: $(jq -c '.classes | map_values(select(.count > 0))' "$dir/recon.json")"
jq -e '[.differences[] | select(.class == "taken_elsewhere") | .sources.journal[]?.state] | sort | unique == ["done", "taken_elsewhere"]' "$dir/recon.json" >/dev/null ||
    fail "its rows do not say it: $(jq -c .differences "$dir/recon.json")"
grep -q 医院已撤账 "$dir/recon.html" || fail "the page does not say it"
grep -q 'Taken back at the hospital' "$dir/recon.html" || fail "the page does not say it in English"
ctl recon "${days_around_now[@]}" --source upp --source his --source journal >"$dir/recon.txt" || [ $? = 10 ]
grep -q 窗口 "$dir/recon.txt" || fail "it is not said what to do: $(cat "$dir/recon.txt")"
check_journal
