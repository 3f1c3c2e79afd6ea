#!/usr/bin/env bash
# What the hospital allows, refused in words: hours of a service, limits of an order and of the day, the age of a refund, what only
# the window gives back.
. "$(dirname "$0")/lib.sh"
start_sandbox

at_channel() {
    echo "wait welcome
tap service.bills
wait identify
device scanner scan C10000001
wait confirm
tap next
wait bills
tap all
tap bill.$1
tap pay"
}

configure '.policy.hours = {records: "00:00-00:01"} | .policy.patient_day_max_fen = 13000 | .policy.refund_age_days = {upp: 0}'
visit <<SCRIPT
wait welcome
expect $(words reason.hours)
shot 01-hours
$(at_channel 1)
wait channel
tap channel.phone
wait pay_code
device scanner scan 134567890123456700
wait result 15
tap home
$(at_channel 1)
wait channel
tap channel.wechat
expect $(words notice.patient_day)
shot 02-day
tap home
wait welcome
tap service.refund
wait identify
device scanner scan C10000001
wait confirm
tap next
wait records
expect $(words refund.no.old)
tap bill.1
expect $(words notice.refund_old)
shot 03-old
quit
SCRIPT
configure '.policy.terminal_day_max_fen = 13000 | .policy.order_max_fen = 3599 | .policy.refund_staff_confirm = {upp: true}'
visit <<SCRIPT
$(at_channel 1)
expect $(words notice.amount_max)
tap bill.1
tap bill.2
tap pay
wait channel
tap channel.alipay
wait pay_qr
tap cancel
wait result
tap home
wait welcome
tap service.refund
wait identify
device scanner scan C10000001
wait confirm
tap next
wait records
tap bill.1
expect $(words notice.refund_staff)
quit
SCRIPT
configure '.policy.terminal_day_max_fen = 12900'
visit <<SCRIPT
$(at_channel 1)
wait channel
tap channel.wechat
expect $(words notice.terminal_day)
quit
SCRIPT
check_books '[.payments[] | select(.state == "pay_success")] | length == 1'
check_books '.refunds | length == 0'
check_journal
