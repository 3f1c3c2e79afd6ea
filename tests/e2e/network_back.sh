#!/usr/bin/env bash
# Everything behind the terminal goes away while a payment is being credited, and comes back: what was unknown is known within moments,
# also when the terminal was started anew meanwhile. (The times of a real terminal: tests/fault/network_down_test.c.)
. "$(dirname "$0")/lib.sh"
start_lasting_sandbox
configure '.limits += {settle_show_ms: 500, credit_deadline_ms: 1000}'

# pay BILLS...: chosen, paid; the hospital's answer to the credit is lost
pay() {
    fault '{"on":"his.rechargeSettle","kind":"drop_after"}'
    fault '{"on":"his.querySettleResult","kind":"drop_before","times":-1}'
    visit <<SCRIPT
$(to_bills)
$1
$(pay_by_code wechat)
expect $(words verdict.asking.title)
SCRIPT
    order_is crediting >/dev/null || fail "not being asked about: $(ctl journal list --limit 1)"
}

pay $'tap bill.2\ntap bill.3'
start_kiosk
sandbox_goes
sleep 3 # longer than credit_deadline_ms: silence makes no case
order_is crediting >/dev/null || fail "silence became something else: $(ctl journal list --limit 1)"
sandbox_comes_back
within 10 order_is credited || fail "still unknown though the network is back: $(ctl journal list --limit 1)"
stop_kiosk

pay 'tap bill.2'
sandbox_goes
start_kiosk
sleep 1 # it has asked in vain
sandbox_comes_back
within 10 order_is credited || fail "still unknown after a restart: $(ctl journal list --limit 1)"
check_books '[.credits[] | .amount] | sort == ["128.50", "36.00"]'
check_journal
stop_kiosk
