#!/usr/bin/env bash
# A code that ran out is paid all the same: never credited. The platform's own return is watched for and shown; where it does not come
# within the window the terminal returns the money itself, under one number however often the answer is lost; a platform that refuses
# makes it a case, and so does one that is silent until nobody waits for it any more. All of it while nobody stands there.
. "$(dirname "$0")/lib.sh"
start_sandbox

# pay_too_late SETTINGS: the code runs out before the phone pays; then the patient has gone
pay_too_late() {
    control settings "$1"
    visit <<SCRIPT
$(to_bills)
$(to_code wechat)
wait result 30
expect $(words verdict.not_paid.title)
phone late
SCRIPT
    start_kiosk
}

# records_say WORDS
records_say() {
    stop_kiosk
    visit <<SCRIPT
$(identify service.records)
wait records
expect $1
shot $2
tap bill.1
wait result
shot $2-result
SCRIPT
}
note_of() {
    ctl --json journal show "$(last_order)" | jq -e --arg note "$1" 'any(.events[]; .note == $note)' >/dev/null
}

# The platform keeps the money until the terminal has seen it come.
configure '.limits.expire_ms = 3000'
pay_too_late '{"late_pay_ms":200,"late_return_ms":36000000}'
within 30 note_of paid_late || fail "not journalled as late"
control settings '{"late_return_ms":0}'
check_state returned
books_say 'all(.refunds[]; .automatic)' || fail "returned by us too: $(books | jq -c .refunds)"
records_say "$(words records.late_returned.by_platform)" by_platform

configure '.limits.expire_ms = 3000 | .policy.late_window_ms = 3000'
pay_too_late '{"late_pay_ms":200,"late_return_ms":36000000}'
fault '{"on":"upp.refund","kind":"drop_after"}'
check_state returned
books_say '[.refunds[] | select(.automatic | not) | .state] | length == 1' || fail "not one refund: $(books | jq -c .refunds)"
records_say "$(words records.late_returned | sed 's/{a}.*//')" by_us

pay_too_late '{"late_pay_ms":200,"late_return_ms":36000000,"refund_state":"refund_failed"}'
check_state case
[ "$(ctl --json cases list | jq -r .reason)" = refund_refused ] || fail "not a case for a refused refund: $(ctl cases list)"
records_say "$(ctl --json cases list | jq -r .case_no)" refused
books_say '.credits == []' || fail "late money was credited"

# Paid in time, and nothing is heard of the platform any more, not of its close either: nobody knows, until a person does.
configure '.limits += {expire_ms: 6000, credit_deadline_ms: 1500} | .policy.late_window_ms = 1500'
begin_visit
fault '{"on":"upp.paymentQuery","kind":"down","times":-1}'
fault '{"on":"upp.close","kind":"down","times":-1}'
play "$(to_bills)
$(to_code wechat)"
control phone '{"act":"pay"}'
unknown() {
    ctl --json cases list | jq -se 'any(.reason == "payment_unknown")'
}
within 60 unknown || fail "forgotten without a case: $(ctl journal show "$(last_order)")"
check_state case
end_visit
check_journal
