using ResizeImage.Observability;

namespace ResizeImage.Configuration;

/// <summary>An environment variable has an invalid value. The message names the variable, the value and what is accepted.</summary>
public sealed class SettingsException(string message) : Exception(LogText.Escape(message));
