#!/usr/bin/env bash
# upp with one code for every wallet: nobody is asked for a wallet, the receipt and the books name the one that paid. Without the
# platform's code the configuration is refused.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.channels = ["one"] | .platforms.upp.aggregate_code = true'

{
    echo 'wait welcome'
    to_bills
    cat <<SCRIPT
tap pay
wait pay_qr
shot code
phone pay
wait result 20
expect $(words verdict.credited.title)
expect $(words way.wechat)
tap home
wait welcome
quit
SCRIPT
} | visit || fail "the visit failed"
[[ $(qr_of "$dir/code.png") == "$url/pay/"* ]] || fail "the code on the screen says '$(qr_of "$dir/code.png")'"
check_books '[.payments[] | [.operation, .channelProduct, .tradeFee]] == [["aggCode", "ten_scan_code", "165.70"]]'
check_state credited

configure '.channels = ["one", "card"]'
if "$B/kiosk" --config "$dir/kiosk.json" --check-config 2>"$dir/refused"; then fail "one code of a platform that has none is taken"; fi
grep -q 'channels: expected platforms.onepay, or aggregate_code' "$dir/refused" || fail "the refusal says: $(cat "$dir/refused")"
