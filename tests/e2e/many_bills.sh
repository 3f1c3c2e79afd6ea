#!/usr/bin/env bash
# A list with a negative bill and one that is there twice: the others are paid, and it is said that some are not listed. More bills than
# one payment holds: all pages can be chosen from, the first 64 are paid, then the rest.
. "$(dirname "$0")/lib.sh"
start_sandbox

# The real list with rows that cannot be sold among them, as often as a payment reads it.
control bill '{"card":"C10000003","amount":"50.00"}' >/dev/null
org=$(jq -nc '{mdtrt_cert_type: "10", mdtrt_cert_no: "C10000003", cert_no: "C10000003", account_type: "01"}')
ctl --json call his queryUnsettleList "$org" >"$dir/list.json" || fail "no list: $(cat "$dir/list.json")"
body=$(jq -c '.response | .unsettlelist[0] as $b | .unsettlelist += [
    ($b + {org_trace_no: "BAD1", doc_trace_no: "BAD1", medfee_sumamt: "-3.00"}),
    ($b + {org_trace_no: "TWICE", medfee_sumamt: "1.00"}), ($b + {org_trace_no: "TWICE", medfee_sumamt: "2.00"}),
    ($b + {org_trace_no: "BAD2", medfee_sumamt: "1.005"})]' "$dir/list.json")
fault "{\"on\":\"his.queryUnsettleList\",\"kind\":\"answer\",\"times\":3,\"body\":$body}"
visit <<SCRIPT
$(identify service.bills C10000003)
wait bills
expect $(words notice.bills_left_out)
expect 50.00
shot left-out
$(pay_by_code wechat)
expect $(words verdict.credited.title)
SCRIPT
check_books '[.credits[] | .amount] == ["50.00"]'
check_state credited

for ((i = 0; i < 70; i++)); do
    control bill '{"card":"C10000003","amount":"1.00"}' >/dev/null
done
visit <<SCRIPT
$(identify service.bills C10000003)
wait bills
expect $(words notice.many_bills)
expect 64.00
shot many
$(to_code wechat)
phone pay
wait result 60
expect $(words verdict.credited.title)
$(go_home)
$(identify service.bills C10000003)
wait bills
expect 6.00
$(pay_by_code wechat)
expect $(words verdict.credited.title)
SCRIPT
check_books '[.credits[] | select(.amount == "1.00")] | length == 70'
check_books '.totals.paid == .totals.credited'
check_journal
