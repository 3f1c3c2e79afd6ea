#!/usr/bin/env bash
# The centre settles the insurance's part alone: what is left is paid here with a code, and the terminal settles the whole with the hospital.
# Nobody pays it: the insurance's part goes back. A refund gives both back, the hospital first. A centre that takes all of it is paid once.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured '.channels = ["wechat", "alipay", "insurance"] | .platforms.mmpc.own_part = "terminal"'
control settings '{"setl_type":"HI","names_own":true}' # the hospital names what the patient has paid

# refused JQ WORDS: a configuration in which the own part could not be paid here
refused() {
    jq "$1" "$dir/kiosk.json" >"$dir/other.json"
    chmod 600 "$dir/other.json"
    "$B/kiosk" --config "$dir/other.json" --check-config >"$dir/refused" 2>&1 && fail "taken: $1"
    grep -F "expected $2" "$dir/refused" >/dev/null || fail "$(cat "$dir/refused")"
}
refused 'del(.platforms.upp)' 'platforms.upp for "insurance"'
refused '.channels = ["phone", "insurance"]' 'a code among the channels for "insurance"'
refused '.platforms.mmpc.own_part = "window"' 'centre or terminal'

on_phone() {
    control insure "{\"medOrgOrd\":\"$(books | jq -r '.orders[-1].medOrgOrd')\",\"act\":\"pay\"}"
}
# settles CARD: from welcome until the insurance has settled its part
settles() {
    play "wait welcome
$(to_insured "$1")"
    on_phone
    play "wait own_part 15"
}

# reconciles EXIT: what all three have, each in its own words
reconciles() {
    local status=0
    ctl journal export >"$dir/journal.jsonl"
    {
        echo source,kind,payment_no,trace_no,amount
        books | jq -r '(.payments[] | select(.state != "wait_pay") | ["upp", "payment", .paymentNo, "", .tradeFee]),
            (.refunds[] | ["upp", "refund", .requestNo, "", .refundFee]),
            (.credits[] | ["his", "payment", .mch_trace_no, .org_trace_no, .amount]),
            (.credits[] | select(.cancelled != "0.00") | ["his", "refund", "", .org_trace_no, .cancelled]) | join(",")'
    } >"$dir/rows.csv"
    ctl recon --json --file rows="$dir/rows.csv" --journal "$dir/journal.jsonl" >"$dir/recon.json" || status=$?
    [ $status = "$1" ] || fail "exit $status, not $1, of a reconciliation: $(cat "$dir/recon.json")"
}

begin_visit
settles C10000013
check_books '[.orders[] | .ordStas, .alone] == ["6", true] and (.credits | length == 0)'
own=$(books | jq -r '.orders[0].ownPayAmt')
play "expect ¥$own
shot choice
tap channel.alipay
wait pay_qr
expect ¥$own
expect $(words pay_qr.own_part)
shot code"
[[ $(qr_of "$dir/code.png") != "$url/mmpc/pay/"* ]] || fail "the code of the insurance is still on the screen"
play "phone pay
wait result 20
expect $(words verdict.credited.title)
shot paid
tap home
wait welcome"
check_books '[.payments[] | .state, .tradeFee] == ["pay_success", "'"$own"'"]'
check_books '[.credits[] | .fund != "0.00", .mch_trace_no[0:3] != "ORD", .deposit_type] == [true, true, "ALI"]'
check_state credited
within 10 paper_says "$(last_order)" || fail "no receipt with the order number"
paper_says "$(words receipt.split.own)" || fail "the receipt does not say what the patient has paid"
ctl journal show "$(last_order)" | grep -F "own_due" >/dev/null || ctl journal show "$(last_order)" | grep -F "自付部分待付" >/dev/null ||
    fail "the journal does not tell that the own part was due"
reconciles 0

# Left: nothing is sold, the insurance's part goes back, and the bill may be paid again.
settles C10000014
play "tap cancel
wait result 20
expect $(words verdict.own_unpaid.title)
expect $(words check.insurance.returned)
shot left
tap home
wait welcome"
check_books '[.orders[].ordStas] == ["6", "8"] and (.payments | length == 1)'
check_state returned
play "$(to_bills C10000014)
$(to_code wechat)
phone pay
wait result 20
expect $(words verdict.credited.title)
tap home
wait welcome"

# The code was shown and taken back: the same.
settles C10000012
play "tap channel.wechat
wait pay_qr
tap cancel
wait result 20
tap home
wait welcome"
check_state returned
check_books '[.orders[].ordStas] == ["6", "8", "8"]'

# The centre takes all of it after all: credited by it, nothing is sold here.
control settings '{"setl_type":"ALL"}'
play "$(to_insured C10000016)"
on_phone
play "wait result 20
expect $(words verdict.credited.title)
tap home
wait welcome"
check_books '.orders[-1].ordStas == "6" and (.credits[-1].mch_trace_no[0:3] == "ORD")'
# Both come back, the hospital first: where it takes settlements back.
refunded() {
    play "$(identify service.refund C10000013)
wait records
tap bill.1
wait confirm
tap pay
wait result 20
expect $(words verdict.refunded.title)
shot refunded
tap home
wait welcome"
    check_books '.orders[0].ordStas == "8" and [.payments[].state] == ["refund_success", "pay_success", "wait_pay"]'
    check_books '.credits[0] | .cancelled == .amount'
    reconciles 0 # the last order too, which the centre settled whole: its own part of nothing is in no file
}
tells_of_visits || refunded
echo quit >&3
end_visit
check_journal
nothing_of ECC10000013
