#!/usr/bin/env bash
# Whatever a kiosk writes is its owner's only, also under a careless umask; a core file is never written. A server whose certificate
# nobody vouches for is told nothing.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.log.trace = "trace.jsonl"'
umask 000
visit <<SCRIPT
wait welcome
shot welcome
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
quit
SCRIPT
umask 077
for file in journal.db journal.db.identity kiosk.log trace.jsonl hospital.key welcome.png; do
    [ -e "$dir/$file" ] || fail "$file was not written"
    [ "$(stat -c %a "$dir/$file")" = 600 ] || fail "$file may be read by others: $(stat -c %a "$dir/$file")"
done

start_kiosk
grep -q '^Max core file size *0 *0 ' "/proc/$kiosk_pid/limits" || fail "a core file would be written"
[ "$(stat -c %a "$dir/control.sock")" = 600 ] || fail "others may ask the kiosk"
stop_kiosk

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$dir/tls.key" -out "$dir/tls.crt" 2>/dev/null
openssl s_server -accept 127.0.0.1:0 -key "$dir/tls.key" -cert "$dir/tls.crt" -www >"$dir/tls.log" 2>&1 &
tls_pid=$!
within 10 grep -q '^ACCEPT ' "$dir/tls.log" || true
port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$dir/tls.log")
configure '.platforms.upp.base_url = "https://localhost:'"$port"'"'
answer=$(ctl --json call upp network '{}' 2>&1 || true)
kill "$tls_pid"
grep -F '"code":"-60"' <<<"$answer" >/dev/null || fail "spoke to a server nobody vouches for: $answer"
