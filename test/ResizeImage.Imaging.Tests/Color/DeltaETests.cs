namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Pairs that Sharma, Wu and Dalal published to test implementations of CIEDE2000 with (2005, table 1).</summary>
public class DeltaETests
{
    [Theory]
    [InlineData(50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425)]
    [InlineData(50, -1, 2, 50, 0, 0, 2.3669)]
    [InlineData(50, 2.5, 0, 50, 0, -2.5, 4.3065)]
    [InlineData(50, 2.5, 0, 73, 25, -18, 27.1492)]
    [InlineData(22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373)]
    [InlineData(2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082)]
    public void Agrees_with_the_published_pairs(double l1, double a1, double b1, double l2, double a2, double b2, double expected) =>
        Assert.Equal(expected, DeltaE.Ciede2000((l1, a1, b1), (l2, a2, b2)), 1e-4);
}
