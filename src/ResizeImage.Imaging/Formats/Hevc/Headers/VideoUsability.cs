namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>vui_parameters (H.265 E.2.1).</summary>
internal static class VideoUsability
{
    private const int ExtendedSar = 255;
    private const int MaxCpbs = 32;

    /// <summary>Reads the parameters.</summary>
    /// <param name="reader">At their beginning.</param>
    /// <param name="subLayers">sps_max_sub_layers_minus1 + 1.</param>
    /// <returns>The meaning of samples; null if it is not stated.</returns>
    /// <exception cref="InvalidImageException">An element is out of range.</exception>
    public static VideoSignal? Read(ref RbspReader reader, int subLayers)
    {
        if (reader.Flag() && reader.Bits(8) == ExtendedSar)
        {
            reader.Skip(32); // sar_width and sar_height
        }

        if (reader.Flag())
        {
            reader.Skip(1); // overscan_appropriate_flag
        }

        VideoSignal? signal = reader.Flag() ? ReadSignal(ref reader) : null;
        if (reader.Flag())
        {
            reader.Unsigned(); // chroma_sample_loc_type_top_field
            reader.Unsigned(); // chroma_sample_loc_type_bottom_field
        }

        reader.Skip(3); // neutral_chroma_indication_flag, field_seq_flag, frame_field_info_present_flag
        if (reader.Flag())
        {
            // The default display window, which decoders may ignore.
            for (int i = 0; i < 4; i++)
            {
                reader.Unsigned();
            }
        }

        if (reader.Flag())
        {
            SkipTiming(ref reader, subLayers);
        }

        if (reader.Flag())
        {
            reader.Skip(3);
            for (int i = 0; i < 5; i++)
            {
                reader.Unsigned(); // limits of bitstreams
            }
        }

        return signal;
    }

    private static VideoSignal ReadSignal(ref RbspReader reader)
    {
        const int Unspecified = 2;
        reader.Skip(3); // video_format
        bool isFullRange = reader.Flag();
        return reader.Flag()
            ? new((int)reader.Bits(8), (int)reader.Bits(8), (int)reader.Bits(8), isFullRange)
            : new(Unspecified, Unspecified, Unspecified, isFullRange);
    }

    private static void SkipTiming(ref RbspReader reader, int subLayers)
    {
        reader.Skip(64); // vui_num_units_in_tick and vui_time_scale
        if (reader.Flag())
        {
            reader.Unsigned(); // vui_num_ticks_poc_diff_one_minus1
        }

        if (reader.Flag())
        {
            SkipHypotheticalReferenceDecoder(ref reader, subLayers);
        }
    }

    /// <summary>hrd_parameters (E.2.2).</summary>
    private static void SkipHypotheticalReferenceDecoder(ref RbspReader reader, int subLayers)
    {
        bool hasNal = reader.Flag();
        bool hasVcl = reader.Flag();
        bool hasSubPictures = false;
        if (hasNal || hasVcl)
        {
            hasSubPictures = reader.Flag();
            reader.Skip((hasSubPictures ? 19 : 0) + 8 + (hasSubPictures ? 4 : 0) + 15);
        }

        for (int i = 0; i < subLayers; i++)
        {
            bool isFixedGeneral = reader.Flag();
            bool isFixedInCvs = isFixedGeneral || reader.Flag();
            bool isLowDelay = false;
            if (isFixedInCvs)
            {
                reader.Unsigned(); // elemental_duration_in_tc_minus1
            }
            else
            {
                isLowDelay = reader.Flag();
            }

            int cpbs = isLowDelay ? 1 : reader.Unsigned(MaxCpbs - 1, "cpb_cnt_minus1") + 1;
            for (int j = 0; j < cpbs * ((hasNal ? 1 : 0) + (hasVcl ? 1 : 0)); j++)
            {
                for (int k = 0; k < (hasSubPictures ? 4 : 2); k++)
                {
                    reader.Unsigned(); // rates and sizes
                }

                reader.Skip(1); // cbr_flag
            }
        }
    }
}
