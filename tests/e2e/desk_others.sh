#!/usr/bin/env bash
# Who left a bill on the phone goes to the window: the cashier is told of it, with its machine, before the same money is taken again, and of
# nobody else's. Where it is decided nothing is said; nothing waits for other machines that do not answer.
. "$(dirname "$0")/lib.sh"
. tests/support/postgres.sh
. tests/support/window/desk.sh
trap 'ended=$?; postgres_end; stop_all $ended' EXIT
start_sandbox
export SANDBOX=$url
hospital_begin

# is_told STATE: the other machine has told the database of its order
is_told() {
    [ "$(postgres_ask "SELECT content ->> 'state' FROM hopkiosk.parts WHERE name = 'orders'")" = "$1" ]
}
# told STATE: ... and needs not run any more
told() {
    within 30 is_told "$1" || fail "machine 2 tells $(postgres_ask "SELECT content ->> 'state' FROM hopkiosk.parts WHERE name = 'orders'"): $(tail -n 3 "$dir/fleet2.log")"
    kill "$fleet_pid" && wait "$fleet_pid"
}
at_machine() {
    cp "$dir/machine$1.json" "$dir/kiosk.json"
}

# The kiosk: its patient leaves while the bill is on the phone.
pushed_bills "$(of_hospital 2)"
cp "$dir/kiosk.json" "$dir/machine2.json"
visit <<SCRIPT
$(to_pushed C10000012)
tap cancel
wait result 15
$(go_home)
SCRIPT
start_fleet_of 2
told waiting

# The window. Nobody answers yet for the other machines: the call is there all the same.
on_onepay '.desk = {socket: "desk.sock", displays: "1"} | .terminal.panel_px = [1366, 768] | .terminal.panel_mm = [478, 269] | '"$(of_hospital 1)"
cp "$dir/kiosk.json" "$dir/machine1.json"
begin_desk
calls unknown pays_bill B1 12.80 C10000012 周江涛
play "wait desk_pay 60
expect $(words desk.scan_now)
key escape
wait desk_idle 60"
answers unknown 033002
start_fleet_of 1
within 30 test -S "$dir/1/fleet.sock" || fail "no socket: $(cat "$dir/fleet1.log")"
calls warned pays_bill B2 12.80 C10000012 周江涛
play 'wait desk_pay 60
expect 发在此人手机上（0002 号机
shot 01-on-the-phone
key escape
wait desk_idle 60'
answers warned 033002
calls counting pays_bill B5 12.80 C10000012 周江涛 CASH
play 'wait desk_cash 60
expect 发在此人手机上（0002 号机
shot 02-cash
key escape
wait desk_idle 60'
answers counting 033002
calls nobody pays_bill B3 12.80 C10000013 林玉兰
play "wait desk_pay 60
expect $(words desk.scan_now)
key escape
wait desk_idle 60"
answers nobody 033002

end_desk

# Another kiosk reads no list of that patient's: the number that the phone is paying might be dead then.
pushed_bills "$(of_hospital 1)"
visit <<SCRIPT
$(identify service.bills C10000012)
expect $(words notice.pushed)
shot 03-no-list
$(go_home)
$(to_bills C10000011)
SCRIPT
check_books '.pushes | length == 1 and (.[0].steps == null or .[0].steps == "")'

# The phone pays, and the first kiosk sees it: nothing is said any more.
kill "$fleet_pid" && wait "$fleet_pid"
control portal '{"act":"pay"}'
at_machine 2
rm "$dir/lines"
begin_visit
check_state credited
echo quit >&3
end_visit
start_fleet_of 2
told credited
at_machine 1
start_fleet_of 1
within 30 test -S "$dir/1/fleet.sock" || fail "no socket: $(cat "$dir/fleet1.log")"
begin_desk
calls decided pays_bill B4 12.80 C10000012 周江涛
play "wait desk_pay 60
expect $(words desk.scan_now)
key escape
wait desk_idle 60"
answers decided 033002
end_desk
