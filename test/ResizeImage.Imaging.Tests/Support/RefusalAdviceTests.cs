namespace ResizeImage.Imaging.Tests.Support;

/// <summary>The check of advice can fail.</summary>
public class RefusalAdviceTests
{
    [Theory]
    [InlineData("The PNG is corrupt: it starts with chunk IDAT instead of IHDR.")]
    [InlineData("The PNG is corrupt: it starts with chunk IDAT instead of IHDR. Upload the complete file.")]
    [InlineData("The GIF is truncated before its first frame. Upload an undamaged copy.")]
    [InlineData("The BMP is in CMYK. It is not supported.")]
    [InlineData("Upload the complete file. The WebP is truncated within its header.")]
    public void Refusal_without_its_advice_is_found(string message) =>
        Assert.False(RefusalAdvice.IsAdvised(new InvalidImageException(message)));

    [Fact]
    public void Limit_of_a_setting_needs_no_advice_and_another_one_does()
    {
        const string Message = "The file has 2 bytes; the limit is 1.";
        Assert.True(RefusalAdvice.IsAdvised(new ImageLimitException(Message, nameof(ImageLimits.MaxFileBytes))));
        Assert.False(RefusalAdvice.IsAdvised(new ImageLimitException(Message)));
    }
}
