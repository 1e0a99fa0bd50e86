using ResizeImage.Local.S3.Content;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

public sealed class ChecksumTests : S3Fixture
{
    /// <remarks>The check values that the algorithms' definitions give for the digits 1 to 9; hashes by openssl.</remarks>
    [Theory]
    [InlineData("crc32", "CBF43926")]
    [InlineData("crc32c", "E3069283")]
    [InlineData("crc64nvme", "AE8B14860A799888")]
    [InlineData("md5", "25F9E794323B453885F5181F1B624D0B")]
    [InlineData("sha1", "F7C3BC1D808E04732ADF679965CCC34CA7AE3441")]
    [InlineData("sha256", "15E2B0D3C33891EBB0F1EF609EC419420C20E320CE94C65FBC8C3312448EB225")]
    public void Check_value(string algorithm, string value)
    {
        using Digest digest = Digest.Create(algorithm);
        digest.Append("1234"u8);
        digest.Append("56789"u8);
        Assert.Equal(value, Convert.ToHexString(digest.Finish()));
    }

    [Theory]
    [InlineData("crc32", "y/Q5Jg==")]
    [InlineData("crc32c", "4waSgw==")]
    [InlineData("crc64nvme", "rosUhgp5mIg=")]
    [InlineData("sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=")]
    [InlineData("sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=")]
    public async Task A_valid_checksum_is_stored_and_returned_on_request(string algorithm, string value)
    {
        string header = "x-amz-checksum-" + algorithm;
        RawResponse put = await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/x", "123456789"u8.ToArray(), $"{header}: {value}");
        Assert.Equal(200, put.Status);
        Assert.Equal(value, put.Headers[header]);
        RawResponse asked = await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/x", null, "x-amz-checksum-mode: ENABLED");
        Assert.Equal(value, asked.Headers[header]);
        Assert.Equal("FULL_OBJECT", asked.Headers["x-amz-checksum-type"]);
        Assert.DoesNotContain(header, (await RawHttp.SendAsync(Server.Endpoint, "HEAD /photos/x")).Headers.Keys);
    }
}
