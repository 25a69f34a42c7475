# A slot for Python: the in-sandbox agent, whose own interpreter runs Python programs. Ready in half a minute.
# assay builds the images of slots by itself, tags them by the hash of this folder, and starts them without network, with a
# read-only root and without most capabilities (src/sandbox/backends/docker-slot.ts).
# By hand: docker build -f sandboxes/slot/python.Dockerfile -t assay-slot-python sandboxes/slot
FROM debian:bookworm-slim

# The distribution's Python, with the byte code compiled at installation: the root is read-only later.
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log

COPY agent.py /opt/assay/
COPY assay_slot /opt/assay/assay_slot
# Compiled once here, and not by every slot as it starts; read-only later.
RUN ["/usr/bin/python3", "-I", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/assay"]

# Isolated (-I) and without site packages (-S): nothing outside these files and the standard library is read.
WORKDIR /
ENTRYPOINT ["/usr/bin/python3", "-I", "-S", "/opt/assay/agent.py"]
