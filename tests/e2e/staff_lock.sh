#!/usr/bin/env bash
# Five wrong PINs of the staff in a row lock their screen, and a restart forgets neither the tries nor the pause.
. "$(dirname "$0")/lib.sh"
start_sandbox

# tries LINES...: at the staff's screen
tries() {
    printf '%s\n' 'tap staff' 'wait staff' "$@" | "$B/kiosk" --config "$dir/kiosk.json" --headless --script - >>"$dir/kiosk.out" 2>&1
}
wrong=('type 111111' 'tap next' "expect $(words notice.staff_pin)")
# Killed before the answer: the try counts all the same.
tries "${wrong[@]}" "${wrong[@]}" || fail "two tries: $(cat "$dir/kiosk.out")"
[ "$(sqlite3 "$dir/journal.db" 'SELECT tries FROM staff_lock')" = 2 ] || fail "two tries are not kept"
tries "${wrong[@]}" "${wrong[@]}" 'type 111111' 'tap next' "expect $(words notice.staff_pause)" || fail "five tries: $(cat "$dir/kiosk.out")"
tries 'type 135790' 'tap next' "expect $(words notice.staff_pause)" || fail "a restart ended the pause: $(cat "$dir/kiosk.out")"

# The pause is over: the right PIN is asked for again, and ends the count.
sqlite3 "$dir/journal.db" "UPDATE staff_lock SET until_ms = $(($(date +%s) - 1))000"
tries 'type 135790' 'tap next' "expect $(words staff.menu)" || fail "the pause does not end: $(cat "$dir/kiosk.out")"
[ "$(sqlite3 "$dir/journal.db" 'SELECT tries, until_ms FROM staff_lock')" = '0|0' ] || fail "the right PIN does not end the count"
grep -q 'staff: a wrong PIN, 5 in a row' "$dir/kiosk.log" || fail "the tries are not logged"
