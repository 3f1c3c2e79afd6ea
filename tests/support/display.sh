# shellcheck shell=bash
# Sourced beside lib.sh by scripts that need a real display: an X server of their own, and hands for its pointer and keys.
# shellcheck disable=SC2034,SC2154 # names of lib.sh

# needs_display [PROGRAM...]: the script is skipped where one is missing
needs_display() {
    local program
    for program in Xvfb xdotool "$@"; do
        command -v "$program" >/dev/null && continue
        echo "skipped: $program is missing"
        exit 0
    done
}
# start_display [SIZE]: under a number that no other script gets, also while its server is dead
start_display() {
    : >"$dir/display"
    Xvfb ":$((1000 + $$ % 50000))" -displayfd 3 -screen 0 "${1:-1080x1920}x24" 3>"$dir/display" 2>/dev/null &
    display_pid=$!
    other_pids="$other_pids $display_pid"
    within 60 test -s "$dir/display" || fail "no X server"
    DISPLAY=:$(cat "$dir/display")
    export DISPLAY
}
stop_display() {
    kill -9 "$display_pid"
    wait "$display_pid" 2>/dev/null || true
}
# display_back [SIZE]: another server in the same place
display_back() {
    Xvfb "$DISPLAY" -screen 0 "${1:-1080x1920}x24" 2>/dev/null &
    display_pid=$!
    other_pids="$other_pids $display_pid"
}
screen_is() {
    ctl kiosk status | jq -e --arg screen "$1" '.screen == $screen'
}
