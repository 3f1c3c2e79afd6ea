#!/usr/bin/env bash
# Medical insurance at the desk: window software calls for an insured patient's bill, the cashier scans the patient's e-insurance code, the
# centre's code stands on the patient's display, the phone confirms, every side's books agree. It is reversed by its caller alone. Taken back it
# is revoked; what the insurance does not pay is said in words.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.channels += ["insurance"] | .codes = [{kind: "e_insurance", prefix: "EC", length: 11}] + .codes
    | .platforms.mmpc = {base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB"}'
begin_desk_with_devices

# bill_of CARD: its number at the hospital and its amount
bill_of() {
    books | jq -r ".bills | map(select(.card == \"$1\")) | .[0] | \"\(.org_trace_no) \(.amount)\""
}
asks_say() {
    [ "$(window asks "$1" C10000014)" = "000000 $2" ]
}
on_phone() {
    control insure "{\"medOrgOrd\":\"$number\",\"act\":\"$1\"}"
}

read -r number amount <<<"$(bill_of C10000013)"
calls P1 pays_bill "$number" "$amount" C10000013 周国栋 ONE_QR 01
play "wait desk_pay 60
expect $(words desk.scan_now.insured_only)
shot 01-pay
device scanner scan ECC10000013
wait desk_wait 60
expect $(words desk.say.insured)
shot 02-code"
[[ $(qr_of "$dir/02-code-expansion.png") == "$url/mmpc/pay/"* ]] || fail "the patient's code says '$(qr_of "$dir/02-code-expansion.png")'"
on_phone pay
play 'wait desk_result 60
expect 付好了
expect 已打印
shot 03-paid
wait desk_idle 60
expect 医保'
answers P1 000000 INSURANCE
check_books '[.orders[].ordStas] == ["6"] and .orders[0].told_his'
check_books ".bills | map(select(.org_trace_no == \"$number\")) | .[0].state == \"settled\""
paper_says 城镇职工基本医疗保险统筹基金 || fail "the receipt does not say which fund has paid"
# The callers' platform has never heard of it; who asks by the number is told of it all the same.
said=$(window asks "$number" C10000013)
[ "$said" = '000000 succ' ] || fail "who asks about it is told $said"
trace=$(ctl --json journal show "$number" | jq -r '.legs[0].out_no')
said=$(window asks "$number" C10000013 hop.trade.recharge "$trace")
[ "$said" = '000000 succ' ] || fail "who asks about it by traceNo $trace is told $said"

# A reversal that would call the hospital is none of ours. One that the insurance refuses is told with its reason: it stands as it was paid.
calls R0 reverses_bill "$number" R0 C10000013 direct
answers R0 034009
fault '{"on":"mmpc.refund","kind":"answer","times":-1,"body":{"code":0,"message":"该订单已清算"}}'
calls R1refused reverses_bill "$number" R1 C10000013
answers R1refused 034009 该订单已清算
[ "$(window asks R1 C10000013 hop.trade.refund)" = '000000 fail' ] || fail "who asks about R1 is not told that it was refused"
check_books ".bills | map(select(.org_trace_no == \"$number\")) | .[0].state == \"settled\""
control clear

# It is reversed whole, once, under its number; its answer lost, the same call is told the same. The caller alone takes its book back.
fault '{"on":"mmpc.refund","kind":"drop_after","times":1}'
for again in a b; do
    calls "R1$again" reverses_bill "$number" R1 C10000013
    answers "R1$again" 000000 ORD
done
check_books '[.orders[] | [.ordStas, .appRefdSn]] == [["7", "R1"]]'
check_books ".bills | map(select(.org_trace_no == \"$number\")) | .[0].state == \"unsettled\""
! grep -q 'his cancelRechargeSettle' "$dir/kiosk.log" || fail "an ORG_005 of ours has left"
[ "$(window asks R1 C10000013 hop.trade.refund)" = '000000 succ' ] || fail "who asks about R1 is not told that it is done"
calls R2 reverses_bill "$number" R2 C10000013
answers R2 034001 nothing is left of it

# Taken back before the patient confirms: revoked, and the caller hears that nothing was paid.
read -r number amount <<<"$(bill_of C10000012)"
calls P2 pays_bill "$number" "$amount" C10000012 李秀英 ONE_BAR 01
play "wait desk_pay 60
device scanner scan ECC10000012
wait desk_wait 60
expect $(words desk.say.insured)
key escape
wait desk_result 60
shot 04-taken-back
key enter
wait desk_idle 60"
answers P2 033002
check_books '[.orders[].ordStas] == ["7", "12"]'

# Called revoked by a centre that then denies all of it: it may settle it yet, so nobody is told that it is unpaid.
read -r denied denied_amount <<<"$(bill_of C10000014)"
calls P9 pays_bill "$denied" "$denied_amount" C10000014 郑小雨 ONE_QR 01
play "wait desk_pay 60
device scanner scan ECC10000014
wait desk_wait 60
expect $(words desk.say.insured)"
fault '{"on":"mmpc.query","kind":"answer","times":-1,"body":{"code":0,"message":"订单不存在"}}'
fault '{"on":"mmpc.revoke","kind":"answer","body":{"code":1,"message":"成功","data":{"success":true}}}'
play "key escape
wait desk_result 60
expect $(words desk.end.unsure)
expect $(words patient.asking.title)
shot 05-unsure
key enter
wait desk_idle 60
expect $(words desk.row.unknown)"
answers P9 999999
[ "$(window asks "$denied" C10000014)" = '000000 ing' ] || fail "who asks is told $(window asks "$denied" C10000014)"
control clear
control insure "{\"medOrgOrd\":\"$denied\",\"act\":\"cancel\"}"
within 60 asks_say "$denied" fail || fail "unpaid, and who asks is told $(window asks "$denied" C10000014)"

# One of somebody who is not insured is not the insurance's.
calls P3 pays_bill "$number" "$amount" C10000012 李秀英 ONE_BAR 00
play "wait desk_idle 60"
answers P3 033002 # the number is that payment for ever
calls P4 pays_bill X4 "$amount" C10000012 李秀英 ONE_BAR 00
play "wait desk_pay 60
device scanner scan ECC10000012
expect $(words desk.not_insured)
shot 05-not-insured
key escape
wait desk_idle 60"
answers P4 033002
end_desk
nothing_of ECC10000013
