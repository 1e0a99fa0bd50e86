using Amazon;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>URLs that other programs sign: they allow exactly the signed request.</summary>
public sealed class PresignedUrlTests : S3Fixture
{
    [PythonTheory("boto3")]
    [InlineData("s3v4")]
    [InlineData("s3")]
    public void A_url_that_was_tampered_with_fails(string version) => BotoScript.Run(Server.Endpoint, $"version = '{version}'\n" + """
        s3 = client(signature_version=version)
        for key in "plain.txt", "p q+ü%41&=.txt", "a/../b//c.txt":
            url = s3.generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": key, "Metadata": {"who": "me"}})
            meta = {} if "x-amz-meta-who" in url and "SignedHeaders=host&" in url or version == "s3" else {"x-amz-meta-who": "me"}
            assert http("PUT", url, b"presigned", Content_Type="", **meta).status == 200, url
            assert s3.head_object(Bucket="photos", Key=key)["Metadata"] == {"who": "me"}, url

            url = s3.generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": key, "ResponseContentType": "text/x"})
            answer = http("GET", url)
            assert (answer.text, answer.headers["Content-Type"]) == ("presigned", "text/x"), answer.text
            for tampered in (url.replace(".txt", ".jpg"), url.replace("text%2Fx", "text%2Fy"), url.replace("/photos/", "/photo2/"), url.replace("ignature=", "ignature=0"),
                             url.replace("Expires=", "Expires=1")):
                assert tampered != url and http("GET", tampered).code_ in ("SignatureDoesNotMatch", "AuthorizationQueryParametersError", "AccessDenied"), tampered
            assert http("DELETE", url).code_ == "SignatureDoesNotMatch"
            assert http("PUT", url, b"x").code_ == "SignatureDoesNotMatch"
            assert http("GET", url, x_amz_meta_more="1").code_ == ("AccessDenied" if version == "s3v4" else "SignatureDoesNotMatch")

        params = {"Bucket": "photos", "Key": "plain.txt"}
        assert http("GET", client("other", signature_version=version).generate_presigned_url("get_object", Params=params)).code_ == "InvalidAccessKeyId"
        assert http("GET", client(secret="other", signature_version=version).generate_presigned_url("get_object", Params=params)).code_ == "SignatureDoesNotMatch"
        listed = http("GET", s3.generate_presigned_url("list_objects", Params={"Bucket": "photos", "Prefix": "p"}))
        assert listed.status == 200, listed.text
        """);

    [PythonFact("boto3")]
    public void A_url_expires() => BotoScript.Run(Server.Endpoint, """
        s3.put_object(Bucket="photos", Key="x", Body=b"x")
        params = {"Bucket": "photos", "Key": "x"}
        old = http("GET", client(signature_version="s3").generate_presigned_url("get_object", Params=params, ExpiresIn=-10))
        assert (old.status, old.code_) == (403, "AccessDenied") and "Request has expired" in old.text, old.text
        long = http("GET", client(signature_version="s3v4").generate_presigned_url("get_object", Params=params, ExpiresIn=604801))
        assert (long.status, long.code_) == (400, "AuthorizationQueryParametersError"), long.text
        """);

    /// <summary>Such a URL would outlive the key of the day, by which it is signed.</summary>
    [PythonFact("boto3")]
    public void A_url_dated_on_another_day_than_its_credential_is_refused() => BotoScript.Run(Server.Endpoint, """
        import datetime, hmac
        from urllib.parse import quote, urlsplit
        def signed(scope_day, time):
            scope = f"{scope_day}/us-east-1/s3/aws4_request"
            query = f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={quote('local/' + scope, safe='')}&X-Amz-Date={time}&X-Amz-Expires=3600&X-Amz-SignedHeaders=host"
            request = f"GET\n/photos/x\n{query}\nhost:{urlsplit(sys.argv[1]).netloc}\n\nhost\nUNSIGNED-PAYLOAD"
            text = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
            key = b"AWS4local"
            for part in scope.split("/"):
                key = hmac.new(key, part.encode(), "sha256").digest()
            return f"{sys.argv[1].rstrip('/')}/photos/x?{query}&X-Amz-Signature={hmac.new(key, text.encode(), 'sha256').hexdigest()}"

        s3.put_object(Bucket="photos", Key="x", Body=b"x")
        now = datetime.datetime.now(datetime.timezone.utc)
        time = now.strftime("%Y%m%dT%H%M%SZ")
        assert http("GET", signed(time[:8], time)).text == "x"
        for days in -1, 1:
            other = http("GET", signed((now + datetime.timedelta(days)).strftime("%Y%m%d"), time))
            assert (other.status, other.code_) == (400, "AuthorizationQueryParametersError"), other.text
        """);

    [Theory]
    [InlineData(-120, "Request has expired")]
    [InlineData(120, "Request is not valid yet")]
    [InlineData(20, "Request is not valid yet")] // clocks may differ by 15 minutes
    [InlineData(10, null)]
    [InlineData(0, null)]
    public async Task A_url_signed_hours_ago_or_minutes_ahead(int minutes, string? refusal)
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray());
        DateTime now = DateTime.UtcNow.AddMinutes(minutes);
        Uri url = new(await SignAsync(now, TimeSpan.FromHours(1)));
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "GET " + url.PathAndQuery);
        Assert.Equal(refusal is null ? 200 : 403, answer.Status);
        Assert.Contains(refusal ?? "x", answer.Text, StringComparison.Ordinal);
    }

    [ToolFact("aws")]
    public async Task The_AWS_CLI_presigns()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/a%20b.txt", "hello"u8.ToArray());
        string url = AwsCli.Run(Server.Endpoint, "s3", "presign", "s3://photos/a b.txt").Trim();
        Assert.Equal("hello", await Http.GetStringAsync(new Uri(url)));
        using HttpResponseMessage tampered = await Http.GetAsync(new Uri(url.Replace("a%20b", "a%20c", StringComparison.Ordinal)));
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", await tampered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [ToolFact("s3cmd")]
    public async Task S3cmd_signs()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/a%20b.txt", "hello"u8.ToArray());
        string url = S3Cmd.Run(Server.Endpoint, "signurl", "s3://photos/a b.txt", "+600").Trim();
        Assert.Contains("Signature=", url, StringComparison.Ordinal);
        Assert.Equal("hello", await Http.GetStringAsync(new Uri(url)));
    }

    /// <summary>A URL to read x, signed by the AWS SDK as if it were <paramref name="now"/>.</summary>
    private async Task<string> SignAsync(DateTime now, TimeSpan valid)
    {
        using AmazonS3Client client = new(LocalUser, new AmazonS3Config { ServiceURL = Server.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "eu-central-1" });
        AWSConfigs.ManualClockCorrection = now - DateTime.UtcNow;
        try
        {
            return await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = Bucket, Key = "x", Expires = now + valid, Protocol = Protocol.HTTP });
        }
        finally
        {
            AWSConfigs.ManualClockCorrection = null;
        }
    }
}
