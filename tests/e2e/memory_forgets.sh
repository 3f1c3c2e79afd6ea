#!/usr/bin/env bash
# Five seconds after a visit that leaves no open order nothing that can be written in the kiosk's memory holds the patient's ID number
# or the code of the phone. Only root may look; skipped elsewhere.
. "$(dirname "$0")/lib.sh"
if grep -q __asan_init "$B/kiosk"; then
    echo "skipped: the address sanitizer keeps what was freed, to find who uses it"
    exit 0
fi
start_sandbox
id_no=11010519491231002X
pay_code=134567890123456700

# copies TEXT...: how many of each the writable memory of the kiosk holds
copies() {
    $python - "$kiosk" "$@" <<'PYTHON'
import sys
texts = [text.encode() for text in sys.argv[2:]]
counts = [0] * len(texts)
with open(f"/proc/{sys.argv[1]}/maps") as maps, open(f"/proc/{sys.argv[1]}/mem", "rb", 0) as memory:
    for line in maps:
        words = line.split()
        if not words[1].startswith("rw") or words[-1] in ("[vvar]", "[vsyscall]"):
            continue
        begin, end = (int(at, 16) for at in words[0].split("-"))
        try:
            memory.seek(begin)
            held = memory.read(end - begin)
        except OSError:  # it has gone meanwhile
            continue
        counts = [count + held.count(text) for count, text in zip(counts, texts)]
print(*counts)
PYTHON
}

# The devices are told what to do beside the kiosk, whose script must not hold what is looked for.
start_bench scanner printer idreader cardreader
mkfifo "$dir/lines"
exec 3<>"$dir/lines"
among "$B/kiosk" --config "$dir/kiosk.json" --headless --script - --shots "$dir" <"$dir/lines" 3>&- >>"$dir/kiosk.out" 2>&1 &
visit_pid=$!
kiosk=$(running_kiosk)
kiosk_pid=$visit_pid
if ! dd if="/proc/$kiosk/mem" of=/dev/null bs=4096 count=1 skip=$((16#$(sed -n '1s/-.*//p' "/proc/$kiosk/maps") / 4096)) 2>/dev/null; then
    echo "skipped: the memory of the kiosk cannot be read here (not root?)"
    exit 0
fi
device() {
    echo "$*" >&4
}
# By the ID card, paid with the code on the phone.
play 'tap service.bills
wait identify 60'
device idreader insert citizen
play 'wait confirm 60'
device idreader remove
play 'tap next
wait bills 60
tap pay
wait channel 60
tap channel.phone
wait pay_code 60'
[ "$(copies $id_no)" != 0 ] || fail "the ID number is not even in memory while it is needed: is this the right process?"
device scanner scan $pay_code
play 'wait result 60
tap home
wait welcome 60'
check_state credited
# By the ID card's number as a code, and home before anything is paid.
play 'tap service.bills
wait identify 60'
device scanner scan $id_no
play 'wait confirm 60
tap home
wait welcome 60'
# By a social security card.
play 'tap service.bills
wait identify 60'
device cardreader insert social
play 'wait confirm 60'
device cardreader remove
play 'tap home
wait welcome 60'
awk '/^VmLck/ {locked = $2} END {exit locked == 0}' "/proc/$kiosk/status" || fail "nothing is kept out of the swap"
sleep 5
read -r left paid <<<"$(copies $id_no $pay_code)"
[ "$left" = 0 ] || fail "the ID number is in memory $left times"
[ "$paid" = 0 ] || fail "the pay code is in memory $paid times"
echo quit >&3
wait "$visit_pid" || fail "the kiosk did not end well: $(cat "$dir/kiosk.out")"
kiosk_pid=''
