#!/usr/bin/env bash
# The program is killed at random moments of visits while answers get lost and the patient pays when it suits the patient. Started
# again, it settles every order by itself, and its books agree with the platform's and the hospital's to the fen.
# KILLS=500 is the long proof; SEED repeats the choices (not the moments).
. "$(dirname "$0")/lib.sh"
KILLS=${KILLS:-12}
SEED=${SEED:-$RANDOM}
RANDOM=$SEED
SETTLE_S=${SETTLE_S:-60}
start_lasting_sandbox
configure '.limits += {expire_ms: 4000, result_ms: 2000} | .policy.late_window_ms = 6000'

# The other side dies too, and remembers what it said it did.
hurry() {
    control settings '{"late_return_ms":500,"late_pay_ms":200}'
}
restart_sandbox() {
    sandbox_goes
    sandbox_comes_back
    hurry
}
hurry

cards=(C10000001 W20001234 C10000003 C10000004)
troubles=(
    ''
    ''
    '{"on":"upp.scanCode","kind":"drop_before"}'
    '{"on":"upp.scanCode","kind":"drop_after"}'
    '{"on":"upp.paymentQuery","kind":"delay","ms":300}'
    '{"on":"upp.paymentQuery","kind":"bad_signature"}'
    '{"on":"upp.close","kind":"drop_after"}'
    '{"on":"his.rechargeSettle","kind":"drop_before"}'
    '{"on":"his.rechargeSettle","kind":"drop_after"}'
    '{"on":"his.rechargeSettle","kind":"delay","ms":200}'
    '{"on":"his.rechargeSettle","kind":"duplicate"}'
    '{"on":"his.rechargeSettle","kind":"answer","body":{"ret_code":"00","ret_msg":"","result":"fail"}}'
    '{"on":"his.querySettleResult","kind":"garbage"}'
    '{"on":"upp.refund","kind":"drop_after"}'
)
endings=('phone pay' 'phone pay' 'phone pay' 'phone late' 'tap cancel' '')

# one_visit CARD ENDING: without devices, as fast as the screens allow; becomes the program, to be killed itself
one_visit() {
    local service=bills choose=$'wait bills\ntap pay'
    if [[ $1 == W* ]]; then
        service=deposit choose=$'wait amount\ntap amount.1'
    fi
    exec "$B/kiosk" --config "$dir/kiosk.json" --headless --script - <<SCRIPT
tap service.$service
wait identify
tap next
wait keypad
type $1
tap next
wait confirm
tap next
$choose
wait channel
tap channel.wechat
wait pay_qr
$2
wait result
SCRIPT
}

# killed_visit ROUND
killed_visit() {
    local card=${cards[$(($1 % ${#cards[@]}))]} trouble=${troubles[RANDOM % ${#troubles[@]}]}
    local ending=${endings[RANDOM % ${#endings[@]}]} ms=$((50 + RANDOM % 1000))
    [ $((RANDOM % 8)) != 0 ] || restart_sandbox
    [[ $card == W* ]] || control bill "{\"card\":\"$card\",\"amount\":\"$((1 + RANDOM % 90)).$((10 + RANDOM % 90))\"}"
    [ -z "$trouble" ] || fault "$trouble"
    one_visit "$card" "$ending" >>"$dir/kiosk.out" 2>&1 &
    local pid=$!
    sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    if [ $((RANDOM % 3)) = 0 ]; then
        curl -sS -o /dev/null -d '{"act":"pay"}' "$url/control/phone"
    fi
}

orders() {
    ctl --json journal list --limit 10000
}
all_settled() {
    orders | jq -se 'all(.settled)'
}

# Ours and theirs, an order a line; what does not agree is printed.
disagreements() {
    books >"$dir/books.json"
    orders >"$dir/orders.json"
    jq -nc --slurpfile books "$dir/books.json" --slurpfile orders "$dir/orders.json" '
        def fen: gsub("\\."; "") | tonumber;
        $books[0] as $books
        | [$orders[] | {no: .order_no, paid: (.money.paid | fen), credited: (.money.credited | fen),
                        returned: (.money.returned | fen)}] as $ours
        | [$books.payments[] | {
              no: .paymentNo,
              paid: (if .state == "pay_success" or .state == "refund_success" then .tradeFee | fen else 0 end),
              credited: (.paymentNo as $no | [$books.credits[]
                  | select(.mch_trace_no == $no and .cancelled_ms == 0) | .amount | fen] | add // 0),
              returned: (.returned | fen)}] as $theirs
        | ($theirs[] | select(.paid != .credited + .returned) | {unaccounted: .}),
          ($theirs[] | select(. as $one | $ours | index([$one]) | not) | {only_theirs: .}),
          ($ours[] | select(.paid > 0 and (. as $one | $theirs | index([$one]) | not)) | {only_ours: .}),
          ($books.credits | group_by(.amp_trace_id)[] | select(length > 1) | {credited_twice: .}),
          ($books.credits | map(select(.cancelled_ms == 0 and (.deposit | not))) | group_by(.org_trace_no)[]
              | select(length > 1) | {bill_paid_twice: .})'
}

for ((round = 0; round < KILLS; round++)); do
    killed_visit "$round"
done
control clear
start_kiosk
within "$SETTLE_S" all_settled || fail "seed $SEED: not settled: $(orders | jq -c 'select(.settled | not)')"
wrong=$(disagreements)
[ -z "$wrong" ] || fail "seed $SEED: $wrong"
cases=$(orders | jq -s 'map(select(.money.in_cases != "0.00" or .state == "case")) | length')
[ "$cases" = 0 ] || fail "seed $SEED: $cases orders became cases though all was answered in the end"
check_journal
stop_kiosk
echo "seed $SEED: $KILLS kills, $(orders | jq -s length) orders, $(jq -r .totals.paid "$dir/books.json") paid," \
    "$(jq -r .totals.credited "$dir/books.json") credited, $(jq -r .totals.returned "$dir/books.json") returned"
