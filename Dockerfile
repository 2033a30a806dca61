# Two stages: everything is built in the first, the second holds the program and the page alone.
FROM rust:1.95-bookworm AS build

RUN apt-get update \
 && apt-get install --yes --no-install-recommends nodejs npm \
 && rm -rf /var/lib/apt/lists/*
RUN rustup target add wasm32-unknown-unknown

# The tools' own release profiles take minutes longer and gain nothing here.
ARG QUICK="CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16"
RUN env $QUICK CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    cargo install trunk --version 0.21.14 --locked --no-default-features --features rustls
# Exactly the version of wasm-bindgen in Cargo.lock.
RUN env $QUICK CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install wasm-bindgen-cli --version 0.2.130

WORKDIR /golub
COPY . .
RUN cd frontend && npm ci --no-audit --no-fund
RUN trunk build --release
RUN cargo build --release --locked --package golub

FROM debian:bookworm-slim

RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data golub \
 && install --directory --owner=golub --mode=0750 /data

COPY --from=build /golub/target/release/golub /usr/local/bin/golub
COPY --from=build /golub/dist /usr/share/golub/page

ENV GOLUB__DATA=/data GOLUB__HTTP__PAGE=/usr/share/golub/page
USER golub
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["golub"]
CMD ["serve"]
