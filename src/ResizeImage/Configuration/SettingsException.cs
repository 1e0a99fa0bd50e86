using ResizeImage.Observability;

namespace ResizeImage.Configuration;

/// <summary>The environment variables do not make sense. The message names the variable, the value found and what it accepts.</summary>
public sealed class SettingsException(string message) : Exception(LogText.Escape(message));
