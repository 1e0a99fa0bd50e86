# run.sh, test.sh and package.sh source this with their arguments: it removes "--framework net8.0" or "--framework net10.0" from their start.
# Sets framework; the default is default_framework, or net8.0.

framework=${default_framework:-net8.0}
if [ "${1:-}" = --framework ]; then
    framework=${2:-}
    case $framework in
        net8.0 | net10.0) ;;
        *)
            echo "--framework is \"$framework\"; it accepts net8.0 and net10.0." >&2
            exit 2
            ;;
    esac
    shift 2
fi
