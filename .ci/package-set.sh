# The scripts source this in the root folder of the repository: it determines which package set restores here and stores
# it in package-set.props, which plain dotnet build and dotnet test also read. Delete that file to check again.
# Sets package_set to default or offline.

# It also fails if no installed SDK satisfies global.json.
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
