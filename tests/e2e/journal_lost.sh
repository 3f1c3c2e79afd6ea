#!/usr/bin/env bash
# The journal is gone, emptied or another terminal's: no payment is taken and it is said what to do; a new one is begun only on purpose
# and by somebody. One kiosk has a journal, whatever is removed beside it.
. "$(dirname "$0")/lib.sh"
start_sandbox
journal=$dir/journal.db

status_is() {
    ctl --json kiosk status | jq -e "$1"
}
refused_start() {
    : >"$dir/kiosk.out"
    start_kiosk
    status_is '.journal_ok == false and .screen == "out_of_service"' >/dev/null || fail "$1: it sells: $(ctl kiosk status)"
    grep -q 'journal init --new-terminal --by WHO' "$dir/kiosk.out" || fail "$1: not said what to do: $(cat "$dir/kiosk.out")"
    { ctl selftest || true; } | grep 'journal init --new-terminal --by WHO' >/dev/null || fail "$1: the self-test is content"
    stop_kiosk
}

visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
SCRIPT
check_state credited

start_kiosk
rm -f "$journal.lock"
"$B/kiosk" --config "$dir/kiosk.json" --headless >"$dir/second.out" 2>&1 && fail "two kiosks on one journal"
grep -q 'another kiosk has this journal' "$dir/second.out" || fail "the second kiosk says: $(cat "$dir/second.out")"
ctl journal init --new-terminal --by '王工' 2>/dev/null && fail "begun anew beneath a running kiosk"
stop_kiosk

mkdir "$dir/kept"
cp "$journal" "$journal.identity" "$dir/kept"
rm -f "$journal"*
cp "$dir/kept/journal.db.identity" "$dir"
refused_start gone
: >"$journal"
refused_start emptied
sqlite3 "$journal" 'PRAGMA journal_mode=WAL; CREATE TABLE t (x); DROP TABLE t' >/dev/null
refused_start 'another database'
cp "$dir/kept/journal.db" "$dir"
sqlite3 "$journal" "UPDATE head SET journal_id = replace(journal_id, substr(journal_id, 1, 4), 'beef')"
refused_start 'another terminal'

cp "$dir/kept/journal.db" "$dir"
start_kiosk
status_is '.journal_ok == true' >/dev/null || fail "its own journal is back, and refused"
stop_kiosk
check_journal

for bad in '' '--new-terminal' '--by Wang' '--new-terminal --by' '--new-terminal --by Wang more'; do
    # shellcheck disable=SC2086 # words
    ctl journal init $bad 2>/dev/null && fail "begun by nobody or by chance: $bad"
done
ctl --json journal init --new-terminal --by '王工' >"$dir/begun" || fail "not begun"
jq -e '.installation | test("^[0-9A-Z]{2}$")' "$dir/begun" >/dev/null || fail "no installation: $(cat "$dir/begun")"
grep -q '王工' "$journal.identity" || fail "who began it is forgotten"
[ -s "$(jq -r .put_aside "$dir/begun")" ] || fail "the journal before was not kept"
[ "$(ctl --json journal list | wc -l)" = 0 ] || fail "the new journal is not new"
start_kiosk
status_is '.journal_ok == true' >/dev/null || fail "a new terminal does not sell"
stop_kiosk

# What is still open is not put aside.
fault '{"on":"his.rechargeSettle","kind":"drop_after","times":-1}'
fault '{"on":"his.querySettleResult","kind":"drop_before","times":-1}'
control bill '{"card":"C10000001","amount":"5.00"}'
configure '.limits.settle_show_ms = 500'
visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
SCRIPT
ctl journal init --new-terminal --by '王工' 2>"$dir/undone" && fail "open orders were put aside"
grep -q '1 open orders' "$dir/undone" || fail "not said why: $(cat "$dir/undone")"
