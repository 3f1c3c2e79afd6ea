#!/usr/bin/env bash
# Every device fails at every step of a visit, in four ways: unplugged, stalled, talking nonsense, silent. The visit goes on by what is
# left, the screen says so, and in the end the hospital's books and the journal agree to the fen. One kiosk per device, all at once.
if [ -z "${E2E_NAME:-}" ]; then
    status=0
    pids=
    for device in scanner printer pinpad cardreader idreader; do
        E2E_NAME=device_failures-$device "$0" $device &
        pids+=" $!"
    done
    for pid in $pids; do
        wait "$pid" || status=1
    done
    exit $status
fi
. "$(dirname "$0")/lib.sh"
device=$1
start_sandbox
configure '.driver_limits = {poll_ms: 200, stale_ms: 900, transfer_ms: 300, reconnect_first_ms: 50, reconnect_max_ms: 400, print_ms: 1500,
    pos_ack_ms: 200, pos_ms: 1000}'
paid_bills=0 deposits=0 ill=no

# at STEP: it fails here
at() {
    [ "$1" = "$step" ] || return 0
    if [ "$device-$failure" = pinpad-stall ]; then
        play '# so far'
        stalls=$(stalls_seen)
    fi
    echo "device $device $failure"
    ill=yes
}

stalls_seen() {
    sed -n '/pinpad: offline.*stalled/p' "$dir/kiosk.log" | wc -l
}
stall_is_seen() {
    [ "$(stalls_seen)" -gt "$stalls" ]
}

# A stall that the terminal sees only when it is over ends the next sale before that has left.
well_again() {
    if [ "$ill-$device-$failure" = yes-pinpad-stall ]; then
        play '# it has stalled'
        within 30 stall_is_seen || fail "nobody has seen it stall: $(ctl --json devices)"
    fi
    [ "$ill-$failure" != yes-unplug ] || echo "device $device replug"
    echo "device $device heal"
    [ "$device-$failure" != scanner-garbage ] || echo 'device scanner press' # what it read of it is over
    ill=no
}

# identified TAP CODE: by what is left to read or type it with
identified() {
    echo 'wait welcome 20'
    at welcome
    echo "tap $1"
    echo 'wait identify'
    at identify
    case $device-$step-$failure in
    scanner-*-unplug | cardreader-*-unplug) echo "expect $(words identify.idcard)" ;;&
    idreader-*-unplug) echo "expect $(words identify.card)" ;;&
    scanner-welcome-* | scanner-identify-*)
        printf '%s\n' 'tap next' 'wait keypad' "type $2" 'tap next'
        ;;
    cardreader-bills-*)
        printf '%s\n' "device cardreader insert social"
        ;;
    idreader-bills-*)
        printf '%s\n' "device idreader insert citizen"
        ;;
    *)
        echo "device scanner scan $2"
        ;;
    esac
    echo 'wait confirm'
    at confirm
}

# Where it fails while the hospital credits, the hospital keeps its answer until it has failed.
by_phone() {
    printf '%s\n' 'tap channel.wechat' 'wait pay_qr'
    at pay
    if [ "$step" = waiting ]; then
        play '# so far'
        fault '{"on":"his.rechargeSettle","kind":"hold"}'
        printf '%s\n' 'phone pay' 'wait waiting'
        at waiting
        play '# it has failed'
        control release
    else
        echo 'phone pay'
    fi
    echo 'wait result 20'
    at result
}

# The pinpad sells while it is away, or silent: it is asked when it is back. It fails when it has heard of the sale, and not before:
# of a sale that never reached it nothing would be credited.
by_card() {
    [ "$step" != pay ] || echo 'device pinpad hold on'
    [ "$step" != waiting ] || echo 'device pinpad lose answers 2'
    echo 'tap channel.card'
    [ "$step" = result ] || echo 'wait pay_code' # nothing holds it there: it may be over before anybody looks
    [ "$step" != pay ] || echo 'device pinpad working'
    at pay
    case $step-$failure in
    pay-unplug | pay-silent) echo 'wait waiting 10' && well_again ;;
    waiting-*) echo 'wait waiting 10' && at waiting && well_again ;;
    esac
    [ "$step" != pay ] || printf '%s\n' 'device pinpad card' 'device pinpad hold off'
    echo 'wait result 20'
    at result
}

pay() {
    case $device-$step in
    pinpad-pay | pinpad-waiting | pinpad-result) by_card ;;
    *) by_phone ;;
    esac
    case $device-$step-$failure in
    printer-result-*) ;;
    printer-*-unplug) echo "expect $(words result.photo)" ;;
    esac
    go_home
    well_again
}

deposit() {
    identified service.deposit W20001234
    printf '%s\n' 'tap next' 'wait amount' 'tap amount.1' 'wait channel'
    at channel
    pay
}

# bills PATIENT: one of three, or all there are
bills() {
    identified service.bills "$1"
    [ "$device" = scanner ] || printf '%s\n' "device cardreader remove" "device idreader remove"
    printf '%s\n' 'tap next' 'wait bills'
    if [ "$1" = C10000001 ]; then
        for ((other = 2; other <= 3 - paid_bills; other++)); do echo "tap bill.$other"; done
    else
        echo 'tap next' # something to read first
    fi
    at bills
    printf '%s\n' 'tap pay' 'wait channel'
    pay
}

begin_visit
for step in welcome identify confirm bills channel pay waiting result; do
    for failure in unplug stall silent garbage; do # nonsense last: what it leaves is over before the next visit
        if [ $step != bills ]; then
            deposit
            deposits=$((deposits + 1))
        elif [ $failure != garbage ]; then
            bills C10000001
            paid_bills=$((paid_bills + 1))
        elif [[ $device != *reader ]]; then # who has the cards has no bill left
            bills C10000004
            paid_bills=$((paid_bills + 12))
        fi
    done
done >&3
echo quit >&3
end_visit
check_books ".credits | length == $((paid_bills + deposits))"
check_journal
fen_sum='[.[] | sub("\\."; "") | tonumber] | add'
credited=$(books | jq "[.credits[].amount] | $fen_sum")
paid=$(ctl --json journal list --limit 100 | jq -s "if all(.settled and .state == \"credited\") then [.[].money.credited] | $fen_sum else empty end")
[ "$paid" = "$credited" ] || fail "the journal says ${paid:-not all is settled}, the books $credited"
echo "$device: $deposits deposits and $paid_bills bills, $credited fen"
