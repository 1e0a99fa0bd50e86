using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Runs Python with a boto3 client "s3" and some helpers. A failed assertion of the script fails the test, with Python's traceback.</summary>
internal static class BotoScript
{
    private const string Client = """
        import boto3, botocore, hashlib, io, json, re, sys, urllib.error, urllib.request
        from botocore.config import Config
        from botocore.exceptions import ClientError
        def client(key="local", secret="local", **config):
            return boto3.client("s3", endpoint_url=sys.argv[1], aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1",
                                config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, proxies={}, **config))

        s3 = client()

        def code(call, **arguments):
            try:
                call(**arguments)
            except ClientError as e:
                return e.response["Error"]["Code"]

        def http(method, url, body=None, **headers):
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            try:
                answer = opener.open(urllib.request.Request(url, data=body, method=method, headers=headers))
            except urllib.error.HTTPError as e:
                answer = e
            answer.text = answer.read().decode()
            answer.code_ = (re.findall("<Code>(.*?)</Code>", answer.text) + [None])[0]
            return answer

        """;

    /// <param name="endpoint">Of the server.</param>
    /// <param name="script">What it does.</param>
    public static void Run(Uri endpoint, string script) =>
        ExternalProgram.Run(ExternalProgram.Python("boto3")!, ["-c", Client + script, endpoint.ToString()]);
}
