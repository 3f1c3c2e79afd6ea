#!/usr/bin/env bash
# A region whose gateway decodes e-insurance codes: the code is never sent to the insurance, only what it stands for; one that is nobody's,
# or a gateway that is away, is told in words before any order is opened.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured '.platforms.mmpc.decode_url = $url'
control settings '{"decoded_only":true,"names_outside":true}'

begin_visit
fault '{"on":"mmpc.decode","kind":"garbage"}'
play "wait welcome
$(to_bills C10000013)
tap pay
wait channel
tap channel.insurance
wait pay_code
device scanner scan ECC10000013
wait channel 15
expect $(words notice.insured_down)
shot down
tap channel.insurance
wait pay_code
device scanner scan ECC10000099
wait channel 15
expect $(words notice.insured_code)
shot refused"
books_say '.orders | length == 0' || fail "an order without a token"
play "tap channel.insurance
wait pay_code
device scanner scan ECC10000013
wait pay_qr 15"
control insure "{\"medOrgOrd\":\"$(books | jq -r '.orders[-1].medOrgOrd')\",\"act\":\"pay\"}"
play "wait result 15
expect $(words verdict.credited.title)
$(go_home)
$(identify service.bills ECC10000014)
wait bills
tap pay
wait channel
tap channel.insurance
wait pay_qr 15
tap cancel
wait result 15
$(go_home)"
check_books '[.orders[].ordStas] == ["6", "12"]'
echo quit >&3
end_visit
check_journal
nothing_of ECC10000013
nothing_of TKC1000001
