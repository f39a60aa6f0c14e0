#!/bin/sh
# Makes this machine ready: Debian packages where this user may install them, then a virtual
# environment with the pinned packages. Usage: setup.sh run|dev
set -eu
cd "$(dirname "$0")/.."
what="${1:-run}"
python="${PYTHON:-python3}"

say() { printf '%s\n' "$*" >&2; }

qt_libraries="libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"
x_libraries="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
packages="$qt_libraries $x_libraries fonts-nanum dbus gnome-keyring"
[ "$what" = dev ] && packages="$packages oathtool postgresql at-spi2-core xvfb wrk chromium openbox xdotool"
# Where services are run Debian would start it at once, on a port of this machine's own.
[ "$what" = dev ] && [ ! -d /run/systemd/system ] && packages="$packages nginx-light"
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  packages="$packages python3-venv"
fi

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages() {
  for package in $packages; do
    is_installed "$package" || printf '%s ' "$package"
  done
}

install_packages() {
  missing="$(missing_packages)"
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    as_root=""
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    fetch_font
    say "Missing Debian packages that this user may not install: ${missing}(ask an administrator for: apt-get install ${missing% })."
    return 0
  fi
  export DEBIAN_FRONTEND=noninteractive
  without_cluster
  # shellcheck disable=SC2086
  $as_root apt-get install --yes --no-install-recommends $missing >build/apt.log 2>&1 ||
    { $as_root apt-get update >build/apt.log 2>&1 &&
      $as_root apt-get install --yes --no-install-recommends $missing >>build/apt.log 2>&1; } ||
    { say "Could not install the Debian packages ${missing}(see build/apt.log)."; exit 1; }
  [ -z "$no_cluster" ] || $as_root rm -f "$no_cluster"
}

# The tests start PostgreSQL servers of their own: where it is new here, Debian's package need
# not make and start one as well.
without_cluster() {
  no_cluster=""
  case " $missing" in *" postgresql "*) ;; *) return 0 ;; esac
  no_cluster=/etc/postgresql-common/createcluster.d/motp-setup.conf
  $as_root mkdir -p "${no_cluster%/*}"
  echo "create_main_cluster = false" | $as_root tee "$no_cluster" >/dev/null
}

# Without root a Korean font can still be had: unpacked beside the build, named to fontconfig.
fetch_font() {
  is_installed fonts-nanum && return 0
  [ -d build/fonts ] && return 0
  mkdir -p build/font-package
  (cd build/font-package && apt-get download fonts-nanum >/dev/null 2>&1 &&
    dpkg -x fonts-nanum_*.deb . && mv usr/share/fonts ../fonts) ||
    say "No Korean font is installed and none could be fetched: install the package fonts-nanum."
}

mkdir -p build
if command -v dpkg-query >/dev/null 2>&1; then
  install_packages
else
  say "This is not Debian: Qt's libraries, a Korean font and a keychain have to be there already."
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  { say "Python 3.11 or newer is needed; $("$python" --version) was found."; exit 1; }
[ -x .venv/bin/python ] || "$python" -m venv .venv ||
  { say "Python cannot make a virtual environment: install the package python3-venv."; exit 1; }

stamp=".venv/.$what-$(cat "requirements/$what.txt" pyproject.toml | sha256sum | cut -c1-16)"
if [ ! -e "$stamp" ]; then
  say "Installing the pinned Python packages (once)."
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement "requirements/$what.txt"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
    --no-build-isolation --editable .
  touch "$stamp"
fi
sh tools/translate.sh release
