using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.S3;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests;

/// <summary>Addresses, names and ports.</summary>
public sealed partial class ListenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("box.lan.evil.example", 421)]
    [InlineData("127.0.0.1.nip.io", 421)]
    [InlineData("box.lan", 200)]
    [InlineData("BOX.lan:4566", 200)]
    [InlineData("localhost", 200)]
    [InlineData("192.168.1.7:4566", 200)]
    [InlineData("[::1]", 200)]
    public async Task On_all_addresses_the_server_answers_only_for_the_given_names(string host, int status)
    {
        await using S3Server server = await S3Server.StartAsync(new S3ServerOptions { Folder = _folder.Path, Host = IPAddress.Any, AllowedHosts = ["box.lan"] });
        RawResponse answer = await RawHttp.SendAsync(server.Endpoint, "GET /", null, "Host: " + host);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 421, answer.Text.Contains("--allow-host", StringComparison.Ordinal));
    }

    [PythonFact]
    public async Task Listening_beyond_this_machine_prints_a_warning()
    {
        await using LocalProgram program = await LocalProgram.ServeS3Async(_folder, "--host", "0.0.0.0", "--allow-host", "box.lan");
        string warning = await program.LineAsync("WARNING");
        Assert.Contains("Everyone who reaches this machine can read and write every photo", warning, StringComparison.Ordinal);
        Assert.Contains("box.lan", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_port_in_use_is_replaced_by_the_next_and_a_given_port_is_an_error()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using S3Server server = await S3Server.StartAsync(new S3ServerOptions { Folder = _folder["a"], Port = port, FurtherPorts = 100 });
        Assert.InRange(server.Endpoint.Port, port + 1, port + 100);
        await Assert.ThrowsAsync<LocalCloudException>(() => S3Server.StartAsync(new S3ServerOptions { Folder = _folder["b"], Port = port }));
    }

    [PythonFact]
    public async Task Two_local_clouds_run_at_the_same_time()
    {
        List<int> ports = new();
        List<LocalProgram> programs = new();
        try
        {
            for (int i = 0; i < 2; i++)
            {
                LocalProgram program = LocalProgram.Start(LocalProgram.StartInfo(null, _folder[$"tmp{i}"], ["--data", _folder[$"data{i}"]]));
                programs.Add(program);
                string lambda = await program.LineAsync("/2015-03-31/functions/ResizeImage/invocations");
                string[] addresses = [await program.LineAsync("See it in a browser"), await program.LineAsync("S3 serves"), lambda];
                ports.AddRange(addresses.Select(line => int.Parse(Port().Match(line).Groups[1].Value, null)));
            }

            Assert.Equal(6, ports.Distinct().Count());
            foreach (string what in new[] { "the page", "S3", "Lambda" })
            {
                await programs[1].LineAsync("is in use; " + what);
            }
        }
        finally
        {
            foreach (LocalProgram program in programs)
            {
                await program.DisposeAsync();
            }
        }
    }

    [GeneratedRegex("http://127.0.0.1:([0-9]+)")]
    private static partial Regex Port();
}
