# What ./wasmscope, ./test and the installer's scripts share: finding the JDK, installing what is missing, building what
# is stale. Sourced by bash from the root of the project.

root=$PWD
state=$root/.wasmscope

# Progress goes to standard error: the output of a verb may be JSON.
say() { echo "wasmscope: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

is_jdk25() { [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25' "$1/release"; }

find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /opt/*jdk* "$HOME"/.jdks/*; do
        if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    candidate=$(command -v javac) && candidate=$(dirname "$(dirname "$(readlink -f "$candidate")")")
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
        export JAVA_HOME=$candidate
        return
    fi
    fail "JDK 25 was not found. Install one (Debian package temurin-25-jdk of Eclipse Adoptium, for example) and set JAVA_HOME to it."
}

# Runs a command as root, where that needs no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >>"$state/apt.log" 2>&1
}

# install WHAT-FOR PACKAGE...: Debian packages, when allowed; else one line saying what to install. Returns 1 when
# something is still missing: whoever calls knows whether it can go on without.
install() {
    local reason=$1 packages
    shift
    command -v dpkg-query >/dev/null || return 0
    mapfile -t packages < <(missing_packages "$@")
    [ ${#packages[@]} -gt 0 ] || return 0
    if ! may_install; then
        say "$reason: missing; to have it: sudo apt-get install ${packages[*]}"
        return 1
    fi
    say "installing ${packages[*]} ($reason)"
    # The package lists of a fresh machine are empty or old.
    apt_install "${packages[@]}" && return 0
    as_root apt-get update -q >>"$state/apt.log" 2>&1
    apt_install "${packages[@]}" && return 0
    say "$reason: apt-get could not install ${packages[*]}; see $state/apt.log"
    return 1
}

# once NAME FUNCTION: skips a step that has succeeded with these scripts before.
once() {
    local mark
    mark=$state/$1.$(sha256sum "$root/.build/common.sh" | cut -c1-16)
    [ ! -e "$mark" ] || return 0
    "$2" || return $?
    rm -f "$state/$1".*
    : >"$mark"
}

install_build_tools() {
    command -v mvn >/dev/null || install "Maven" maven || fail "Wasmscope is built by Maven: install it and start again."
    command -v node >/dev/null && command -v npm >/dev/null || install "Node.js" nodejs npm ||
        fail "The samples are assembled by a program for Node.js: install nodejs and npm and start again."
}

# Without them the samples that need them are left out, and Redis is the one that a jar brings.
install_guest_tools() {
    install "samples in C and Rust, Redis in Wasm" clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32 rustc \
        libstd-rust-dev-wasm32
    install "a Redis of this machine" redis-tools
    return 0
}

window_packages=(libgtk-3-0 libgl1 libxxf86vm1 libxtst6 fonts-dejavu-core)

install_window() {
    install "the window" "${window_packages[@]}" && return 0
    ldconfig -p 2>/dev/null | grep -q libgtk-3.so.0 || fail "The window needs GTK 3. Verbs work without: ./wasmscope --help"
}

# hash_of PATH...: one hash over names and contents of all files below.
hash_of() {
    find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# A tool that appears makes a sample possible that was left out.
guest_tools() {
    local tool
    for tool in clang-19 wasm-ld-19 rustc gcc; do command -v $tool || echo "no $tool"; done
    ls -d /usr/lib/wasm32-wasi /usr/lib/rustlib/wasm32-unknown-unknown /usr/lib/llvm-19/lib/clang/19/lib/wasi 2>/dev/null
}

fingerprint() {
    {
        hash_of pom.xml ./*/pom.xml plugins/*/pom.xml .mvn .build sample-wasm/src sample-wasm/sdk sample-wasm/build sample-wasm/redis \
            sample-wasm/package-lock.json plugins/redis-shm/{build,ring,module,client} $(find . -path "*/src/main" -not -path "*/node_modules/*")
        guest_tools
        echo "$JAVA_HOME"
    } | sha256sum | cut -d' ' -f1
}

# npm_packages [--omit=dev]: what the lock file says. The samples need wabt, the tests need everything; what a test has
# fetched is not taken away again.
npm_packages() {
    local folder=sample-wasm/node_modules needed=web-tree-sitter mark lock
    lock=$(sha256sum <sample-wasm/package-lock.json)
    mark=$folder/.wasmscope-lock
    if [ "${1:-}" = --omit=dev ]; then
        if [ -d $folder/$needed ]; then shift; else needed=wabt; fi
    fi
    [ -d $folder/$needed ] && [ "$(cat $mark 2>/dev/null)" = "$lock" ] && return 0
    say "fetching npm packages"
    (cd sample-wasm && npm ci --prefer-offline --loglevel=error "$@") >"$state/npm.log" 2>&1 ||
        fail "npm ci failed in sample-wasm; see $state/npm.log"
    echo "$lock" >$mark
}

# Compiles everything that the program runs from, unless nothing changed since it was done last.
build() {
    local now
    now=$(fingerprint)
    [ "$(cat "$state/build.stamp" 2>/dev/null)" = "$now" ] && [ -d installer/target/lib ] &&
        [ -d installer/target/jars ] && return 0
    once build-tools install_build_tools
    once guest-tools install_guest_tools
    npm_packages --omit=dev
    say "building (the first time takes a few minutes)"
    # Jars of versions that are no longer used would stay on the class path.
    rm -rf installer/target/lib installer/target/javafx app/target/plugins
    mvn -B -q process-classes >"$state/build.log" 2>&1 || {
        grep -E '^\[ERROR\]' "$state/build.log" | head -20 >&2
        fail "The build failed; see $state/build.log"
    }
    make_jars
    # Installing a compiler above changes what the stamp covers.
    fingerprint >"$state/build.stamp"
}

# What the program is made of. The last of them is Redis's module for shared memory, which is no plugin of this program
# but a file for Redis.
modules=(app views engine sample-wasm plugins/redis-shm)

# Jars, since the JVM archives classes of jars only; plugins lie beside the program's own.
make_jars() {
    local jars=$root/installer/target/jars module
    rm -rf "$jars"
    mkdir -p "$jars"
    for module in "${modules[@]}"; do
        "$JAVA_HOME/bin/jar" --create --no-compress --file "$jars/$(basename "$module").jar" \
            -C "$module/target/classes" . || fail "The classes of $module could not be put into a jar."
    done
    [ ! -d app/target/plugins ] || cp -r app/target/plugins "$jars"
}

# Starts an X server of our own on a free display and sets DISPLAY; it ends with the script.
start_display() {
    local number=$state/display.$$
    Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$number" 2>"$state/xvfb.log" &
    xvfb=$!
    trap 'kill $xvfb 2>/dev/null' EXIT
    for _ in {1..100}; do
        [ -s "$number" ] && break
        sleep 0.1
    done
    [ -s "$number" ] || fail "Xvfb did not start; see $state/xvfb.log"
    DISPLAY=:$(cat "$number")
    rm -f "$number"
    export DISPLAY
    unset WAYLAND_DISPLAY
}

# wait_for_window PID: prints the id of the program's window, up to a minute after its start.
wait_for_window() {
    local id
    for _ in {1..120}; do
        kill -0 "$1" 2>/dev/null || return 1
        id=$(xdotool search --onlyvisible --name '^Wasmscope|— Wasmscope' 2>/dev/null | head -1)
        if [ -n "$id" ]; then
            echo "$id"
            return 0
        fi
        sleep 0.5
    done
    return 1
}

# Compiled Wasm is not like people's Java; the file says what each is for. One a line.
jit_flags() {
    sed -n 's/.*"\(-XX:[^"]*\)".*/\1/p' "$root/engine/src/main/java/dev/wasmscope/engine/platform/JitFlags.java"
}

class_path() {
    local module all=
    for module in "${modules[@]}"; do all+=$root/installer/target/jars/$(basename "$module").jar:; done
    echo "$all$root/installer/target/lib/*"
}

# class_archive NAME: options with which the JVM keeps the classes of its first run, ready to be mapped by the next one.
# It says on standard output which classes it cannot keep, and that is where JSON goes.
class_archive() {
    printf '%s\n' -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$state/$1.jsa" \
        -Xlog:disable -Xlog:all=error:stderr -Xlog:cds=off -Xlog:cds=off:stderr
}

mkdir -p "$state"
