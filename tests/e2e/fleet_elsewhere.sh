#!/usr/bin/env bash
# "Where is my money?" at another machine of the hospital: what was paid there is shown here with its machine, cannot be opened or given
# back here, and where nobody answers within two seconds the screen says that it is this machine's payments only.
. "$(dirname "$0")/lib.sh"
. tests/support/postgres.sh
trap 'ended=$?; postgres_end; stop_all $ended' EXIT
start_sandbox
hospital_begin

# machine NO: two machines of one hospital, one configuration each; the visit's kiosk reads kiosk.json
machine() {
    configure "$(of_hospital "$1")"
    cp "$dir/kiosk.json" "$dir/machine$1.json"
}
# records LINES...: where is my money
records() {
    visit <<SCRIPT
$(identify service.records "${1:-C10000001}")
wait records 10
$2
quit
SCRIPT
}

machine 2
visit <<SCRIPT
$(to_bills)
tap all
tap bill.3
$(pay_by_code wechat)
SCRIPT
start_fleet_of 2
is_there() {
    [ "$(postgres_ask "SELECT content ->> 'state' FROM hopkiosk.parts WHERE name = 'orders'")" = credited ]
}
within 30 is_there || fail "machine 2 told nobody: $(cat "$dir/fleet2.log")"
kill "$fleet_pid" && wait "$fleet_pid"

# Nobody answers here: nothing is guessed, and it is said.
machine 1
records C10000001 "expect $(words notice.records_here_only)
shot 01-here-only"

# The fleet's process answers: the other machine's payment, which opens nothing and gives nothing back here.
start_fleet_of 1
within 30 test -S "$dir/1/fleet.sock" || fail "no socket: $(cat "$dir/fleet1.log")"
records C10000001 "expect $(words records.credited)（自助机 0002）
shot 02-elsewhere
tap bill.1
wait records
expect $(words notice.paid_elsewhere)
shot 03-not-here"
records C10000012 "expect $(words notice.no_payments)"
visit <<SCRIPT
$(identify service.refund)
wait records 10
expect $(words notice.no_refunds)
quit
SCRIPT

# One that is paid here stands beside it, once, and opens.
visit <<SCRIPT
$(to_bills)
tap all
tap bill.1
$(pay_by_code alipay)
$(go_home)
$(identify service.records)
wait records 10
shot 04-both
tap bill.1
wait result
SCRIPT

# A process that hangs is not waited for; nor is a database that does.
kill -STOP "$fleet_pid"
records C10000001 "expect $(words notice.records_here_only)"
kill -CONT "$fleet_pid"
postgres_pids=$(head -n 1 "$pg_dir/data/postmaster.pid")
# shellcheck disable=SC2086,SC2046 # numbers
kill -STOP $postgres_pids $(children_of "$postgres_pids")
records C10000001 "expect $(words notice.records_here_only)"
# ... and whoever has hung up is not worked for: the next is told in time that nothing is known.
$python - "$dir/1/fleet.sock" <<'PYTHON' || fail "those who have left are worked for"
import socket, sys, time

def ask():
    side = socket.socket(socket.AF_UNIX)
    side.connect(sys.argv[1])
    side.sendall(b'{"ask":"payments","keys":["' + b"0" * 64 + b'"]}\n')
    return side

for left in [ask() for _ in range(6)]:
    left.close()
side, began = ask(), time.monotonic()
side.settimeout(20)
said = side.makefile().readline()
sys.exit("error" not in said or time.monotonic() - began > 4)
PYTHON
# shellcheck disable=SC2086,SC2046 # numbers
kill -CONT $postgres_pids $(children_of "$postgres_pids")
again() {
    records C10000001 "expect 自助机 0002" >/dev/null 2>&1
}
within 60 again || fail "other machines stay unknown: $(tail -n 3 "$dir/fleet1.log")"

# The whole hospital is reconciled from the fleet's tables: with one machine's journal alone the other's payment is missing.
paid_here_is_there() {
    [ "$(postgres_ask "SELECT count(*) FROM hopkiosk.parts WHERE name = 'orders' AND content ->> 'state' = 'credited'")" = 2 ]
}
within 30 paid_here_is_there || fail "machine 1 told nobody: $(cat "$dir/fleet1.log")"
owner="host=$pg_dir port=$pg_port dbname=fleet user=owner"
recon() {
    code=0
    ctl --json recon "${days_around_now[@]}" --source upp --source his "$@" >"$dir/recon.json" 2>"$dir/recon.said" || code=$?
}
recon --fleet --database "$owner"
agrees() {
    jq -r '"\(.classes.agree.count) \(.classes.agree.amount) \(.classes.terminal_unaware.count)"' "$dir/recon.json"
}
[ "$code $(agrees)" = '0 2 129.70 0' ] || fail "the hospital does not agree ($code): $(cat "$dir/recon.said" "$dir/recon.json")"
recon --source journal
[ "$code $(agrees)" = '0 1 128.50 1' ] || fail "one machine is the whole hospital ($code): $(cat "$dir/recon.said" "$dir/recon.json")"
recon --fleet --source journal
[ $code = 2 ] || fail "the same orders are counted twice ($code): $(cat "$dir/recon.said")"

# This machine's disk breaks, and the journal that is restored lacks the payment of today: it is shown as the database has it, once;
# nothing that the journal knows itself is told again.
ctl journal backup "$dir/copy.db" >/dev/null || fail "no backup"
visit <<SCRIPT
$(to_bills C10000012)
$(pay_by_code wechat)
SCRIPT
lost=$(last_order)
lost_is_there() {
    [ "$(postgres_ask "SELECT content ->> 'state' FROM hopkiosk.parts WHERE name = 'orders' AND order_no = '$lost'")" = credited ]
}
within 30 lost_is_there || fail "machine 1 told nobody of its last payment: $(cat "$dir/fleet1.log")"
lost_key=$(postgres_ask "SELECT content ->> 'patient_key' FROM hopkiosk.parts WHERE name = 'orders' AND order_no = '$lost' LIMIT 1")
rm -f "$dir/1/journal.db" "$dir/1/journal.db-wal" "$dir/1/journal.db-shm"
ctl journal restore "$dir/copy.db" --by '王工' --nothing-since >"$dir/said" 2>&1 || fail "not restored: $(cat "$dir/said")"
# From now on the lost payment is told of, or it is said that nothing is known: never an answer without it.
$python - "$dir/1/fleet.sock" "$lost_key" "$lost" <<'PYTHON' || fail "the lost payment is hidden after the restore: $(tail -n 3 "$dir/fleet1.log")"
import json, socket, sys, time

until = time.monotonic() + 60
while time.monotonic() < until:
    side = socket.socket(socket.AF_UNIX)
    side.connect(sys.argv[1])
    side.sendall(b'{"ask":"payments","keys":["%s"]}\n' % sys.argv[2].encode())
    said = json.loads(side.makefile().readline())
    if "error" not in said:
        sys.exit(sys.argv[3] not in [order["order_no"] for order in said["orders"]])
    time.sleep(0.05)
sys.exit(1)
PYTHON
# told ORDER: the numbers that the database's answer has for the patient of an order
told() {
    local key
    key=$(postgres_ask "SELECT content ->> 'patient_key' FROM hopkiosk.parts WHERE name = 'orders' AND order_no = '$1' LIMIT 1")
    $python -c 'import json, socket, sys
side = socket.socket(socket.AF_UNIX)
side.connect(sys.argv[1])
side.sendall(b"{\"ask\":\"payments\",\"keys\":[\"%s\"]}\n" % sys.argv[2].encode())
print(*[order["order_no"] for order in json.loads(side.makefile().readline())["orders"]])' "$dir/1/fleet.sock" "$key"
}
goes_on() {
    [ "$(postgres_ask 'SELECT count(*) FROM hopkiosk.installations WHERE forked')" = 1 ]
}
within 30 goes_on || fail "the restored journal does not go on: $(cat "$dir/fleet1.log")"
told_of() {
    [ "$(told "$1")" = "$2" ]
}
within 10 told_of "$lost" "$lost" || fail "of the lost payment it is told: $(told "$lost")"
records C10000012 "expect $(words records.credited)（自助机 0001）
shot 05-restored"
[ "$(told "$(last_order)")" = "$(postgres_ask "SELECT DISTINCT order_no FROM hopkiosk.parts WHERE order_no ~ '0002[0-9]{4}$'")" ] ||
    fail "what the journal has is told again: $(told "$(last_order)")"
