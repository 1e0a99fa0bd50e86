using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ResizeImage.EndToEnd;

/// <summary>A certificate of 127.0.0.1 that nobody else trusts, and the environment variables by which a function does.</summary>
internal sealed class LocalCertificate : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public LocalCertificate()
    {
        // S3's own key has 2,048 bits, too.
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_path, Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>OpenSSL, which .NET uses, reads the first variable, Node.js the second.</summary>
    public IReadOnlyDictionary<string, string> Trust => new Dictionary<string, string> { ["SSL_CERT_FILE"] = _path, ["NODE_EXTRA_CA_CERTS"] = _path };

    public void Dispose()
    {
        Certificate.Dispose();
        File.Delete(_path);
    }
}
