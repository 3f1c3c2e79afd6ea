#!/usr/bin/env bash
# The refund desk: the patient's payments of the caller's channel, the cashier chooses which one gives back, says why, and above the
# hospital's sum a second person agrees. Cash that goes back is handed out once, also where the platform had refused it first.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
pin=$(echo 246802 | "$B/kioskctl" staff-pin)
at_window '.desk.second_above_fen = 3000 | .terminal.operator_name = "王小明" | .staff.people += [{name: "王小明", pin_hash: "'"$pin"'"}]'

# Who the cashier is must be known by name, and there must be somebody else.
for wrong in '.terminal.operator_name = "王小明 "' '.staff.people |= .[1:]'; do
    jq "$wrong" "$dir/kiosk.json" >"$dir/wrong.json"
    "$B/kiosk" --config "$dir/wrong.json" --role cashier --check-config 2>"$dir/said" && fail "it takes $wrong"
    grep -q 'for desk.second_above_fen' "$dir/said" || fail "not said why: $(cat "$dir/said")"
done
begin_desk_with_devices

# pays_cash NUMBER AMOUNT
pays_cash() {
    calls "$1" pays "$1" "$2" depositType=CASH
    play 'wait desk_cash 60
key alt1
key enter
wait desk_result 60
key enter
wait desk_idle 60'
    answers "$1" 000000 CASH
}
pays_phone() {
    calls "$1" pays "$1" "$2"
    play 'wait desk_pay 60
device scanner scan 134567890123456700
wait desk_result 60
key enter
wait desk_idle 60'
    answers "$1" 000000 ONE_BAR
}
pays_phone P1 20.00
pays_phone P2 50.00
pays_cash P3 8.00

# The named one has too little: another of the same channel is chosen, and the caller told what went back.
calls R1 gives_back P1 R1 30.00 ONE_BAR refundDeskMode=0
play 'wait desk_refund 60
expect 只剩 ¥20.00
expect 先选原因
expect ¥50.00
shot 01-list
tap pick.1
expect ¥30.00
type 2
expect 按住 1 秒
key f7
wait desk_result 60
expect 退好了
key enter
wait desk_idle 60'
answers R1 000000 30.00
check_books '[.refunds[] | [.paymentNo, .requestNo, .refundFee]] == [["P2", "R1", "30.00"]]'
# ... and the same call again, which still names the first, is the same refund.
calls R1b gives_back P1 R1 30.00 ONE_BAR refundDeskMode=0
answers R1b 000000 30.00
check_books '[.refunds[]] | length == 1'

# Of another channel nothing is listed; above the sum a second person is wanted, by PIN or badge, and not the cashier.
pays_phone P4 40.00
calls R2 gives_back P4 R2 40.00 ONE_BAR
play 'wait desk_refund 60
type 1
expect 要第二人复核
type 111111
key enter
expect 密码不对
shot 02-wrong
type 246802
key enter
expect 要另一个人复核'
[ "$(sqlite3 "$dir/journal.db" 'SELECT tries FROM staff_lock')" = 1 ] || fail "the cashier's own PIN gives new tries at another's"
play 'device scanner scan 135790
expect 已复核
shot 03-agreed
key f7
wait desk_result 60
key enter
wait desk_idle 60'
answers R2 000000 40.00
order=$(last_order)
ctl --json journal show "$order" | jq -e '.refunds[0] | .why == "twice" and .agreed_by != null' >/dev/null ||
    fail "the journal does not say why and who: $(ctl --json journal show "$order" | jq -c .refunds)"

# Cash: the platform refuses, nothing is handed out; called again with the same number it is shown again, and then handed out once.
fault '{"on":"onepay.refund.his","kind":"fail"}'
calls R3 gives_back P3 R3 8.00 CASH
play 'wait desk_refund 60
type 4
key f7
wait desk_result 60
expect 没有退
key enter
wait desk_idle 60'
answers R3 034009
calls R3b gives_back P3 R3 8.00 CASH
play 'wait desk_refund 60
type 4
expect 从钱箱退现金
key f7
wait desk_result 60
expect 请从钱箱退现金给患者
key enter
wait desk_idle 60'
answers R3b 000000 8.00
calls R3c gives_back P3 R3 8.00 CASH
answers R3c 000000 8.00
play 'wait desk_idle 60'
check_books '[.refunds[] | select(.requestNo == "R3") | .state] == ["refund_success"]'

# Wanted in cash, though a phone paid it: the cashier hands it out, and the drawer has less.
calls R4 gives_back P1 R4 5.00 ONE_BAR withdrawMode=0
play 'wait desk_refund 60
type 3
expect 从钱箱退现金
key f7
wait desk_result 60
expect 请从钱箱退现金给患者
key enter
wait desk_idle 60
expect -¥5.00
shot 04-drawer'
answers R4 000000 5.00

# The cashier makes it less, by keys: said before and after, answered in succAmount; called again it is the same refund.
calls R5 gives_back P2 R5 15.00 ONE_BAR
play 'wait desk_refund 60
type 1
key f11
type 15.01
key enter
expect 不能这么多
type 6.5
shot 05-typed
key enter
expect 要退 ¥15.00，这次只退 ¥6.50
key f7
wait desk_result 60
expect 要退 ¥15.00，只退了 ¥6.50
shot 06-less
key enter
wait desk_idle 60'
answers R5 000000 6.50
calls R5b gives_back P2 R5 15.00 ONE_BAR
answers R5b 000000 6.50
check_books '[.refunds[] | select(.requestNo == "R5") | [.paymentNo, .refundFee]] == [["P2", "6.50"]]'
end_desk
nothing_of 135790
