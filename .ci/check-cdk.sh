#!/usr/bin/env bash
# Synthesizes the app of deploy/cdk and compares the result with template.yaml. It needs Node.js, and artifacts/function.zip of ./package.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build deploy/cdk/App -c Release --nologo -v q
dotnet format deploy/cdk/App/App.csproj --no-restore --verify-no-changes
dotnet format deploy/cdk/ResizeImage.Cdk/ResizeImage.Cdk.csproj --no-restore --verify-no-changes
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

# synthesize NAME JSON: runs the app with this context, as the CDK CLI does, and writes NAME.json.
synthesize() {
    CDK_OUTDIR="$folder/$1" CDK_CONTEXT_JSON="$2" JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true \
        dotnet run --project deploy/cdk/App -c Release --no-build 2> "$folder/$1.log" || { cat "$folder/$1.log" >&2; exit 1; }
    mv "$folder/$1/Thumbnails.template.json" "$folder/$1.json"
}

synthesize s3 '{ "bucket": "photos" }'
node .ci/template/compare.mjs "$folder/s3.json"
synthesize sqs '{ "bucket": "photos", "trigger": "SQS", "schedule": "rate(5 minutes)" }'
node .ci/template/compare.mjs "$folder/sqs.json" Trigger=SQS "ReconcileSchedule=rate(5 minutes)"
synthesize url '{ "bucket": "photos", "serving": "FunctionUrl", "cors": "*" }'
node .ci/template/compare.mjs "$folder/url.json" Serving=FunctionUrl "CorsOrigin=*"
synthesize cloudfront '{ "bucket": "photos", "serving": "CloudFront", "cors": "https://example.com" }'
node .ci/template/compare.mjs "$folder/cloudfront.json" Serving=CloudFront CorsOrigin=https://example.com

# The comparison can fail.
if node .ci/template/compare.mjs "$folder/s3.json" MemorySize=1024 2> /dev/null || node .ci/template/compare.mjs "$folder/sqs.json" 2> /dev/null; then
    echo "compare.mjs found no difference between stacks that differ." >&2
    exit 1
fi
