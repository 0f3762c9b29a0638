# A throw-away PostgreSQL and Redis on loopback, under a folder of the caller's choice.
# Sourced by .ci/run; by hand: `bash .ci/services.sh start FOLDER`, later `bash .ci/services.sh stop FOLDER`.
# After `start`, FOLDER/postgres.url and FOLDER/redis.url hold the addresses.

postgres_binaries() { # the folder of the newest server installed, or nothing
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi
}

start_postgres() { # FOLDER [PORT]; a folder that was stopped goes on with what it held; POSTGRES_SETTINGS are added
  local folder=$1/postgres port=${2:-$(free_port)} binaries
  binaries=$(postgres_binaries)
  [ -n "$binaries" ] || { echo "No PostgreSQL server is installed." >&2; return 1; }
  mkdir -p "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  (
    set -e
    cd "$folder"
    if [ ! -d data ]; then
      as_postgres "$binaries/initdb" -D "$folder/data" -U portal --auth=trust -E UTF8 --locale=C.UTF-8 >../postgres.init.log
      fresh=1
    fi
    as_postgres "$binaries/pg_ctl" -D "$folder/data" -w -s -l "$folder/server.log" \
      -o "-h 127.0.0.1 -p $port -k $folder -c max_connections=200 ${POSTGRES_SETTINGS:-}" start
    if [ "${fresh:-}" ]; then as_postgres "$binaries/createdb" -h 127.0.0.1 -p "$port" -U portal portal; fi
  ) || return 1
  echo "postgresql://portal@127.0.0.1:$port/portal" >"$1/postgres.url"
}

stop_postgres() { # FOLDER
  local data=$1/postgres/data
  if [ -f "$data/postmaster.pid" ]; then as_postgres "$(postgres_binaries)/pg_ctl" -D "$data" -s -m fast stop; fi
}

start_redis() { # FOLDER [PORT]
  local folder=$1/redis port=${2:-$(free_port)} tries=0
  mkdir -p "$folder"
  redis-server --bind 127.0.0.1 --port "$port" --dir "$folder" --save "" --appendonly no \
    --daemonize yes --pidfile "$folder/redis.pid" --logfile "$folder/redis.log" >/dev/null
  until redis-cli -h 127.0.0.1 -p "$port" ping >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || { echo "Redis does not answer; see $folder/redis.log" >&2; return 1; }
    sleep 0.1
  done
  echo "redis://127.0.0.1:$port/0" >"$1/redis.url"
}

stop_redis() { # FOLDER
  if [ -f "$1/redis/redis.pid" ]; then kill "$(cat "$1/redis/redis.pid")"; fi
}

start_services() { # FOLDER
  mkdir -p "$1"
  chmod 755 "$1" # mktemp makes it 700, and the postgres user must reach its own folder inside
  start_postgres "$1" && start_redis "$1"
}

stop_services() { # FOLDER
  stop_postgres "$1"
  stop_redis "$1"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  case "${1:-} ${2:+folder}" in
    "start folder") start_services "$2" && cat "$2/postgres.url" "$2/redis.url" ;;
    "stop folder") stop_services "$2" ;;
    *) echo "usage: bash .ci/services.sh start|stop FOLDER" >&2; exit 2 ;;
  esac
fi
