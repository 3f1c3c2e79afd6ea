# shellcheck shell=bash
# Sourced by the scripts here: a sandbox of one's own on a free port, virtual devices, a kiosk with short limits, and what may be
# asked of their books. Everything lives under $B/e2e/NAME; whatever was started is ended.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
B=${B:-build}
name=${E2E_NAME:-$(basename "$0" .sh)}
dir=$B/e2e/$name
rm -rf "$dir"
mkdir -p "$dir/paper"
sandbox_pid='' kiosk_pid=''

stop_all() {
    local status=$?
    for pid in $kiosk_pid $sandbox_pid; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
    done
    [ $status = 0 ] || { echo "--- kiosk.log"; tail -n 40 "$dir/kiosk.log" 2>/dev/null; }
    exit $status
}
trap stop_all EXIT

fail() {
    echo "$name: $*" >&2
    exit 1
}

# within SECONDS COMMAND...: until it succeeds
within() {
    local tries=$(($1 * 20))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.05
    done
}

start_sandbox() {
    rm -f "$dir/sandbox.log" # of one before: it names another port
    "$B/sandbox" --port 0 "$@" >"$dir/sandbox.log" 2>&1 &
    sandbox_pid=$!
    within 10 grep -q '^listening ' "$dir/sandbox.log" || fail "no sandbox: $(cat "$dir/sandbox.log")"
    url=$(sed -n 's/^listening //p' "$dir/sandbox.log")
    configure
}

# configure [JQ]: the bench's configuration on this sandbox, with limits that tests can wait for
configure() {
    jq --arg url "$url" '
        .his.base_url = $url + "/his" | .platforms.upp.base_url = $url
        | .bench.sandbox_url = $url | .bench.usb_socket = "usb.sock"
        | .journal.path = "journal.db" | .log = {path: "kiosk.log"} | .control = {path: "control.sock"}
        | .limits += {query_ms: 200, answer_ms: 2000, account_ms: 2000, credit_quiet_ms: 600, retry_max_ms: 500}
        | '"${1:-.}" config/bench.json >"$dir/kiosk.json"
}

# visit [SCRIPT]: the kiosk with its devices plays a script (standard input when none is named)
visit() {
    local script=${1:--}
    "$B/usbbench" --socket "$dir/usb.sock" --paper "$dir/paper" --device scanner --device printer \
        --device cardreader --device idreader --device pinpad -- \
        "$B/kiosk" --config "$dir/kiosk.json" --headless --script "$script" --shots "$dir"
}

# kiosk that stays, without devices
start_kiosk() {
    "$B/kiosk" --config "$dir/kiosk.json" --headless >>"$dir/kiosk.out" 2>&1 &
    kiosk_pid=$!
    within 10 ctl kiosk status || fail "the kiosk does not answer: $(cat "$dir/kiosk.out")"
}

stop_kiosk() {
    kill "$kiosk_pid"
    wait "$kiosk_pid" || fail "the kiosk did not end well"
    kiosk_pid=''
}

ctl() {
    "$B/kioskctl" --config "$dir/kiosk.json" "$@"
}

# control PATH JSON: what the sandbox is told
control() {
    curl -fsS -o /dev/null -H 'Content-Type: application/json' -d "${2:-{\}}" "$url/control/$1"
}

fault() {
    control fault "$1"
}

books() {
    curl -fsS "$url/control/books"
}

# books_say JQ: true of the sandbox's books
books_say() {
    books | jq -e "$1" >/dev/null
}

# The books must say so, now or within some seconds.
check_books() {
    within 15 books_say "$1" || fail "the books do not say $1: $(books | jq -c '{totals, payments, refunds, credits}')"
}

last_order() {
    ctl --json journal list --limit 1 | jq -r '.. | objects | select(has("order_no")) | .order_no' | head -n 1
}

# check_state STATE: the newest order's, now or within some seconds
order_is() {
    ctl --json journal list --limit 1 | jq -s -e --arg state "$1" '.[0].state == $state'
}
check_state() {
    within 15 order_is "$1" || fail "the newest order is not $1: $(ctl journal list --limit 1)"
}

check_journal() {
    ctl journal verify >/dev/null || fail "the journal is not proven: $(ctl journal verify)"
}

# nothing_of TEXT: it was kept nowhere
nothing_of() {
    ! grep -r -a -l -e "$1" "$dir" || fail "$1 was kept"
}

# qr_of PICTURE: what the QR codes of a picture say
qr_of() {
    zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable "$1"
}

# paper_says TEXT: some receipt printed it
paper_says() {
    local bytes
    bytes=$(printf '%s' "$1" | iconv -f UTF-8 -t GB18030 | od -An -v -tx1 | tr -d ' \n')
    for paper in "$dir"/paper/*.bin; do
        if [ -e "$paper" ] && od -An -v -tx1 "$paper" | tr -d ' \n' | grep "$bytes" >/dev/null; then
            return 0
        fi
    done
    return 1
}

# words KEY: what the screens say in Chinese
words() {
    jq -er --arg key "$1" '.[$key]' assets/text/zh.json
}
