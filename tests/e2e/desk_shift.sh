#!/usr/bin/env bash
# A shift at the desk: what was received and the change stay in the journal, the list goes on beyond what is read at once, and the drawer is
# counted at its end; the next shift begins with nothing.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.terminal.operator_name = "林晓"'
begin_desk_with_devices
play 'wait desk_idle 60
expect 班次
expect 林晓'

# Cash with change: said in the list, kept in the journal, said again after a restart.
calls P1 pays P1 88.00 depositType=CASH
play 'wait desk_cash 60
type 100
key enter
wait desk_result 60
expect ¥12.00
key enter
wait desk_idle 60
expect 已收，找零 ¥12.00
shot 01-change'
answers P1 000000 CASH
within 20 paper_says 找零 || fail "no change on the receipt of the cash"
paper_says 100.00 || fail "what was received is not on the receipt"
order=$(last_order)
[ "$(ctl --json journal show "$order" | jq -r .received)" = 100.00 ] || fail "what was received is not kept"
calls R1 gives_back P1 R1 8.00 CASH
play 'wait desk_refund 60
type 1
key f7
wait desk_result 60
key enter
wait desk_idle 60'
answers R1 000000 8.00
end_desk
begin_desk_with_devices

# Its receipt again, without opening it: F6 is of the row that has the ring.
papers=$(find "$dir/paper" -name '*.bin' | wc -l)
play 'wait desk_idle 60
expect 部分退回
key f6
expect 的凭条：已打印
key enter
wait desk_result 60
expect ¥12.00
key enter
wait desk_idle 60'

[ "$(find "$dir/paper" -name '*.bin' | wc -l)" -gt "$papers" ] || fail "F6 at the list printed nothing"

# More calls than are read at once: PgDn goes on to the first of them.
window many D 50 >/dev/null || fail "fifty calls were not answered"
play 'wait desk_idle 60
expect D50
key pagedown
key pagedown
key pagedown
key pagedown
expect P1
shot 02-beyond
key pageup
expect D5
key pageup
key pageup
key pageup
expect D50'

# The drawer: 88.00 taken, 8.00 given back. What is missing is said; the count ends the shift.
play 'key f12
expect ¥80.00
type 79.5
expect 少 ¥0.50
shot 03-counted
key escape
expect D50
key f12
type 80
expect 相符
key enter
expect 等待收费系统调用
expect 交班单：已打印
shot 05-slip'
paper_says 交班单 || fail "no slip of the shift"
paper_says 林晓 || fail "the slip does not say whose it is"
paper_says 80.00 || fail "the slip does not say what the drawer should hold"
shifts() {
    ctl --json journal shifts | jq -s -e "$1" >/dev/null
}
within 20 shifts 'length == 2' || fail "the shift did not end: $(ctl --json journal shifts)"
shifts '.[1] | .by == "林晓" and .cash_taken == "88.00" and .cash_returned == "8.00" and .expected == "80.00" and .counted == "80.00" and .ended != null' ||
    fail "the shift says $(ctl --json journal shifts)"
# What was counted is in the chain: an amount that somebody changes afterwards is found.
ctl journal verify >"$dir/verified" || fail "the journal is not whole: $(cat "$dir/verified")"
grep -q 'not proven: the shift under way' "$dir/verified" || fail "what is not proven is not said: $(cat "$dir/verified")"
sqlite3 -readonly "$dir/journal.db" ".backup '$dir/changed.db'" || fail "the journal cannot be copied"
cp "$dir/journal.db.identity" "$dir/changed.db.identity"
sqlite3 "$dir/changed.db" 'UPDATE shifts SET counted_fen = 7950 WHERE ended_ms > 0'
jq '.journal.path = "changed.db"' "$dir/kiosk.json" >"$dir/changed.json"
! "$B/kioskctl" --config "$dir/changed.json" journal verify >"$dir/verified" 2>&1 || fail "a changed count is not found: $(cat "$dir/verified")"
grep -q 'shift 1: altered' "$dir/verified" || fail "the finding says $(cat "$dir/verified")"
play 'key f12
expect ¥0.00
shot 04-next
key escape'
end_desk
