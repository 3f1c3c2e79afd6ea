#!/usr/bin/env bash
# A day of insured bills, side by side: the centre's bill file has own parts alone, the hospital and the terminal have all of each. What the
# insurance paid whole is in no file of the centre's and is not missed; it is missed at the hospital, where it is not.
. "$(dirname "$0")/lib.sh"
start_sandbox
insured '.limits.refund_deadline_ms = 20000'

pays() {
    play "$(to_insured "$1")"
    control insure "$(books | jq -c '.orders[-1] | {medOrgOrd, act: "pay"}')"
    play "wait result 15
$(go_home)"
}
# reconciled STATUS [ARGUMENTS...]: all three sides of today
reconciled() {
    local status=0
    ctl recon "${days_around_now[@]}" --source journal --source his --source mmpc --source upp --json "${@:2}" >"$dir/recon.json" || status=$?
    [ $status = "$1" ] || fail "exit $status: $(cat "$dir/recon.json")"
}
said() {
    jq -e "$1" "$dir/recon.json" >/dev/null || fail "the report does not say $1: $(jq -c '{sources, classes}' "$dir/recon.json")"
}

begin_visit
play 'wait welcome'
pays C10000013 # 14.40 of 132.90 are the patient's own
pays C10000011 # the insurance pays all of it
pays C10000012 # half
pays C10000014
play "$(to_bills C10000001)
$(pay_by_code wechat)
$(go_home)"
# All of one goes back, and the own part of another.
play "$(at_refunds C10000014)
$(wants_part 1)
$(is_refunded)
$(go_home)
$(at_refunds C10000012)
$(wants_part 2)
$(is_refunded)
$(go_home)"
check_books '[.orders[] | [.ordStas, .ownPayAmt]] | length == 4'
echo quit >&3
end_visit
reconciled 0
said '.differences == []'

said '.sources | map({(.name): .rows}) | add | .his == 8 and .mmpc == 5' # of four bills and two refunds one has no own part, one no refund at the hospital
said '[.classes[].sources.mmpc.amount // "0.00" | tonumber] | add == 14.4'
ctl journal export >"$dir/export.jsonl"
jq -es 'map(select(.legs[0].route == "mmpc" and .legs[0].split.own == "0.00")) | length == 1' "$dir/export.jsonl" >/dev/null || fail "no bill was settled whole"
check_journal

# Each side's row is missed where it must be: what the insurance paid at the hospital, the own part at the centre.
# A centre whose file names its own numbers alone is understood as well.
insured_jq='select(.legs[0].route == "mmpc")'
{
    echo 'source,kind,payment_no,out_no,amount,time'
    jq -r "$insured_jq"' | select(.legs[0].split.own != "0.00") | ["his", "payment", .legs[0].in_no, .legs[0].out_no, .legs[0].amount, .legs[0].paid] | @csv' "$dir/export.jsonl"
} >"$dir/his.csv"
{
    echo 'payOrdId,ownPayAmt,setlTime'
    jq -r "$insured_jq"' | select(.legs[0].split.own != "0.00") | [.legs[0].in_no, .legs[0].split.own, .legs[0].paid] | @csv' "$dir/export.jsonl" | head -n -1
} >"$dir/mmpc.csv"
jq -c 'select(.legs[0].route == "mmpc") | .refunds = [] | .claims[0].state = "done"' "$dir/export.jsonl" >"$dir/insured.jsonl"
status=0
"$B/kioskctl" recon --from 2020-01-01 --to 2035-01-01 --journal "$dir/insured.jsonl" --file rows="$dir/his.csv" --file mmpc="$dir/mmpc.csv" --json >"$dir/recon.json" || status=$?
[ $status = 10 ] || fail "exit $status: $(cat "$dir/recon.json")"
said '.classes | to_entries | map(select(.value.count > 0) | {(.key): .value.count}) | add == {"agree": 2, "platform_missing": 1, "hospital_missing": 1}'
