using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests.Support;

/// <summary>
/// A Lambda function of twenty lines of Python that speaks the Runtime API by itself. It does what the event's "do" says;
/// for an S3 event it copies the photo to the output and reports it like the real function.
/// </summary>
internal static class PythonFunction
{
    private const string Source = """
        import json, os, subprocess, sys, time, urllib.parse, urllib.request
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        api = "http://%s/2018-06-01/runtime/" % os.environ["AWS_LAMBDA_RUNTIME_API"]
        print("function process", os.getpid(), flush=True)

        def http(method, url, body=None, **headers):
            return opener.open(urllib.request.Request(url, data=body, method=method, headers={"x-amz-security-token": os.environ.get("AWS_SESSION_TOKEN", ""), **headers}))

        def thumbnail(record):
            bucket, key = record["s3"]["bucket"]["name"], urllib.parse.unquote_plus(record["s3"]["object"]["key"])
            s3 = os.environ["AWS_ENDPOINT_URL_S3"] + "/" + bucket + "/"
            out = key.replace(os.environ.get("INPUT_PREFIX", "input/"), os.environ.get("OUTPUT_PREFIX", "output/"), 1)
            if record["eventName"].startswith("ObjectRemoved:"):
                http("DELETE", s3 + urllib.parse.quote(out))
                return {"source": f"s3://{bucket}/{key}", "destination": f"s3://{bucket}/{out}", "status": "deleted", "reason": "gone"}
            body = http("GET", s3 + urllib.parse.quote(key)).read()
            if body.startswith(b"crash"):
                os._exit(9)
            while body.startswith(b"photo held by ") and not os.path.exists(body[14:]):
                time.sleep(0.02)
            if not body.startswith(b"photo"):
                return {"source": f"s3://{bucket}/{key}", "destination": None, "status": "rejected", "reason": "not a photo"}
            outputs, prefix = [], os.environ.get("OUTPUT_PREFIX", "output/")
            for size in os.environ.get("THUMBNAIL_SIZE", "").split(","):
                if "," in os.environ.get("THUMBNAIL_SIZE", ""):
                    name = size.split("=")[0]
                    one = out.replace(prefix, prefix + name + "/", 1)
                    http("PUT", s3 + urllib.parse.quote(one), name.encode() + b" of " + body, **{"Content-Type": "image/png"})
                    outputs.append({"name": name, "destination": f"s3://{bucket}/{one}", "status": "made", "width": 20, "height": 20, "bytesOut": 9})
            if outputs:
                return {"source": f"s3://{bucket}/{key}", "destination": outputs[0]["destination"], "status": "made", "outputs": outputs}
            http("PUT", s3 + urllib.parse.quote(out), b"thumbnail of " + body, **{"Content-Type": "image/png"})
            return {"source": f"s3://{bucket}/{key}", "destination": f"s3://{bucket}/{out}", "status": "made", "reason": "cut off" if body.startswith(b"photo cut") else None, "sourceWidth": 40,
                    "sourceHeight": 30, "width": 20, "height": 20, "bytesIn": len(body), "bytesOut": len(body) + 13, "milliseconds": 1.25,
                    "stages": {"probe": 0.0, "read": 0.5, "make": 0.25, "write": 0.5}}

        def handle(event):
            if event.get("Event") == "s3:TestEvent":
                return {"results": []}
            if "Records" in event:
                return {"results": [thumbnail(record) for record in event["Records"]]}
            what = event["do"]
            if what == "environment":
                return dict(os.environ)
            if what == "exit":
                os._exit(event["code"])
            if what == "exit once" and not os.path.exists(event["file"]):
                open(event["file"], "w").close()
                os._exit(3)
            if what == "sleep":
                time.sleep(1000)
            if what == "sleep once" and not os.path.exists(event["file"]):
                open(event["file"], "w").close()
                time.sleep(1000)
            if what == "allocate":
                block = bytearray(b"x") * (event["megabytes"] << 20)
                return len(block) >> 20
            if what == "say":
                print(event["text"], flush=True)
            if what == "child":
                return subprocess.Popen(["sleep", "1000"]).pid
            return what

        if os.environ.get("THUMBNAIL_FIT") == "crop":
            http("POST", api + "init/error", b'{"errorType":"Settings","errorMessage":"THUMBNAIL_FIT is crop"}')
            sys.exit(1)
        if os.environ.get("MODE") == "crash":
            sys.exit(5)
        if os.environ.get("MODE") == "every third starts":
            with open(os.environ["STARTS"], "a") as starts:
                starts.write("x")
            if os.path.getsize(os.environ["STARTS"]) % 3 != 0:
                sys.exit(5)
        if os.environ.get("MODE") == "init error":
            http("POST", api + "init/error", b'{"errorType":"Settings","errorMessage":"MODE is bad"}')
            sys.exit(1)
        while True:
            answer = http("GET", api + "invocation/next")
            result = handle(json.load(answer))
            http("POST", api + "invocation/" + answer.headers["Lambda-Runtime-Aws-Request-Id"] + "/response", json.dumps(result).encode())
        """;

    /// <summary>Writes it as an executable file.</summary>
    /// <returns>Its path.</returns>
    public static string Write(TemporaryFolder folder)
    {
        string path = folder["function"];
        File.WriteAllText(path, $"#!{ExternalProgram.Python("json")}\n{Source}\n");
        ExternalProgram.Run("chmod", ["+x", path]);
        return path;
    }

    /// <summary>Whether a process runs: zombies do not.</summary>
    public static bool Runs(int processId)
    {
        try
        {
            return !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException)
        {
            return false;
        }
    }
}
