# peers.sh and lambda.sh source this, with format and photos set: unless format is empty, it copies the photos in that format.
# Sets photos to the folder of the copies, which is deleted at the script's end.

if [ -n "$format" ]; then
    copies=$(mktemp -d)
    trap 'rm -r "$copies"' EXIT
    pillow=python3
    python3 -c 'import PIL' 2>/dev/null || pillow=/usr/bin/python3
    "$pillow" "$bench/peers/copies.py" "$format" "$photos" "$copies"
    photos=$copies
fi
