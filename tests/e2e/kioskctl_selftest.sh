#!/usr/bin/env bash
# selftest says what is wrong and what to do; 0 all well, 10 something is to be done.
. "$(dirname "$0")/lib.sh"
start_sandbox

# selftest CODE [JQ]: ends so, and the jq holds for its findings
selftest() {
    local status=0
    ctl --json selftest >"$dir/findings" 2>"$dir/complaint" || status=$?
    [ $status = "$1" ] || fail "exit $status, not $1: $(cat "$dir/findings" "$dir/complaint")"
    [ -z "${2:-}" ] || jq -e "$2" "$dir/findings" >/dev/null || fail "not $2: $(cat "$dir/findings")"
}
problem() {
    echo "any(.check == \"$1\" and .state == \"problem\" and .do != \"\")"
}

selftest 10 "$(problem device)" # none is plugged in
selftest 10 'any(.check == "settlements" and .state == "ok" and (.what | startswith("configured: ")))'
start_kiosk
selftest 10 "$(problem device) and any(.check == \"journal\" and .state == \"ok\")" # no device is plugged in
stop_kiosk
configure '.devices = []' # each that is not there is waited for
control clock '{"offset_ms":90000}'
selftest 10 "$(problem clock)"
control clock '{"offset_ms":0}'
fault '{"on":"upp.network","kind":"bad_signature"}'
selftest 10 "$(problem upp)"
fault '{"on":"his.queryAccount","kind":"down"}'
selftest 10 "$(problem his)"
configure '.devices = [] | .platforms.upp.key = "another"'
selftest 10 "$(problem upp)"
configure '.devices = [] | .allow_plain = true | .his.base_url = "http://198.51.100.1/his" | .limits.answer_ms = 200'
selftest 10 "$(problem 'plain http')"
configure '.devices = [] | .bench.sandbox_url = ""'
chmod 644 "$dir/kiosk.json"
selftest 10 "$(problem permissions)"
configure '.devices = []'
selftest 0 'any(.check == "devices" and .state == "not checked")'
configure '.devices = [] | .his.settle_result = "auto"'
selftest 0 'any(.check == "settlements" and .state == "not checked" and .do != "" and (.what | contains("not known yet")))'
configure '.platforms.upp.isv_id = "x"'
selftest 2
