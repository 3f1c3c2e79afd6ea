#!/usr/bin/env bash
# What the regional portal settled goes back at the kiosk, where the hospital names the portal's numbers: the hospital first, then all of it by
# the portal, once. Lost or unconfirmed it is asked about and never sent again; a hospital that names nobody leaves it to the window.
. "$(dirname "$0")/lib.sh"
start_sandbox
pushed_bills '.platforms.amp.org_secret = "9D1C33A7E0B24F68" | .limits.refund_deadline_ms = 20000'

pays() {
    play "wait welcome
$(to_pushed "$1")"
    control portal '{"act":"pay"}'
    play "wait result 15
$(go_home)"
}
# wants_back CARD VERDICT: the newest of its payments
wants_back() {
    play "$(at_refunds "$1")
tap bill.1
wait confirm
tap pay
wait result 30
expect $(words "$2")
shot $1
$(go_home)"
}

begin_visit
pays C10000013
wants_back C10000013 verdict.refunded.title
refunds_are 'length == 1 and .[0].refundType == "02" and .[0].tradeStatus == "SUCCESS" and (.[0].orgRefundSn | startswith("RF"))'
check_books '.bills | map(select(.card == "C10000013")) | .[0].state == "unsettled"'
check_books '.credits | map(.cancelled) | . != ["0.00"]'
check_state returned

# Its answer is lost, and the portal does not know at first what became of it: asked about, and not sent again.
pays C10000014
control settings '{"portal_refund":"EXP"}'
fault '{"on":"amp.refund","kind":"drop_after"}'
fault '{"on":"amp.queryRefundResult","kind":"answer","body":{"code":"-3","message":"系统超时"}}' # its own word, not the wire's
play "$(at_refunds C10000014)
tap bill.1
wait confirm
tap pay"
refunds_are 'length == 2 and .[1].tradeStatus == "EXP"'
control settings '{"portal_refund":"SUCCESS"}'
play "wait result 30
expect $(words verdict.refunded.title)
$(go_home)"
refunds_are 'length == 2 and .[1].tradeStatus == "SUCCESS"'
grep -q 'exchange: amp queryRefundResult: unknown \[-3\]' "$dir/kiosk.log" || fail "the portal's -3 was not heard"
[ "$(grep -c 'exchange: amp refund:' "$dir/kiosk.log")" = 2 ] || fail "a refund was sent again"

# Where the hospital says what the patient has paid of it, that may go back alone. The hospital keeps its book: nothing goes back.
control settings '{"names_own":true}'
pays C10000012
fault '{"on":"his.cancelRechargeSettle","kind":"answer","body":{"ret_code":"00","ret_msg":"","result":"fail"}}'
play "$(at_refunds C10000012)
$(wants_part 1)
wait result 30
expect $(words verdict.refund_refused.title)
$(go_home)"
refunds_are 'length == 2'

# The own part alone: the settlement stands, and it goes back once.
play "$(at_refunds C10000012)
$(wants_part 2)
$(own_part_is_back)"
refunds_are 'length == 3 and .[2].refundType == "01" and .[2].tradeStatus == "SUCCESS"'
check_books '.bills | map(select(.card == "C10000012")) | .[0].state != "unsettled"'
check_books '.pushes[-1].orderStatus == "MERCHANT_PART_REFUNDED"'
control settings '{"names_own":false}'

# Whose money it was nobody says: it is the window's.
control settings '{"names_claim":false}'
pays C10000015
play "$(at_refunds C10000015)
expect $(words refund.no.staff)
$(go_home)"
refunds_are 'length == 3'
echo quit >&3
end_visit
check_journal

# The portal's trade file, the hospital's books and the journal agree.
ctl recon "${days_around_now[@]}" --source journal --source his --source amp --source upp >"$dir/recon.txt" ||
    fail "the books differ: $(cat "$dir/recon.txt")"
