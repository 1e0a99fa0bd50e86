using System.Globalization;

namespace ResizeImage.Photos;

/// <summary>Making a thumbnail was stopped after nearly all the time of an invocation; another invocation would not finish it either.</summary>
internal sealed class TooSlowException(TimeSpan worked) : Exception(
    $"Making its thumbnail takes too long: after {worked.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s, nearly all the time of the invocation, "
    + "it was not done. Upload a smaller image, or raise the function's memory, which gives it more CPU, or its timeout.");
