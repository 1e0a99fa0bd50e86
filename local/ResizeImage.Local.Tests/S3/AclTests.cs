using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Canned ACLs of objects, as a bucket with ACLs enabled accepts them.</summary>
public sealed class AclTests : S3Fixture
{
    [PythonFact("boto3")]
    public void Each_canned_ACL_of_an_object_gives_the_grants_of_the_User_Guide() => BotoScript.Run(Server.Endpoint, """
        owner, everyone = ("local", "FULL_CONTROL"), "http://acs.amazonaws.com/groups/global/AllUsers"
        expected = {
            "private": [owner],
            "public-read": [owner, (everyone, "READ")],
            "public-read-write": [owner, (everyone, "READ"), (everyone, "WRITE")],
            "authenticated-read": [owner, ("http://acs.amazonaws.com/groups/global/AuthenticatedUsers", "READ")],
            "aws-exec-read": [owner],
            "bucket-owner-read": [owner],
            "bucket-owner-full-control": [owner],
        }
        assert set(expected) == set(s3.meta.service_model.shape_for("ObjectCannedACL").enum)
        for acl, grants in expected.items():
            s3.put_object(Bucket="photos", Key="x", Body=b"x", ACL=acl)
            answer = s3.get_object_acl(Bucket="photos", Key="x")
            assert answer["Owner"]["ID"] == "local"
            found = [(grant["Grantee"].get("ID") or grant["Grantee"]["URI"], grant["Permission"]) for grant in answer["Grants"]]
            assert found == grants, (acl, found)
            assert [grant["Grantee"]["Type"] for grant in answer["Grants"]] == ["CanonicalUser"] + ["Group"] * (len(grants) - 1)
        """);

    [Fact]
    public async Task A_copy_has_the_ACL_of_its_request_and_not_that_of_its_source()
    {
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "x", ContentBody = "x", CannedACL = S3CannedACL.PublicRead });
        Assert.Equal(2, await GrantsAsync("x"));
        await S3.CopyObjectAsync(Bucket, "x", Bucket, "copy");
        Assert.Equal(1, await GrantsAsync("copy"));
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = Bucket, SourceKey = "x", DestinationBucket = Bucket, DestinationKey = "copy", CannedACL = S3CannedACL.AuthenticatedRead });
        Assert.Equal(2, await GrantsAsync("copy"));
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "x", ContentBody = "y" });
        Assert.Equal(1, await GrantsAsync("x"));
    }

    private async Task<int> GrantsAsync(string key) => (await S3.GetObjectAclAsync(new GetObjectAclRequest { BucketName = Bucket, Key = key })).Grants.Count;
}
