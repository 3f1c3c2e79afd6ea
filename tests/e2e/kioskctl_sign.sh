#!/usr/bin/env bash
# kioskctl sign, by the vectors: what is signed and the signature, for each scheme.
. "$(dirname "$0")/lib.sh"
vectors=tests/vectors/md5-signatures.json
envelope=tests/vectors/envelope.json

# signed SCHEME MESSAGE TEXT SIGN [OPTION...]
signed() {
    local scheme=$1 message=$2 text=$3 sign=$4
    shift 4
    "$B/kioskctl" --json sign "$scheme" - "$@" <<<"$message" >"$dir/out" || fail "$scheme refused $message"
    jq -e --arg text "$text" --arg sign "$sign" '.text == $text and ($sign == "" or .sign == $sign)' "$dir/out" >/dev/null ||
        fail "$scheme: $(cat "$dir/out"), not $text $sign"
}

# of FILE JQ: one value, raw; its members in the order that is signed
of() {
    command jq -rc "$2" "$1"
}

for i in 0 1 3 4; do # the third is how data may be verified, not how it is signed
    signed upp "$(of $vectors ".upp.cases[$i] | .wire // .params")" "$(of $vectors ".upp.cases[$i].text")" \
        "$(of $vectors ".upp.cases[$i].sign")" --key "$(of $vectors .upp.key)"
done
signed tongji "$(of $vectors '.tongji.cases[0].params')" "$(of $vectors '.tongji.cases[0].text')" \
    "$(of $vectors '.tongji.cases[0].sign')" --key "$(of $vectors .tongji.key)"
secret=$(of $envelope .appSecret)
for i in 0 1 2; do
    sign=''
    [ $i = 2 ] && sign=$(of $envelope ".cases[$i].sm3OfBaseUpper") # SM2 signs anew each time
    signed envelope "$(of $envelope ".cases[$i].message")" "$(of $envelope ".cases[$i].signBase")" "$sign" \
        --key "$secret" --private "$(of $envelope .sm2PrivateKeyHex)"
    [ "$(of "$dir/out" .encData)" = "$(of $envelope ".cases[$i].encData")" ] || fail "encData of case $i"
done
gateway=tests/vectors/onepay-gateway.json
for i in 0 1 2 3 4; do
    signed gateway "$(of $gateway ".cases[$i].message")" "$(of $gateway ".cases[$i].signBase")" "$(of $gateway ".cases[$i].sign")" \
        --key "$(of $gateway .appSecret)"
    [ "$(of "$dir/out" .encryptData)" = "$(of $gateway ".cases[$i].encryptData")" ] || fail "encryptData of case $i"
done
status=0
"$B/kioskctl" sign upp '{"a":"1"}' 2>/dev/null || status=$?
[ $status = 2 ] || fail "without a key: exit $status"
