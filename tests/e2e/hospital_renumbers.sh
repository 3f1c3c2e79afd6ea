#!/usr/bin/env bash
# A hospital that gives every bill a new number whenever somebody looks at the list, and whose list lags: bills are known by their lines,
# credited under their newest number, and what was paid a moment ago is no choice, under whatever number, after a restart either.
. "$(dirname "$0")/lib.sh"
start_sandbox
control settings '{"renumber":true,"list_lag_ms":600000}'
configure

visit tests/support/visits/bills.script
check_state credited
check_books '.totals.paid == "165.70" and .totals.credited == "165.70" and .totals.returned == "0.00"'
ctl --json journal list | jq -se 'length == 1' >/dev/null || fail "not one order"

# All three are still listed: flat rows, nothing to pay.
visit <<SCRIPT
$(to_bills)
expect $(words bills.paid | cut -d' ' -f1)
shot held
SCRIPT
books_say '.totals.paid == "165.70"' || fail "paid a second time: $(books | jq -c .totals)"

# One more, under any number; the three stay what they are.
control bill '{"card":"C10000001","amount":"20.00"}'
visit <<SCRIPT
$(to_bills)
$(pay_by_code wechat)
expect $(words verdict.credited.title)
SCRIPT
check_books '.totals.paid == "185.70" and .totals.credited == "185.70" and .totals.returned == "0.00"'
[ "$(ctl --json cases list | jq -s length)" = 0 ] || fail "a case: $(ctl cases list)"
check_journal
