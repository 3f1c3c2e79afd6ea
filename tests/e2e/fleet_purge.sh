#!/usr/bin/env bash
# Days that are over go from the hospital's database by kioskctl, never one of an order that is open or in a case; what is left is still
# proven, terminals go on, and a journal that is restored finds its place. Two journals that went different ways and began orders of one
# number have two.
. "$(dirname "$0")/lib.sh"
. tests/support/postgres.sh
trap 'ended=$?; postgres_end; stop_all $ended' EXIT
start_sandbox
postgres_begin "$dir" || fail "no PostgreSQL"
owner="host=$pg_dir port=$pg_port dbname=fleet user=owner"
(umask 077 && printf '%s' "$pg_url" >"$dir/database")
mkdir "$dir/journals"
"$B/sim" --count 24 --journals "$dir/journals" >/dev/null || fail "no journals of the simulator"
# settled_in DAYS: journals in which nothing is open, of so many days
settled_in() {
    local i
    for i in {1..24}; do
        [ "$(sqlite3 -readonly "$dir/journals/$i.db" "SELECT (SELECT count(*) FROM orders WHERE settled = 0) + (SELECT count(*) FROM cases WHERE state = 'open'),
            count(DISTINCT date(wall_ms / 1000 + 28800, 'unixepoch')) FROM order_events")" != "0|$1" ] || echo "$i"
    done
}
read -r first second _ < <(settled_in 1 | xargs) || true
read -r of_two_days other_of_two _ < <(settled_in 2 | xargs) || true

# fleet_json JOURNAL: its configuration
fleet_json() {
    configure '.journal.path = "'"journals/$1.db"'" | .fleet = {database: {file: "database"}, interval_s: 1, keep_days: 31}'
}
# brings JOURNAL: all its events are in the database
brings() {
    fleet_json "$1"
    "$B/fleet" --config "$dir/kiosk.json" 2>>"$dir/fleet.log" &
    local pid=$!
    other_pids="$other_pids $pid"
    journal=$1
    within 60 all_is_there || fail "$1: not all events came: $(tail -n 5 "$dir/fleet.log")"
    kill "$pid"
    wait "$pid" || fail "the fleet's process did not end well"
}
journal_number() {
    sqlite3 -readonly "$dir/journals/$journal.db" "$1"
}
all_is_there() {
    [ "$(postgres_ask "SELECT max(events) FROM hopkiosk.installations WHERE journal_id = '$(journal_number 'SELECT journal_id FROM head')'")" = \
        "$(journal_number 'SELECT count(*) FROM order_events')" ]
}
purge() {
    ctl fleet purge --database "$owner" >"$dir/purged" 2>&1
}
count() {
    postgres_ask "SELECT count(*) FROM hopkiosk.$1"
}

fleet_json "$first"
ctl fleet migrate --database "$owner" >/dev/null || fail "no tables"
postgres_ask 'GRANT USAGE ON SCHEMA hopkiosk TO kiosk'
brings "$first"
brings "$other_of_two"
# Where nothing is old nothing goes; nor without a configured age, nor by a terminal's own user.
purge || fail "not purged: $(cat "$dir/purged")"
[ ! -s "$dir/purged" ] || fail "gone already: $(cat "$dir/purged")"
jq 'del(.fleet.keep_days)' "$dir/kiosk.json" >"$dir/forever.json"
chmod 600 "$dir/forever.json"
! "$B/kioskctl" --config "$dir/forever.json" fleet purge --database "$owner" >"$dir/said" 2>&1 || fail "purged without an age"
grep -q 'fleet.keep_days: everything is kept' "$dir/said" || fail "said instead: $(cat "$dir/said")"
PGPASSWORD=kiosk "$pg_bin/psql" -X "$pg_url" -c "SELECT hopkiosk.purge('2020-01-01')" >"$dir/said" 2>&1 && fail "a terminal may purge"
grep -q 'permission denied' "$dir/said" || fail "refused as: $(cat "$dir/said")"
postgres_ask "SELECT hopkiosk.purge(current_date)" >"$dir/said" 2>&1 && grep -q . "$dir/said" && fail "a new day was purged: $(cat "$dir/said")"
grep -q 'is not over' "$dir/said" || fail "not said: $(cat "$dir/said")"

# A day stays while one of its orders is open or in a case, and so does a day on which something happened to it.
brings "$of_two_days"
stays() {
    local day
    for day in 2026-11-20 2026-11-21; do
        [ "$(postgres_ask "SELECT open_order FROM hopkiosk.purge('$day')")" = "$1" ] || fail "$day goes with an open order"
    done
    [ "$(count events)" = "$all" ] || fail "events went with an open order"
}
all=$(count events)
late=$(journal_number "SELECT max(order_no) FROM order_events WHERE date(wall_ms / 1000 + 28800, 'unixepoch') = '2026-11-21'")
of_late="order_no = '$late' AND installation = (SELECT id FROM hopkiosk.installations WHERE journal_id = '$(journal_number 'SELECT journal_id FROM head')')"
settle() {
    postgres_ask "UPDATE hopkiosk.parts SET content = content || '{\"settled\": $1}' WHERE name = 'orders' AND $of_late"
}
settle 0
stays "$late"
settle 1
postgres_ask "INSERT INTO hopkiosk.parts SELECT installation, order_no, 'cases/9', day, event, '{\"state\": \"open\"}' FROM hopkiosk.parts WHERE name = 'orders' AND $of_late"
stays "$late"
postgres_ask "DELETE FROM hopkiosk.parts WHERE name = 'cases/9'"

# Two machines that began an order of one number, beside each other, and nothing of the other patients whose orders have that number
# too; one that both know from before is one.
key=$(printf '%064d' 77)
brings "$second"
twin() {
    postgres_ask "UPDATE hopkiosk.parts SET content = content || '{\"patient_key\": \"$key\"}' WHERE name = 'orders' AND $of_late;
        INSERT INTO hopkiosk.persons SELECT '$key', order_no, installation, day FROM hopkiosk.parts WHERE name = 'orders' AND $of_late;
        INSERT INTO hopkiosk.installations (name, journal_id, terminal, letters, parent, parent_events, forked, events, hash)
            SELECT 'twin', 'twin', 'K-TWIN', letters, id, 1, true, events, hash FROM hopkiosk.installations WHERE id = (SELECT installation FROM hopkiosk.parts WHERE name = 'orders' AND $of_late);
        INSERT INTO hopkiosk.persons SELECT '$key', '$late', id, '2026-11-20' FROM hopkiosk.installations WHERE name = 'twin';
        INSERT INTO hopkiosk.parts SELECT (SELECT id FROM hopkiosk.installations WHERE name = 'twin'), order_no, name, day, event,
            CASE name WHEN 'orders' THEN content || '{\"created_ms\": 1795147216999}' ELSE content END FROM hopkiosk.parts WHERE $of_late"
}
machines() {
    $python - "$dir/journals/fleet.sock" "$key" <<'PYTHON'
import json, socket, sys
side = socket.socket(socket.AF_UNIX)
side.connect(sys.argv[1])
side.sendall(b'{"ask":"payments","keys":["%s"]}\n' % sys.argv[2].encode())
orders = json.loads(side.makefile().readline())["orders"]
print(*sorted((order["terminal"], len(order["rows"]) > 2) for order in orders))
PYTHON
}
before=$(postgres_as "$pg_bin/pg_dump" --data-only "$owner" 2>/dev/null | grep -c .)
twin
"$B/fleet" --config "$dir/kiosk.json" 2>>"$dir/fleet.log" &
fleet_pid=$!
other_pids="$other_pids $fleet_pid"
within 30 test -S "$dir/journals/fleet.sock" || fail "no socket"
home=$(postgres_ask "SELECT terminal FROM hopkiosk.installations WHERE journal_id = '$(sqlite3 -readonly "$dir/journals/$of_two_days.db" 'SELECT journal_id FROM head')'")
said=$(machines)
[ "$said" = "('$home', True) ('K-TWIN', True)" ] || [ "$said" = "('K-TWIN', True) ('$home', True)" ] || fail "two orders of one number are told as: $said"
postgres_ask "UPDATE hopkiosk.parts SET content = content || jsonb_build_object('created_ms', (SELECT content -> 'created_ms' FROM hopkiosk.parts WHERE name = 'orders' AND $of_late))
    WHERE name = 'orders' AND installation = (SELECT id FROM hopkiosk.installations WHERE name = 'twin')"
said=$(machines)
[ "$said" = "('K-TWIN', True)" ] || fail "one order that two know is told as: $said"
kill "$fleet_pid" && wait "$fleet_pid"
postgres_ask "DELETE FROM hopkiosk.parts USING hopkiosk.installations WHERE installation = id AND installations.name = 'twin'; DELETE FROM hopkiosk.installations WHERE name = 'twin';
    DELETE FROM hopkiosk.persons WHERE key = '$key';
    UPDATE hopkiosk.parts SET content = content || '{\"patient_key\": \"$(sqlite3 -readonly "$dir/journals/$of_two_days.db" "SELECT patient_key FROM orders WHERE order_no = '$late'")\"}' WHERE name = 'orders' AND $of_late"
[ "$(postgres_as "$pg_bin/pg_dump" --data-only "$owner" 2>/dev/null | grep -c .)" = "$before" ] || fail "the twin has left something"
ctl fleet verify --database "$owner" >"$dir/said" || fail "not proven before: $(cat "$dir/said")"

# One day goes; what is behind it is proven, and told to be behind what is gone.
later=$(postgres_ask "SELECT count(*) FROM hopkiosk.events WHERE day > '2026-11-20'")
gone=$(postgres_ask "SELECT events FROM hopkiosk.purge('2026-11-20')")
[ "$gone $(count events)" = "$((all + $(journal_number 'SELECT count(*) FROM order_events') - later)) $later" ] || fail "$gone are gone, $(count events) left of $all"
[ "$(postgres_ask "SELECT count(*) FROM pg_class WHERE relname ~ '_20261120$'")" = 0 ] || fail "the day's tables are there"
ctl fleet verify --database "$owner" >"$dir/said" || fail "not proven without a day: $(cat "$dir/said")"
[ "$(grep -c ': proven; [0-9]* were taken away with their days' "$dir/said")" = "$(count installations)" ] || fail "not told: $(cat "$dir/said")"
# altered SQL EXPECTED: tried on a copy of the database
altered() {
    postgres_as "$pg_bin/psql" -qX "host=$pg_dir port=$pg_port dbname=postgres user=owner" -c 'DROP DATABASE IF EXISTS copy' \
        -c 'CREATE DATABASE copy TEMPLATE fleet' 2>/dev/null
    postgres_as "$pg_bin/psql" -qX -v ON_ERROR_STOP=1 "host=$pg_dir port=$pg_port dbname=copy user=owner" -c "$1" || fail "not altered: $1"
    ctl fleet verify --database "host=$pg_dir port=$pg_port dbname=copy user=owner" >"$dir/said" && fail "proven: $1"
    grep -q "$2" "$dir/said" || fail "$1 is told as: $(cat "$dir/said")"
}
altered "UPDATE hopkiosk.purged SET hash = '\\x00'" ': altered, or the one before it'
altered 'DELETE FROM hopkiosk.purged' 'expected number 1'
altered 'UPDATE hopkiosk.events SET wall_ms = wall_ms + 1' ': altered, or the one before it'
altered "INSERT INTO hopkiosk.parts SELECT installation, 'FORGED', 'legs/0', day, number, '{}' FROM hopkiosk.events LIMIT 1" 'legs/0 of order FORGED: not what the events tell'

# Terminals go on where they were; one that was restored from a copy finds its place behind what is gone.
brings "$other_of_two"
[ "$(count events)" = "$later" ] || fail "told again: $(count events) of $later"
installations=$(count installations)
sqlite3 "$dir/journals/$other_of_two.db" "VACUUM INTO '$dir/journals/restored.db'"
sqlite3 "$dir/journals/restored.db" "DELETE FROM order_events WHERE number = (SELECT events FROM head);
    UPDATE head SET journal_id = 'restored', events = events - 1, hash = (SELECT hash FROM order_events ORDER BY number DESC LIMIT 1)"
brings restored
[ "$(count installations)" = $((installations + 1)) ] || fail "not an installation of its own"
[ "$(postgres_ask "SELECT parent_events, forked FROM hopkiosk.installations WHERE journal_id = 'restored'")" = "$(journal_number 'SELECT events FROM head')|t" ] ||
    fail "it goes on behind: $(postgres_ask "SELECT parent_events, forked FROM hopkiosk.installations WHERE journal_id = 'restored'")"
[ "$(count events)" = "$later" ] || fail "what is known was told again"

# By age: what is older than the configured days, and no more.
for table in events parts persons; do
    postgres_ask "SELECT hopkiosk.make_day(current_date - 32), hopkiosk.make_day(current_date - 30); UPDATE hopkiosk.$table SET day = current_date - CASE
        WHEN installation = (SELECT max(installation) FROM hopkiosk.events) THEN 31 ELSE 32 END" >/dev/null
done
kept=$(postgres_ask 'SELECT count(*) FROM hopkiosk.events WHERE day = current_date - 31')
purge || fail "not purged: $(cat "$dir/purged")"
grep -q "is gone, $((later - kept)) events" "$dir/purged" || fail "purged: $(cat "$dir/purged")"
[ "$(count events)" = "$kept" ] && [ "$kept" -gt 0 ] || fail "$(count events) left, not $kept"
echo "$gone and then $((later - kept)) events are gone, $kept left"
