#!/usr/bin/env bash
# A server is spoken to when the hospital's own authority vouches for it, its key is the pinned one, and it is shown our certificate;
# anything else is told nothing.
. "$(dirname "$0")/lib.sh"
start_sandbox

# make_authority NAME; make_certificate NAME AUTHORITY SUBJECT
make_authority() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -keyout "$dir/$1.key" -out "$dir/$1.crt" 2>/dev/null
}
make_certificate() {
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$3" -keyout "$dir/$1.key" -out "$dir/$1.csr" 2>/dev/null
    openssl x509 -req -in "$dir/$1.csr" -CA "$dir/$2.crt" -CAkey "$dir/$2.key" -CAcreateserial -days 2 \
        -extfile <(echo "subjectAltName=DNS:$3") -out "$dir/$1.crt" 2>/dev/null
    chmod 600 "$dir/$1.key"
}
pin_of() {
    echo "sha256//$(openssl x509 -in "$dir/$1.crt" -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)"
}
make_authority hospital
make_authority stranger
make_certificate server hospital localhost
make_certificate ours hospital kiosk
make_certificate theirs stranger kiosk

# A server that wants to see a certificate of the hospital's authority.
openssl s_server -accept 127.0.0.1:0 -key "$dir/server.key" -cert "$dir/server.crt" -CAfile "$dir/hospital.crt" -Verify 2 -verify_return_error \
    -www >"$dir/tls.log" 2>&1 &
other_pids=$!
within 10 grep -q '^ACCEPT ' "$dir/tls.log" || fail "no server"
port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$dir/tls.log")

# ask JQ: whether the server was spoken to with these members of platforms.upp
answer=''
reaches() {
    configure '.limits.answer_ms = 1500 | .platforms.upp.base_url = "https://localhost:'"$port"'" | .platforms.upp += '"$1"
    answer=$(ctl --json call upp network '{}' 2>&1 || true)
    # It takes what is said and has nothing to say to it, so that the time runs out.
    grep -F '"code":"-28"' <<<"$answer" >/dev/null
}
good='ca_file: "hospital.crt", client_certificate: "ours.crt", client_key: "ours.key"'
reaches "{$good}" || fail "the hospital's own server was not spoken to: $answer"
reaches "{$good, pin: \"$(pin_of server)\"}" || fail "the pinned key was not believed: $answer"
reaches "{$good, pin: \"$(pin_of ours);$(pin_of server)\"}" || fail "the second pin was not believed: $answer"
! reaches "{$good, pin: \"$(pin_of stranger)\"}" || fail "another key than the pinned one was believed"
grep -F '"code":"-90"' <<<"$answer" >/dev/null || fail "not refused by its pin: $answer"
! reaches '{client_certificate: "ours.crt", client_key: "ours.key"}' || fail "a server was believed that only the hospital vouches for"
! reaches '{ca_file: "stranger.crt", client_certificate: "ours.crt", client_key: "ours.key"}' || fail "another authority's server was believed"
! reaches '{ca_file: "hospital.crt"}' || fail "the server did not ask who we are"
! reaches '{ca_file: "hospital.crt", client_certificate: "theirs.crt", client_key: "theirs.key"}' || fail "the server took a stranger's certificate"

# refused JQ WORDS: a configuration with these members, and what is said
refused() {
    configure '.platforms.upp += '"$1"
    local said
    said=$("$B/kiosk" --config "$dir/kiosk.json" --check-config 2>&1) && fail "taken: $1"
    grep -F "$2" <<<"$said" >/dev/null || fail "not said: $2, but: $said"
}
refused '{ca_file: "none.crt"}' 'platforms.upp.ca_file: expected a file of certificates that can be read'
refused '{client_certificate: "ours.crt"}' 'platforms.upp.client_key: expected a key with client_certificate'
refused '{pin: "abc"}' 'platforms.upp.pin: expected sha256//'
chmod 644 "$dir/ours.key"
refused "{$good}" 'platforms.upp.client_key: expected a file that its owner alone may read'

kill "$other_pids"
wait "$other_pids" || true
other_pids=''
