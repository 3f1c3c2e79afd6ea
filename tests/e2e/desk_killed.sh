#!/usr/bin/env bash
# The desk is killed while window software pays: KILLS times, a little later into the payment each time. Callers are never told a
# lie, the same number is the same payment, and at the end every fen is where the calls said it is.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
KILLS=${KILLS:-20}
AT_ONCE=6 # payments under way when the desk dies
start_sandbox
on_onepay '.desk = {socket: "desk.sock", window: false} | .limits.expire_ms = 3000 | .limits.credit_deadline_ms = 2000'

start_desk() {
    "$B/kiosk" --config "$dir/kiosk.json" --role cashier --headless >>"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    starts=$((starts + 1))
}
takes_calls() {
    local tries=1500
    until [ "$(grep -cs 'calls are taken' "$dir/kiosk.log" || true)" = $starts ]; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "no desk: $(tail -n 3 "$dir/kiosk.out")"
        sleep 0.02
    done
}

calls killed killed $AT_ONCE "$dir/stop" 120
window_pid=$!
killed=0 starts=0
start_desk
while [ $killed -lt "$KILLS" ]; do
    takes_calls
    printf -v pause '0.%03d' $((killed * 7 % 300))
    sleep "$pause"
    kill -9 "$kiosk_pid"
    wait "$kiosk_pid" 2>/dev/null || true
    killed=$((killed + 1))
    start_desk
done
# The last desk lives: on a busy machine it may be the first under which anybody could pay.
one_went_both_ways() {
    awk '$4 == "000000" && $5 == "000000" {found = 1} END {exit !found}' "$dir/killed.said"
}
within 90 one_went_both_ways || fail "nothing was ever paid and returned: $(tail -n 5 "$dir/killed.said")"
touch "$dir/stop"
wait "$window_pid" || fail "a call ended badly: $(grep -v '^K' "$dir/killed.said")"
other_pids=''
paid=$(grep -c '^K' "$dir/killed.said")
credited=$(awk '$4 == "000000"' "$dir/killed.said" | wc -l) returned=$(awk '$5 == "000000"' "$dir/killed.said" | wc -l)
echo "$killed kills, $paid payments, $credited of them paid, $returned returned in part, $(awk '{asked += $3 > 0} END {print asked + 0}' "$dir/killed.said") were told to ask"

# What the callers were told is what the platform has: each number once, each paid one booked once, nothing else kept.
books | jq -r '.payments[] | [.paymentNo, .state, .booked, .returned] | @tsv' | LC_ALL=C sort >"$dir/books"
[ -z "$(cut -f1 "$dir/books" | uniq -d)" ] || fail "a number was charged twice: $(cut -f1 "$dir/books" | uniq -d)"
awk -v OFS='\t' '$4 == "000000" {print $1, "pay_success", "book", $5 == "-" ? "0.00" : "0.40"}' "$dir/killed.said" | LC_ALL=C sort >"$dir/paid"
grep -P '\tpay_success\t' "$dir/books" | diff - "$dir/paid" >"$dir/differ" || fail "the callers were told otherwise: $(head -n 5 "$dir/differ")"
check_journal
books_say "[.refunds[] | select(.refundFee == \"0.40\")] | length == $returned" || fail "other refunds than the callers were told: $(books | jq -c .refunds)"
ctl --json journal list --limit 100000 | jq -s '[group_by(.state)[] | {(.[0].state): length}] | add' >"$dir/states"
jq -e --argjson credited $((credited - returned)) --argjson partly "$returned" '
    (.credited // 0) == $credited and (.partly // 0) == $partly and (keys - ["credited", "partly", "declined", "closed"] == [])' "$dir/states" >/dev/null ||
    fail "the journal says otherwise: $(cat "$dir/states")"
