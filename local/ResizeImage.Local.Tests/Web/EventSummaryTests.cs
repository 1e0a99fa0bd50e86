using System.Text;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Tests.Web;

public class EventSummaryTests
{
    [Theory]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"input/a+b%2B.jpg"}}},{"eventName":"x","s3":{"object":{"key":"c"}}},{"s3":{"object":{"key":"c"}}}]}""", "ObjectCreated:Put", "input/a b+.jpg", "c")]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"photos"}""", "s3:TestEvent")]
    [InlineData("""{"detail-type":"Scheduled Event","detail":{}}""", "Scheduled Event")]
    [InlineData("""{"Records":[]}""", "")]
    [InlineData("""{"Records":[null,{"s3":null}]}""", "")]
    [InlineData("""{"Records":[{"eventName":7}]}""", "")]
    [InlineData("""{"Records":[{"eventName":"\ud800"}]}""", "")]
    [InlineData("""{"Records":"none"}""", "")]
    [InlineData("[1]", "")]
    [InlineData("null", "")]
    [InlineData("not JSON", "")]
    public void Any_event_has_a_summary(string json, string name, params string[] keys)
    {
        EventSummary summary = EventSummary.Read(Encoding.UTF8.GetBytes(json));
        Assert.Equal(name, summary.Name);
        Assert.Equal(keys, summary.Keys);
    }
}
