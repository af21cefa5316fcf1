#!/bin/sh
# Enrols this Linux host as a node of a Muster controller: installs the agent under /opt/muster, registers it with the
# activation code given on standard input, and starts it. Safe to run again: what is there is kept or brought up to date.
# The controller fills in the marked words and serves the text; the pasted line has compared its SHA-256.
set -euf
umask 022

activation_id='@@ACTIVATION_ID@@'
controllers='@@CONTROLLERS@@'
version='@@VERSION@@'
machine='@@MACHINE@@'
runtime_sha256='@@RUNTIME_SHA256@@'
bundle_sha256='@@BUNDLE_SHA256@@'

# Another root to install below, for images and tests; nothing is started there.
prefix=${MUSTER_PREFIX:-}
home=$prefix/opt/muster
data=$prefix/var/lib/muster-agent
release=$home/agent/$version
agent=$home/bin/muster-agent

say() { printf 'muster: %s\n' "$1"; }
fail() {
  printf 'muster: %s\n' "$1" >&2
  exit 1
}

[ "$(uname -s)" = Linux ] || fail "this script enrols Linux hosts; this one is $(uname -s)"
[ "$(id -u)" = 0 ] || fail 'enrolling needs root: paste the line into a root shell, for instance one from: sudo -i'
[ "$(uname -m)" = "$machine" ] || fail "this host is $(uname -m), and this controller has the agent for $machine only"
for tool in sha256sum mktemp chmod mkdir mv ln cat rm; do
  command -v "$tool" >/dev/null 2>&1 || fail "the program $tool is needed and is not here"
done

# The code is read once and goes on by standard input only: arguments can be seen by every user of the host.
code=
if [ ! -e "$data/registration.json" ]; then
  [ -t 0 ] && printf 'Activation code: ' >&2
  IFS= read -r code || [ -n "$code" ] || fail 'there is no activation code on standard input'
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

ca=$work/ca.pem
cat >"$ca" <<'MUSTER_CA'
@@CA_PEM@@
MUSTER_CA
case $(cat "$ca") in
  -----BEGIN*) ;;
  *) ca= ;;
esac

# Each of curl, wget and the agent reads its own spelling of the proxy's name.
[ -z "${HTTPS_PROXY:-}" ] || export https_proxy="${https_proxy:-$HTTPS_PROXY}"
[ -z "${HTTP_PROXY:-}" ] || export http_proxy="${http_proxy:-$HTTP_PROXY}"
[ -z "${NO_PROXY:-}" ] || export no_proxy="${no_proxy:-$NO_PROXY}"
if command -v curl >/dev/null 2>&1; then
  get() { curl -gfsS --connect-timeout 20 ${ca:+--cacert "$ca"} -o "$2" "$1" </dev/null; }
elif command -v wget >/dev/null 2>&1; then
  get() { wget -q -T 20 ${ca:+--ca-certificate="$ca"} -O "$2" "$1" </dev/null; }
else
  fail 'curl or wget is needed and neither is here'
fi

is_whole() { [ -f "$2" ] && [ "$(sha256sum <"$2")" = "$1  -" ]; }

# obtain SHA256 FILE MODE: the file as the controller has it; an altered or cut download is never put in place.
obtain() {
  if is_whole "$1" "$2"; then
    chmod "$3" "$2"
    return 0
  fi
  for controller in $controllers; do
    get "$controller/agent/objects/$1" "$2.new" || continue
    if is_whole "$1" "$2.new"; then
      chmod "$3" "$2.new"
      mv -f "$2.new" "$2"
      return 0
    fi
    printf 'muster: %s gave a file that is not the expected one\n' "$controller" >&2
  done
  rm -f "$2.new"
  fail "could not download the agent from $controllers"
}

say "installing agent $version in $home"
mkdir -p "$release" "$home/bin"
obtain "$runtime_sha256" "$release/node" 0755
obtain "$bundle_sha256" "$release/muster-agent.cjs" 0644
"$release/node" --version >/dev/null ||
  fail "$release/node does not start on this host: is $home on a file system mounted noexec, or is a library missing?"

ln -sfn "$version" "$home/agent/current"
cat >"$agent.new" <<MUSTER_WRAPPER
#!/bin/sh
exec $home/agent/current/node $home/agent/current/muster-agent.cjs "\$@"
MUSTER_WRAPPER
chmod 0755 "$agent.new"
mv -f "$agent.new" "$agent"
mkdir -p "$prefix/usr/local/bin"
ln -sf "$agent" "$prefix/usr/local/bin/muster-agent"

if [ -e "$data/registration.json" ]; then
  say "this host is registered already and keeps its identity; to enrol it anew, remove $data first"
else
  mkdir -p "$data"
  chmod 0700 "$data"
  set --
  for controller in $controllers; do set -- "$@" --controller "$controller"; done
  [ -z "$ca" ] || set -- "$@" --ca-file "$ca"
  printf '%s\n' "$code" | "$agent" register --data "$data" "$@" --activation-id "$activation_id" ||
    fail 'this host was not registered; the reason stands above. The same line can be pasted again'
fi

if [ -z "$prefix" ] && [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; then
  cat >/etc/systemd/system/muster-agent.service <<'MUSTER_UNIT'
@@UNIT@@
MUSTER_UNIT
  systemctl daemon-reload
  systemctl enable --quiet muster-agent.service
  systemctl restart muster-agent.service
  say 'the agent is running; its log: journalctl -u muster-agent'
else
  say "systemd does not run here; start the agent with: $agent run --data $data"
fi
