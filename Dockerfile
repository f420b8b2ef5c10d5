# Dugri in a small image: one binary, one folder (/data), no root.
#
#   docker build -t dugri .
#   docker run -p 8080:8080 -v dugri:/data dugri

FROM rust:1.95-bookworm AS build
# TLS to PostgreSQL, with an OpenSSL built from source; FEATURES= leaves it out.
ARG FEATURES="postgres-tls"
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked -p dugri --features "$FEATURES" \
    && install -D target/release/dugri /out/dugri

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --uid 10001 --home-dir /data --shell /usr/sbin/nologin dugri \
    && install -d -o dugri -g dugri -m 0750 /data
COPY --from=build /out/dugri /usr/local/bin/dugri
COPY LICENSE LICENSE-MIT LICENSE-APACHE /usr/share/doc/dugri/

USER dugri
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM

# /healthz tells that the process answers; a load balancer asks /readyz, which also writes to the database.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200 '"]

ENTRYPOINT ["tini", "--", "dugri"]
CMD ["serve", "--data", "/data", "--listen", "0.0.0.0:8080"]
