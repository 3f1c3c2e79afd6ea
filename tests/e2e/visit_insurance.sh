#!/usr/bin/env bash
# A bill is paid by medical insurance: the code is shown, the fees go to the centre, the phone confirms, the centre settles with the
# hospital by itself, and every side's books agree. Left before it is confirmed, the upload is revoked and nothing is held.
. "$(dirname "$0")/lib.sh"
start_sandbox
# With another centre (insurance_national.sh): by configuration alone.
insured "${INSURED_AT:-.}"
[ -z "${INSURED_AT:-}" ] || control settings '{"national":true}'

# The first bill of a card as it was uploaded: hospitals make new numbers whenever somebody looks.
uploaded() {
    check_books "(.bills | map(select(.card == \"$1\")) | .[0].org_trace_no) == .orders[-1].medOrgOrd"
    order=$(books | jq -r '.orders[-1].medOrgOrd')
}
on_phone() {
    control insure "{\"medOrgOrd\":\"$order\",\"act\":\"$1\"}"
}

# The retired one pays with the fund, an account of 12.34, and the rest.
begin_visit
play "wait welcome
$(to_insured C10000013)
expect $(words insurance.outside_sum | sed 's/{a}/¥8.00/')
expect $(words split.on_phone)
tap detail.1
wait insurance
shot lines
expect 中药代煎服务
expect $(words insurance.outside)
expect $(words insurance.second)
tap back
wait pay_qr
shot code"
[[ $(qr_of "$dir/code.png") == "$url/mmpc/pay/"* ]] || fail "the code on the screen says '$(qr_of "$dir/code.png")'"
check_books '[.orders[].ordStas] == ["0"]'
uploaded C10000013
on_phone open
on_phone pay
play "$(insured_is_paid)"
check_books '[.orders[].ordStas] == ["6"] and .orders[0].told_his'
check_books ".bills | map(select(.org_trace_no == \"$order\")) | .[0].state == \"settled\""
check_books '[.credits[] | .mch_trace_no[0:3]] == ["ORD"]' # the centre's, none of ours
check_state credited
within 10 paper_says "$(last_order)" || fail "no receipt with the order number"
paper_says 城镇职工基本医疗保险统筹基金 || fail "the receipt does not say which fund has paid"

# How each line was seen and how it was settled is evidence of the order, members that no document names included; the person is not in it.
ctl --json journal show "$(last_order)" >"$dir/shown.json"
for kept in chrgitmLv selfpay_prop setlinfo SETLINFO local_subsidy_amt fund_pay_type_name; do
    grep -F -e "$kept" "$dir/shown.json" >/dev/null || fail "no evidence of $kept"
done
jq -e '.. | objects | select(has("split")) | .split.account == "12.34" and (.settlement | map(select(.what == "fund")) | length) == 2
    and (.settlement | map(select(.what == "outside")) | .[0].amount) == "8.00"' "$dir/shown.json" >/dev/null || fail "the order does not say how it was settled"
ctl journal show "$(last_order)" | grep -F 职工大额医疗费用补助基金 >/dev/null || fail "the order does not name its funds"
nothing_of 李某

# Another leaves: revoked at the centre, asked about, and free for anybody.
play "$(to_insured C10000012)
tap cancel
wait result 15
expect $(words verdict.not_paid.title)"
check_books '[.orders[].ordStas] == ["6", "12"]'
uploaded C10000012
play "tap home
wait welcome
$(to_bills C10000012)
$(pay_by_code wechat)
expect $(words verdict.credited.title)
$(go_home)"

# One touch leads to paying without the insurance: revoked, proved to be unpaid, and how to pay is asked again.
play "$(to_insured C10000014)
shot without
tap again
wait channel 15
tap channel.wechat
wait pay_qr
phone pay
wait result 15
expect $(words verdict.credited.title)
tap home
wait welcome"
check_books '[.orders[].ordStas] == ["6", "12", "12"]'

# Two bills: the insurance takes one after the other, and the second is one touch away.
control bill '{"card":"C10000016","amount":"20.00"}'
play "$(to_bills C10000016)
tap pay
wait channel
expect $(words way.insurance.several)
tap channel.insurance
wait pay_code
device scanner scan ECC10000016
wait pay_qr 15"
order=$(books | jq -r '.orders[-1].medOrgOrd')
on_phone pay
play "wait result 15
expect $(words result.next | sed 's/{a}/¥20.00/')
shot next
tap pay
wait pay_code
device scanner scan ECC10000016
wait pay_qr 15"
order=$(books | jq -r '.orders[-1].medOrgOrd')
on_phone pay
play "wait result 15
expect $(words verdict.credited.title)
expect $(words result.done)
tap home
wait welcome"
check_books '[.orders[].ordStas] == ["6", "12", "12", "6", "6"]'
check_books '.bills | map(select(.card == "C10000016")) | all(.state == "settled")'
echo quit >&3
end_visit
check_state credited
check_journal
nothing_of ECC10000013
nothing_of C10000013
