# A slot for the languages that are asked for most, with their toolchains prepared for quick compiling. About 2 GB.
FROM debian:bookworm-slim

RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log

RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    g++ nodejs esbuild openjdk-17-jdk-headless golang-go rustc \
    bash perl libtest-deep-perl ruby ruby-test-unit php-cli php-mbstring php-bcmath lua5.4 lua-unit sqlite3 \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log

# Only what preparing reads, so that another agent does not prepare everything again.
COPY prepare.py /opt/assay/
COPY assay_slot/__init__.py assay_slot/toolchains.py /opt/assay/assay_slot/
COPY assay_slot/languages /opt/assay/assay_slot/languages
RUN ["/usr/bin/python3", "-s", "-S", "-B", "/opt/assay/prepare.py", "all", "/opt/assay/toolchains"]

COPY agent.py /opt/assay/
COPY assay_slot /opt/assay/assay_slot
# Compiled once here, and not by every slot as it starts; read-only later.
RUN ["/usr/bin/python3", "-I", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/opt/assay"]

WORKDIR /
ENTRYPOINT ["/usr/bin/python3", "-I", "-S", "/opt/assay/agent.py"]
