#!/usr/bin/env bash
# Every order of a patient in plain words: paid and credited with fresh advice and a reprint; paid too late and returned by the
# platform; nothing of anybody else.
. "$(dirname "$0")/lib.sh"
start_sandbox

# Paid and credited; then one whose code is paid only after it was closed.
visit <<SCRIPT
wait welcome
$(to_bills)
tap all
tap bill.3
$(pay_by_phone)
$(go_home)
$(to_bills)
$(to_code wechat)
tap cancel
wait result 15
phone late
$(go_home)
$(identify service.records)
wait records
expect $(words records.credited)
shot 01-records
tap bill.2
wait result
expect $(words verdict.credited.title)
expect $(words result.staff_code)
shot 02-looked-up
tap print
expect 请取走您的凭条
tap back
wait records
$(go_home)
$(identify service.records C10000003)
wait records
expect $(words notice.no_payments)
quit
SCRIPT
check_books '.totals.credited == "1.20"'
check_books '[.payments[] | select(.returned != "0.00")] | length == 1'
start_kiosk
check_state returned
stop_kiosk
visit <<SCRIPT
wait welcome
$(identify service.records)
wait records
expect $(words records.late_returned.by_platform)
tap bill.1
wait result
expect $(words verdict.late_returned.title)
shot 03-late
SCRIPT
paper_says 补打 || fail "the reprint is not marked"
qr_of "$dir/02-looked-up.png" | grep -q '^HK1|[0-9A-Z]*|CREDITED|1.20$' || fail "no code for the staff"
check_journal
