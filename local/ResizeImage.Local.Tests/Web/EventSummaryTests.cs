using System.Text;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Tests.Web;

public class EventSummaryTests
{
    [Theory]
    [InlineData("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"object":{"key":"input/a+b%2B.jpg"}}},{"eventName":"x","s3":{"object":{"key":"c"}}},{"s3":{"object":{"key":"c"}}}]}""", "ObjectCreated:Put", "input/a b+.jpg", "c")]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"photos"}""", "s3:TestEvent")]
    [InlineData("""{"detail-type":"Scheduled Event","detail":{}}""", "Scheduled Event")]
    [InlineData("""{"Records":[{"messageId":"1","body":"{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"object\":{\"key\":\"a+b\"}}}]}"},{"body":"{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"object\":{\"key\":\"c\"}}}]}"}]}""", "SQS · ObjectCreated:Put", "a b", "c")]
    [InlineData("""{"Records":[{"Sns":{"Message":"{\"Event\":\"s3:TestEvent\"}"}}]}""", "SNS · s3:TestEvent")]
    [InlineData("""{"Records":[{"body":"{\"Type\":\"Notification\",\"Message\":\"{\\\"Records\\\":[{\\\"eventName\\\":\\\"x\\\",\\\"s3\\\":{\\\"object\\\":{\\\"key\\\":\\\"k\\\"}}}]}\"}"}]}""", "SQS · SNS · x", "k")]
    [InlineData("""{"source":"aws.s3","detail-type":"Object Created","detail":{"object":{"key":"a+b%41.jpg"}}}""", "Object Created", "a+b%41.jpg")]
    [InlineData("""{"invocationSchemaVersion":"2.0","tasks":[{"s3Key":"input%2Fa+b"},{"s3Key":7}]}""", "S3 Batch Operations", "input/a b")]
    [InlineData("""{"Records":[{"body":"not JSON"}]}""", "SQS")]
    [InlineData("""[{"Records":[{"eventName":"x","s3":{"object":{"key":"k"}}}]}]""", "x", "k")]
    [InlineData("""[[[[[[{"Event":"deep"}]]]]]]""", "")]
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
