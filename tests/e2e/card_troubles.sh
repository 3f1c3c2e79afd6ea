#!/usr/bin/env bash
# The pinpad loses its answer, refuses, is called off, is unplugged, never hears of the sale, shows too much of the card; the
# hospital refuses. The money is as the pinpad says, charged once, and goes back where it was not credited.
. "$(dirname "$0")/lib.sh"
# About its midnight a pinpad that says "never had it" is not believed: there this one has another time of day.
case $(TZ=Asia/Shanghai date +%H%M) in 23[45]? | 00[012]?) export PINPAD_AHEAD_S=${PINPAD_AHEAD_S-21600} ;; esac
start_sandbox

# patience MS: how long the pinpad may be silent
patience() {
    configure ".driver_limits = {pos_ack_ms: 300, pos_ms: $1, reconnect_first_ms: 50}"
}

# deposit PINPAD SCRIPT: 500.00 by card, with the pinpad so, and what follows once it was asked. The pinpad has come by then: what it
# does not answer is the sale, and not the question who it is.
deposit() {
    visit_with_devices <<SCRIPT
$(identify service.deposit W20001234)
wait amount
tap amount.1
wait channel
${1:+device pinpad $1}
tap channel.card
$2
SCRIPT
}

credits=0
credited_once() {
    credits=$((credits + 1))
    check_state credited
    check_books ".credits | length == $credits"
}

patience 1000
deposit 'silent after ack' $'wait result 30\ndevice pinpad sold 1'
credited_once
deposit 'lose answers 2' $'wait waiting\nwait result 30\ndevice pinpad sold 1'
credited_once
deposit 'bad lrc' $'wait result 30\ndevice pinpad sold 1'
credited_once

deposit 'decline 51' $'wait result 30\nexpect 银行没有批准\ndevice pinpad sold 0'
check_state declined
deposit 'silent before ack' $'wait result 30\nexpect 没有扣款\ndevice pinpad sold 0'
check_state declined

patience 60000
deposit 'hold on' $'wait pay_code\nexpect 亮灯的卡口\ntap cancel\nwait result 30\ndevice pinpad sold 0'
check_state declined
deposit 'hold pin' $'wait pay_code\nexpect 输入密码\nexpect 想取消，按密码键盘上的“取消”键\ndevice pinpad pin\nwait result 30\ndevice pinpad sold 1'
credited_once
deposit 'hold pin' $'wait pay_code\nexpect 输入密码\ndevice pinpad unplug\nwait waiting\ndevice pinpad pin\ndevice pinpad replug\nwait result 30\ndevice pinpad sold 1'
credited_once
deposit 'unmasked on' $'wait result 30\ndevice pinpad sold 1'
credited_once
! grep -q 6222020000000000000 "$dir"/kiosk.log* "$dir"/journal.db* || fail "the whole card number was kept"

fault '{"on":"his.rechargeSettle","kind":"answer","body":{"ret_code":"00","ret_msg":"","result":"fail"}}'
deposit '' $'wait result 30\nexpect 退\ndevice pinpad sold 1\ndevice pinpad returned 1'
check_state returned
ctl --json journal show "$(last_order)" | grep -q 'pinpad void' || fail "a whole sale of today was not voided"
check_books ".credits | length == $credits"
check_journal
