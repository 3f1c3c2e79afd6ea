#!/usr/bin/env bash
# What the hospital allows, refused in words: hours of a service, limits of an order and of the day, the age of a refund, what only
# the window gives back.
. "$(dirname "$0")/lib.sh"
start_sandbox

# at_bill N: only this one of the list is chosen
at_bill() {
    echo "wait welcome
$(to_bills)
tap all
tap bill.$1"
}

# The hours of one service are over twelve hours from now.
closed=$(TZ=Asia/Shanghai date -d '+12 hours' +%H)
configure '.policy.hours = {records: "'"$closed:00-$closed:01"'"} | .policy.patient_day_max_fen = 13000 | .policy.refund_age_days = {upp: 0}'
visit <<SCRIPT
wait welcome
expect $(words reason.hours)
shot 01-hours
$(at_bill 1)
$(pay_by_phone)
tap home
$(at_bill 1)
tap pay
wait channel
tap channel.wechat
expect $(words notice.patient_day)
shot 02-day
$(go_home)
$(identify service.refund)
wait records
expect $(words refund.no.old)
shot 03-old
quit
SCRIPT
configure '.policy.terminal_day_max_fen = 13000 | .policy.order_max_fen = 3599 | .policy.refund_staff_confirm = {upp: true}'
visit <<SCRIPT
$(at_bill 1)
tap pay
expect $(words notice.amount_max)
tap bill.1
tap bill.2
$(to_code alipay)
tap cancel
wait result
$(go_home)
$(identify service.refund)
wait records
expect $(words refund.no.staff)
quit
SCRIPT
configure '.policy.terminal_day_max_fen = 12900'
visit <<SCRIPT
$(at_bill 1)
tap pay
wait channel
tap channel.wechat
expect $(words notice.terminal_day)
quit
SCRIPT
check_books '[.payments[] | select(.state == "pay_success")] | length == 1'
check_books '.refunds | length == 0'
check_journal
