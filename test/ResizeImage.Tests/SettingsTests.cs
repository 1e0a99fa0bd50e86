using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Tests;

public class SettingsTests
{
    private static readonly string[] Variables =
    [
        .. SettingVariables.All, .. ThumbnailSetting.All.Select(setting => setting.Variable), .. LimitSetting.All.Select(setting => setting.Variable),
    ];

    [Fact]
    public void Without_variables_the_defaults_apply()
    {
        Settings settings = Read();
        AssertSame(new Settings(), settings);
        Assert.Equal(Engine.BuiltIn, settings.Engine);
        Assert.Equal((200, 200, ThumbnailFit.Cover, (OutputFormat?)null), (Only(settings).Width, Only(settings).Height, Only(settings).Fit, Only(settings).Format));
        Assert.Equal(("input/", "output/", null), (settings.InputPrefix, settings.OutputPrefix, settings.OutputBucket));
    }

    [Fact]
    public void Every_variable_is_read()
    {
        string[] environment =
        [
            "ENGINE=ImageSharp", "DECODE_HEVC=false", "THUMBNAIL_SIZE=320x240", "THUMBNAIL_FIT=contain", "THUMBNAIL_FORMAT=png", "THUMBNAIL_QUALITY=77", "THUMBNAIL_PROGRESSIVE=true", "THUMBNAIL_FOCUS=top", "THUMBNAIL_BACKGROUND=#01020380",
            "INPUT_BUCKET=my-photos", "INPUT_PREFIX=photos/new", "OUTPUT_PREFIX=thumbs/", "OUTPUT_BUCKET=my-thumbs", "OUTPUT_KEY={directory}{name}.{format}", "DELETE_THUMBNAILS=false", "REPORT_PREFIX=refused", "DELETE_ORIGINAL=true", "CACHE_CONTROL=private, max-age=60", "OUTPUT_TAGGING=kind=thumbnail&a+b=%C3%A9%2B=", "OUTPUT_ACL=bucket-owner-read",
            "EXPECTED_BUCKET_OWNER=012345678901", "EXPECTED_OUTPUT_BUCKET_OWNER=999999999999", "METRICS_NAMESPACE=Photos/Thumbnails",
            "MAX_PIXELS=1000000", "MAX_FILE_BYTES=20M", "MAX_DECODED_BYTES=1G", "MAX_WORK=5000000",
        ];
        Assert.Equal(Variables.Order(StringComparer.Ordinal), environment.Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal));

        HashSet<string> asked = [];
        Settings settings = Settings.Read(name =>
        {
            asked.Add(name);
            return ValueIn(environment, name);
        });
        Assert.Equal(Variables.Order(StringComparer.Ordinal), asked.Where(name => !name.StartsWith("AWS_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            new ThumbnailOptions
            {
                Width = 320,
                Height = 240,
                Fit = ThumbnailFit.Contain,
                Format = OutputFormat.Png,
                Quality = 77,
                Progressive = true,
                Focus = ThumbnailFocus.Top,
                Background = new Rgba(1, 2, 3, 128),
                Limits = new ImageLimits { MaxPixels = 1_000_000, MaxFileBytes = 20 * 1024 * 1024, MaxDecodedBytes = 1024 * 1024 * 1024, MaxWork = 5_000_000 },
            },
            Only(settings));
        Assert.Equal(Engine.ImageSharp, settings.Engine);
        Assert.False(settings.DecodeHevc);
        Assert.Equal("my-photos", settings.InputBucket);
        Assert.Equal("photos/new/", settings.InputPrefix);
        Assert.Equal("thumbs/", settings.OutputPrefix);
        Assert.Equal("my-thumbs", settings.OutputBucket);
        Assert.False(settings.DeleteThumbnails);
        Assert.True(settings.DeleteOriginal);
        Assert.Equal("refused/", settings.ReportPrefix);
        Assert.Equal("private, max-age=60", settings.CacheControl);
        Assert.Equal([new ObjectTag("kind", "thumbnail"), new ObjectTag("a b", "é+=")], settings.OutputTags);
        Assert.Equal("bucket-owner-read", settings.OutputAcl);
        Assert.Equal("Photos/Thumbnails", settings.MetricsNamespace);
        Assert.Equal(["a/b.png"], settings.OutputKey.PossibleKeys("a/b.jpeg", settings.Outputs[0]));
        Assert.Equal(("012345678901", "999999999999"), (settings.OwnerOf("my-photos"), settings.OwnerOf("my-thumbs")));
    }

    /// <summary>Of the prefixes, empty means the whole bucket; of Cache-Control, none.</summary>
    [Fact]
    public void An_empty_variable_has_its_default() => Assert.All(
        Variables.Except([SettingVariables.InputPrefix, SettingVariables.OutputPrefix, SettingVariables.CacheControl]), name => AssertSame(new Settings(), Read(name + "=")));

    /// <summary>
    /// A quarter of the memory, and at least 104 MB, is for .NET, where it compiles code as it runs, as here; of the rest half may be file and half
    /// decoding. MemoryTests shows that it suffices. What is set goes before.
    /// </summary>
    [Theory]
    [InlineData(128, 12, 12)]
    [InlineData(256, 76, 76)]
    [InlineData(512, 192, 192)]
    [InlineData(1024, 256, 384)]
    [InlineData(10240, 256, 512)]
    public void Limits_suit_the_memory_of_the_function(int megabytes, int file, int decoded)
    {
        ImageLimits limits = Read($"AWS_LAMBDA_FUNCTION_MEMORY_SIZE={megabytes}").Limits;
        Assert.Equal(((long)file << 20, (long)decoded << 20), (limits.MaxFileBytes, limits.MaxDecodedBytes));
        Assert.Equal(7 << 20, Read($"AWS_LAMBDA_FUNCTION_MEMORY_SIZE={megabytes}", "MAX_DECODED_BYTES=7M").Limits.MaxDecodedBytes);
    }

    /// <summary>A Native AOT executable needs less for itself.</summary>
    [Theory]
    [InlineData(128, 32, 32)]
    [InlineData(256, 96, 96)]
    [InlineData(512, 192, 192)]
    [InlineData(1024, 256, 384)]
    [InlineData(10240, 256, 512)]
    public void Limits_are_wider_for_a_native_executable(int megabytes, int file, int decoded)
    {
        ImageLimits limits = ImageLimits.ForMemory((long)megabytes << 20, 320 * 320, compilesAsItRuns: false);
        Assert.Equal(((long)file << 20, (long)decoded << 20), (limits.MaxFileBytes, limits.MaxDecodedBytes));
    }

    /// <summary>Large thumbnails take memory themselves, 32 bytes for each pixel beyond 512 × 512.</summary>
    [Fact]
    public void A_large_thumbnail_leaves_less_for_the_photo()
    {
        ImageLimits limits = Read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256", "THUMBNAIL_SIZE=1024x1024").Limits;
        Assert.Equal(((76L << 20) - (16 * 3 * 512 * 512), (76L << 20) - (16 * 3 * 512 * 512)), (limits.MaxFileBytes, limits.MaxDecodedBytes));
    }

    [Fact]
    public void Every_limit_has_its_variable()
    {
        foreach (System.Reflection.PropertyInfo limit in typeof(ImageLimits).GetProperties().Where(p => p.PropertyType == typeof(long) && p.CanWrite))
        {
            Settings settings = Read($"{LimitSetting.Of(limit.Name).Variable}=4321");
            Assert.Equal(4321L, limit.GetValue(settings.Limits));
        }
    }

    /// <summary>Other values would make all thumbnails again; only the engine's version may do that.</summary>
    [Theory]
    [InlineData("5be748b6052b150d")]
    [InlineData("e9e9991736026290", "ENGINE=imagesharp", "THUMBNAIL_SIZE=320x240", "THUMBNAIL_FIT=contain", "THUMBNAIL_FORMAT=png", "THUMBNAIL_QUALITY=77", "THUMBNAIL_PROGRESSIVE=true", "THUMBNAIL_BACKGROUND=#01020380")]
    public void The_fingerprint_of_settings_stays(string fingerprint, params string[] environment) =>
        Assert.Equal(fingerprint, SettingsFingerprint.Of(Read(environment), Read(environment).Outputs[0], engineVersion: 3));

    [Fact]
    public void Every_setting_changes_the_fingerprint()
    {
        string[] others = ["THUMBNAIL_SIZE=1x1", "THUMBNAIL_FIT=fill", "THUMBNAIL_FOCUS=top", "THUMBNAIL_FORMAT=jpeg", "THUMBNAIL_QUALITY=1", "THUMBNAIL_PROGRESSIVE=true", "THUMBNAIL_BACKGROUND=black"];
        Assert.Equal(ThumbnailSetting.All.Select(setting => setting.Variable), others.Select(pair => pair.Split('=')[0]));
        Assert.Equal(others.Length + 1, others.Append("").Select(pair => SettingsFingerprint.Of(Read(pair), Read(pair).Outputs[0])).Distinct().Count());
    }

    [Fact]
    public void An_unset_thumbnail_setting_has_its_declared_default() =>
        Assert.All(ThumbnailSetting.All, setting => Assert.Equal(new ThumbnailOptions(), setting.Read(setting.Default, new ThumbnailOptions { Width = 200 })));

    [Fact]
    public void Every_choice_of_a_thumbnail_setting_is_accepted() => Assert.All(
        ThumbnailSetting.All.SelectMany(setting => setting.Choices, (setting, choice) => $"{setting.Variable}={choice.Value}"), pair => Assert.NotNull(Read(pair)));

    /// <summary>Each variable is in the table of docs/settings.md, with its default.</summary>
    [Fact]
    public void The_documentation_has_every_variable_with_its_default()
    {
        string[][] rows =
        [
            .. File.ReadLines(Repository.Path("docs", "settings.md")).SkipWhile(line => line != "## Variables").Skip(1)
                .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
        ];
        string DefaultOf(string variable) => Assert.Single(rows, row => row[1] == $"`{variable}`")[2];
        Assert.All(ThumbnailSetting.All, setting => Assert.Equal($"`{setting.Default}`", DefaultOf(setting.Variable)));
        Assert.All(SettingVariables.All, variable => Assert.NotEmpty(DefaultOf(variable)));
        Assert.Equal($"`{SettingVariables.DefaultInputPrefix}`", DefaultOf(SettingVariables.InputPrefix));
        Assert.Equal($"`{SettingVariables.DefaultOutputPrefix}`", DefaultOf(SettingVariables.OutputPrefix));
        Assert.Equal($"`{SettingVariables.DefaultCacheControl}`", DefaultOf(SettingVariables.CacheControl));
        Assert.All(LimitSetting.All, setting =>
        {
            string text = DefaultOf(setting.Variable).Split('`')[1];
            Assert.Equal(setting.Get(ImageLimits.Default), setting.Get(Read($"{setting.Variable}={text}").Limits));
        });
    }

    [Fact]
    public void Each_limit_can_be_raised_to_its_highest_value() => Assert.Equal(
        ImageLimits.Highest,
        Read("MAX_PIXELS=4294967296", "MAX_FILE_BYTES=2147483590", "MAX_DECODED_BYTES=10G", "MAX_WORK=1000000000000").Limits);

    [Theory]
    [InlineData("ENGINE", "magick", "builtin, or imagesharp in a build with ImageSharp.")]
    [InlineData("ENGINE", "0", "builtin, or imagesharp in a build with ImageSharp.")]
    [InlineData("ENGINE", "auto", "and no longer auto: remove the variable to use the built-in engine.")]
    [InlineData("ENGINE", "Auto", "and no longer auto: remove the variable to use the built-in engine.")]
    [InlineData("THUMBNAIL_SIZE", "200 x 200", "1 to 4096")]
    [InlineData("THUMBNAIL_SIZE", "0x200", "1 to 4096")]
    [InlineData("THUMBNAIL_SIZE", "5000x200", "1 to 4096")]
    [InlineData("THUMBNAIL_FIT", "crop", "cover, contain, inside or fill")]
    [InlineData("THUMBNAIL_FIT", "1", "cover, contain, inside or fill")]
    [InlineData("THUMBNAIL_FORMAT", "gif", "auto, jpeg, png or webp")]
    [InlineData("THUMBNAIL_QUALITY", "0", "1 to 100")]
    [InlineData("THUMBNAIL_QUALITY", "101", "1 to 100")]
    [InlineData("THUMBNAIL_QUALITY", "80%", "1 to 100")]
    [InlineData("THUMBNAIL_PROGRESSIVE", "yes", "true or false")]
    [InlineData("DELETE_THUMBNAILS", "no", "true or false")]
    [InlineData("DECODE_HEVC", "off", "true or false")]
    [InlineData("DELETE_ORIGINAL", "1", "true or false")]
    [InlineData("OUTPUT_ACL", "public-read-write", "a canned ACL of S3: private, public-read")]
    [InlineData("OUTPUT_ACL", "Private", "a canned ACL of S3: private, public-read")]
    [InlineData("CACHE_CONTROL", "größer", "printable ASCII")]
    [InlineData("THUMBNAIL_BACKGROUND", "#12345", "#RRGGBB")]
    [InlineData("THUMBNAIL_BACKGROUND", "#gggggg", "#RRGGBB")]
    [InlineData("INPUT_PREFIX", "/input/", "without a slash in front")]
    [InlineData("OUTPUT_PREFIX", "/output/", "without a slash in front")]
    [InlineData("REPORT_PREFIX", "/reports/", "without a slash in front")]
    [InlineData("INPUT_BUCKET", "Photos", "a-z")]
    [InlineData("OUTPUT_BUCKET", "Thumbs", "a-z")]
    [InlineData("OUTPUT_BUCKET", "arn:aws:s3:::thumbs", "no ARN")]
    [InlineData("OUTPUT_BUCKET", "thumbs-abcdefgh-s3alias", "no access point alias, because they hide which bucket is meant. This is the alias of an access point (-s3alias).")]
    [InlineData("INPUT_BUCKET", "photos-abcdefgh-s3alias", "This is the alias of an access point (-s3alias).")]
    [InlineData("OUTPUT_BUCKET", "thumbs-abcdefgh--ol-s3", "This is the alias of an Object Lambda access point (--ol-s3).")]
    [InlineData("OUTPUT_BUCKET", "thumbs-abcdefgh--xa-s3", "This is the alias of an access point of a directory bucket (--xa-s3).")]
    [InlineData("OUTPUT_BUCKET", "thumbs-abcdefgh--op-s3", "This is the alias of an access point on Outposts (--op-s3).")]
    [InlineData("OUTPUT_BUCKET", "mfzwi23gnjvgw.mrap", "This is the alias of a Multi-Region Access Point (.mrap).")]
    [InlineData("INPUT_BUCKET", "photos--euc1-az1--x-s3", "This is a directory bucket (S3 Express One Zone)")]
    [InlineData("OUTPUT_BUCKET", "thumbs--table-s3", "This is a table bucket (--table-s3).")]
    [InlineData("EXPECTED_BUCKET_OWNER", "1234", "12 digits")]
    [InlineData("EXPECTED_BUCKET_OWNER", "arn:aws:iam::123456789012:root", "12 digits")]
    [InlineData("EXPECTED_OUTPUT_BUCKET_OWNER", "12345678901x", "12 digits")]
    [InlineData("OUTPUT_KEY", "thumbnail.jpg", "{path} or {name}")]
    [InlineData("OUTPUT_KEY", "{directory}x.jpg", "{path} or {name}")]
    [InlineData("OUTPUT_KEY", "{name", "{extension}")]
    [InlineData("OUTPUT_KEY", "{name}}", "{extension}")]
    [InlineData("OUTPUT_KEY", "{Name}", "{extension}")]
    [InlineData("OUTPUT_KEY", "{name}-{sizes}", "{extension}")]
    [InlineData("OUTPUT_KEY", "/{path}", "no slash in front")]
    [InlineData("MAX_PIXELS", "0", "from 1 on")]
    [InlineData("MAX_PIXELS", "1e6", "from 1 on")]
    [InlineData("MAX_PIXELS", "4294967297", "at most 4294967296")]
    [InlineData("MAX_PIXELS", "9223372036854775808", "at most 4294967296")]
    [InlineData("MAX_FILE_BYTES", "3G", "at most 2147483590")]
    [InlineData("MAX_FILE_BYTES", "-1", "from 1 on")]
    [InlineData("MAX_DECODED_BYTES", "1T", "1024")]
    [InlineData("MAX_DECODED_BYTES", "M", "1024")]
    [InlineData("MAX_DECODED_BYTES", "9999999999G", "at most 10737418240")]
    [InlineData("MAX_DECODED_BYTES", "11G", "at most 10737418240")]
    [InlineData("MAX_DECODED_BYTES", "17179869185G", "at most 10737418240")] // 2^64 bytes and one gigabyte
    [InlineData("MAX_DECODED_BYTES", "18014398509481985k", "at most 10737418240")]
    [InlineData("MAX_WORK", "0", "from 1 on")]
    [InlineData("MAX_WORK", "1000000000001", "at most 1000000000000")]
    public void An_invalid_value_is_refused_with_its_name_and_the_accepted_values(string name, string value, string accepts)
    {
        string message = Assert.Throws<SettingsException>(() => Read($"{name}={value}")).Message;
        Assert.StartsWith($"The environment variable {name} is \"{value}\"; it accepts ", message, StringComparison.Ordinal);
        Assert.Contains(accepts, message, StringComparison.Ordinal);
    }

    /// <summary>A bucket of somebody else under the name of the output bucket must not get thumbnails.</summary>
    [Fact]
    public void The_expected_owner_of_photos_is_that_of_thumbnails_too_unless_it_is_named()
    {
        Settings settings = Read("OUTPUT_BUCKET=my-thumbs", "EXPECTED_BUCKET_OWNER=012345678901");
        Assert.Equal(("012345678901", "012345678901"), (settings.OwnerOf("my-photos"), settings.OwnerOf("my-thumbs")));
        settings = Read("OUTPUT_BUCKET=my-thumbs", "EXPECTED_OUTPUT_BUCKET_OWNER=999999999999");
        Assert.Equal((null, "999999999999"), (settings.OwnerOf("my-photos"), settings.OwnerOf("my-thumbs")));
    }

    [Theory]
    [InlineData("512", 512)]
    [InlineData("3k", 3 * 1024)]
    [InlineData("3K", 3 * 1024)]
    [InlineData("5M", 5 * 1024 * 1024)]
    [InlineData("10G", 10L << 30)]
    public void Sizes_in_bytes_have_binary_suffixes(string text, long bytes) =>
        Assert.Equal(bytes, Read($"MAX_DECODED_BYTES={text}").Limits.MaxDecodedBytes);

    [Theory]
    [InlineData("OUTPUT_PREFIX=input/")]
    [InlineData("OUTPUT_PREFIX=input/thumbs/")]
    [InlineData("INPUT_PREFIX=")]
    [InlineData("OUTPUT_PREFIX=")]
    [InlineData("OUTPUT_PREFIX=", "OUTPUT_KEY=input/{name}")]
    [InlineData("OUTPUT_PREFIX=", "OUTPUT_KEY={name}/thumb")]
    [InlineData("OUTPUT_PREFIX=", "OUTPUT_KEY=in{name}")] // a photo called put/x gives input/x
    [InlineData("INPUT_PREFIX=photos/new/", "OUTPUT_PREFIX=photos/")]
    [InlineData("INPUT_PREFIX=photos/", "OUTPUT_PREFIX=photos/thumbs/")]
    public void An_output_that_could_trigger_the_function_is_refused(params string[] environment) =>
        Assert.Contains("trigger", Assert.Throws<SettingsException>(() => Read(environment)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("REPORT_PREFIX=input/reports/")]
    [InlineData("REPORT_PREFIX=output/reports/")]
    [InlineData("REPORT_PREFIX=output/", "OUTPUT_BUCKET=thumbs")]
    [InlineData("REPORT_PREFIX=reports/", "INPUT_PREFIX=", "OUTPUT_BUCKET=thumbs", "OUTPUT_PREFIX=")]
    public void Reports_that_could_land_among_other_objects_are_refused(params string[] environment) =>
        Assert.Contains("REPORT_PREFIX", Assert.Throws<SettingsException>(() => Read(environment)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("REPORT_PREFIX=reports/")]
    [InlineData("REPORT_PREFIX=input/", "OUTPUT_BUCKET=thumbs")]
    [InlineData("OUTPUT_PREFIX=input-thumbs/")]
    [InlineData("OUTPUT_PREFIX=", "OUTPUT_KEY=thumbs/{path}")]
    [InlineData("INPUT_PREFIX=photos/new/", "OUTPUT_PREFIX=photos/", "OUTPUT_KEY=thumb-{name}")]
    [InlineData("INPUT_PREFIX=", "OUTPUT_BUCKET=thumbs", "OUTPUT_PREFIX=")]
    public void An_output_that_cannot_trigger_the_function_is_accepted(params string[] environment) => Assert.NotNull(Read(environment));

    [Fact]
    public void THUMBNAIL_FORMAT_accepts_and_names_every_output_format()
    {
        string refusal = Assert.Throws<SettingsException>(() => Read("THUMBNAIL_FORMAT=none")).Message;
        Assert.All(OutputFormat.All, row =>
        {
            Assert.Same(row, Only(Read("THUMBNAIL_FORMAT=" + row.Name)).Format);
            Assert.Contains(row.Name, refusal, StringComparison.Ordinal);
        });
    }

    private static Settings Read(params string[] environment) => Settings.Read(name => ValueIn(environment, name));

    private static string? ValueIn(string[] environment, string name) =>
        Array.Find(environment, pair => pair.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Records compare lists by reference.</summary>
    private static void AssertSame(Settings expected, Settings actual)
    {
        Assert.Equal(expected.Outputs, actual.Outputs);
        Assert.Equal(expected with { Outputs = actual.Outputs }, actual);
    }

    private static ThumbnailOptions Only(Settings settings) => Assert.Single(settings.Outputs).Options;
}
