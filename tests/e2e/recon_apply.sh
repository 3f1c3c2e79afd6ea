#!/usr/bin/env bash
# What reconciliation proposes is done by the running kiosk, when somebody says so, and never before: a credit that nobody proved is proved
# by the hospital's bills; an order that was paid and not credited is asked about, and credited by the kiosk itself, once. The journal keeps
# who wanted it, why, and both rows.
. "$(dirname "$0")/lib.sh"
start_sandbox
pay_unproven
order=$(last_order)
unproven() {
    ctl --json cases list --unproven | jq -s length
}
[ "$(unproven)" = 2 ] || fail "not two unproven credits: $(ctl cases list --unproven)"
all=("${days_around_now[@]}" --source upp --source his --source journal)

# recon EXIT OPTION...
recon() {
    local expected=$1 status=0
    shift
    ctl "${json[@]}" recon "${all[@]}" "$@" >"$dir/out" 2>"$dir/complaint" || status=$?
    [ $status = "$expected" ] || fail "exit $status, not $expected, of recon $*: $(cat "$dir/out" "$dir/complaint")"
}
json=(--json)
recon 10
jq -e '[.differences[] | select(.class == "unproven") | .acts[]] == ["prove", "prove"]' "$dir/out" >/dev/null ||
    fail "not proposed: $(cat "$dir/out")"
json=()
recon 10
grep -q -e '-> 可据医院账单证实该入账' "$dir/out" || fail "not said: $(cat "$dir/out")"
recon 2 --apply
recon 2 --by 王敏
recon 2 --apply --by ''
recon 1 --apply --by 王敏 # no kiosk runs
grep -q 'no kiosk answers' "$dir/complaint" || fail "not said: $(cat "$dir/complaint")"
[ "$(unproven)" = 2 ] || fail "proved without a kiosk"

# A hospital that books a reversal as a negative payment has credited nothing: that proves no credit of as much.
ctl --json journal show "$order" | jq -c '{data: [.legs[0] as $leg | .claims[] | {tradeType: "pay", tradeFee: "-\(.amount)", tradeTime: $leg.paid,
    outTradeNo: $leg.out_no, tradeNo: $leg.no}]}' >"$dir/reversed.json"
start_kiosk
booked=("${all[@]}") all=("${days_around_now[@]}" --source upp --source journal --file his="$dir/reversed.json") json=(--json)
recon 10 --apply --by 王敏
jq -e '[.differences[].acts[]?] == [] and ([.differences[].sources.his | select(. != null)
    | if type == "array" then .[] else . end | .kind] | unique) == ["refund"]' "$dir/out" >/dev/null ||
    fail "a reversal is taken for a credit: $(jq -c .differences "$dir/out")"
[ "$(unproven)" = 2 ] || fail "proved by a reversal"
all=("${booked[@]}") json=()

recon 10
[ "$(unproven)" = 2 ] || fail "proved without --apply"
recon 10 --apply --by 王敏
[ "$(grep -c "prove $order .*: proven" "$dir/complaint")" = 2 ] || fail "not proved: $(cat "$dir/complaint")"
[ "$(unproven)" = 0 ] || fail "still unproven"
ctl --json journal show "$order" --evidence | jq -e '[.events[] | select(.note == "proven") | .evidence | if type == "string" then fromjson else . end
    | .by == "王敏" and .rule == "unproven" and (.reason | startswith("recon ")) and .original.his.amount == .original.journal.amount
    and .original.his.payment_no == .leg_no] == [true, true]' >/dev/null ||
    fail "the journal does not keep who and why: $(ctl --json journal show "$order" --evidence | jq -c '.events[-2:]')"
recon 0
stop_kiosk

# Paid, and the hospital goes away while it books: nobody knows. It is asked at once when somebody wants it, long before its turn; what
# then becomes of the order the kiosk's own law says.
fault '{"on":"his.rechargeSettle","kind":"drop_after","times":-1}'
fault '{"on":"his.querySettleResult","kind":"down","times":-1}'
configure '.limits.query_ms = 200 | .limits.retry_max_ms = 3600000'
json=(--json)
begin_visit
play "$(to_bills)
$(to_code wechat)
phone pay"
check_state crediting
open=$(last_order)
[ "$open" != "$order" ] || fail "no second order"
asked() {
    recon 10 --apply --by 王敏 && grep -q "ask $open .*: asked" "$dir/complaint"
}
within 10 asked || fail "not asked: $(cat "$dir/complaint" "$dir/out")"
jq -e '[.differences[] | select(.acts == ["ask"]) | .class] == ["state_differs"]' "$dir/out" >/dev/null || fail "not proposed: $(cat "$dir/out")"
keeps_who_asked() {
    ctl --json journal show "$open" --evidence | jq -e '[.events[] | select(.note == "asked") | .evidence | if type == "string" then fromjson else . end
        | .by == "王敏" and .rule == "state_differs" and (.reason | startswith("recon ")) and .original.upp.amount == .original.journal.amount]
        | length > 0 and all'
}
within 10 keeps_who_asked || fail "the journal does not keep who asked: $(ctl --json journal show "$open" --evidence | jq -c '.events')"
[ "$(ctl --json journal show "$open" | jq -r .state)" = crediting ] || fail "credited without an answer of the hospital"
control clear
within 10 asked || fail "not asked again: $(cat "$dir/complaint" "$dir/out")"
check_state credited
recon 10 --apply --by 王敏
[ "$(unproven)" = 0 ] || fail "still unproven: $(cat "$dir/complaint")"
recon 0
check_books '[.credits[] | select(.mch_trace_no == "'"$open"'")] | length == 1'
end_visit
check_journal
