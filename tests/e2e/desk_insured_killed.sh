#!/usr/bin/env bash
# The desk is killed while window software reverses what insurance has paid: KILLS times, whenever it happens to be. Callers are told that it is
# reversed, or to ask; at the end each bill went back once, under the number it was asked by, and nobody but its caller took the book back.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
KILLS=${KILLS:-30}
BILLS=${BILLS:-10}
at_window '.channels += ["insurance"] | .codes = [{kind: "e_insurance", prefix: "EC", length: 11}] + .codes
    | .platforms.mmpc = {base_url: $url, app_id: "43AF047BBA47FC8A1AE8EFB232BDBBCB"}'
begin_desk_with_devices

# Each is a bill of its own, paid as in desk_insured.
for i in $(seq "$BILLS"); do
    card=C1000001$((1 + i % 4))
    number=$(ask_sandbox /control/bill "{\"card\":\"$card\",\"amount\":\"1$i.00\"}" | jq -r .org_trace_no)
    echo "$number $card" >>"$dir/bills"
    calls "P$i" pays_bill "$number" "1$i.00" $card 病人 ONE_QR 01
    play "wait desk_pay 60
device scanner scan EC$card
wait desk_wait 60
expect $(words desk.say.insured)"
    control insure "{\"medOrgOrd\":\"$number\",\"act\":\"pay\"}"
    play 'wait desk_result 60
key enter
wait desk_idle 60'
    answers "P$i" 000000 INSURANCE
done
end_desk
check_books "[.orders[].ordStas] == [range($BILLS) | \"6\"]"

# What is taken is under way for a while, and some answers are lost besides.
control settings '{"refunding_ms":300}'
fault '{"on":"mmpc.refund","kind":"drop_after","times":2}'
start_desk() {
    rm -f "$dir/desk.sock"
    "$B/kiosk" --config "$dir/kiosk.json" --role cashier --headless >>"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    desk_is_there
}
start_desk
LD_PRELOAD=$first ASAN_OPTIONS=detect_leaks=0 $python tests/support/window/reverses_killed.py 120 "$dir/stop" <"$dir/bills" >"$dir/reversed.said" 2>&1 &
window_pid=$! other_pids="$other_pids $!"
for kill in $(seq "$KILLS"); do
    printf -v pause '0.%03d' $((RANDOM % 700))
    sleep "$pause"
    kill -9 "$kiosk_pid"
    wait "$kiosk_pid" 2>/dev/null || true
    start_desk
done
touch "$dir/stop" # the last desk lives
wait "$window_pid" || fail "a call ended badly: $(cat "$dir/reversed.said")"
echo "$kill kills, $(wc -l <"$dir/reversed.said") of $BILLS reversed, in $(awk '{calls += $2} END {print calls}' "$dir/reversed.said") calls"

[ "$(awk '{print $1}' "$dir/reversed.said" | sort)" = "$(awk '{print $1}' "$dir/bills" | sort)" ] || fail "other bills were reversed: $(cat "$dir/reversed.said")"
check_books "[.orders[] | .ordStas == \"7\" and .appRefdSn == \"R\" + .medOrgOrd] == [range($BILLS) | true]"
check_books "[.orders[].medOrgOrd] as \$reversed | [.bills[] | select(.org_trace_no | IN(\$reversed[])) | .state] == [range($BILLS) | \"unsettled\"]"
! grep -q 'his cancelRechargeSettle' "$dir/kiosk.log" || fail "an ORG_005 of ours has left"
check_journal
ctl --json journal list --limit 1000 | jq -s '[.[].state] | unique' >"$dir/states"
jq -e '. == ["returned"]' "$dir/states" >/dev/null || fail "the journal says otherwise: $(cat "$dir/states")"
