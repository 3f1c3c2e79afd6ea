#!/usr/bin/env bash
# The screens beside the two visits, and a kiosk that is taken out of service and put back.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit tests/support/visits/tour.script
check_state closed
start_kiosk
ctl kiosk out-of-service | jq -e '.screen == "out_of_service"' >/dev/null || fail "still in service"
ctl kiosk in-service | jq -e '.screen == "welcome"' >/dev/null || fail "still out of service"
ctl devices | grep 'scanner .*absent' >/dev/null || fail "a scanner that is not there: $(ctl devices)"
stop_kiosk
