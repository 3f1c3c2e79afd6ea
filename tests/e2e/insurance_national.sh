#!/usr/bin/env bash
# Insured visits at a centre of the other generation, by configuration alone: its questions name the patient and carry the token of the
# upload, after a restart too, and both are forgotten with the order; what it paid goes back with the patient's code only.
set -euo pipefail
here=$(dirname "$0")
export INSURED_AT='.platforms.mmpc += {dialect: "national", org_codg: "H35010200227"}'
E2E_NAME=insurance_national_visit "$here/visit_insurance.sh"
E2E_NAME=insurance_national_killed "$here/insurance_killed.sh"
unset E2E_NAME
. "$here/lib.sh"
start_sandbox
insured "$INSURED_AT | .limits.refund_deadline_ms = 20000"
control settings '{"national":true}'

# The answer to the upload is lost, and with it the token: the bill's number is asked about, and the centre settles all the same.
begin_visit
fault '{"on":"mmpc.upload","kind":"drop_after"}'
play "wait welcome
$(to_bills C10000013)
tap pay
wait channel
tap channel.insurance
wait pay_code
device scanner scan ECC10000013
wait result 60
expect $(words verdict.not_paid.title)
$(go_home)"
check_books '[.orders[].ordStas] == ["12"]'

# Paid, and given back: not to a card, but to who shows the code.
play "$(to_insured C10000013)"
control insure "{\"medOrgOrd\":\"$(books | jq -r '.orders[-1].medOrgOrd')\",\"act\":\"pay\"}"
play "wait result 15
$(go_home)
$(at_refunds C10000013)
expect $(words refund.no.code)
$(go_home)
$(at_refunds ECC10000013)
$(wants_part 1)
$(is_refunded)
$(go_home)"
check_books '[.orders[].ordStas] == ["12", "7"]'
echo quit >&3
end_visit
check_state returned
check_journal
nothing_of "$(books | jq -r '.orders[-1].payToken')"
nothing_of ECC10000013
