# The program alone: no shell, no root. docs/install.md has the commands.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/targetprop ./cmd/targetprop \
 && mkdir -p /out/work && chown 65532:65532 /out/work

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/targetprop /targetprop
COPY --from=build --chown=65532:65532 /out/work /work
# Where downloads are kept; there is no home.
ENV XDG_CACHE_HOME=/work/.cache
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/targetprop"]
CMD ["--help"]
