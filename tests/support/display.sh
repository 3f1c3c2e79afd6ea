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
# start_two_displays LEFT RIGHT: a server whose second output comes and goes (its output DUMMY1), each of its size
start_two_displays() {
    left=$1 right=$2
    cat >"$dir/xorg.conf" <<CONF
Section "Device"
    Identifier "dummy"
    Driver "dummy"
    VideoRam 64000
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5.0-1000.0
    VertRefresh 5.0-200.0
    Modeline "1366x768" 85.5 1366 1436 1579 1792 768 771 774 798
EndSection
Section "Screen"
    Identifier "screen"
    Device "dummy"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Virtual 4000 2000
        Modes "$left"
    EndSubSection
EndSection
CONF
    : >"$dir/display"
    Xorg -displayfd 3 -noreset -novtswitch -nolisten tcp -config "$(realpath "$dir")/xorg.conf" -logfile "$(realpath "$dir")/xorg.log" \
        3>"$dir/display" >/dev/null 2>&1 &
    display_pid=$!
    other_pids="$other_pids $display_pid"
    within 60 test -s "$dir/display" || fail "no X server: $(tail -n 5 "$dir/xorg.log")"
    DISPLAY=:$(cat "$dir/display")
    export DISPLAY
    xrandr --output DUMMY0 --mode "$left" || fail "no display of $left"
}
second_display_on() {
    xrandr --addmode DUMMY1 "$right" 2>/dev/null || true # it has none before it was ever on
    xrandr --output DUMMY1 --mode "$right" --right-of DUMMY0
}
second_display_off() {
    xrandr --output DUMMY1 --off
}
