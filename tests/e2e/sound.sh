#!/usr/bin/env bash
# A visit that is spoken: what matters is said, the patient's own only into the headphones, and it can be asked for again. Without any
# output the visit goes on and the log says so.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.sound = {volume: {"00:00": 60, "12:00": 50}, headphones: "headphones"}'
export SDL_AUDIODRIVER=dummy

# What the first screen says depends on what it can read: the scanner has to be there when it is asked.
visit <<SCRIPT || fail "the spoken visit failed"
wait welcome
expect $(words welcome.title | tr -d '\n')
tap repeat
hear welcome.title
tap service.bills
hear title.identify
device scanner scan C10000001
wait confirm
hear say.number_ends
tap next
wait bills
hear title.bills
hear bills.you_pay
tap repeat
tap pay
wait channel
hear channel.hint
tap channel.wechat
wait pay_qr
hear say.scan
phone pay
wait result
hear verdict.credited.title
hear num.yuan
hear receipt.printed
SCRIPT
grep -q 'sound: the usual output plays' "$dir/kiosk.log" || fail "no output is reported"
grep -q 'num\.\|say\.' "$dir/kiosk.log" && fail "the log says what was spoken"

configure '.sound = {volume: 60}'
SDL_AUDIODRIVER=none-such visit <<'SCRIPT' || fail "a visit without an output failed"
wait welcome
tap service.bills
hear title.identify
SCRIPT
grep -q 'is silent' "$dir/kiosk.log" || fail "the log does not say that nothing is heard"

# A wrong hour or word is named.
refused() {
    ! "$B/kiosk" --config "$dir/kiosk.json" --check-config 2>"$dir/refused" && grep -q "$1" "$dir/refused"
}
configure '.sound = {volume: {"25:00": 60}}'
refused 'sound.volume: expected' || fail "a wrong hour is taken"
configure '.sound = {volume: 101}'
refused 'sound.volume: expected' || fail "a wrong volume is taken"
configure '.sound = {volume: 60, speech: "loud"}'
refused 'sound.speech: expected aloud' || fail "a wrong word is taken"
