#!/usr/bin/env bash
# A payment platform that is down, lies, or forgets to sign: never a second charge, never a credit without money.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.expire_ms = 3000 | .limits.answer_ms = 2000'

# try_to_pay NAME: the patient tries to pay once while the faults last
try_to_pay() {
    visit <<SCRIPT
$(to_bills)
tap pay
wait channel
tap channel.wechat
wait result 20
shot $1
SCRIPT
}
fault '{"on":"upp.*","kind":"down","times":-1}'
try_to_pay down
control clear
check_state closed

fault '{"on":"upp.scanCode","kind":"unsigned"}'
try_to_pay unsigned
check_state closed
fault '{"on":"upp.scanCode","kind":"bad_signature"}'
try_to_pay bad_signature
check_state closed
fault '{"on":"upp.scanCode","kind":"delay","ms":2500}'
try_to_pay slow
check_state closed
fault '{"on":"upp.scanCode","kind":"drop_after"}'
fault '{"on":"upp.paymentQuery","kind":"garbage","times":2}'
try_to_pay garbage
check_state closed
books_say '.credits == []' || fail "credited without money"
check_journal
