#!/usr/bin/env bash
# Insurance by messages to phones, at the desk: not offered, because a caller's number is none that the hospital could be asked about
# afterwards. That is said before anybody calls, to the cashier who scans the patient's code, and nothing reaches the portal.
. "$(dirname "$0")/lib.sh"
. tests/support/window/desk.sh
at_window '.channels += ["insurance"] | .policy.insurance = "amp" | .his.settle_result = "order"
    | .codes = [{kind: "e_insurance", prefix: "EC", length: 11}] + .codes | .platforms.amp = {server_addr: $url,
        app_id: "St82fYdfk6ph4YiFpMwa4yw8TYr8wCmM", app_key: "St72fYdfk6ph4YiFpMwa4yw8TYr8wCmM"}'
not_offered="not offered: insurance at the cashier's window: policy.insurance sends messages to phones"
"$B/kiosk" --config "$dir/kiosk.json" --role cashier --check-config >"$dir/checked"
grep -qF "$not_offered" "$dir/checked" || fail "the check says nothing of it: $(cat "$dir/checked")"
"$B/kiosk" --config "$dir/kiosk.json" --check-config >"$dir/checked"
! grep -q "not offered" "$dir/checked" || fail "a kiosk offers it: $(cat "$dir/checked")"
begin_desk_with_devices
grep -qF "$not_offered" "$dir/kiosk.log" || fail "the start says nothing of it"

amount=$(books | jq -r '.bills | map(select(.card == "C10000013")) | .[0].amount')
calls P1 pays_bill X1 "$amount" C10000013 周国栋 ONE_BAR 01
play "wait desk_pay 60
device scanner scan ECC10000013
expect $(words desk.insurance_by_phone)
shot 01-by-phone"
books_say '.orders == []' || fail "an order by the insurance"
play 'key escape
wait desk_idle 60'
answers P1 033002
end_desk
! grep -q pushMsg "$dir/sandbox.log" || fail "a message went to a phone"
