#!/usr/bin/env bash
# The centre says that a bill is settled, and what it says of the amounts does not add up: neither paid nor unpaid. The patient is told while
# they stand there, on the screen and on paper, with a case number; nobody pays the bill again, and a restart changes nothing of it.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured '.limits.credit_quiet_ms = 2000'
control settings '{"split_extra_fen":1}'

begin_visit
play "wait welcome
$(to_insured C10000013)"
check_books '(.bills | map(select(.card == "C10000013")) | .[0].org_trace_no) == .orders[-1].medOrgOrd'
control insure "{\"medOrgOrd\":\"$(books | jq -r '.orders[-1].medOrgOrd')\",\"act\":\"pay\"}"
play "wait result 30
expect $(words verdict.window.title)
expect $(words verdict.split_wrong.text)
expect $(words result.asked)
shot contradicts"
check_state case
within 10 paper_says "$(last_order)" || fail "no paper with the order number"
case_no=$(ctl --json cases list | jq -rs '.[0].case_no')
paper_says "$case_no" || fail "the paper does not name case $case_no"
ctl cases show "$case_no" >"$dir/case.txt"
for fact in 对不上 '"operation":"mmpc query"' '"ownPayAmt":14.41'; do
    grep -F -e "$fact" "$dir/case.txt" >/dev/null || fail "the case does not say $fact: $(cat "$dir/case.txt")"
done
echo quit >&3
end_visit

# After a restart it is still for a person, also when the centre has come to its senses; one charge, one upload.
control settings '{"split_extra_fen":0}'
start_kiosk
check_state case
stop_kiosk
check_books '[.orders[].ordStas] == ["6"]'
check_books '.payments | length == 0'
check_journal
nothing_of ECC10000013
