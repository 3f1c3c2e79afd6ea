# shellcheck shell=bash
# Sourced beside lib.sh by scripts in which window software calls a desk.
# shellcheck disable=SC2034,SC2154 # names of lib.sh

export PAYCLIENT_DESK=$dir/desk.sock PYTHONDONTWRITEBYTECODE=1
first=$(ldd "$B/libpayclient.so" | awk '/lib(a|t)san/ {print $3}') # a sanitizer's own library must come first

# window SCRIPT ARGUMENTS...: window software, with the library of this build
window() {
    LD_PRELOAD=$first ASAN_OPTIONS=detect_leaks=0 $python "tests/support/window/$1.py" "${@:2}"
}
# calls NAME SCRIPT ARGUMENTS...: it waits beside for its answer
calls() {
    LD_PRELOAD=$first ASAN_OPTIONS=detect_leaks=0 $python "tests/support/window/$2.py" "${@:3}" >"$dir/$1.said" 2>&1 &
    other_pids="$other_pids $!"
}
# answers NAME CODE...: what it was told in the end
answers() {
    within 60 test -s "$dir/$1.said" || fail "$1 was not answered"
    [ "$(cat "$dir/$1.said")" = "${*:2}" ] || fail "$1 was answered $(cat "$dir/$1.said")"
}

# at_window [JQ]: a desk with a cashier's window and the patient's display, on this sandbox
at_window() {
    start_sandbox
    export SANDBOX=$url
    on_onepay '.limits.guard_ms = 0 | .desk = {socket: "desk.sock", displays: "1"} | .terminal.panel_px = [1366, 768] | .terminal.panel_mm = [478, 269] | '"${1:-.}"
}
desk_is_there() {
    within 60 test -S "$dir/desk.sock" || fail "no desk: $(cat "$dir/kiosk.out")"
}
# begin_desk [PROGRAM ARGUMENTS...]: its lines come on descriptor 3; PROGRAM runs it among devices
begin_desk() {
    rm -f "$dir/lines" "$dir/desk.sock"
    mkfifo "$dir/lines"
    exec 3<>"$dir/lines"
    exec 5<"$dir/lines"
    "$@" "$B/kiosk" --config "$dir/kiosk.json" --role cashier --headless --script - --shots "$dir" <&5 3>&- 5<&- >>"$dir/kiosk.out" 2>&1 &
    visit_pid=$!
    exec 5<&-
    desk_is_there
}
printer_is_ready() {
    ctl --json devices | jq -e '.devices[] | select(.role == "printer") | .device == "ready"'
}
# What is printed before the printer is there fails, and rightly.
begin_desk_with_devices() {
    begin_desk "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer --
    within 60 printer_is_ready || fail "no printer: $(tail -n 5 "$dir/kiosk.log")"
}
end_desk() {
    printf 'quit\n' >&3
    end_visit
    check_journal
}
