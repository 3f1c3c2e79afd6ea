#!/usr/bin/env bash
# A wrong or unknown member is named, with what was expected; nothing starts.
. "$(dirname "$0")/lib.sh"
export url=http://127.0.0.1:1

# refused JQ WORDS: the configuration so changed is refused with these words
refused() {
    local status=0
    configure "$1"
    "$B/kiosk" --config "$dir/kiosk.json" --check-config >"$dir/out" 2>&1 || status=$?
    [ $status = 2 ] || fail "exit $status for $1"
    grep -qF "$2" "$dir/out" || fail "$1: $(cat "$dir/out")"
}
configure
"$B/kiosk" --config "$dir/kiosk.json" --check-config >/dev/null || fail "a good configuration was refused"
refused '.platforms.upp.isv_id = "x"' 'platforms.upp.isv_id: expected an integer, got "x"'
refused '.terminal.colour = "red"' 'terminal.colour'
refused 'del(.terminal.no)' 'terminal.no'
refused '.limits.query_ms = 60000' 'limits.query_ms'
echo '{' >"$dir/kiosk.json"
"$B/kiosk" --config "$dir/kiosk.json" 2>"$dir/out" && fail "broken JSON was taken"
"$B/kiosk" --config "$dir/none.json" 2>"$dir/out" && fail "no file was taken"
true
