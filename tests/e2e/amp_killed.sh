#!/usr/bin/env bash
# The program is killed while a bill is on the phone, and before the portal's answer is heard; the time at the terminal runs out; the portal
# settles late, or never. Settled, it is credited by the watch; else it is a case with its evidence. It is pushed once, and sold to nobody.
. "$(dirname "$0")/lib.sh"
start_sandbox
pushed_bills '.limits.push_ms = 3000 | .policy.late_window_ms = 60000'

on_phone() {
    control portal "{\"act\":\"$1\"}"
}
messages_are() {
    check_books "[.pushes[] | .messages] == $1"
}
dies() {
    kill -9 "$(running_kiosk)"
    wait "$visit_pid" || true
    exec 3>&-
}
lists_read() {
    grep -c 'exchange: his queryUnsettleList' "$dir/kiosk.log" || true
}

# killed CARD: with its bill on the phone
killed() {
    rm -f "$dir/lines"
    begin_visit
    play "wait welcome
$(to_pushed "$1")"
    dies
}

# The phone pays while nobody runs.
killed C10000013
on_phone pay
start_kiosk
check_state credited
stop_kiosk
messages_are '["1"]'

# The push has left, its answer is not heard, and the program dies. Nobody pays: after the restart it is asked about and not pushed again.
fault '{"on":"amp.pushMsg","kind":"hold"}'
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(to_bills C10000014)
tap pay
wait channel
tap channel.insurance
wait waiting"
within 30 books_say '.pushes | length == 2' || fail "nothing was pushed"
dies
control clear
lists=$(lists_read)
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(perhaps_on_phone C10000014)"
[ "$(lists_read)" = "$lists" ] || fail "a list was read while the bill may be on the phone"
echo quit >&3
end_visit
messages_are '["1", "1"]'

# Its time at the terminal runs out: to the window, in words and on paper. The phone pays after that.
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(to_pushed C10000012)
wait result 15
expect $(words verdict.pushed.title)
shot window"
within 10 paper_says "$(words result.pushed.title)" || fail "the paper does not say where the bill is"
play "tap home
wait welcome"
on_phone pay
check_state credited
messages_are '["1", "1", "1"]'
echo quit >&3
end_visit

# The watch is over and the hospital has not settled the one that nobody paid: a case, with what it said, and the bill is held.
jq '.policy.late_window_ms = 1000' "$dir/kiosk.json" >"$dir/short.json"
mv "$dir/short.json" "$dir/kiosk.json"
chmod 600 "$dir/kiosk.json"
killed C10000011
start_kiosk
check_state case
order=$(last_order)
ctl --json journal show "$order" >"$dir/shown.json"
for kept in pushMsg querySettleResult '"fail"'; do
    grep -F -e "$kept" "$dir/shown.json" >/dev/null || fail "no evidence of $kept"
done
stop_kiosk
rm -f "$dir/lines"
begin_visit
play "wait welcome
$(to_bills C10000011)
expect $(words bills.being_paid)
tap home
wait welcome"
echo quit >&3
end_visit
check_books '.credits | length == 2'
check_journal
nothing_of 13800000011
