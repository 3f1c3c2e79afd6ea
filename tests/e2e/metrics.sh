#!/usr/bin/env bash
# What a monitoring system fetches: figures of devices, orders, exchanges and the journal, in a form that Prometheus' own tool accepts;
# nothing of a patient. The alert rules say of made-up hours what they should (promtool, where it is installed).
. "$(dirname "$0")/lib.sh"
start_sandbox
configure '.metrics.listen = "0" | .limits.clock_ms = 200'

figures() {
    curl -fsS "http://127.0.0.1:$port/metrics" >"$dir/figures"
}
says() {
    figures && grep -qF "$1" "$dir/figures"
}
begin_visit
play 'wait welcome'
port=$(sed -nE 's/.*figures at .*, port ([0-9]+)$/\1/p' "$dir/kiosk.log" | tail -n 1)
[ -n "$port" ] || fail "nobody can fetch figures"
within 30 says 'hopkiosk_clock{state="right"} 1' || fail "the clock: $(cat "$dir/figures")"
says 'hopkiosk_visits_total 0' || fail "a visit that nobody made: $(grep visits "$dir/figures")"
play "$(to_bills)
$(pay_by_code wechat)
device printer paper out"
check_state credited
within 30 says 'hopkiosk_supply{role="printer",state="out"} 1' || fail "the paper: $(grep supply "$dir/figures")"
for line in 'hopkiosk_orders{state="credited"} 1' 'hopkiosk_visits_total 1' 'hopkiosk_cases_open 0' 'hopkiosk_unknown_oldest_seconds 0' \
    'hopkiosk_platform_reached{platform="upp"} 1' 'hopkiosk_device{role="scanner",state="ready"} 1' \
    'hopkiosk_exchange_seconds_count{platform="his",operation="rechargeSettle"} 3' \
    'hopkiosk_exchange_outcomes_total{platform="his",operation="rechargeSettle",outcome="accepted"} 3'; do
    says "$line" || fail "not said: $line: $(cat "$dir/figures")"
done
[ "$(sed -n 's/^hopkiosk_journal_bytes //p' "$dir/figures")" -gt 10000 ] || fail "the journal has no size"
[ "$(sed -n 's/^hopkiosk_redraws_total //p' "$dir/figures")" -gt 5 ] || fail "nothing was drawn"
! grep -E 'C10000001|11010519|张' "$dir/figures" || fail "a patient is named"
[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/")" = 404 ] || fail "more than figures is answered"
[ "$(curl -s -o /dev/null -w '%{http_code}' -d x "http://127.0.0.1:$port/metrics")" = 405 ] || fail "something can be told"
end_visit

"$B/kiosk" --config "$dir/kiosk.json" --check-config >/dev/null
configure '.metrics.listen = "nowhere:1"'
"$B/kiosk" --config "$dir/kiosk.json" --check-config 2>"$dir/wrong" && fail "an address that is none"
grep -q 'metrics.listen: expected' "$dir/wrong" || fail "said: $(cat "$dir/wrong")"

command -v promtool >/dev/null || { echo "skipped: promtool is missing"; exit 0; }
promtool check metrics <"$dir/figures" >"$dir/checked" 2>&1 || fail "promtool: $(cat "$dir/checked")"
promtool check rules config/prometheus/hopkiosk.rules.yml >"$dir/checked" 2>&1 || fail "promtool: $(cat "$dir/checked")"
promtool test rules tests/alerts/hours.yml >"$dir/checked" 2>&1 || fail "promtool: $(cat "$dir/checked")"
