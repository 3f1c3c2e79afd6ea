#!/usr/bin/env bash
# After a newer program has had the journal, an older one refuses it in words: no payment is taken, nothing of it is changed, and kioskctl
# says the same. The newer program finds everything as it left it.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/deposit.script
check_state credited
order=$(last_order)
version=$(sqlite3 "$dir/journal.db" 'PRAGMA user_version')
sqlite3 "$dir/journal.db" "PRAGMA user_version = $((version + 1)); PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
before=$(sha256sum <"$dir/journal.db")
start_kiosk
ctl --json kiosk status | jq -e '.journal_ok == false and .screen == "out_of_service"' >/dev/null || fail "it sells: $(ctl kiosk status)"
grep -q 'no payment is taken: the journal was written by a newer version' "$dir/kiosk.out" || fail "not said: $(cat "$dir/kiosk.out")"
for what in 'journal list' 'cases list' 'journal verify'; do
    # shellcheck disable=SC2086 # words
    ctl $what >"$dir/said" 2>&1 && fail "$what read it"
    grep -q 'written by a newer version' "$dir/said" || fail "$what says: $(cat "$dir/said")"
done
{ ctl --json selftest || true; } | jq -e 'any(.check == "journal" and .state == "problem" and (.what | contains("newer version")) and (.do | contains("install the version that wrote it")))' >/dev/null ||
    fail "the self-test says: $(ctl selftest | grep -A1 journal)"
stop_kiosk
[ "$(sha256sum <"$dir/journal.db")" = "$before" ] || fail "the older program changed it"

sqlite3 "$dir/journal.db" "PRAGMA user_version = $version" >/dev/null
start_kiosk
ctl --json kiosk status | jq -e .journal_ok >/dev/null || fail "its own version is refused: $(ctl kiosk status)"
stop_kiosk
[ "$(last_order)" = "$order" ] || fail "the order is lost"
check_state credited
check_journal
