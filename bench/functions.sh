# function.sh and lambda.sh source this, with framework set: it builds our function and its peer on Node.js. Changes to the root folder.
# Sets end_to_end, the program that measures, and functions, its arguments.

cd "$bench/.."
. .ci/package-set.sh >&2
architecture=$(uname -m)
runtime=linux-${architecture/x86_64/x64}
runtime=${runtime/aarch64/arm64}
dotnet publish src/ResizeImage -c Release -f "$framework" -r "$runtime" -p:PublishAot=true -o artifacts/aot --nologo -v q >&2
dotnet build bench/ResizeImage.EndToEnd -c Release -p:LambdaFramework="$framework" --nologo -v q >&2

# The peer as deployed for a fast start: its code and the SDK in one file, sharp as a separate package.
mkdir -p artifacts/peers
cp bench/peers/package.json bench/peers/package-lock.json artifacts/peers
npm ci --no-audit --no-fund --prefix artifacts/peers >&2
export NODE_PATH=$PWD/artifacts/peers/node_modules # for esbuild, and then for the function
artifacts/peers/node_modules/.bin/esbuild bench/peers/sharp_function.js --bundle --minify --platform=node --external:sharp \
    --log-level=error --outfile=artifacts/peers/sharp_function.js
chmod +x artifacts/peers/sharp_function.js

end_to_end=bench/ResizeImage.EndToEnd/bin/Release/$framework/ResizeImage.EndToEnd
functions=(ours=artifacts/aot/ResizeImage sharp=artifacts/peers/sharp_function.js)
