#!/usr/bin/env bash
# The terminal's own keypad types a number, corrects it, and Enter goes on, though no keyboard is heard; its arrows and Enter alone drive
# a whole payment, spoken; the staff try its keys out.
. "$(dirname "$0")/lib.sh"
start_sandbox
export SDL_AUDIODRIVER=dummy
# The keys are faster than the guard against a finger that rests on a button that moves money.
configure '.limits.guard_ms = 0 | .input = {keyboard: "off"} | .sound = {volume: 60, headphones: "headphones"} | .devices += [{role: "keypad", driver: "keypad-hid", vid: "046d", pid: "c31c"}]'
"$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer --device keypad=keyboard -- \
    "$B/kiosk" --config "$dir/kiosk.json" --headless --shots "$dir" --script - <<SCRIPT
device keypad suffix none
tap service.bills
wait identify
tap next
wait keypad
device keypad scan C10000009
device keypad backspace
device keypad scan 1
shot typed
device keypad press
wait confirm
SCRIPT
! grep -q 'C1000000' "$dir/kiosk.log" || fail "keys are logged"

# choose KEY PROMPT TIMES: the key moves the ring, which is said to be there; then Enter
choose() {
    local key=$1 prompt=$2 times=$3 i
    for ((i = 0; i < times; i++)); do echo "device keypad $key"; done
    echo "hear $prompt"
    echo 'device keypad press'
}
"$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer --device keypad=keyboard -- \
    "$B/kiosk" --config "$dir/kiosk.json" --headless --shots "$dir" --script - <<SCRIPT || fail "keys alone do not pay"
wait welcome
device keypad suffix none
$(choose tab service.bills 1)
wait identify
hear title.identify
device scanner scan C10000001
wait confirm
hear say.number_ends
device keypad press
wait bills
hear title.bills
device keypad star
device keypad press
wait channel
hear channel.hint
$(choose tab way.wechat 1)
wait pay_qr
phone pay
wait result 20
hear verdict.credited.title
hear num.yuan
tap home
wait welcome
tap staff
wait staff
type 135790
device keypad press
expect $(words staff.menu.2)
tap pick.2
tap more
expect $(words device.keypad)
tap pick.6
expect $(words staff.keys)
device keypad scan 12
expect 12
device keypad backspace
device keypad press
device keypad escape
expect $(words staff.devices)
SCRIPT
