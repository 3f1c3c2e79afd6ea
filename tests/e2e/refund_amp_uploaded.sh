#!/usr/bin/env bash
# What the portal settled of fees that we uploaded goes back by the portal, whole, the hospital first, or the own part alone; the terminal is
# killed between the hospital and the portal. The centre is asked for none of it: the portal took the patient's part.
. "$(dirname "$0")/lib.sh"
start_sandbox
uploaded_bills '.platforms.amp.org_secret = "9D1C33A7E0B24F68" | .limits.refund_deadline_ms = 20000'
tells_of_visits && exit 0 # there nothing is pushed

pays() {
    play "wait welcome
$(to_uploaded "$1")"
    control portal '{"act":"pay"}'
    play "wait result 20
$(go_home)"
}

begin_visit
pays C10000013
play "$(at_refunds C10000013)
tap bill.1
wait amount
shot parts
tap amount.2
tap next
wait confirm
expect ¥14.40
tap pay
$(own_part_is_back)"
refunds_are 'length == 1 and .[0].refundType == "01" and .[0].amount == "14.40"'
check_books '.bills | map(select(.card == "C10000013")) | .[0].state != "unsettled"'

# Killed when the hospital has taken its book back and the portal has not answered: asked about, and not sent again.
pays C10000014
control settings '{"portal_refund":"ING"}'
fault '{"on":"amp.refund","kind":"delay","ms":60000}'
play "$(at_refunds C10000014)
$(wants_part 1)"
refunds_are 'length == 2 and .[1].refundType == "02" and (.[1].orgRefundSn | startswith("RF"))'
kill -KILL "$(running_kiosk)"
wait "$visit_pid" || true
exec 3>&-
rm -f "$dir/lines"
control settings '{"portal_refund":"SUCCESS"}'
begin_visit
play 'wait welcome'
check_state returned
refunds_are 'length == 2 and .[1].tradeStatus == "SUCCESS"'
check_books '.bills | map(select(.card == "C10000014")) | .[0].state == "unsettled"'

# A portal that nobody has named leaves it to the window.
control settings '{"names_claim":false}'
pays C10000012
play "$(at_refunds C10000012)
expect $(words refund.no.staff)
$(go_home)"
refunds_are 'length == 2'
echo quit >&3
end_visit
check_journal
! grep -q 'exchange: mmpc refund' "$dir/kiosk.log" || fail "the centre is asked to give back what the portal took"

# The portal's trade file, the hospital's books and the journal agree.
ctl recon "${days_around_now[@]}" --source journal --source his --source amp --source upp >"$dir/recon.txt" ||
    fail "the books differ: $(cat "$dir/recon.txt")"
