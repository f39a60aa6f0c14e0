#!/bin/sh
# Runs a command with a keychain of its own: a fresh home, a session bus and an unlocked
# Secret Service, all gone afterwards.
set -eu
home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/run" "$home/data"
chmod 700 "$home/run"
env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS \
  HOME="$home" XDG_DATA_HOME="$home/data" XDG_RUNTIME_DIR="$home/run" \
  dbus-run-session -- sh -c '
    eval "$(printf keychain | gnome-keyring-daemon --unlock --components=secrets --daemonize)"
    "$@"
  ' with-keychain "$@"
