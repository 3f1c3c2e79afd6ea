#!/usr/bin/env bash
# A hospital system that is down, slow, or talks nonsense: words instead of a guess, and the visit goes on when it is back.
. "$(dirname "$0")/lib.sh"
start_sandbox

# greeted_with FAULT NOTICE: identifying under a fault
greeted_with() {
    fault "{\"on\":\"his.queryAccount\",$1}"
    visit <<SCRIPT
tap service.bills
wait identify
device scanner scan C10000001
expect $(words "$2")
shot $2
SCRIPT
    control clear
}
greeted_with '"kind":"drop_before"' notice.his_slow
greeted_with '"kind":"garbage"' notice.his_refused
greeted_with '"kind":"answer","status":500,"body":{}' notice.his_slow
configure '.limits.account_ms = 700'
greeted_with '"kind":"delay","ms":2000' notice.his_slow
configure

sandbox_goes
visit <<SCRIPT
tap service.bills
wait identify
device scanner scan C10000001
expect $(words notice.his_down)
SCRIPT
start_sandbox
visit <<SCRIPT
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
SCRIPT
