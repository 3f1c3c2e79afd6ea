#!/usr/bin/env bash
# What scripts of integrators rely on: exit 0 when every line held, 1 and the line's number when one did not, 2 for usage.
. "$(dirname "$0")/lib.sh"
start_sandbox

# ends STATUS WORDS OPTIONS...: the kiosk ends so with the script on standard input, and says so
ends() {
    local wanted=$1 words=$2 status=0
    shift 2
    "$B/kiosk" --headless --shots "$dir" "$@" >"$dir/out" 2>&1 || status=$?
    [ $status = "$wanted" ] || fail "exit $status, not $wanted: $(cat "$dir/out")"
    [ -z "$words" ] || grep -qF -- "$words" "$dir/out" || fail "not said: $words: $(cat "$dir/out")"
}
with="--config $dir/kiosk.json --script -"
# shellcheck disable=SC2086 # a list of options
{
    printf 'wait welcome\ntap 540,900\n' | ends 0 '' $with
    printf 'wait welcome\n\n# three\nexpect nobody says this\n' | ends 1 'script line 4: not shown' $with
    printf 'wait result 1\n' | ends 1 'script line 1: screen result did not come (on screen welcome)' $with
    printf 'tap bill.7\n' | ends 1 'script line 1: nothing to tap at bill.7' $with
    printf 'wait welcome\ndance\n' | ends 1 'script line 2: there is no such command' $with
    printf 'device scanner scan C1\n' | ends 1 'script line 1: device' $with
    ends 2 'cannot read' --config "$dir/kiosk.json" --script "$dir/none"
    ends 2 '--config FILE is needed'
    ends 2 'there is no option --loud' --config "$dir/kiosk.json" --loud
    ends 0 'hopkiosk ' --version
}
start_kiosk
ends 1 'another kiosk has this journal' --config "$dir/kiosk.json"
stop_kiosk
