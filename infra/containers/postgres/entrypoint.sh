#!/bin/bash
# POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB and PGDATA as in the official image; arguments are the server's.
set -eu
programs=(/usr/lib/postgresql/*/bin)
PATH=${programs[0]}:$PATH
export PGDATA=${PGDATA:-/var/lib/postgresql/data}
user=${POSTGRES_USER:-postgres}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb -U "$user" --encoding=UTF8 --locale=C.UTF-8 --auth-host=scram-sha-256 --auth-local=trust --pwfile=<(echo "${POSTGRES_PASSWORD:?}")
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  # On a socket only, so that nobody takes the server for ready before its database is there.
  pg_ctl start -w -o "-c listen_addresses='' -k /tmp"
  [ "${POSTGRES_DB:-$user}" = postgres ] || createdb -h /tmp -U "$user" "${POSTGRES_DB:-$user}"
  pg_ctl stop -w -m fast
fi
exec "$@" -c listen_addresses='*' -k /tmp
