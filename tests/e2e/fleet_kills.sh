#!/usr/bin/env bash
# The fleet's process and the database's server are killed at random moments while a terminal works: no event is lost, none is there
# twice, and the chain is proven in the database.
. "$(dirname "$0")/lib.sh"
. tests/support/postgres.sh
trap 'ended=$?; postgres_end; stop_all $ended' EXIT
postgres_begin "$dir" || fail "no PostgreSQL"
postgres_ask 'GRANT CREATE ON DATABASE fleet TO kiosk'
mkdir "$dir/templates" "$dir/journals"
"$B/sim" --count 8 --journals "$dir/templates" >/dev/null || fail "no journals of the simulator"
(umask 077 && jq -n --arg database "$pg_url" '{journal: {path: "journals/0.db"}, fleet: {database: $database, interval_s: 1}}' >"$dir/fleet.json")

# One terminal at which people queue: some events a second, for twelve seconds.
"$B/perf/fleet_load" --templates "$dir/templates" --journals "$dir/journals" --terminals 1 --seconds 12 --orders 100000 --gap 100 >"$dir/played" &
player_pid=$!
other_pids=$player_pid
within 30 test -s "$dir/played" || fail "nobody plays"
kills=0 server_kills=0
while kill -0 $player_pid 2>/dev/null || [ $kills -lt 6 ]; do # a busy machine kills more slowly
    "$B/fleet" --config "$dir/fleet.json" 2>>"$dir/fleet.log" &
    fleet_pid=$!
    sleep "0.$((RANDOM % 10))$((RANDOM % 10))"
    [ $((RANDOM % 3)) != 0 ] || sleep 1
    if [ $((kills % 6)) = 3 ]; then
        postgres_kill && postgres_start
        server_kills=$((server_kills + 1))
    fi
    kill -9 $fleet_pid
    wait $fleet_pid 2>/dev/null || true
    kills=$((kills + 1))
done
"$B/fleet" --config "$dir/fleet.json" 2>>"$dir/fleet.log" &
other_pids=$!
events=$(sqlite3 -readonly "$dir/journals/0.db" 'SELECT count(*) FROM order_events')
[ "$events" -gt 50 ] || fail "only $events events"
all_is_there() {
    [ "$(postgres_ask 'SELECT count(*), count(DISTINCT number), max(number) FROM hopkiosk.events')" = "$events|$events|$events" ]
}
within 60 all_is_there || fail "$events events, in the database: $(postgres_ask 'SELECT count(*), count(DISTINCT number), max(number) FROM hopkiosk.events'): $(tail -n 5 "$dir/fleet.log")"
"$B/kioskctl" fleet verify --database "host=$pg_dir port=$pg_port dbname=fleet user=owner" >"$dir/said" || fail "not proven: $(cat "$dir/said")"
[ "$(grep -c ': proven' "$dir/said") $(grep -c FORK "$dir/said")" = '1 0' ] || fail "not one proven chain: $(cat "$dir/said")"
echo "$events events, killed $kills times, the server $server_kills times"

# A text that the database cannot hold, in the middle of a batch: its event's bytes are kept, its rows alone are left out and counted.
kill "$other_pids"
wait "$other_pids" 2>/dev/null || true
sqlite3 "$dir/journals/0.db" "VACUUM INTO '$dir/journals/odd.db'"
sqlite3 "$dir/journals/odd.db" "UPDATE head SET terminal_id = 'ODD', journal_id = 'odd'; UPDATE order_events SET payload = CAST(CAST(payload AS BLOB) || x'ff' AS TEXT) WHERE number = 20"
jq '.journal.path = "journals/odd.db"' "$dir/fleet.json" >"$dir/odd.json"
"$B/fleet" --config "$dir/odd.json" 2>"$dir/odd.log" &
other_pids=$!
odd_is_there() {
    [ "$(postgres_ask "SELECT events, rows_left FROM hopkiosk.installations WHERE terminal = 'ODD'")" = "$events|1" ]
}
within 30 odd_is_there || fail "the odd event stops the others: $(tail -n 5 "$dir/odd.log")"
grep -q 'event 20: its rows are left out' "$dir/odd.log" || fail "nobody is told: $(cat "$dir/odd.log")"
[ "$(postgres_ask "SELECT right(payload::text, 2) FROM hopkiosk.events JOIN hopkiosk.installations ON id = installation WHERE terminal = 'ODD' AND number = 20")" = ff ] ||
    fail "the odd bytes are not kept"
