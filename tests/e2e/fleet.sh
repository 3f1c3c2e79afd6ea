#!/usr/bin/env bash
# The fleet's process brings a terminal's events to a real PostgreSQL: by TLS, masked, at once when a case opens; the kiosk never waits
# for it; a server that is killed is caught up with; what the database has is proven there, and what was altered is named.
. "$(dirname "$0")/lib.sh"
. tests/support/postgres.sh
trap 'ended=$?; postgres_end; stop_all $ended' EXIT
start_sandbox
postgres_begin "$dir" || fail "no PostgreSQL"
(umask 077 && printf '%s' "$pg_url" >"$dir/database")
fleet_pid=''

# fleet_of SECONDS: the configuration with a batch every so often
fleet_of() {
    configure '.limits.credit_deadline_ms = 1500 | .limits.settle_show_ms = 6000 | .fleet = {database: {file: "database"}, metrics: "0", interval_s: '"$1"'}'
}
start_fleet() {
    "$B/fleet" --config "$dir/kiosk.json" >>"$dir/fleet.log" 2>&1 &
    fleet_pid=$!
    other_pids="$other_pids $fleet_pid"
}
stop_fleet() {
    kill "$fleet_pid"
    wait "$fleet_pid" || fail "the fleet's process did not end well: $(cat "$dir/fleet.log")"
}
in_journal() {
    sqlite3 -readonly "$dir/journal.db" 'SELECT count(*) FROM order_events'
}
all_is_there() {
    [ "$(postgres_ask 'SELECT count(*) FROM hopkiosk.events')" = "$(in_journal)" ]
}
fleet_says() {
    ctl fleet status >"$dir/fleet.said" 2>&1 || true
    grep -q "$1" "$dir/fleet.said"
}

# figure LINE: what a monitoring system is told of the process that was started last
figure() {
    local port
    port=$(sed -nE 's/.*figures at 0, port ([0-9]+)$/\1/p' "$dir/fleet.log" | tail -n 1)
    curl -fsS "http://127.0.0.1:$port/metrics" >"$dir/figures" && grep -qxE "hopkiosk_fleet_$1" "$dir/figures"
}

# What may not leave this machine unchecked does not start.
configure '.fleet = {database: "host=db.example dbname=fleet user=kiosk sslmode=require"}'
"$B/fleet" --config "$dir/kiosk.json" 2>"$dir/said" && fail "a server was not to be checked"
grep -q 'fleet.database: sslmode: expected verify-full' "$dir/said" || fail "said instead: $(cat "$dir/said")"

# A terminal's user may not make tables; whoever owns the database makes them.
fleet_of 1
visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
SCRIPT
start_fleet
within 30 grep -q 'permission denied' "$dir/fleet.log" || fail "a terminal may do what it likes: $(cat "$dir/fleet.log")"
ctl fleet status >"$dir/said" 2>&1 && fail "all is well without tables"
within 10 figure 'trouble\{what="refused"\} 1' || fail "a monitoring system does not hear of it: $(cat "$dir/figures")"
figure 'waiting_events [1-9][0-9]*' || fail "nothing waits: $(cat "$dir/figures")"
ctl fleet migrate --database "host=$pg_dir port=$pg_port dbname=fleet user=owner" >/dev/null || fail "no tables"
postgres_ask 'GRANT USAGE ON SCHEMA hopkiosk TO kiosk'
within 30 all_is_there || fail "not all events came: $(cat "$dir/fleet.log")"
within 10 figure 'trouble\{what="refused"\} 0' || fail "still refused: $(cat "$dir/figures")"
figure 'waiting_events 0' && figure 'waiting_seconds 0' && figure 'forked 0' || fail "all came: $(cat "$dir/figures")"
! command -v promtool >/dev/null || promtool check metrics <"$dir/figures" >"$dir/checked" 2>&1 || fail "promtool: $(cat "$dir/checked")"
postgres_ask "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'kiosk'" >"$dir/said"
grep -q f "$dir/said" && fail "without TLS"
PGPASSWORD=kiosk "$pg_bin/psql" -X "$pg_url" -c 'SELECT count(*) FROM hopkiosk.events' >/dev/null 2>&1 && fail "a terminal reads what others did"
# Nor adds one terminal to what is another's.
postgres_ask "CREATE ROLE other LOGIN PASSWORD 'other'; GRANT USAGE ON SCHEMA hopkiosk TO other"
taken="SELECT hopkiosk.put(id, events, hash, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', true) FROM (SELECT 1 AS id, $(in_journal)::bigint AS events,
    '\\x$(sqlite3 -readonly "$dir/journal.db" 'SELECT hash FROM head')'::bytea AS hash) AS head"
PGPASSWORD=other "$pg_bin/psql" -X "${pg_url/user=kiosk password=kiosk/user=other}" -c "$taken" >"$dir/said" 2>&1 && fail "added to another's: $(cat "$dir/said")"
grep -q 'is of the user kiosk' "$dir/said" || fail "refused as: $(cat "$dir/said")"
owner="host=$pg_dir port=$pg_port dbname=fleet user=owner"

fleet_finding() {
    ctl --json selftest | jq -r '.. | objects | select(.check? == "fleet") | .what'
}
[ "$(fleet_finding)" = 'events are taken' ] || fail "the self-test says: $(fleet_finding)"

# The server dies; the kiosk does not notice, and what happened meanwhile comes when there is a server again.
postgres_kill
visit <<SCRIPT
$(to_bills C10000012)
$(pay_by_code alipay)
expect $(words verdict.credited.title)
SCRIPT
within 30 fleet_says 'events taken; .*refused' || fail "nobody says that the database is away: $(cat "$dir/fleet.said")"
within 10 figure 'trouble\{what="unreachable"\} 1' && within 10 figure 'waiting_seconds [1-9][0-9]*' || fail "a monitoring system does not hear of it: $(cat "$dir/figures")"
postgres_start
within 60 all_is_there || fail "not all events came after the server was back: $(cat "$dir/fleet.log")"
stop_fleet

# An hour's batch, but a case: at once.
fleet_of 3600
start_fleet
silent='"kind":"answer","times":-1,"body":{"ret_code":"99","ret_msg":"","result":"exp"}'
fault "{\"on\":\"his.rechargeSettle\",$silent}"
fault "{\"on\":\"his.querySettleResult\",$silent}"
visit <<SCRIPT
$(to_bills C10000014)
$(pay_by_code wechat)
SCRIPT
start_kiosk
check_state case
case_is_there() {
    [ "$(postgres_ask "SELECT count(*) FROM hopkiosk.parts WHERE name LIKE 'cases/%' AND content ->> 'state' = 'open'")" != 0 ]
}
within 20 case_is_there || fail "the case waits: $(cat "$dir/fleet.log")"
stop_kiosk
stop_fleet

# Masked: no number of a person, no key that finds them elsewhere.
postgres_as "$pg_bin/pg_dump" "$owner" >"$dir/dump.sql"
grep -q "$(in_journal)" "$dir/dump.sql" || fail "an empty dump proves nothing"
grep -q '周\*涛' "$dir/dump.sql" || fail "nobody's masked name is there"
grep -oE '\.(id_no|name|phone|social_card) = "[^"]*"' tests/sandbox/hospital.c | cut -d '"' -f 2 >"$dir/whole"
[ "$(wc -l <"$dir/whole")" -gt 20 ] || fail "no persons to look for"
while read -r whole; do
    hex=$(printf '%s' "$whole" | od -An -v -tx1 | tr -d ' \n')
    ! grep -q -e "$whole" -e "$hex" "$dir/dump.sql" || fail "$whole is in the database"
done <"$dir/whole"

# Proven from the rows alone; altered, taken away or turned, the first event that does not fit is named.
ctl fleet verify --database "$owner" >"$dir/said" || fail "not proven: $(cat "$dir/said")"
grep -q ': proven' "$dir/said" || fail "not proven: $(cat "$dir/said")"
ctl --json fleet status --database "$owner" | jq -s -e 'any(.open_cases == 1)' >/dev/null || fail "the case is not counted"
# ... wherever an environment says that the database is.
(export PGHOSTADDR=127.0.0.1 PGPORT=1 PGSERVICE=nowhere PGSSLMODE=disable && ctl --json fleet status --database "$owner" >/dev/null) ||
    fail "an environment says where the database is"
# altered SQL EXPECTED: tried on a copy of the database
altered() {
    postgres_as "$pg_bin/psql" -qX "host=$pg_dir port=$pg_port dbname=postgres user=owner" -c 'DROP DATABASE IF EXISTS copy' \
        -c 'CREATE DATABASE copy TEMPLATE fleet' 2>/dev/null
    postgres_as "$pg_bin/psql" -qX -v ON_ERROR_STOP=1 "host=$pg_dir port=$pg_port dbname=copy user=owner" -c "$1" || fail "not altered: $1"
    ctl fleet verify --database "host=$pg_dir port=$pg_port dbname=copy user=owner" >"$dir/said" && fail "proven: $1"
    grep -q "$2" "$dir/said" || fail "$1 is told as: $(cat "$dir/said")"
}
altered 'UPDATE hopkiosk.events SET wall_ms = wall_ms + 1 WHERE number = 3' 'event 3: altered'
altered "UPDATE hopkiosk.events SET evidence = evidence || '\\x00' WHERE number = 4" 'event 4: altered'
altered 'DELETE FROM hopkiosk.events WHERE number = 5' 'event 6: expected number 5'
altered 'DELETE FROM hopkiosk.events WHERE number = (SELECT max(number) FROM hopkiosk.events)' 'expected, the newest here is'
altered 'UPDATE hopkiosk.installations SET events = events - 1' 'expected, the newest here is'
altered "UPDATE hopkiosk.parts SET content = jsonb_set(content, '{amount_fen}', '1') WHERE name = 'legs/0'" 'not what the events tell'
altered "DELETE FROM hopkiosk.parts WHERE name = 'orders'" 'not what the events tell'

# A journal that was restored after its disk was lost, by somebody who is wrong about what was done since, goes on beside what the
# database has: a fork, said aloud, nothing overwritten.
start_kiosk
cp "$dir/journal.db" "$dir/early.db"
ctl journal backup "$dir/copy.db" >/dev/null
ctl cases resolve "$(ctl --json cases list | jq -rs '.[0].case_no')" --by '王主任' --as credited --reason '核对后已补记' || fail "not resolved"
stop_kiosk
fleet_of 1
start_fleet
within 30 all_is_there || fail "not all events came: $(cat "$dir/fleet.log")"
before=$(in_journal)
ctl journal restore "$dir/copy.db" --by '王工' --nothing-since >"$dir/said" 2>&1 && fail "the journal that stands there is forgotten unasked"
rm -f "$dir/journal.db" "$dir/journal.db-wal" "$dir/journal.db-shm"
ctl journal restore "$dir/copy.db" --by '王工' --nothing-since >"$dir/said" 2>&1 || fail "not restored: $(cat "$dir/said")"
start_kiosk
ctl cases resolve "$(ctl --json cases list | jq -rs '.[0].case_no')" --by '李主任' --as returned --reason '现金已退' || fail "not resolved"
stop_kiosk
forked() {
    [ "$(postgres_ask 'SELECT count(*) FROM hopkiosk.events')" -gt "$before" ]
}
within 30 forked || fail "the restored journal does not go on: $(cat "$dir/fleet.log")"
within 10 grep -q 'this journal has gone another way' "$dir/fleet.log" ||
    fail "nobody says that the journal went another way: $(cat "$dir/fleet.log")"
within 10 figure 'forked 1' || fail "a monitoring system does not hear of it: $(cat "$dir/figures")"
# ... also after it was started anew, until somebody who may says that it was looked into.
stop_fleet
start_fleet
within 30 figure 'forked 1' || fail "forgotten with the process: $(cat "$dir/figures")"
ctl fleet status --database "$owner" >"$dir/said" && fail "all is well with a fork"
terminal=$(jq -r .terminal.id "$dir/kiosk.json")
clear_fork() {
    ctl fleet clear-fork --terminal "$terminal" --by '王工' "$@" >"$dir/said" 2>&1
}
clear_fork && fail "a terminal clears its own fork"
grep -q 'permission denied' "$dir/said" || fail "refused as: $(cat "$dir/said")"
ctl fleet clear-fork --terminal "$terminal" --database "$owner" 2>/dev/null && fail "cleared by nobody"
clear_fork --database "$owner" || fail "not cleared: $(cat "$dir/said")"
clear_fork --database "$owner" && fail "cleared twice"
ctl --json fleet status --database "$owner" | jq -se '[.[] | select(.forked)] | length == 1 and .[0].fork_cleared_by == "王工"' >/dev/null || fail "nobody looked into it"
ctl fleet status --database "$owner" >"$dir/said" || fail "still wrong: $(cat "$dir/said")"
stop_fleet
start_fleet
within 30 figure 'forked 0' || fail "still told: $(cat "$dir/figures")"
ctl fleet verify --database "$owner" >"$dir/said" || fail "both ways are not proven: $(cat "$dir/said")"
[ "$(grep -c ': proven' "$dir/said") $(grep -c FORK "$dir/said")" = '2 1' ] || fail "one way is not told of: $(cat "$dir/said")"
[ "$(postgres_ask "SELECT string_agg(DISTINCT content ->> 'how', ' ') FROM hopkiosk.parts WHERE name LIKE 'cases/%' AND content ->> 'state' = 'resolved'")" = 'credited returned' ] ||
    fail "one way was overwritten"
stop_fleet
