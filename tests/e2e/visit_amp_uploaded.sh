#!/usr/bin/env bash
# A bill whose fees we upload to the centre before its message goes to the phone: the message names the upload, the terminal asks the
# hospital and the centre, and says who paid what. What was not pushed is revoked; what was settled without the upload leaves none open.
. "$(dirname "$0")/lib.sh"
start_sandbox
uploaded_bills '.limits.credit_deadline_ms = 3000 | .platforms.amp.org_secret = "9D1C33A7E0B24F68"'

if tells_of_visits; then # there nobody would know what became of it
    "$B/kiosk" --config "$dir/kiosk.json" --check-config >"$dir/refused" 2>&1 && fail "taken where ORG_004 tells of visits"
    exit 0
fi
jq 'del(.platforms.mmpc)' "$dir/kiosk.json" >"$dir/without.json"
chmod 600 "$dir/without.json"
"$B/kiosk" --config "$dir/without.json" --check-config >"$dir/refused" 2>&1 && fail "taken without a centre"
grep -F 'expected platforms.mmpc for "insurance"' "$dir/refused" >/dev/null || fail "$(cat "$dir/refused")"

# pushed_is JQ: of the newest message
pushed_is() {
    check_books ".pushes[-1] | $1"
}
on_phone() {
    control portal "{\"act\":\"$1\"}"
}

# The retired one pays with the fund, an account of 12.34, and the rest: this time the terminal knows it too.
begin_visit
play "wait welcome
$(to_uploaded C10000013)
expect $(words split.on_phone)"
control insure "$(books | jq -c '.orders[-1] | {medOrgOrd, act: "open"}')" # pre-settled: the centre tells the split
play 'expect ¥14.40
shot pushed'
pushed_is '.phone == "13800000013" and .messages == "1" and .orderStatus == "MERCHANT_WAIT_PAY"'
check_books '.pushes[-1].payOrdId == .orders[-1].payOrdId and .orders[-1].ordStas == "1"'
pushed_is '.deptName != "" and .drName != ""'
on_phone pay
play "$(insured_is_paid)"
check_books '.orders[-1].ordStas == "6"'
check_state credited
within 10 paper_says 城镇职工基本医疗保险统筹基金 || fail "the receipt does not say which fund has paid"
ctl --json journal show "$(last_order)" >"$dir/shown.json"
jq -e '.. | objects | select(has("split")) | .split.account == "12.34"' "$dir/shown.json" >/dev/null || fail "the order does not say who paid what"
for kept in 'mmpc upload' 'amp pushMsg' 'mmpc query'; do
    grep -F -e "$kept" "$dir/shown.json" >/dev/null || fail "no evidence of $kept"
done

# The portal settles by an upload of its own: ours is revoked, and nothing can be paid twice.
control settings '{"portal_uploads":true}'
play "$(to_uploaded C10000012)"
on_phone pay
play "wait result 20
expect $(words verdict.credited.title)
expect $(words split.on_phone)
tap home
wait welcome"
control settings '{"portal_uploads":false}'
check_books '.orders[-1].ordStas == "12"'
check_state credited

# What the portal refuses is revoked at the centre before the bill is anybody's again.
fault '{"on":"amp.pushMsg","kind":"answer","body":{"code":"000000","data":{"response":"INVALID_PUSH_TYPE"}}}'
play "$(to_bills C10000011)
tap pay
wait channel
tap channel.insurance
wait pay_code
device scanner scan ECC10000011
wait result 15
expect $(words notice.push_failed)
expect $(words verdict.not_paid.title)
shot refused
tap home
wait welcome"
check_books '.orders[-1].ordStas == "12"'

# The portal's trade file, the centre's bill, the hospital's books and the journal agree.
agree() {
    ctl recon "${days_around_now[@]}" --source journal --source his --source upp --source "$1" >"$dir/recon-$1.txt" ||
        fail "the books differ: $(cat "$dir/recon-$1.txt")"
}
agree amp

# The centre has settled, and the hospital never hears of it: a case with both words.
control settings '{"portal_tells_nobody":true}'
play "$(to_uploaded C10000016)"
on_phone pay
check_state case
play "wait result 15
expect $(words verdict.window.title)
shot contradiction
tap home
wait welcome"
ctl cases list | grep -F "$(last_order)" >/dev/null || fail "no case"
echo quit >&3
end_visit
check_journal
nothing_of 13800000013
