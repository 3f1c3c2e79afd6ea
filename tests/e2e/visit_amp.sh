#!/usr/bin/env bash
# A bill is paid by medical insurance at the regional portal: its message goes to the phone that the hospital knows, the portal asks and
# tells the hospital in the document's order, the terminal sees the end at the hospital. Until then it reads no list of that patient's, and
# nobody sells the bill: not to who leaves, not after a kill, not when its time here is over.
. "$(dirname "$0")/lib.sh"
start_sandbox
pushed_bills '.platforms.amp.org_secret = "9D1C33A7E0B24F68"'

if tells_of_visits; then # there nobody would know what became of it
    "$B/kiosk" --config "$dir/kiosk.json" --check-config >"$dir/refused" 2>&1 && fail "taken where ORG_004 tells of visits"
    grep -F 'expected his.settle_result order for "insurance"' "$dir/refused" >/dev/null || fail "$(cat "$dir/refused")"
    exit 0
fi

lists_read() {
    grep -c 'exchange: his queryUnsettleList' "$dir/kiosk.log" || true
}
# pushed_is JQ: of the newest message
pushed_is() {
    check_books ".pushes[-1] | $1"
}
on_phone() {
    control portal "{\"act\":\"$1\"}"
}
settled='.steps == "queryAccount queryUnsettleList orgPreorder rechargeSettle" and .orderStatus == "MERCHANT_PAID" and .messages == "1"'

# Two bills, one message after the other.
begin_visit
play "wait welcome
$(to_pushed C10000011)
expect $(words pushed.sent | sed 's/{a}/138****0011/')
expect $(words split.on_phone)
shot pushed"
lists=$(lists_read)
pushed_is '.phone == "13800000011" and .messages == "1" and .orderStatus == "MERCHANT_WAIT_PAY"'
on_phone pay
play "wait result 15
expect $(words verdict.credited.title)
expect $(words split.on_phone)
expect 西药房
shot paid"
[ "$(lists_read)" = "$lists" ] || fail "a list was read while the bill was on the phone"
pushed_is "$settled"
check_state credited
within 10 paper_says "$(words receipt.split.on_phone)" || fail "the receipt does not say who knows who paid"
play "tap pay
wait pushed 15"
control settings '{"portal_twice":true}'
on_phone pay
play "wait result 15
expect $(words verdict.credited.title)
tap home
wait welcome"
control settings '{"portal_twice":false}'
check_books '.credits | length == 2'
check_books '.bills | map(select(.card == "C10000011")) | all(.state == "settled")'

# Who does not wait leaves the bill on the phone. No list is read for them, and what the phone pays later is credited by the watch.
play "$(to_pushed C10000012)
tap cancel
wait result 15
expect $(words verdict.pushed.title)
shot left
tap home
wait welcome"
within 10 paper_says "$(words result.pushed.title)" || fail "no paper for who leaves"
lists=$(lists_read)
play "$(identify service.bills C10000012)
expect $(words notice.pushed)
shot barred
tap home
wait welcome
$(identify service.records C10000012)
wait records
expect $(words records.pushed)
tap home
wait welcome"
[ "$(lists_read)" = "$lists" ] || fail "a list was read while the bill was on the phone"
on_phone pay
check_state credited
pushed_is "$settled"
play "$(to_bills C10000012)
tap home
wait welcome"

# What the portal refuses holds nothing: the same bill is paid in another way.
fault '{"on":"amp.pushMsg","kind":"answer","body":{"code":"000000","data":{"response":"INVALID_PUSH_TYPE"}}}'
play "$(to_bills C10000013)
tap pay
wait channel
tap channel.insurance
wait result 15
expect $(words notice.push_failed)
expect $(words verdict.not_paid.title)
tap again
wait channel
tap channel.wechat
wait pay_qr
phone pay
wait result 15
expect $(words verdict.credited.title)
tap home
wait welcome"

# A message whose answer is lost may be on the phone: it is not pushed again.
fault '{"on":"amp.pushMsg","kind":"drop_after"}'
play "$(to_pushed C10000014)
expect $(words pushed.unsure | sed 's/{a}/138****0014/')
shot unsure"
on_phone pay
play "wait result 15
expect $(words verdict.credited.title)
tap home
wait welcome"
pushed_is "$settled"

# The portal tells the hospital another amount, then the phone declines: nothing is settled, and the bill stays where it is.
play "$(to_pushed C10000016)"
control settings '{"portal_more_fen":100}'
! on_phone pay 2>/dev/null || fail "the hospital took another amount"
control settings '{"portal_more_fen":0}'
on_phone cancel
pushed_is '.steps == "queryAccount queryUnsettleList orgPreorder" and .orderStatus == "MERCHANT_CLOSED"'
play "tap cancel
wait result 15
expect $(words verdict.pushed.title)
tap home
wait welcome"
check_state waiting
echo quit >&3
end_visit
check_journal

# The portal's trade file, the hospital's books and the journal agree.
ctl recon "${days_around_now[@]}" --source journal --source his --source amp --source upp >"$dir/recon.txt" ||
    fail "the books differ: $(cat "$dir/recon.txt")"
nothing_of 13800000011
nothing_of C10000011
