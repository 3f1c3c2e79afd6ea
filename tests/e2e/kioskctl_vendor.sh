#!/usr/bin/env bash
# onepay behind a vendor's library: whatever the library does is one answer, and the next call is served.
. "$(dirname "$0")/lib.sh"
url=http://127.0.0.1:1
# behind ENCODING: onepay by the test's library
behind() {
    configure '.limits.answer_ms = 2000 | .platforms.onepay = {backend: "library", library: "'"$(realpath "$B/tests/libvendor.so")"'",
        library_encoding: "'"$1"'", serveraddr: "http://127.0.0.1:1/onepay", appid: "A", appsecret: "S"}'
}

# says NOTES CODE JQ: a query with these notes ends so
says() {
    local status=0
    ctl --json call onepay hop.trade.query "{\"operatorId\":\"1\",\"termNo\":\"K\",\"operatorName\":\"张三\",\"cardType\":\"03\",
        \"cardNo\":\"C1\",\"accountType\":\"01\",\"tradeType\":\"hop.trade.recharge\",\"traceNo\":\"T1\",\"notes\":\"$1\"}" \
        >"$dir/answer" 2>"$dir/complaint" || status=$?
    [ $status = "$2" ] || fail "$1: exit $status, not $2: $(cat "$dir/answer" "$dir/complaint")"
    jq -e "$3" "$dir/answer" >/dev/null || fail "$1: not $3: $(cat "$dir/answer")"
}

behind GB18030
says ok 0 '.response.respMsg == "张三" and .request.transType == "hop.trade.query"'
says do-fail 5 '.code == "020003" and .message == "金额非法"'
says do-silent 5 '.code == "-28"'
says do-hang 5 '.code == "-28"'
says do-crash 5 '.outcome == "unknown"'
says do-overflow 5 '.outcome == "unknown"'
says do-fill 6 '.outcome == "malformed"'
says do-garbage 6 '.outcome == "malformed"'
says do-null 6 '.outcome == "malformed"'
says do-long-code 6 '.outcome == "malformed"'
says do-contradict 6 '.outcome == "malformed"'
says ok 0 '.outcome == "accepted"'

# More than its buffer never leaves.
status=0
ctl call onepay hop.inpatient.msg.common "{\"inpatientNo\":\"1\",\"contactNumber\":\"1\",\"userName\":\"张\",\"idNo\":\"1\",
    \"keyword\":\"$(printf '%02000d' 0)\",\"first\":\"f\"}" 2>"$dir/complaint" || status=$?
[ $status = 2 ] || fail "too long: exit $status"
grep -q '020002' "$dir/complaint" || fail "$(cat "$dir/complaint")"

configure '.platforms.onepay = {backend: "library", library: "nowhere.so"}'
says ok 5 '.outcome == "unknown" and .code == "-7"'
