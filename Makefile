# Every command people type. `make` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check demo bench assure messages docs lock

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PY := .venv/bin/python
NENNEP := .venv/bin/nennep
PYTEST := $(PY) -m pytest
# What is installed is known by the hash of its lock: a second run installs nothing.
RUN_PACKAGES := .venv/.run-$(shell sha256sum requirements.lock | cut -c1-16)
DEV_PACKAGES := .venv/.dev-$(shell sha256sum requirements-dev.lock | cut -c1-16)
# The lock names every package, so pip resolves nothing: a release newer than the lock changes nothing.
PIP := $(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes --no-deps

help: ## danh sách các lệnh / this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: $(RUN_PACKAGES) $(NENNEP) ## dựng môi trường, tổ chức mẫu và chạy ở http://127.0.0.1:8000 / run the product
	@exec $(NENNEP) serve --demo

test: $(DEV_PACKAGES) $(NENNEP) ## toàn bộ kiểm thử trên SQLite và PostgreSQL / the whole suite on both databases
	@$(PY) -m tests.machine browser
	@echo "== SQLite"
	@NENNEP_TEST_DATABASE= $(PYTEST) -q -n auto --dist worksteal -m "not assure"
	@if address=$$($(PY) -m tests.machine postgres); then \
	  echo "== PostgreSQL"; \
	  NENNEP_TEST_DATABASE="$$address" $(PYTEST) -q -n auto --dist worksteal -m "not assure and not slow and not browser"; \
	fi

check: $(DEV_PACKAGES) $(NENNEP) ## định dạng, kiểu, tầng, bản dịch, bảng / format, lint, types, layers, messages, migrations
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy nennep
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/djlint nennep --lint --quiet
	@$(PY) -m tests.machine templates
	@$(NENNEP) messages --check
	@$(NENNEP) makemigrations --check --dry-run --verbosity 0 || { echo "Thiếu migration: nennep makemigrations"; exit 1; }
	@echo "make check: tốt"

demo: $(RUN_PACKAGES) $(NENNEP) ## tổ chức mẫu; SIZE=ward|district|city SEED=11 / build a demonstration
	@$(NENNEP) migrate --verbosity 0
	@$(NENNEP) demo --size $${SIZE:-district} --seed $${SEED:-11}

bench: $(DEV_PACKAGES) $(NENNEP) ## các phép đo, mỗi dòng một JSON / the measures, one JSON line each
	@$(PY) -m benchmarks

assure: $(DEV_PACKAGES) $(NENNEP) ## các cam kết của docs/guarantees.md / the promises, proven again
	@$(PYTEST) -q -m assure tests/assurance

messages: $(DEV_PACKAGES) $(NENNEP) ## gom và biên dịch bản dịch / extract and compile the messages
	@$(NENNEP) messages

docs: $(DEV_PACKAGES) $(NENNEP) ## kiểm tra tài liệu: liên kết, lệnh, thiết lập / check the documents
	@$(PYTEST) -q tests/test_docs.py

lock: ## khóa lại phiên bản các gói (cần uv) / pin the packages again
	@command -v uv >/dev/null || { echo "Thiếu uv: https://docs.astral.sh/uv/"; exit 1; }
	@for name in requirements requirements-dev; do \
	  uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	    --python-version 3.11 --custom-compile-command "make lock" $$name.in -o $$name.lock; \
	done

# --- what the commands stand on ----------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Cần Python 3.11 trở lên: apt-get install -y python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { echo "Thiếu python3-venv: apt-get install -y python3-venv"; exit 1; }
	@free=$$(df -Pm . | awk 'NR==2{print $$4}'); test "$$free" -ge 1500 \
	  || { echo "Ổ đĩa chỉ còn $$free MB trống, cần 1500 MB."; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUN_PACKAGES): | .venv/bin/python
	@echo "Cài các gói của requirements.lock …"
	@$(PIP) -r requirements.lock || { echo "Không cài được gói: kiểm tra kết nối mạng rồi chạy lại."; exit 1; }
	@rm -f .venv/.run-*; touch $@

$(DEV_PACKAGES): | .venv/bin/python
	@echo "Cài các gói của requirements-dev.lock …"
	@$(PIP) -r requirements-dev.lock || { echo "Không cài được gói: kiểm tra kết nối mạng rồi chạy lại."; exit 1; }
	@rm -f .venv/.dev-* .venv/.run-*; touch $@ $(RUN_PACKAGES)

# The command: no network, no build; it runs this folder as it is.
$(NENNEP): Makefile | .venv/bin/python
	@echo "$(CURDIR)" > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/nennep.pth"
	@printf '%s\n' '#!/bin/sh' 'exec "$(CURDIR)/.venv/bin/python" -P -m nennep.config.command "$$@"' > $@
	@chmod +x $@
