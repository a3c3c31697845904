# The root module's ./... skips the nested modules gen and bench, so each target
# enters them by name.

.PHONY: all build gen check-gen golden exhaustive mutate lint test race test-isa test-arm64 build-others bench

all: build

build:
	go build -o targetprop ./cmd/targetprop

gen: # write the assembly below asm
	cd gen && go run .

check-gen: # fail unless the assembly is exactly what gen writes
	rm -f asm/f32/*_amd64.* asm/f32/*_arm64.*
	$(MAKE) gen
	git diff --exit-code -- asm
	test -z "$$(git status --porcelain -- asm)"

golden: # write testdata/golden from high-precision arithmetic
	go run ./testdata/golden

exhaustive: # compare assembly with plain Go on all 2^32 arguments; takes long
	TARGETPROP_EXHAUSTIVE=1 go test -count=1 -timeout 0 -run 'Exhaustive|DefinitionErrors' ./kernels

mutate: # change the assembly, one instruction at a time, and expect failing tests
	cd gen && go run ./mutate

staticcheck = go run honnef.co/go/tools/cmd/staticcheck@v0.8.2

lint:
	test -z "$$(gofmt -l .)"
	for module in . gen bench; do (cd $$module && go vet ./... && $(staticcheck) ./...) || exit 1; done

test:
	for module in . gen bench; do (cd $$module && go test ./...) || exit 1; done
	go test ./testdata/golden

race:
	go test -race -short ./...

# The environment is read when an engine is made, which the test cache does not
# see: hence -count=1. REQUIRE fails a leg whose instruction set is missing; a
# machine without AVX-512 says so.
required = $(shell grep -qw avx512vl /proc/cpuinfo && echo avx512,)avx2

test-isa: # every instruction set as users select it, and without assembly
	@case '$(required)' in avx512*) ;; *) echo 'this machine has no AVX-512: its kernels are not tested here';; esac
	for isa in avx512 avx2 generic; do \
		TARGETPROP_REQUIRE=$(required) TARGETPROP_ISA=$$isa go test -count=1 -short ./kernels ./model || exit 1; done
	TARGETPROP_ISA=avx2 go test -count=1 -short ./cmd/... # in plain Go it takes minutes, and TestSameFiles runs it so too
	GOAMD64=v3 go test -short ./kernels ./model
	go test -short -tags purego ./kernels ./model

test-arm64: # NEON and plain Go, under emulation
	GOARCH=arm64 TARGETPROP_REQUIRE=neon go test -count=1 -short -exec qemu-aarch64 ./kernels ./model
	GOARCH=arm64 go test -short -tags purego -run 'Golden' -exec qemu-aarch64 ./kernels ./model

build-others: # plain Go everywhere else
	for arch in riscv64 ppc64le s390x 386; do GOARCH=$$arch go vet ./kernels ./model ./dataset || exit 1; done
	GOOS=js GOARCH=wasm go vet ./kernels ./model ./dataset

bench:
	cd bench && go run .
