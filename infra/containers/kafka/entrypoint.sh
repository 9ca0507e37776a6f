#!/bin/bash
# Settings as the official image takes them: KAFKA_NODE_ID=1 becomes node.id=1.
set -eu
properties=/tmp/server.properties
: "${CLUSTER_ID:=tongzhang-test-cluster1}"
: >"$properties"
while IFS='=' read -r name value; do
  name=${name#KAFKA_}
  name=${name,,}
  echo "${name//_/.}=$value" >>"$properties"
done < <(env | grep '^KAFKA_' | grep -v '^KAFKA_HEAP_OPTS=')
grep -q '^log.dirs=' "$properties" || echo "log.dirs=/var/lib/kafka/data" >>"$properties"
options=(-Djava.net.preferIPv4Stack=true -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -XX:+UseSerialGC)
java -Xmx128m "${options[@]}" -cp '/opt/kafka/libs/*' kafka.tools.StorageTool format --ignore-formatted -t "$CLUSTER_ID" -c "$properties"
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx512m} "${options[@]}" -cp '/opt/kafka/libs/*' kafka.Kafka "$properties"
