#!/usr/bin/env bash
# The terminal's own keypad types a number, corrects it, and Enter goes on, though no keyboard is heard.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.input = {keyboard: "off"} | .devices += [{role: "keypad", driver: "keypad-hid", vid: "046d", pid: "c31c"}]'
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
