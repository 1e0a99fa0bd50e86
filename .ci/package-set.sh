# Sourced by the scripts, in the repository's root folder: finds out which package set restores here and remembers
# it in package-set.props, which plain dotnet build and dotnet test read too. Delete that file to find out again.
# Sets package_set to default or offline.

# It also fails where there is an SDK, but none that global.json accepts.
if ! dotnet --version >/dev/null 2>&1; then
    echo "The .NET SDK 10 or newer is missing: see https://dotnet.microsoft.com/download" >&2
    exit 1
fi

if [ ! -f package-set.props ]; then
    remember() {
        echo "<Project><PropertyGroup><PackageSet>$1</PackageSet></PropertyGroup></Project>" > package-set.props
    }
    if restored=$(dotnet restore src/ResizeImage -p:PackageSet=default --nologo -v q 2>&1); then
        remember default
    # NU1101: no such package; NU1102: no such version. Any other failure, such as no network, says nothing about the set.
    elif grep -qE 'NU110[12]' <<< "$restored" && offline=$(dotnet restore src/ResizeImage -p:PackageSet=offline --nologo -v q 2>&1); then
        remember offline
    else
        echo "The packages do not restore:" >&2
        echo "${offline:-$restored}" >&2
        exit 1
    fi
fi

if grep -q '>default<' package-set.props; then
    package_set=default
    echo "packages: default set"
else
    package_set=offline
    echo "packages: offline set (Amazon.Lambda.* do not restore here: the stand-ins in offline/ take their place)"
fi
