using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>GetBucketNotificationConfiguration and PutBucketNotificationConfiguration.</summary>
public sealed class NotificationTests : S3Fixture
{
    private const string Script = """
        arn = "arn:aws:%s:eu-west-1:123456789012:%s"
        function, queue, topic = arn % ("lambda", "function:f"), arn % ("sqs", "q"), arn % ("sns", "t")
        def get(bucket="photos"):
            answer = s3.get_bucket_notification_configuration(Bucket=bucket)
            return {name: value for name, value in answer.items() if name != "ResponseMetadata"}
        def put(configuration, bucket="photos", **more):
            s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=configuration, **more)
        def rules(**named):
            return {"Key": {"FilterRules": [{"Name": name, "Value": value} for name, value in named.items()]}}

        """;

    [PythonFact("boto3")]
    public async Task A_configuration_is_stored_and_returned()
    {
        BotoScript.Run(Server.Endpoint, Script + """
            assert get() == {}
            put({
                "LambdaFunctionConfigurations": [
                    {"Id": "f", "LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], "Filter": rules(Prefix="in/", Suffix=".jpg")},
                    {"LambdaFunctionArn": function, "Events": ["s3:ObjectRestore:Completed"]}],
                "QueueConfigurations": [{"Id": "q", "QueueArn": queue, "Events": ["s3:ObjectCreated:Put"], "Filter": rules(prefix="a & <b>/ü +%20")}],
                "TopicConfigurations": [{"Id": "t", "TopicArn": topic, "Events": ["s3:ObjectTagging:*"]}],
                "EventBridgeConfiguration": {}})
            assert code(put, configuration={}, bucket="missing") == code(get, bucket="missing") == "NoSuchBucket"
            """);
        await RestartAsync();
        BotoScript.Run(Server.Endpoint, Script + """
            found = get()
            generated = found["LambdaFunctionConfigurations"][1].pop("Id")
            assert len(generated) == 36, found
            assert found == {
                "LambdaFunctionConfigurations": [
                    {"Id": "f", "LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], "Filter": rules(Prefix="in/", Suffix=".jpg")},
                    {"LambdaFunctionArn": function, "Events": ["s3:ObjectRestore:Completed"]}],
                "QueueConfigurations": [{"Id": "q", "QueueArn": queue, "Events": ["s3:ObjectCreated:Put"], "Filter": rules(Prefix="a & <b>/ü +%20")}],
                "TopicConfigurations": [{"Id": "t", "TopicArn": topic, "Events": ["s3:ObjectTagging:*"]}],
                "EventBridgeConfiguration": {}}, found
            put({})
            assert get() == {}
            """);
    }

    [PythonFact("boto3")]
    public void An_invalid_configuration_is_refused_and_changes_nothing() => BotoScript.Run(Server.Endpoint, Script + """
        good = {"Id": "f", "LambdaFunctionArn": function, "Events": ["s3:ObjectCreated:*"], "Filter": rules(Prefix="in/")}
        put({"LambdaFunctionConfigurations": [good]})
        def refused(*others, **changes):
            try:
                put({"LambdaFunctionConfigurations": [{**good, **changes}, *others]})
            except ClientError as e:
                return e.response["Error"]["Code"] + " " + e.response["Error"]["Message"]
            return "nothing"
        assert refused(Events=["s3:ObjectCreated"]).startswith("InvalidArgument The event is not supported")
        assert refused(Events=["s3:TestEvent"]).startswith("InvalidArgument The event is not supported")
        for wrong in "ResizeImage", queue, "arn:aws:lambda:eu-west-1:1234:function:f", function + " ":
            assert refused(LambdaFunctionArn=wrong).startswith("InvalidArgument The ARN is not well formed"), wrong
        assert refused(LambdaFunctionArn="arn:aws:lambda:us-east-1:000000000000:function:ResizeImage").startswith("InvalidArgument Unable to validate the following destination")
        assert refused(Filter=rules(infix="a")).startswith("InvalidArgument filter rule name must be either prefix or suffix")
        assert refused(Filter={"Key": {"FilterRules": [{"Name": "prefix", "Value": "a"}, {"Name": "Prefix", "Value": "b"}]}}).startswith("InvalidArgument Cannot specify more than one prefix rule")
        assert refused({**good, "Filter": rules(Prefix="out/")}).startswith("InvalidArgument Same ID")
        assert refused(Id="i" * 256).startswith("InvalidArgument The ID has more than 255")
        other = {**good, "Id": "g"}
        for overlap in {}, {"Filter": rules(Prefix="in/deep/")}, {"Filter": rules(Suffix=".jpg")}, {"Events": ["s3:ObjectCreated:Put"]}:
            assert refused({**other, **overlap}).startswith("InvalidArgument Configuration is ambiguously defined"), overlap
        assert get() == {"LambdaFunctionConfigurations": [good]}
        for beside in {"Filter": rules(Prefix="out/")}, {"Events": ["s3:ObjectRemoved:*"]}:
            put({"LambdaFunctionConfigurations": [good, {**other, **beside}]})
        put({"LambdaFunctionConfigurations": [{**good, "Filter": rules(Suffix=".jpg")}, {**other, "Filter": rules(Suffix=".png")}]})
        put({"LambdaFunctionConfigurations": [{**good, "LambdaFunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:later"}]}, SkipDestinationValidation=True)
        """);

    [Theory]
    [InlineData("<NotificationConfiguration><Other/></NotificationConfiguration>")]
    [InlineData("<NotificationConfiguration><QueueConfiguration><Queue>a</Queue></QueueConfiguration></NotificationConfiguration>")]
    [InlineData("<Other/>")]
    [InlineData("nonsense")]
    public async Task A_malformed_body_is_refused(string xml)
    {
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos?notification", System.Text.Encoding.UTF8.GetBytes(xml));
        Assert.Contains("<Code>MalformedXML</Code>", answer.Text, StringComparison.Ordinal);
    }
}
