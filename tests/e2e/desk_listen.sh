#!/usr/bin/env bash
# Window software of another machine: TLS, a token, then the same lines as on this one. A wrong token is refused slowly and never logged;
# who says nothing, too much or no TLS is hung up on, and nobody else waits for it.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.desk.window = false | .desk.certificate = "desk.pem" | .desk.key = "desk.key" | .desk.token = "0123456789abcdefghij"'
port=$((30000 + RANDOM % 2700)) # neither of the sandboxes nor of outgoing connections
edit=$(jq --arg at "127.0.0.1:$port" '.desk.listen = $at' "$dir/kiosk.json") && echo "$edit" >"$dir/kiosk.json"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=desk -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$dir/desk.key" -out "$dir/desk.pem" 2>/dev/null
chmod 600 "$dir/desk.key"
begin_desk
within 20 grep -q 'calls from other machines are taken' "$dir/kiosk.log" || fail "nobody listens"
$python tests/support/window/elsewhere.py "$port" "$dir/desk.pem" 0123456789abcdefghij || fail "calls from elsewhere"
grep -q 'wrong token' "$dir/kiosk.log" || fail "the wrong token is not in the log"
! grep -qE '0123456789abcdefghij|another-token' "$dir/kiosk.log" "$dir/kiosk.out" || fail "a token was logged"
end_desk

# What is missing of it is named before anything runs.
for missing in certificate key token; do
    jq "del(.desk.$missing)" "$dir/kiosk.json" >"$dir/less.json"
    "$B/kiosk" --config "$dir/less.json" --role cashier --check-config 2>"$dir/said" && fail "without $missing"
    grep -q "desk.$missing" "$dir/said" || fail "not named: $(cat "$dir/said")"
done
chmod 644 "$dir/desk.key"
"$B/kiosk" --config "$dir/kiosk.json" --role cashier --check-config 2>"$dir/said" && fail "a key that everybody reads"
grep -q 'desk.key' "$dir/said" || fail "not named: $(cat "$dir/said")"
