#!/usr/bin/env bash
# kioskctl recon: a kiosk's own journal beside what a platform and a hospital say, and files alone; the verdict is in the exit code.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/deposit.script
ctl journal export >"$dir/journal.jsonl"
head=source,kind,payment_no,out_no,trace_no,receipt_no,amount,time
no=$(jq -r '.legs[0].no' "$dir/journal.jsonl")
out=$(jq -r '.legs[0].out_no' "$dir/journal.jsonl")
receipt=$(jq -r '.claims[0].call_sn' "$dir/journal.jsonl")
time=$(jq -r '.legs[0].paid' "$dir/journal.jsonl")
day=${time% *}
printf '%s\n' "$head" "upp,payment,$no,$out,,,123.00,$time" >"$dir/upp.csv"
printf '%s\n' "$head" "his,payment,$no,,,$receipt,123.00,$time" >"$dir/his.csv"

# recon EXIT OPTION...
recon() {
    local expected=$1 status=0
    shift
    "$B/kioskctl" recon "$@" >"$dir/out" 2>"$dir/complaint" || status=$?
    [ $status = "$expected" ] || fail "exit $status, not $expected, of recon $*: $(cat "$dir/out" "$dir/complaint")"
}

recon 0 --file rows="$dir/upp.csv" --file rows="$dir/his.csv" --journal "$dir/journal.jsonl" --from "$day" --to "$day"
grep -q '^ALL AGREE' "$dir/out" || fail "no verdict: $(cat "$dir/out")"
recon 0 --json --file rows="$dir/upp.csv" --file rows="$dir/his.csv" --journal "$dir/journal.jsonl"
jq -e '.classes.agree == {"count":1,"amount":"123.00","explained":0,"sources":{"upp":{"rows":1,"amount":"123.00"},
    "his":{"rows":1,"amount":"123.00"},"journal":{"rows":1,"amount":"123.00"}}} and .differences == []' "$dir/out" >/dev/null ||
    fail "not all agree: $(cat "$dir/out")"

script -qec "$B/kioskctl recon --file rows=$dir/upp.csv --file rows=$dir/his.csv" "$dir/terminal" >/dev/null || fail "they do not agree on a terminal"
grep -qE '\[[# ]{24}\] +[0-9]+ %' "$dir/terminal" || fail "no progress on a terminal: $(cat "$dir/terminal")"
jq -e '.more == false' "$dir/journal.jsonl" >/dev/null || fail "the last line says that more follow"
sed 's/"more":false/"more":true/' "$dir/journal.jsonl" >"$dir/cut.jsonl"
recon 1 --file rows="$dir/upp.csv" --journal "$dir/cut.jsonl"
grep -q "cut.jsonl:2: .*the file was cut" "$dir/complaint" || fail "cut, and not named: $(cat "$dir/complaint")"

sed -i 's/123\.00/123.01/' "$dir/his.csv"
recon 10 --json --file rows="$dir/upp.csv" --file rows="$dir/his.csv" --file journal="$dir/journal.jsonl"
jq -e '.differences | length == 1 and .[0].class == "amount_differs" and .[0].sources.his.amount == "123.01" and
    .[0].sources.journal.payment_no == .[0].sources.upp.payment_no and (.[0].what | length) > 0' "$dir/out" >/dev/null ||
    fail "the fen is not found: $(cat "$dir/out")"
recon 10 --csv --file rows="$dir/upp.csv" --file rows="$dir/his.csv"
[ "$(wc -l <"$dir/out")" = 3 ] || fail "a row for each source: $(cat "$dir/out")"

echo 'his,payment,X,,,,1e5,' >>"$dir/his.csv"
recon 1 --file rows="$dir/upp.csv" --file rows="$dir/his.csv"
grep -q "his.csv:3: amount: expected" "$dir/complaint" || fail "not named: $(cat "$dir/complaint")"
[ ! -s "$dir/out" ] || fail "half a result"
recon 1 --file rows="$dir/upp.csv"
recon 1 --file rows="$dir/upp.csv" --file rows="$dir/none.csv"
recon 2 --file bank="$dir/upp.csv"
recon 2 --file rows="$dir/upp.csv" --from "$day"
recon 2
