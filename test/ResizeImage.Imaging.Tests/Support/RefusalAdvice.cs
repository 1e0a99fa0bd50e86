namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Checks that refusals say what to do.</summary>
internal static class RefusalAdvice
{
    private static readonly string[] Verbs = ["Upload", "Check", "Convert", "Decode", "Transfer", "Send", "Store", "Turn"];

    /// <summary>Fails unless the last sentence of the message tells the user what to do.</summary>
    public static T AssertAdvises<T>(T refusal)
        where T : ImageException
    {
        Assert.True(IsAdvised(refusal), $"The refusal does not say what to do: {refusal.Message}");
        return refusal;
    }

    /// <summary>
    /// True if the last sentence is advice. The caller of the engine adds the advice to a limit, because it knows the name of the setting.
    /// "Corrupt", "truncated" and "unsupported" have one wording each.
    /// </summary>
    public static bool IsAdvised(ImageException refusal)
    {
        string message = refusal.Message;
        if (refusal is ImageLimitException { Limit: not null })
        {
            return message.EndsWith('.');
        }

        string last = message[(message.LastIndexOf(". ", StringComparison.Ordinal) + 1)..].Trim();
        return last.EndsWith('.') && Array.Exists(Verbs, verb => last.StartsWith(verb + " ", StringComparison.Ordinal))
            && (!message.Contains(" is corrupt: ", StringComparison.Ordinal) || last == "Upload an undamaged copy.")
            && (!message.Contains(" is truncated", StringComparison.Ordinal) || last == "Upload the complete file.");
    }
}
