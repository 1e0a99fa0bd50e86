using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Tags of objects.</summary>
public sealed class TaggingTests : S3Fixture
{
    [PythonFact("boto3")]
    public void Tags_are_put_with_an_object_counted_replaced_and_deleted() => BotoScript.Run(Server.Endpoint, """
        def tags(key="x"):
            return {tag["Key"]: tag["Value"] for tag in s3.get_object_tagging(Bucket="photos", Key=key)["TagSet"]}

        s3.put_object(Bucket="photos", Key="plain", Body=b"x")
        assert tags("plain") == {} and "TagCount" not in s3.head_object(Bucket="photos", Key="plain")

        s3.put_object(Bucket="photos", Key="x", Body=b"x", Tagging="kind=thumbnail&a+b=%C3%A9%2B&empty=")
        assert tags() == {"kind": "thumbnail", "a b": "é+", "empty": ""}, tags()
        assert s3.head_object(Bucket="photos", Key="x")["ResponseMetadata"]["HTTPHeaders"]["x-amz-tagging-count"] == "3"
        before = s3.get_object(Bucket="photos", Key="x")
        assert before["TagCount"] == 3

        s3.put_object_tagging(Bucket="photos", Key="x", Tagging={"TagSet": [{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}]})
        assert s3.get_object_tagging(Bucket="photos", Key="x")["TagSet"] == [{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}]
        after = s3.get_object(Bucket="photos", Key="x")
        assert (after["TagCount"], after["ETag"], after["LastModified"], after["Body"].read()) == (2, before["ETag"], before["LastModified"], b"x")

        answer = s3.delete_object_tagging(Bucket="photos", Key="x")
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204 and tags() == {}
        s3.put_object_tagging(Bucket="photos", Key="x", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
        s3.put_object_tagging(Bucket="photos", Key="x", Tagging={"TagSet": []})
        assert tags() == {} and "TagCount" not in s3.head_object(Bucket="photos", Key="x")

        # A new object has none of the old one's tags.
        s3.put_object_tagging(Bucket="photos", Key="x", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
        s3.put_object(Bucket="photos", Key="x", Body=b"y")
        assert tags() == {}
        """);

    [PythonFact("boto3")]
    public void The_limits_are_those_of_S3() => BotoScript.Run(Server.Endpoint, """
        from urllib.parse import urlencode
        s3.put_object(Bucket="photos", Key="x", Body=b"x")

        def both(pairs):
            # An empty key is refused by boto itself.
            if not all(k for k, _ in pairs):
                return (code(s3.put_object, Bucket="photos", Key="y", Body=b"y", Tagging=urlencode(pairs)),
                        http("PUT", sys.argv[1] + "photos/x?tagging", b"<Tagging><TagSet><Tag><Key/><Value>v</Value></Tag></TagSet></Tagging>").code_)
            put = code(s3.put_object, Bucket="photos", Key="y", Body=b"y", Tagging=urlencode(pairs))
            tagging = code(s3.put_object_tagging, Bucket="photos", Key="x", Tagging={"TagSet": [{"Key": k, "Value": v} for k, v in pairs]})
            return put, tagging

        for good in [], [("k" * 128, "v" * 256)], [(str(i), "") for i in range(10)], [("a+-=._:/@ 1é漢", "a+-=._:/@ 1é漢")], [("A", "1"), ("a", "1")], [("é" * 128, "漢" * 256)]:
            assert both(good) == (None, None), good
        for bad in [("k" * 129, "v")], [("k", "v" * 257)], [("", "v")], [("a#b", "v")], [("k", "a&b")], [("k", "a\nb")], [("aws:k", "v")], [("AWS:k", "v")]:
            assert both(bad) == ("InvalidTag", "InvalidTag"), (bad, both(bad))
        assert both([(str(i), "") for i in range(11)]) == ("BadRequest", "BadRequest")
        assert both([("a", "1"), ("a", "2")]) == ("InvalidArgument", "InvalidTag")
        assert code(s3.head_object, Bucket="photos", Key="none") == "404"
        assert code(s3.put_object_tagging, Bucket="photos", Key="none", Tagging={"TagSet": []}) == "NoSuchKey"

        # What was refused changed nothing.
        assert s3.get_object_tagging(Bucket="photos", Key="x")["TagSet"] == [{"Key": "é" * 128, "Value": "漢" * 256}]
        """);

    [Theory]
    [InlineData("<Tagging/>")]
    [InlineData("<Tagging><TagSet/><TagSet/></Tagging>")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>")]
    [InlineData("<Tagging><TagSet><Other/></TagSet></Tagging>")]
    [InlineData("<TagSet/>")]
    [InlineData("<Tagging><TagSet>")]
    public async Task A_body_of_another_form_is_malformed(string body)
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray());
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x?tagging", System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Equal(400, answer.Status);
        Assert.Contains("<Code>MalformedXML</Code>", answer.Text, StringComparison.Ordinal);
    }

    [PythonFact("boto3")]
    public void Copies_uploads_in_parts_presigned_urls_and_forms_have_tags() => BotoScript.Run(Server.Endpoint, """
        def tags(key):
            return {tag["Key"]: tag["Value"] for tag in s3.get_object_tagging(Bucket="photos", Key=key)["TagSet"]}

        s3.put_object(Bucket="photos", Key="x", Body=b"x", Tagging="a=1")
        s3.copy_object(Bucket="photos", Key="copy", CopySource="photos/x")
        s3.copy_object(Bucket="photos", Key="replaced", CopySource="photos/x", TaggingDirective="REPLACE", Tagging="b=2")
        s3.copy_object(Bucket="photos", Key="none", CopySource="photos/x", TaggingDirective="REPLACE")
        assert (tags("copy"), tags("replaced"), tags("none")) == ({"a": "1"}, {"b": "2"}, {})
        assert code(s3.copy_object, Bucket="photos", Key="y", CopySource="photos/x", TaggingDirective="bogus") == "InvalidArgument"

        upload = s3.create_multipart_upload(Bucket="photos", Key="m", Tagging="c=3", ACL="public-read")["UploadId"]
        part = s3.upload_part(Bucket="photos", Key="m", UploadId=upload, PartNumber=1, Body=b"abc")
        s3.complete_multipart_upload(Bucket="photos", Key="m", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
        assert tags("m") == {"c": "3"} and len(s3.get_object_acl(Bucket="photos", Key="m")["Grants"]) == 2

        v4 = client(signature_version="s3v4")
        url = v4.generate_presigned_url("put_object", Params={"Bucket": "photos", "Key": "p", "Tagging": "d=4"})
        headers = {} if "x-amz-tagging=" in url else {"x_amz_tagging": "d=4"}
        assert http("PUT", url, b"p", **headers).status == 200
        assert tags("p") == {"d": "4"}

        xml = "<Tagging><TagSet><Tag><Key>e</Key><Value>5</Value></Tag></TagSet></Tagging>"
        form = v4.generate_presigned_post("photos", "f", Fields={"tagging": xml, "acl": "public-read"}, Conditions=[{"tagging": xml}, {"acl": "public-read"}])
        body = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in form["fields"].items())
        body += '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nF\r\n--b--\r\n'
        assert http("POST", form["url"], body.encode(), Content_Type="multipart/form-data; boundary=b").status == 204
        assert tags("f") == {"e": "5"} and len(s3.get_object_acl(Bucket="photos", Key="f")["Grants"]) == 2
        """);

    [Fact]
    public async Task The_SDK_reads_what_it_put()
    {
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "x", ContentBody = "x", TagSet = [new Tag { Key = "a b", Value = "ü=" }] });
        GetObjectTaggingResponse tags = await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Bucket, Key = "x" });
        Tag tag = Assert.Single(tags.Tagging);
        Assert.Equal(("a b", "ü="), (tag.Key, tag.Value));
        Assert.Equal(1, (await S3.GetObjectAsync(Bucket, "x")).TagCount);
    }

    [Fact]
    public async Task Tags_and_ACL_survive_a_restart()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "x"u8.ToArray(), "x-amz-tagging: a=1", "x-amz-acl: public-read");
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x?tagging", "<Tagging><TagSet><Tag><Key>b</Key><Value>2</Value></Tag></TagSet></Tagging>"u8.ToArray());
        await RestartAsync();
        RawResponse answer = await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x?tagging");
        Assert.Contains("<TagSet><Tag><Key>b</Key><Value>2</Value></Tag></TagSet>", answer.Text, StringComparison.Ordinal);
        Assert.Contains("AllUsers", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x?acl")).Text, StringComparison.Ordinal);
        Assert.Equal("x", (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x")).Text);
    }

    [Fact]
    public async Task A_file_that_a_user_changed_is_still_detected_after_tags_were_put()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt", "x"u8.ToArray());
        await Task.Delay(50);
        await File.WriteAllTextAsync(Folder["photos/x.txt"], "y");
        await Task.Delay(50);
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt?tagging", "<Tagging><TagSet/></Tagging>"u8.ToArray());
        await RestartAsync();
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/x.txt")).Status);
    }

    [Fact]
    public async Task A_file_that_a_user_deleted_has_no_tags()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt", "x"u8.ToArray(), "x-amz-tagging: a=1");
        File.Delete(Folder["photos/x.txt"]);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "GET /photos/x.txt?tagging")).Status);
        Assert.Equal(404, (await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x.txt?tagging", "<Tagging><TagSet/></Tagging>"u8.ToArray())).Status);
    }
}
