#!/usr/bin/env bash
# The program is killed while the patient types the PIN: after the restart the terminal is asked, and what it sold is credited, once.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.driver_limits = {pos_ack_ms: 200, pos_ms: 1000, reconnect_first_ms: 50}'
mkfifo "$dir/prompt" "$dir/lines"
"$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device pinpad <"$dir/prompt" >"$dir/bench.out" 2>&1 &
bench_pid=$!
exec 4>"$dir/prompt"
trap 'kill "$bench_pid" 2>/dev/null; stop_all' EXIT
within 10 grep -q LD_PRELOAD "$dir/bench.out" || fail "no virtual devices: $(cat "$dir/bench.out")"
bench_env=$(grep -oE '(UMOCKDEV_DIR|LD_PRELOAD)=[^ ]*' "$dir/bench.out" | tr '\n' ' ')

# among ARGS...: the kiosk among its devices
among() {
    # shellcheck disable=SC2086 # two assignments
    exec env $bench_env "$B/kiosk" --config "$dir/kiosk.json" --headless "$@"
}

(among --script "$dir/lines" --shots "$dir") >"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
exec 3>"$dir/lines"
cat >&3 <<'LINES'
device pinpad delay 3000
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
tap next
wait bills
tap pay
wait channel
tap channel.card
wait pay_code
expect 请在密码键盘上输入密码
shot pin
LINES
within 20 test -s "$dir/pin.png" || fail "the PIN was not asked for: $(cat "$dir/kiosk.out")"
kill -9 "$kiosk_pid"
wait "$kiosk_pid" 2>/dev/null || true
exec 3>&-
books_say '.credits == []' || fail "credited before the restart"
(among) >>"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_state credited
check_journal
stop_kiosk
