#!/usr/bin/env bash
# The clock is five minutes off the paying platform's: no code is sold, the screen, the staff's screen and kioskctl say so; it is set,
# and what was refused is sold.
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.limits.clock_ms = 200 | .channels -= ["card"]'

clock_is() {
    ctl --json kiosk status | jq -e ".clock == \"$1\""
}
begin_visit
play 'wait welcome'
within 30 clock_is right || fail "compared with nothing: $(ctl kiosk status)"
control clock '{"offset_ms":300000}'
within 30 clock_is wrong || fail "five minutes behind, and nothing is said: $(ctl kiosk status)"
ctl --json kiosk status | jq -e '.clock_ahead_s | . < -295 and . > -305' >/dev/null || fail "so far off? $(ctl kiosk status)"
play "expect $(words reason.clock)
tap staff
wait staff
type 135790
tap next
expect $(words staff.clock)
expect $(words staff.clock.behind)
shot staff
tap back
wait welcome"
books_say '.payments == []' || fail "a code was sold"
control clock '{"offset_ms":0}'
within 30 clock_is right || fail "the clock was set, and nothing is sold: $(ctl kiosk status)"
play "$(to_bills)
$(pay_by_code wechat)
expect $(words verdict.credited.title)"
control clock '{"offset_ms":-90000}'
within 30 clock_is wrong || fail "a minute and a half ahead, and nothing is said"
end_visit
check_state credited
check_journal
