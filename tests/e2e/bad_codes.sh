#!/usr/bin/env bash
# Codes that are no code, of nobody, or of the wrong kind: the patient is told, and may try again.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
tap service.bills
wait identify
device scanner scan ]C0HELLO
expect $(words notice.code_unknown)
device scanner scan C99999999
expect $(words notice.no_patient)
shot no_patient
device scanner scan 134567890123456700
expect $(words notice.pay_code_too_soon)
tap next
wait keypad
type C99999998
tap next
expect $(words notice.no_patient)
wait identify
device scanner scan C10000003
wait confirm
tap next
expect $(words bills.empty.title)
shot no_bills
SCRIPT
books_say '.payments == []' || fail "something was paid"
