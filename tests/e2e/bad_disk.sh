#!/usr/bin/env bash
# The disk is full: no payment is opened and the screen says why. Full while somebody pays: nothing is credited before it is written
# down, and all of it is when there is room again.
. "$(dirname "$0")/lib.sh"
start_sandbox
begin_visit

# Neither journal nor log nor picture can be written any more ...
disk_full() {
    pid=$(running_kiosk)
    prlimit --pid "$pid" --fsize=1:unlimited
}
# ... and again.
disk_free() {
    prlimit --pid "$pid" --fsize=unlimited:unlimited
}
journal_is() {
    ctl kiosk status | jq -e ".journal_ok == $1"
}
to_channels="$(to_bills)
tap pay
wait channel"

play "$to_channels"
disk_full
printf 'tap channel.wechat\n' >&3
within 30 journal_is false || fail "a full disk was not noticed"
printf 'expect %s\n' "$(words notice.journal)" >&3
printf 'tap home\nwait out_of_service\nexpect %s\n' "$(words reason.journal)" >&3
books_say '.payments == []' || fail "placed without a journal"
disk_free
play 'wait out_of_service'
ctl kiosk in-service >/dev/null

play "$to_channels
tap channel.wechat
wait pay_qr"
disk_full
control phone '{"act":"pay"}'
within 30 journal_is false || fail "a full disk was not noticed"
books_say '.credits == []' || fail "credited before it was written down"
disk_free
play "wait result 20
expect $(words verdict.credited.title)
tap home
wait welcome 20"
check_state credited

# What the platform said while nothing could be written is evidence of the case that came of it.
play "$(to_bills C10000014)
$(to_code wechat)"
disk_full
fault '{"on":"upp.paymentQuery","kind":"answer","times":-1,"body":{"result":true,"kind":0,"msg":"","data":{"paymentNo":"'"$(last_order)"'",
    "outPaymentNo":"OUT1","inPaymentNo":"IN1","tradeFee":"500.00","tradeStatus":"pay_success",
    "paymentTime":"'"$(TZ=Asia/Shanghai date '+%F %T')"'"}}}'
within 30 journal_is false || fail "a full disk was not noticed"
disk_free
play 'wait result 20'
check_state case
ctl --json journal show "$(last_order)" --evidence | jq -e '.events | map(select(.note == "case")) | length == 1 and (.[0].evidence | tostring | contains("500.00"))' >/dev/null ||
    fail "the case has no evidence: $(ctl --json journal show "$(last_order)" --evidence | jq -c .events)"
end_visit
check_books '[.credits[] | .amount] | sort == ["1.20", "128.50", "36.00"]'
check_journal
