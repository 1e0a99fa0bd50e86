using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>With boto3.</summary>
public sealed class BotoTests : S3Fixture
{
    [PythonFact("boto3")]
    public void Put_get_head_copy_delete() => Run("""
        body = bytes(range(256)) * 100
        put = s3.put_object(Bucket="photos", Key="in/ü +&.jpg", Body=body, ContentType="image/jpeg", Metadata={"a": "b"}, CacheControl="no-store")
        assert put["ETag"] == '"%s"' % hashlib.md5(body).hexdigest(), put
        got = s3.get_object(Bucket="photos", Key="in/ü +&.jpg")
        assert got["Body"].read() == body and got["ContentType"] == "image/jpeg" and got["Metadata"] == {"a": "b"}, got
        assert s3.get_object(Bucket="photos", Key="in/ü +&.jpg", Range="bytes=256-259")["Body"].read() == bytes(range(4))
        copy = s3.copy_object(Bucket="photos", Key="copy", CopySource={"Bucket": "photos", "Key": "in/ü +&.jpg"})
        assert copy["CopyObjectResult"]["ETag"] == put["ETag"]
        head = s3.head_object(Bucket="photos", Key="copy")
        assert (head["ContentLength"], head["Metadata"], head["CacheControl"]) == (25600, {"a": "b"}, "no-store"), head
        s3.copy_object(Bucket="photos", Key="copy", CopySource="photos/copy", MetadataDirective="REPLACE", Metadata={"c": "d"})
        head = s3.head_object(Bucket="photos", Key="copy")
        assert (head["ContentType"], head["Metadata"]) == ("binary/octet-stream", {"c": "d"}), head
        assert code(s3.copy_object, Bucket="photos", Key="copy", CopySource="photos/copy") == "InvalidRequest"
        assert code(s3.copy_object, Bucket="photos", Key="x", CopySource="photos/none") == "NoSuchKey"
        assert code(s3.copy_object, Bucket="photos", Key="x", CopySource="photos/copy", CopySourceIfNoneMatch=head["ETag"]) == "PreconditionFailed"
        assert s3.delete_objects(Bucket="photos", Delete={"Objects": [{"Key": "copy"}, {"Key": "none"}, {"Key": "in/ü +&.jpg"}]})["Deleted"] == [{"Key": "copy"}, {"Key": "none"}, {"Key": "in/ü +&.jpg"}]
        assert s3.list_objects_v2(Bucket="photos")["KeyCount"] == 0
        """);

    [PythonFact("boto3")]
    public void Paginators() => Run("""
        keys = sorted(["k/%d ü+%%.jpg" % i for i in range(23)] + ["l/x", "\u0001", "&<>"])
        for key in keys:
            s3.put_object(Bucket="photos", Key=key, Body=b"")
        for name in "list_objects_v2", "list_objects":
            pages = list(s3.get_paginator(name).paginate(Bucket="photos", PaginationConfig={"PageSize": 5}))
            assert [o["Key"] for p in pages for o in p.get("Contents", [])] == keys
            assert len(pages) == 6, len(pages)
            pages = list(s3.get_paginator(name).paginate(Bucket="photos", Delimiter="/", PaginationConfig={"PageSize": 1}))
            assert [c["Prefix"] for p in pages for c in p.get("CommonPrefixes", [])] == ["k/", "l/"], pages
        assert [b["Name"] for b in s3.list_buckets()["Buckets"]] == ["photos"]
        assert s3.get_bucket_location(Bucket="photos")["LocationConstraint"] is None
        """);

    [PythonFact("boto3")]
    public void Multipart() => Run("""
        part = b"x" * (5 << 20)
        up = s3.create_multipart_upload(Bucket="photos", Key="m", ContentType="image/png")["UploadId"]
        other = s3.create_multipart_upload(Bucket="photos", Key="m2")["UploadId"]
        assert [u["UploadId"] for u in s3.list_multipart_uploads(Bucket="photos")["Uploads"]] == [up, other]
        tags = [s3.upload_part(Bucket="photos", Key="m", UploadId=up, PartNumber=n, Body=b)["ETag"] for n, b in ((1, b"wrong"), (1, part), (2, part), (7, b"end"))]
        page = s3.list_parts(Bucket="photos", Key="m", UploadId=up, MaxParts=2)
        assert [p["PartNumber"] for p in page["Parts"]] == [1, 2] and page["IsTruncated"], page
        assert [p["Size"] for p in s3.list_parts(Bucket="photos", Key="m", UploadId=up, PartNumberMarker=2)["Parts"]] == [3]

        def complete(*parts):
            return s3.complete_multipart_upload(Bucket="photos", Key="m", UploadId=up, MultipartUpload={"Parts": [{"PartNumber": n, "ETag": t} for n, t in parts]})

        assert code(lambda: complete((1, tags[0]))) == "InvalidPart"
        assert code(lambda: complete((1, tags[1]), (3, tags[1]))) == "InvalidPart"
        assert code(lambda: complete((2, tags[2]), (1, tags[1]))) == "InvalidPartOrder"
        assert code(lambda: complete((1, tags[1]), (1, tags[1]), (2, tags[2]))) == "InvalidPartOrder"
        small = s3.upload_part(Bucket="photos", Key="m", UploadId=up, PartNumber=3, Body=b"small")["ETag"]
        assert code(lambda: complete((1, tags[1]), (3, small), (7, tags[3]))) == "EntityTooSmall"
        done = complete((1, tags[1]), (2, tags[2]), (7, tags[3]))
        assert done["ETag"] == '"%s-3"' % hashlib.md5(hashlib.md5(part).digest() * 2 + hashlib.md5(b"end").digest()).hexdigest(), done
        got = s3.get_object(Bucket="photos", Key="m")
        assert got["Body"].read() == part + part + b"end" and got["ContentType"] == "image/png"
        third = s3.get_object(Bucket="photos", Key="m", PartNumber=3)
        assert third["Body"].read() == b"end" and third["PartsCount"] == 3, third
        assert complete((1, tags[1]), (2, tags[2]), (7, tags[3]))["ETag"] == done["ETag"]
        assert code(lambda: complete((1, tags[1]), (2, tags[2]))) == "InvalidPart"

        copied = s3.upload_part_copy(Bucket="photos", Key="m2", UploadId=other, PartNumber=1, CopySource="photos/m", CopySourceRange="bytes=0-5242879")
        last = s3.upload_part_copy(Bucket="photos", Key="m2", UploadId=other, PartNumber=2, CopySource="photos/m", CopySourceRange="bytes=10485760-10485762")
        s3.complete_multipart_upload(Bucket="photos", Key="m2", UploadId=other, MultipartUpload={"Parts": [
            {"PartNumber": 1, "ETag": copied["CopyPartResult"]["ETag"]}, {"PartNumber": 2, "ETag": last["CopyPartResult"]["ETag"]}]})
        assert s3.get_object(Bucket="photos", Key="m2")["Body"].read() == part + b"end"
        s3.put_object(Bucket="photos", Key="m", Body=b"another")
        assert code(lambda: complete((1, tags[1]), (2, tags[2]), (7, tags[3]))) == "NoSuchUpload"

        gone = s3.create_multipart_upload(Bucket="photos", Key="g")["UploadId"]
        s3.upload_part(Bucket="photos", Key="g", UploadId=gone, PartNumber=1, Body=b"x")
        s3.abort_multipart_upload(Bucket="photos", Key="g", UploadId=gone)
        assert code(s3.list_parts, Bucket="photos", Key="g", UploadId=gone) == "NoSuchUpload"
        assert "Uploads" not in s3.list_multipart_uploads(Bucket="photos")
        """);

    [PythonFact("boto3")]
    public void Conditions() => Run("""
        s3.put_object(Bucket="photos", Key="p q.txt", Body=b"x")
        assert code(s3.get_object, Bucket="photos", Key="p q.txt", IfMatch='"0"') == "PreconditionFailed"
        assert code(s3.head_object, Bucket="photos", Key="none") == "404"
        """);

    private void Run(string script) => BotoScript.Run(Server.Endpoint, script);
}
