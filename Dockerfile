# A static program in an image with nothing else, run by a user without rights:
#   docker build -t noticelint .
#   docker run --rm --network none -v "$PWD:/work:ro" noticelint check
# Not built by this repository's own checks.
FROM rust:1.95-alpine AS build
# The C compiler that linking needs.
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY Cargo.toml Cargo.lock build.rs README.md ./
COPY src src
COPY rules rules
# Named in Cargo.toml: without it cargo refuses the manifest.
COPY benches benches
# On Alpine the target is musl, and the program is linked statically.
RUN cargo build --locked --release

FROM scratch
COPY --from=build /src/target/release/noticelint /usr/local/bin/noticelint
USER 65534:65534
WORKDIR /work
ENV PATH=/usr/local/bin
ENTRYPOINT ["noticelint"]
CMD ["check"]
