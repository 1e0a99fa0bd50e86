#!/usr/bin/env bash
# Connects an existing bucket, and keeps all that the bucket has already:
#   deploy/connect-bucket.sh BUCKET ARN                  S3 notifies ARN, a Lambda function or an SQS queue, of photos below input/
#   deploy/connect-bucket.sh BUCKET ARN DISTRIBUTION     the same, and this CloudFront distribution, by its ARN, may read thumbnails below output/
# Repeating it is harmless: it replaces what an earlier run added. It needs the AWS CLI and jq, and s3:GetBucketNotification and
# s3:PutBucketNotification on the bucket; with a distribution also s3:GetBucketPolicy and s3:PutBucketPolicy. S3 replaces a whole
# configuration at a time: do not change the bucket's notifications or policy elsewhere in the same moment.
set -euo pipefail

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
bucket=$1 target=$2 distribution=${3:-}
partition=$(cut -d : -f 2 <<< "$target")

case $target in
    arn:*:lambda:*:function:*) list=LambdaFunctionConfigurations property=LambdaFunctionArn ;;
    arn:*:sqs:*) list=QueueConfigurations property=QueueArn ;;
    *)
        echo "The second argument is \"$target\"; it must be the ARN of a Lambda function or of an SQS queue." >&2
        exit 2
        ;;
esac

# The AWS CLI prints nothing for a bucket without notifications. Entries named ResizeImage are from an earlier run, perhaps for another target.
present=$(aws s3api get-bucket-notification-configuration --bucket "$bucket" --output json)
configuration=$(jq -n --argjson present "${present:-{\}}" --arg list "$list" --arg property "$property" --arg target "$target" '
    $present
    | reduce ("LambdaFunctionConfigurations", "QueueConfigurations", "TopicConfigurations") as $name
        (.; if has($name) then .[$name] |= map(select(.Id != "ResizeImage")) else . end)
    | .[$list] = (.[$list] // []) + [{
        Id: "ResizeImage",
        ($property): $target,
        Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:LifecycleExpiration:*", "s3:ObjectRestore:Completed"],
        Filter: { Key: { FilterRules: [{ Name: "prefix", Value: "input/" }] } }
      }]')
aws s3api put-bucket-notification-configuration --bucket "$bucket" --notification-configuration "$configuration"
echo "s3://$bucket/input/ notifies $target."

if [ -n "$distribution" ]; then
    # A bucket without a policy is an error of the AWS CLI; any other error must not be taken for it and replace a policy.
    error=$(mktemp)
    trap 'rm "$error"' EXIT
    if ! policy=$(aws s3api get-bucket-policy --bucket "$bucket" --query Policy --output text 2> "$error"); then
        grep -q NoSuchBucketPolicy "$error" || { cat "$error" >&2; exit 1; }
        policy='{ "Version": "2012-10-17", "Statement": [] }'
    fi
    policy=$(jq -c --arg thumbnails "arn:$partition:s3:::$bucket/output/" --arg distribution "$distribution" '
        .Statement = [.Statement] | .Statement |= flatten
        | .Statement |= map(select(.Sid != "CloudFrontReadsThumbnails" and .Sid != "CloudFrontReadsNoState"))
        | .Statement += [{
            Sid: "CloudFrontReadsThumbnails",
            Effect: "Allow",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: ($thumbnails + "*"),
            Condition: { StringEquals: { "aws:SourceArn": $distribution } }
          }, {
            Sid: "CloudFrontReadsNoState",
            Effect: "Deny",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: ($thumbnails + ".reconciliation/*")
          }]' <<< "$policy")
    aws s3api put-bucket-policy --bucket "$bucket" --policy "$policy"
    echo "$distribution reads s3://$bucket/output/."
fi
