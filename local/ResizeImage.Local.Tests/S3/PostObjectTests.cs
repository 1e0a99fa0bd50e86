using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Events;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Uploads by forms whose policies boto3 signs.</summary>
public sealed class PostObjectTests : S3Fixture
{
    private const string Form = """
        import base64, datetime

        def form(fields, file=b"picture", name="p.jpg", tail=True):
            parts = ['--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % field for field in fields.items()]
            parts.append('--b\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: image/jpeg\r\n\r\n' % name)
            body = "".join(parts).encode() + file + (b'\r\n--b\r\nContent-Disposition: form-data; name="submit"\r\n\r\ngo\r\n--b--\r\n' if tail else b"")
            return http("POST", sys.argv[1] + "photos", body, Content_Type="multipart/form-data; boundary=b")

        def refused(answer, status, code, text):
            assert (answer.status, answer.code_) == (status, code) and text in answer.text, answer.text

        s3 = client(signature_version=VERSION)

        """;

    [PythonTheory("boto3")]
    [InlineData("s3v4")]
    [InlineData("s3")]
    public async Task A_form_that_the_policy_allows_is_stored(string version)
    {
        using ObjectEventSubscription events = Server.ObjectEvents.Subscribe();
        Run(version, """
            post = s3.generate_presigned_post("photos", "input/ü ${filename}", Fields={"Content-Type": "image/jpeg", "x-amz-meta-who": "me"},
                Conditions=[{"Content-Type": "image/jpeg"}, {"x-amz-meta-who": "me"}, ["content-length-range", 7, 7]])
            answer = form(post["fields"], name="C:\\fakepath\\a b.jpg")
            assert answer.status == 204 and answer.headers["ETag"] == '"%s"' % hashlib.md5(b"picture").hexdigest(), answer.text
            got = s3.get_object(Bucket="photos", Key="input/ü a b.jpg")
            assert (got["Body"].read(), got["ContentType"], got["Metadata"]) == (b"picture", "image/jpeg", {"who": "me"}), got

            free = s3.generate_presigned_post("photos", "x", Conditions=[["starts-with", "$success_action_status", "20"]], Fields={"x-ignore-me": "1"})
            assert form({**free["fields"], "success_action_status": "201"}).status == 201
            """);
        Assert.Equal("ObjectCreated:Post", (await events.NextAsync()).Name);
    }

    [PythonTheory("boto3")]
    [InlineData("s3v4")]
    [InlineData("s3")]
    public void A_form_that_the_policy_does_not_allow_is_not_stored(string version)
    {
        Run(version, """
            post = s3.generate_presigned_post("photos", "input/x.jpg", Conditions=[["content-length-range", 2, 10]])
            fields = post["fields"]
            refused(form(fields, b"1"), 400, "EntityTooSmall", "<MinSizeAllowed>2<")
            refused(form(fields, b"12345678901"), 400, "EntityTooLarge", "<MaxSizeAllowed>10<")
            refused(form({**fields, "key": "input/y.jpg"}), 403, "AccessDenied", "Policy Condition failed")
            refused(form({**fields, "x-amz-meta-more": "1"}), 403, "AccessDenied", "Extra input fields: x-amz-meta-more")
            other = base64.b64encode(base64.b64decode(fields["policy"]).replace(b"x.jpg", b"y.jpg")).decode()
            refused(form({**fields, "policy": other, "key": "input/y.jpg"}), 403, "SignatureDoesNotMatch", "")
            refused(form({"key": "input/x.jpg"}), 403, "AccessDenied", "policy")
            refused(form({**fields, "x-ignore-much": "m" * 20480}), 400, "MaxPostPreDataLengthExceeded", "")
            refused(form({**s3.generate_presigned_post("photos", "x", ExpiresIn=-10)["fields"]}), 403, "AccessDenied", "Policy expired")
            refused(form(client("other", signature_version=VERSION).generate_presigned_post("photos", "x")["fields"]), 403, "InvalidAccessKeyId", "")
            refused(form(client(secret="other", signature_version=VERSION).generate_presigned_post("photos", "x")["fields"]), 403, "SignatureDoesNotMatch", "")
            refused(form({**s3.generate_presigned_post("other", "x")["fields"]}), 403, "AccessDenied", "Policy Condition failed")
            refused(form({**s3.generate_presigned_post("photos", "k" * 1025)["fields"]}), 400, "KeyTooLongError", "")
            refused(form({**s3.generate_presigned_post("photos", "x", Fields={"tagging": "<Tagging/>"}, Conditions=[{"tagging": "<Tagging/>"}])["fields"]}), 400, "MalformedXML", "TagSet")
            refused(form(fields, tail=False), 400, "MalformedPOSTRequest", "")
            refused(http("POST", sys.argv[1] + "photos", b"--b--\r\n", Content_Type="multipart/form-data; boundary=b"), 400, "InvalidArgument", "file")
            refused(http("POST", sys.argv[1] + "photos", b"key=x", Content_Type="application/x-www-form-urlencoded"), 412, "PreconditionFailed", "multipart/form-data")
            """);
        Assert.Equal([".s3/in-use", ".s3/owner"], Folder.Files());
    }

    [PythonFact("boto3")]
    public void A_policy_expires_at_a_time_in_ISO_8601_and_is_signed() => Run("s3", """
        import hmac
        def sign(expiration):
            policy = base64.b64encode(json.dumps({"expiration": expiration, "conditions": [["starts-with", "$key", ""], {"bucket": "photos"}, ["starts-with", "$x-amz-meta-name", ""]]}).encode()).decode()
            signature = base64.b64encode(hmac.new(b"local", policy.encode(), hashlib.sha1).digest()).decode()
            return {"key": "x", "x-amz-meta-name": "${filename}", "AWSAccessKeyId": "local", "policy": policy, "signature": signature}
        for good in "2060-01-01T00:00:00Z", "2060-01-01T12:00:00.000Z":
            assert form(sign(good)).status == 204, good
        for bad in "2060-11-25 22:15:42+00:00", "2060-01-01", "2060-01-01T00:00:00", "2060-01-01T00:00:00+00:00", "Thu, 01 Jan 2060 00:00:00 GMT", "":
            refused(form(sign(bad)), 400, "InvalidPolicyDocument", "expiration")
        whole = sign("2060-01-01T00:00:00Z")
        for missing in "signature", "policy":
            refused(form({name: value for name, value in whole.items() if name != missing}), 400, "InvalidArgument", f"a field named '{missing}'")
        refused(form({**whole, "x-amz-meta-a b": "c"}), 403, "AccessDenied", "Extra input fields")
        """);

    [PythonFact("boto3")]
    public void The_form_chooses_the_answer() => Run("s3v4", """
        class Stay(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *_):
                return None

        def post(**extra):
            fields = s3.generate_presigned_post("photos", "in/x y", Fields=dict(extra), Conditions=[{name: value} for name, value in extra.items()])["fields"]
            return form(fields)

        assert post().status == 204
        assert (post(success_action_status="200").status, post(success_action_status="299").status) == (200, 204)
        created = post(success_action_status="201")
        assert created.status == 201 and "<PostResponse" in created.text and "<Key>in/x y</Key>" in created.text, created.text
        assert http("GET", re.findall("<Location>(.*)</Location>", created.text)[0]).text == "picture"
        opener = urllib.request.build_opener
        urllib.request.build_opener = lambda *handlers: opener(*handlers, Stay)
        there = post(success_action_redirect="http://127.0.0.1:9/done?a=1")
        assert there.status == 303 and there.headers["Location"].startswith("http://127.0.0.1:9/done?a=1&bucket=photos&key=in%2Fx%20y&etag=%22"), there.headers
        """);

    private void Run(string version, string script) => BotoScript.Run(Server.Endpoint, $"VERSION = '{version}'\n" + Form + script);
}
