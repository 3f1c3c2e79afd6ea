#!/usr/bin/env bash
# MobileTrans at a desk: the portal's operations that move no money, sealed with the desk's own settings; a refund leaves nothing.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
start_sandbox
on_onepay '.desk = {socket: "desk.sock", window: false} | .platforms.amp = {server_addr: $url, app_id: "St82fYdfk6ph4YiFpMwa4yw8TYr8wCmM",
    app_key: "St72fYdfk6ph4YiFpMwa4yw8TYr8wCmM", org_id: "H35010200227", org_secret: "9D1C33A7E0B24F68"}'
"$B/kiosk" --config "$dir/kiosk.json" --role cashier --headless >>"$dir/kiosk.out" 2>&1 &
kiosk_pid=$!
within 30 test -S "$dir/desk.sock" || fail "no desk: $(cat "$dir/kiosk.out")"
window mobile || fail "see above"
check_books '[.pushes[] | .medOrgOrd] == ["B1"] and .portal_refunds // [] == []'
