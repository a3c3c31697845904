# The root module's ./... skips the nested modules gen and bench, so each target
# enters them by name.

.PHONY: all gen check-gen test race lint bench

all: test

gen: ## write the assembly of package asm
	cd gen && go run .

check-gen: ## fail unless asm is exactly what gen writes
	rm -f asm/*_amd64.s asm/*_amd64.go
	$(MAKE) gen
	git diff --exit-code -- asm
	test -z "$$(git status --porcelain -- asm)"

test:
	go test ./...
	cd gen && go test ./...
	cd bench && go test ./...

race:
	go test -race ./...

lint:
	test -z "$$(gofmt -l .)"
	go vet ./... && cd gen && go vet ./... && cd ../bench && go vet ./...

bench:
	cd bench && go run .
