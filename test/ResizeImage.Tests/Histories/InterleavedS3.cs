using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;

namespace ResizeImage.Tests.Histories;

/// <summary>A client of S3 whose requests get the outcomes that the test sets on their invocations.</summary>
internal sealed class InterleavedS3 : HttpClientFactory
{
    private InterleavedS3()
    {
    }

    /// <summary>Makes the client. It does not retry, so that histories do not wait: the history repeats a failed invocation as a whole.</summary>
    public static AmazonS3Client Connect(string endpoint) => new(
        new BasicAWSCredentials(FunctionRun.User, FunctionRun.User),
        new AmazonS3Config
        {
            ServiceURL = endpoint,
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            MaxErrorRetry = 0,
            DisableLogging = true,
            HttpClientFactory = new InterleavedS3(),
        });

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }));

    private sealed class Handler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = false;
            Fate fate = Invocation.Current is { } invocation ? await invocation.WaitForFateAsync() : Fate.Done;
            switch (fate)
            {
                case Fate.Done:
                    return await base.SendAsync(request, cancellationToken);
                case Fate.BodyBroken:
                    HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
                    answer.Content = await BrokenBody.OfAsync(answer.Content, cancellationToken);
                    return answer;
                case Fate.Refused:
                    return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                    {
                        RequestMessage = request,
                        Content = new StringContent("<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>", Encoding.UTF8, "application/xml"),
                    };
                case Fate.AnswerLost or Fate.DeathAfter:
                    (await base.SendAsync(request, cancellationToken)).Dispose();
                    throw new HttpRequestException("The connection broke before the answer.");
                default:
                    throw new HttpRequestException("The connection broke.");
            }
        }
    }

    /// <summary>The first half of a body, then a broken connection.</summary>
    private sealed class BrokenBody(byte[] half) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>The same content with such a body.</summary>
        public static async Task<HttpContent> OfAsync(HttpContent content, CancellationToken cancellationToken)
        {
            byte[] body = await content.ReadAsByteArrayAsync(cancellationToken);
            StreamContent broken = new(new BrokenBody(body[..(body.Length / 2)]));
            foreach ((string name, IEnumerable<string> values) in content.Headers)
            {
                broken.Headers.TryAddWithoutValidation(name, values);
            }

            return broken;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == half.Length)
            {
                throw new IOException("The connection broke within the body.");
            }

            int read = Math.Min(count, half.Length - _position);
            half.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
