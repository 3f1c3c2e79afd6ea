#!/usr/bin/env bash
# A bill that was paid goes back: taken back at the hospital first, then returned by the platform, once.
. "$(dirname "$0")/lib.sh"
start_sandbox
visit <<SCRIPT
wait welcome
tap service.bills
wait identify
device scanner scan C10000002
wait cards
tap card.1
wait confirm
tap next
wait bills
$(pay_by_phone)
$(go_home)
tap service.refund
wait identify
device scanner scan C10000002
wait cards
tap card.1
wait confirm
tap next
wait records
shot 01-records
tap bill.1
wait confirm
expect 确认退款
shot 02-confirm
tap pay
wait result 15
expect 已退款
shot 03-result
expect 请取走您的凭条
tap back
wait records
expect 已全部退回
shot 04-records
$(go_home)
quit
SCRIPT
check_books '.refunds | length == 1'
check_books '.totals.paid == .totals.returned and .totals.credited == "0.00"'
check_state returned
check_journal
paper_says 自助退款凭条 || fail "no receipt of the refund"
