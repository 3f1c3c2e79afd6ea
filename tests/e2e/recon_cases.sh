#!/usr/bin/env bash
# A case that the next morning's bills answer is closed by recon --apply, by name, with its rule and both rows: the platform gave the money
# back although nobody heard of it; the cashier booked by hand what the hospital would not. What no bill answers stays a person's.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.refund_deadline_ms = 2000 | .policy.late_window_ms = 2000 | .limits.settle_show_ms = 8000'

visit <<SCRIPT
wait welcome
$(to_bills)
tap all
tap bill.1
$(pay_by_phone)
tap home
SCRIPT
fault '{"on":"upp.refund","kind":"drop_after","times":1}'
fault '{"on":"upp.refund","kind":"answer","times":-1,"body":"nonsense"}'
fault '{"on":"upp.refundQuery","kind":"answer","times":-1,"body":"nonsense"}'
visit <<SCRIPT
wait welcome
$(identify service.refund)
wait records
tap bill.1
wait confirm
tap pay
wait result 20
SCRIPT
check_state case
control clear
check_books '.refunds | length == 1'
order=$(last_order)
day=$(ctl --json journal show "$order" | jq -r '.legs[0].paid[:10]')
all=(--from "$day" --to "$day" --source upp --source his --source journal)

# recon EXIT OPTION...
recon() {
    local expected=$1 status=0
    shift
    ctl --json recon "${all[@]}" "$@" >"$dir/out" 2>"$dir/complaint" || status=$?
    [ $status = "$expected" ] || fail "exit $status, not $expected, of recon $*: $(cat "$dir/out" "$dir/complaint")"
}
recon 10
jq -e '[.differences[] | [.class, .acts[]?]] == [["state_differs", "resolve"]]' "$dir/out" >/dev/null || fail "not proposed: $(jq -c .differences "$dir/out")"
[ "$(ctl --json cases list | jq -s length)" = 1 ] || fail "closed by itself"

# An unsigned bill is no evidence.
fault '{"on":"upp.yuntaiBills","kind":"bad_signature"}'
recon 10 --apply --by 王敏
jq -e '[.differences[].acts[]?] == []' "$dir/out" >/dev/null || fail "proposed by rows that nobody signed: $(jq -c .differences "$dir/out")"
control clear
[ "$(ctl --json cases list | jq -s length)" = 1 ] || fail "closed by rows that nobody signed"

# Nor is a file, which anybody may have written: it is judged and marked, and closes nothing.
ctl --json journal show "$order" | jq -r '.legs[0] as $leg | .refunds[0] as $back | "source,kind,payment_no,out_no,origin_no,amount,time",
    "upp,payment,\($leg.no),\($leg.out_no),,\($leg.amount),\($leg.paid)", "upp,refund,\($back.no),,\($leg.no),\($back.amount),\($leg.paid)"' >"$dir/upp.csv"
asked=("${all[@]}") all=(--from "$day" --to "$day" --file rows="$dir/upp.csv" --source his --source journal)
recon 10 --apply --by 王敏
jq -e '[.differences[] | [.class, .acts[]?]] == [["state_differs"]] and .differences[0].sources.upp.unverified and .sources[0].unverified == 2' \
    "$dir/out" >/dev/null || fail "a file is taken for the platform's word: $(jq -c '.sources, .differences' "$dir/out")"
[ "$(ctl --json cases list | jq -s length)" = 1 ] || fail "closed by a file"
all=("${asked[@]}")

# With a kiosk that runs, which writes it.
start_kiosk
recon 10 --apply --by 王敏
grep -q "resolve $order .*: resolved" "$dir/complaint" || fail "not closed: $(cat "$dir/complaint")"
stop_kiosk
[ "$(ctl --json cases list | jq -s length)" = 0 ] || fail "still open: $(ctl cases list)"
ctl --json cases list --all | jq -se '.[0] | .resolved_by == "王敏" and .how == "returned" and (.resolution | startswith("recon "))' >/dev/null ||
    fail "not said by whom: $(ctl --json cases list --all)"
ctl --json journal show "$order" --evidence | jq -e '[.events[] | select(.note == "resolved") | .evidence] | length == 1 and (.[0] | .by == "王敏"
    and .rule == "state_differs" and .original.upp.amount == .original.journal.amount and .original.upp.payment_no == .original.journal.payment_no)' >/dev/null ||
    fail "the journal does not keep why: $(ctl --json journal show "$order" --evidence | jq -c '.events[-1:]')"
recon 0
check_journal
