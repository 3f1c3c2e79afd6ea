#!/usr/bin/env bash
# The day before is reconciled by itself: what it found stands in kioskctl kiosk status, on the staff's screen and in two files beside the
# journal; a run that fails is tried again; after a start the result is known without another run.
. "$(dirname "$0")/lib.sh"
start_sandbox
daily() {
    configure '.recon = {at: "00:00", retry_ms: 300}'
}
status_says() {
    ctl --json kiosk status | jq -e "$1"
}

# Without recon.at nothing runs.
start_kiosk
status_says '.recon == null' >/dev/null || fail "a result without a run"
stop_kiosk
[ ! -e "$dir/recon.json" ] || fail "it ran"

# The hospital is away: failed, and tried again until it is back.
fault '{"on":"his.bills","kind":"down","times":-1}'
daily
start_kiosk
within 20 status_says '.recon == {day: "'"$yesterday"'", result: "failed", differences: 0, amount: "0.00"}' || fail "no failure: $(ctl kiosk status)"
[ ! -e "$dir/recon.json" ] && [ ! -e "$dir/recon.html" ] || fail "half a result"
control clear
within 20 status_says '.recon.result == "agrees" and .recon.day == "'"$yesterday"'"' || fail "not tried again: $(ctl kiosk status)"
stop_kiosk
[ "$(command jq -c . "$dir/recon.json")" = '{"from":"'"$yesterday"'","to":"'"$yesterday"'","differences":0,"amount":"0.00"}' ] || fail "$(cat "$dir/recon.json")"
grep -q 'class="verdict good"' "$dir/recon.html" || fail "no page"

# Once a day: another start does not ask again, and knows.
fault '{"on":"his.bills","kind":"down","times":-1}'
start_kiosk
within 10 status_says '.recon.result == "agrees"' || fail "forgotten"
sleep 1
status_says '.recon.result == "agrees"' >/dev/null || fail "asked again"
stop_kiosk
control clear

# Differences, on the staff's screen.
rm "$dir/recon.json"
control day "{\"day\":\"$yesterday\",\"seed\":\"4\",\"deals\":\"60\"}"
begin_visit
within 30 status_says '.recon.result == "differences"' || fail "no differences: $(ctl kiosk status)"
count=$(ctl --json kiosk status | jq .recon.differences)
[ "$count" -gt 5 ] && [ "$count" = "$(jq .differences "$dir/recon.json")" ] || fail "$count differences"
play "tap staff
wait staff
type 135790
tap next
expect $(words staff.menu.1)
expect $(words staff.recon)
expect $(words staff.recon.differences)
shot menu
tap home"
end_visit
