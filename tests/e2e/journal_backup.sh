#!/usr/bin/env bash
# The journal is copied while the kiosk runs; when the disk is lost the copy is a terminal's journal again, and payments are found.
. "$(dirname "$0")/lib.sh"
start_sandbox
journal=$dir/journal.db

visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
SCRIPT
check_state credited
order=$(last_order)

start_kiosk
ctl --json journal backup "$dir/copy.db" >"$dir/said" || fail "no copy: $(cat "$dir/said")"
jq -e '.orders == 1 and .events > 1' "$dir/said" >/dev/null || fail "not all of it: $(cat "$dir/said")"
[ "$(stat -c %a "$dir/copy.db")" = 600 ] || fail "others may read the copy"
ctl journal backup "$dir/copy.db" 2>/dev/null && fail "written over a copy"
ctl journal restore "$dir/copy.db" --by '王工' 2>/dev/null && fail "restored beneath a running kiosk"
stop_kiosk
for bad in "$dir/none.db --by Wang" "$dir/kiosk.json --by Wang" "$dir/copy.db" '--by Wang'; do
    # shellcheck disable=SC2086 # words
    ctl journal restore $bad >/dev/null 2>&1 && fail "restored: $bad"
done
check_journal

rm -f "$journal" "$journal-wal" "$journal-shm" # the disk; the identity says what is missing
ctl journal restore "$dir/copy.db" --by '王工' --nothing-since >"$dir/said" 2>&1 || fail "not restored: $(cat "$dir/said")"
grep -q '王工' "$journal.identity" || fail "who restored it is forgotten"
start_kiosk
jq -e '.journal_ok' "$dir/status" >/dev/null || fail "the restored journal is not used: $(cat "$dir/status")"
[ "$(last_order)" = "$order" ] || fail "the payment is forgotten"
stop_kiosk
check_journal

# What was done since the copy is forgotten only on purpose, whatever somebody says of it.
visit <<SCRIPT
$(to_bills C10000012)
$(pay_by_code wechat)
SCRIPT
since=$(last_order)
[ "$since" != "$order" ] || fail "nothing was paid since"
for said in '' --nothing-since '--nothing-since --forget-since'; do
    # shellcheck disable=SC2086 # words
    ctl journal restore "$dir/copy.db" --by '王工' $said >"$dir/said" 2>&1 && fail "forgotten with '$said'"
done
ctl journal restore "$dir/copy.db" --by '王工' --nothing-since >"$dir/said" 2>&1 && fail "forgotten as nothing"
grep -q '0 open orders and 0 open cases, and [1-9][0-9]* events .*--forget-since' "$dir/said" || fail "what would be lost is told as: $(cat "$dir/said")"
[ "$(last_order)" = "$since" ] || fail "forgotten though it was refused"
ctl journal restore "$dir/copy.db" --by '王工' --forget-since >"$dir/said" 2>&1 || fail "not restored: $(cat "$dir/said")"
grep -q 'under a new name' "$dir/said" || fail "not named anew: $(cat "$dir/said")"
[ "$(last_order)" = "$order" ] || fail "not the copy"
check_journal
