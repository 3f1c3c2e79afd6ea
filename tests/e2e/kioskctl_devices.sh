#!/usr/bin/env bash
# What an integrator asks of devices without a kiosk: read a code or a card, test a device, and what is said when something is wrong.
. "$(dirname "$0")/lib.sh"
url=http://127.0.0.1:9
configure

mkfifo "$dir/prompt"
"$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer --device cardreader \
    --device pinpad <"$dir/prompt" >"$dir/bench.out" 2>&1 &
bench_pid=$!
exec 4>"$dir/prompt"
trap 'kill "$bench_pid" 2>/dev/null; stop_all' EXIT
within 10 grep -q LD_PRELOAD "$dir/bench.out" || fail "no virtual devices: $(cat "$dir/bench.out")"
bench_env=$(grep -oE '(UMOCKDEV_DIR|LD_PRELOAD)=[^ ]*' "$dir/bench.out" | tr '\n' ' ')

# among EXIT ACT WORDS...: kioskctl WORDS among the devices ends so; ACT is what is done to a device once it is ready
among() {
    local expected=$1 act=$2 status=0
    shift 2
    # shellcheck disable=SC2086 # two assignments
    env $bench_env "$B/kioskctl" --config "$dir/kiosk.json" "$@" >"$dir/said" 2>"$dir/complaint" &
    local asked=$!
    if [ -n "$act" ]; then
        within 20 grep -q 'is ready' "$dir/complaint" || fail "$*: never ready: $(cat "$dir/complaint")"
        echo "$act" >&4
    fi
    wait $asked || status=$?
    [ $status = "$expected" ] || fail "$*: exit $status, not $expected: $(cat "$dir/said" "$dir/complaint")"
}
said() {
    grep -q -e "$1" "$dir/said" "$dir/complaint" || fail "not said: $1: $(cat "$dir/said" "$dir/complaint")"
}

among 0 'scanner scan C10000001' read scanner
said '^code *C1\*\*\*\*\*01$'
said '^identify *hospital card$'
among 0 'scanner scan C10000001' --json read scanner --whole
grep '^{' "$dir/said" | jq -e '.code == "C10000001" and .identify == "hospital card" and .pay == "none"' >/dev/null || fail "$(cat "$dir/said")"
among 0 'cardreader insert social' read card_reader
said '^card *social security card$'
! grep -q '11010519491231002X' "$dir/said" || fail "a whole ID number was printed"
among 5 '' read scanner --seconds 1
among 1 '' read id_reader
said 'id_reader: absent'
among 2 '' read printer
among 2 '' read camera
among 2 '' read scanner --seconds 0

among 0 '' devices test printer
ls "$dir"/paper/*.bin >/dev/null || fail "nothing was printed"
among 0 '' devices test pinpad
echo 'cardreader remove' >&4
among 0 'cardreader insert social' devices test card_reader
among 10 '' --json selftest # the hospital does not answer here; the devices do
jq -e '[.[] | select(.check == "device") | .state] | sort == ["ok", "ok", "ok", "ok", "problem"]' "$dir/said" >/dev/null || fail "$(cat "$dir/said")"
start_kiosk
among 2 '' devices test printer
said 'a running kiosk holds the devices'
