# shellcheck shell=bash
# Sourced: a PostgreSQL of one's own, as the distribution has it, in a folder that goes away with the test. Root starts it as
# `postgres`, because it refuses root. It listens on loopback with TLS by a certificate made here, and on a socket in its folder.
#   postgres_begin FOLDER [PORT]    begins a cluster and a role `kiosk` with the password `kiosk`; sets pg_dir, pg_port, pg_url
#   postgres_start, postgres_kill   the whole server; killed as by a power cut
#   postgres_ask SQL                as its owner, unaligned, in the database fleet
pg_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
pg_dir='' pg_port='' pg_url=''

postgres_as() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@")
    else
        "$@"
    fi
}

# The certificate of an authority, and with it that of a server called 127.0.0.1 and localhost.
postgres_certificates() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=fleet test authority' \
        -keyout "$1/ca.key" -out "$1/ca.pem" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=localhost' -keyout "$1/server.key" -out "$1/server.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >"$1/names"
    openssl x509 -req -in "$1/server.csr" -CA "$1/ca.pem" -CAkey "$1/ca.key" -CAcreateserial -days 2 -extfile "$1/names" -out "$1/server.crt" 2>/dev/null
    chmod 600 "$1/server.key"
}

# A port that nobody has just now and that the system gives to nobody by itself.
postgres_free_port() {
    local port
    for _ in $(seq 50); do
        port=$((10000 + RANDOM % 10000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

# In memory where there is room: a disk takes as long to make the thousand files of a cluster as PostgreSQL to fill them. PG_HOME names
# another folder, for figures that are those of a disk.
postgres_home() {
    local free_mb
    free_mb=$(df --output=avail -BM /dev/shm 2>/dev/null | tail -n 1 | tr -cd 0-9)
    [ "${free_mb:-0}" -lt 2000 ] || [ ! -w /dev/shm ] || { echo /dev/shm; return; }
    echo /tmp
}

postgres_begin() {
    pg_dir=$(mktemp -d "${PG_HOME:-$(postgres_home)}/fleet_pg.XXXXXX") # short: a socket's path has 107 bytes
    pg_port=${2:-$(postgres_free_port)}
    ln -sfn "$pg_dir" "$1/postgres"
    postgres_certificates "$pg_dir"
    [ "$(id -u)" != 0 ] || chown -R postgres "$pg_dir"
    postgres_as "$pg_bin/initdb" -D "$pg_dir/data" -U owner --auth-local=trust --auth-host=scram-sha-256 -E UTF8 --no-locale --no-sync >"$pg_dir/initdb.log" 2>&1 ||
        { cat "$pg_dir/initdb.log" >&2; return 1; }
    cat >>"$pg_dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $pg_port
unix_socket_directories = '$pg_dir'
ssl = on
ssl_cert_file = '$pg_dir/server.crt'
ssl_key_file = '$pg_dir/server.key'
password_encryption = scram-sha-256
max_connections = 60
wal_level = replica
shared_buffers = 128MB
dynamic_shared_memory_type = mmap
${PG_CONF:-}
CONF
    printf 'local all owner trust\nhostssl all all 127.0.0.1/32 scram-sha-256\nhostssl replication all 127.0.0.1/32 scram-sha-256\n' >"$pg_dir/data/pg_hba.conf"
    postgres_start || return 1
    postgres_as "$pg_bin/psql" -qX -h "$pg_dir" -p "$pg_port" -U owner -d postgres -c 'CREATE DATABASE fleet' \
        -c "CREATE ROLE kiosk LOGIN PASSWORD 'kiosk'"
    # shellcheck disable=SC2034 # for who sources this
    pg_url="host=127.0.0.1 port=$pg_port dbname=fleet user=kiosk password=kiosk sslmode=verify-full sslrootcert=$pg_dir/ca.pem"
}

postgres_start() {
    postgres_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -l "$pg_dir/log" -w -t 60 start >/dev/null || { tail -n 20 "$pg_dir/log" >&2; return 1; }
}

# children_of PID: the processes that it started, a line each
children_of() {
    tr ' ' '\n' <"/proc/$1/task/$1/children" | grep . || true
}

# All its processes at once: nothing is written any more, nobody says goodbye.
postgres_kill() {
    local head
    head=$(head -n 1 "$pg_dir/data/postmaster.pid") || return 1
    # shellcheck disable=SC2046 # numbers
    kill -9 "$head" $(children_of "$head") 2>/dev/null || true
    while kill -0 "$head" 2>/dev/null; do sleep 0.05; done
    rm -f "$pg_dir/data/postmaster.pid"
}

postgres_end() {
    [ -n "$pg_dir" ] || return 0
    postgres_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$pg_dir"
}

postgres_ask() {
    postgres_as "$pg_bin/psql" -qXAt -v ON_ERROR_STOP=1 -h "$pg_dir" -p "$pg_port" -U owner -d fleet -c "$1"
}

# Two machines of one hospital beside each other, after start_sandbox (lib.sh).
#   hospital_begin        their database, and the hospital's key
#   of_hospital NO        what a configuration of machine NO says more, in jq
#   start_fleet_of NO     its fleet's process, by machineNO.json
hospital_begin() {
    postgres_begin "$dir" || fail "no PostgreSQL"
    postgres_ask 'GRANT CREATE ON DATABASE fleet TO kiosk'
    (umask 077 && printf '%s' "$pg_url" >"$dir/database" && printf 'one key of the whole hospital' >"$dir/hospital")
}
of_hospital() {
    mkdir -p "$dir/$1"
    echo '.terminal.no = "000'"$1"'" | .terminal.id = "K0'"$1"'" | .journal.path = "'"$1"'/journal.db" | .privacy.hospital_key = {file: "hospital"}
        | .fleet = {database: {file: "database"}, interval_s: 1}'
}
start_fleet_of() {
    "$B/fleet" --config "$dir/machine$1.json" 2>>"$dir/fleet$1.log" &
    fleet_pid=$!
    other_pids="$other_pids $fleet_pid"
}
