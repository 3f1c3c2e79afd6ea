#!/usr/bin/env bash
# What an integrator asks of devices without a kiosk: read a code or a card, test a device, and what is said when something is wrong.
. "$(dirname "$0")/lib.sh"
url=http://127.0.0.1:9
configure

start_bench scanner printer cardreader pinpad

# ends EXIT ACT WORDS...: kioskctl WORDS among the devices ends so; ACT is what is done to a device once it is ready
ends() {
    local expected=$1 act=$2 status=0
    shift 2
    (among "$B/kioskctl" --config "$dir/kiosk.json" "$@") >"$dir/said" 2>"$dir/complaint" &
    local asked=$!
    if [ -n "$act" ]; then
        within 30 grep -q 'is ready' "$dir/complaint" || fail "$*: never ready: $(cat "$dir/complaint")"
        echo "$act" >&4
    fi
    wait $asked || status=$?
    [ $status = "$expected" ] || fail "$*: exit $status, not $expected: $(cat "$dir/said" "$dir/complaint")"
}
said() {
    grep -q -e "$1" "$dir/said" "$dir/complaint" || fail "not said: $1: $(cat "$dir/said" "$dir/complaint")"
}

ends 0 'scanner scan C10000001' read scanner
said '^code *C1\*\*\*\*\*01$'
said '^identify *hospital card$'
ends 0 'scanner scan C10000001' --json read scanner --whole
grep '^{' "$dir/said" | jq -e '.code == "C10000001" and .identify == "hospital card" and .pay == "none"' >/dev/null || fail "$(cat "$dir/said")"
ends 0 'cardreader insert social' read card_reader
said '^card *social security card$'
! grep -q '11010519491231002X' "$dir/said" || fail "a whole ID number was printed"
ends 5 '' read scanner --seconds 1
ends 1 '' read id_reader
said 'id_reader: absent'
ends 2 '' read printer
ends 2 '' read camera
ends 2 '' read scanner --seconds 0

ends 0 '' devices test printer
ls "$dir"/paper/*.bin >/dev/null || fail "nothing was printed"
said '^model *EPSON TM-T20II (known)$'
said '^head *576 dots, 48 columns, 150 mm/s$'
for question in 'DLE EOT 1' 'DLE EOT 4' 'GS a' 'GS r 1' 'GS ( H 48' 'DLE DC4 8'; do
    said "^$question *answered$"
done
! grep -q '^write' "$dir/said" || fail "something to write: $(cat "$dir/said")"
paper_says '有应答 / answered' || fail "the page does not say what was answered"
# another model, which nobody knows, and which lacks much
printf '%s\n' 'printer id MFG:NOBODY;MDL:P1;CMD:ESC/POS;' 'printer lacks eot3' 'printer lacks process-id' 'printer lacks asb' >&4
ends 5 '' devices test printer
said '^model *NOBODY P1 (not known'
said '^DLE EOT 3 *not answered$'
said '^GS ( H 48 *not answered$'
said '^write *"status": \[1, 2, 4\], "automatic_status": false, "end_question": "paper_sensor", "clear": "dle_dc4"'
paper_says '无应答 / not answered' || fail "the page does not say what was not answered"
# what it says to write makes it one that knows what it has printed
jq '(.devices[] | select(.role == "printer")) += {status: [1, 2, 4], automatic_status: false, end_question: "paper_sensor", clear: "dle_dc4"}' \
    "$dir/kiosk.json" >"$dir/fits.json"
mv "$dir/fits.json" "$dir/kiosk.json"
ends 0 '' devices test printer
! grep -q '^write' "$dir/said" || fail "something to write: $(cat "$dir/said")"
# one that says nothing at all is tried all the same
echo 'printer silent' >&4
sheets=$(ls "$dir"/paper/*.bin | wc -l)
ends 5 '' devices test printer
[ "$(ls "$dir"/paper/*.bin | wc -l)" -gt "$sheets" ] || fail "nothing was printed"
echo 'printer heal' >&4
ends 0 '' devices test pinpad
echo 'cardreader remove' >&4
ends 0 'cardreader insert social' devices test card_reader
ends 10 '' --json selftest # the hospital does not answer here; the devices do
jq -e '[.[] | select(.check == "device") | .state] | sort == ["ok", "ok", "ok", "ok", "problem"]' "$dir/said" >/dev/null || fail "$(cat "$dir/said")"
start_kiosk
ends 2 '' devices test printer
said 'a running kiosk holds the devices'
