#!/usr/bin/env bash
# A region whose gateway decodes e-insurance codes, at the desk: the insurance hears what the code stands for, never the code. One that is
# nobody's, or a gateway that is away, is told in words, and nothing is opened by it.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.channels += ["insurance"] | .codes = [{kind: "e_insurance", prefix: "EC", length: 11}] + .codes
    | .platforms.mmpc = {base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB", decode_url: $url}'
control settings '{"decoded_only":true}'
begin_desk_with_devices

read -r number amount <<<"$(books | jq -r '.bills | map(select(.card == "C10000013")) | .[0] | "\(.org_trace_no) \(.amount)"')"
calls P1 pays_bill "$number" "$amount" C10000013 周国栋 ONE_QR 01
fault '{"on":"mmpc.decode","kind":"garbage"}'
play "wait desk_pay 60
device scanner scan ECC10000013
expect $(words desk.code_unread)
shot 01-unread
device scanner scan ECC10000099
expect $(words desk.code_refused)
shot 02-refused"
books_say '.orders == []' || fail "an order without a token"
fault '{"on":"mmpc.decode","kind":"delay","ms":800}'
play "device scanner scan ECC10000013
expect $(words desk.code_asked)
shot 03-asked
wait desk_wait 60
expect $(words desk.say.insured)"
control insure "{\"medOrgOrd\":\"$number\",\"act\":\"pay\"}"
play 'wait desk_result 60
expect 付好了
wait desk_idle 60'
answers P1 000000 INSURANCE
check_books '[.orders[].ordStas] == ["6"]'
end_desk
nothing_of ECC10000013
nothing_of TKC1000001
