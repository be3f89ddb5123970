//! What the content of a file is, by that content.

use crate::word::words;

words! {
    /// What an attachment's content is, of what attachments may be. An extension alone decides nothing.
    FileType = "a file type" {
        /// A picture.
        Png = "png",
        /// A picture.
        Jpeg = "jpeg",
        /// A picture, perhaps one that moves.
        Gif = "gif",
        /// A picture.
        Webp = "webp",
        /// A picture.
        Bmp = "bmp",
        /// A picture of a telephone.
        Heic = "heic",
        /// A video.
        Mp4 = "mp4",
        /// A video.
        QuickTime = "mov",
        /// A video.
        Webm = "webm",
        /// A video.
        Matroska = "mkv",
        /// A video.
        Avi = "avi",
        /// Text: a log.
        Text = "text",
        /// Windows' log of events.
        EventLog = "evtx",
        /// An archive of logs.
        Zip = "zip",
        /// A packed log, or an archive of logs.
        Gzip = "gzip",
        /// An archive of logs.
        SevenZip = "7z",
        /// An archive of logs.
        Cabinet = "cab",
    }

    /// What an attachment is to whoever opens it.
    FileKind = "a kind of file" {
        /// It can be looked at.
        Picture = "picture",
        /// It can be played.
        Video = "video",
        /// It can be read, or unpacked and read.
        Log = "log",
    }
}

impl FileType {
    /// The extensions that claim this type, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg", "jfif"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Bmp => &["bmp", "dib"],
            Self::Heic => &["heic", "heif"],
            Self::Mp4 => &["mp4", "m4v"],
            Self::QuickTime => &["mov", "qt"],
            Self::Webm => &["webm"],
            Self::Matroska => &["mkv"],
            Self::Avi => &["avi"],
            Self::Text => &["log", "txt", "csv", "json", "ndjson", "jsonl", "xml", "ini", "cfg", "conf", "yaml", "yml"],
            Self::EventLog => &["evtx"],
            Self::Zip => &["zip"],
            Self::Gzip => &["gz", "tgz"],
            Self::SevenZip => &["7z"],
            Self::Cabinet => &["cab"],
        }
    }

    /// The type that an extension in small letters claims; none for one that is no attachment's.
    pub fn claimed_by(extension: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.extensions().contains(&extension))
    }

    /// What it is to whoever opens it.
    pub const fn kind(self) -> FileKind {
        match self {
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp | Self::Bmp | Self::Heic => FileKind::Picture,
            Self::Mp4 | Self::QuickTime | Self::Webm | Self::Matroska | Self::Avi => FileKind::Video,
            Self::Text | Self::EventLog | Self::Zip | Self::Gzip | Self::SevenZip | Self::Cabinet => FileKind::Log,
        }
    }

    /// The media type under which a page shows a picture: points in a raster, which no script can stand in. None for anything else, and for pictures
    /// that not every web view knows.
    pub const fn shown_as(self) -> Option<&'static str> {
        match self {
            Self::Png => Some("image/png"),
            Self::Jpeg => Some("image/jpeg"),
            Self::Gif => Some("image/gif"),
            Self::Webp => Some("image/webp"),
            Self::Bmp => Some("image/bmp"),
            _ => None,
        }
    }

    /// The type that the beginning of a file says, of those that say one: of [`FileType::Text`] all of it must be looked at.
    pub fn of_head(head: &[u8]) -> Head {
        if let Some(brand) = brand(head) {
            return of_brand(brand, head);
        }
        let Some(found) = infer::get(head) else {
            return if head.starts_with(b"ElfFile\0") { Head::Is(Self::EventLog) } else { Head::SaysNothing };
        };
        match found.mime_type() {
            "image/png" => Head::Is(Self::Png),
            "image/jpeg" => Head::Is(Self::Jpeg),
            "image/gif" => Head::Is(Self::Gif),
            "image/webp" => Head::Is(Self::Webp),
            "image/bmp" => Head::Is(Self::Bmp),
            "video/quicktime" => Head::Is(Self::QuickTime),
            "video/webm" => Head::Is(Self::Webm),
            "video/x-matroska" => Head::Is(Self::Matroska),
            "video/x-msvideo" => Head::Is(Self::Avi),
            "application/zip" => Head::Is(Self::Zip),
            "application/gzip" => Head::Is(Self::Gzip),
            "application/x-7z-compressed" => Head::Is(Self::SevenZip),
            "application/vnd.ms-cab-compressed" => Head::Is(Self::Cabinet),
            // Its marks are those of a text.
            text if text.starts_with("text/") => Head::SaysNothing,
            _ => Head::IsOther,
        }
    }
}

/// The major brand of a file of the ISO base media format: MP4, and what was made of it.
fn brand(head: &[u8]) -> Option<&[u8]> {
    head.get(4..12)?.strip_prefix(b"ftyp")
}

/// There is no end of brands of MP4, so that what is none of the others is one.
fn of_brand(brand: &[u8], head: &[u8]) -> Head {
    match brand {
        b"qt  " => Head::Is(FileType::QuickTime),
        // Pictures and sounds that are no attachments'.
        b"avif" | b"avis" | b"avci" | b"avcs" | b"crx " | b"M4A " | b"M4B " | b"M4P " => Head::IsOther,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => Head::Is(FileType::Heic),
        b"mif1" | b"msf1" if infer::get(head).is_some_and(|found| found.mime_type() == "image/avif") => Head::IsOther,
        b"mif1" | b"msf1" => Head::Is(FileType::Heic),
        _ => Head::Is(FileType::Mp4),
    }
}

/// See [`FileType::of_head`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// It is this.
    Is(FileType),
    /// It is something that no attachment may be, such as a program.
    IsOther,
    /// It may be a text, or anything.
    SaysNothing,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As long as any file of this type is.
    fn long(head: &[u8]) -> Vec<u8> {
        head.iter().copied().chain([0; 300]).collect()
    }

    #[test]
    fn r82_the_type_is_told_by_the_content() {
        for (head, is) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], Head::Is(FileType::Png)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Head::Is(FileType::Jpeg)),
            (b"GIF89a\x01\0", Head::Is(FileType::Gif)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Head::Is(FileType::Webp)),
            (b"BM\x36\0\0\0\0\0", Head::Is(FileType::Bmp)),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", Head::Is(FileType::Mp4)),
            (b"\0\0\0\x18ftypiso9\0\0\0\0iso9mp41", Head::Is(FileType::Mp4)),
            (b"\0\0\0\x18ftyp3gp5\0\0\0\x003gp5isom", Head::Is(FileType::Mp4)),
            (b"\0\0\0\x14ftypM4V \0\0\0\0M4V ", Head::Is(FileType::Mp4)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Head::Is(FileType::Heic)),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Head::Is(FileType::Heic)),
            (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1", Head::IsOther),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Head::IsOther),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", Head::Is(FileType::QuickTime)),
            (
                &long(b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"),
                Head::Is(FileType::Webm),
            ),
            (
                &long(b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x88matroska"),
                Head::Is(FileType::Matroska),
            ),
            (b"RIFF\0\0\0\0AVI LIST", Head::Is(FileType::Avi)),
            (b"PK\x03\x04\x14\0", Head::Is(FileType::Zip)),
            (b"\x1f\x8b\x08\0\0\0", Head::Is(FileType::Gzip)),
            (b"7z\xbc\xaf\x27\x1c\0\x04", Head::Is(FileType::SevenZip)),
            (b"MSCF\0\0\0\0", Head::Is(FileType::Cabinet)),
            (b"ElfFile\0\0\0\0\0", Head::Is(FileType::EventLog)),
            (b"MZ\x90\0\x03\0\0\0\x04\0\0\0", Head::IsOther),
            (
                b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                Head::IsOther,
            ),
            (b"%PDF-1.7", Head::IsOther),
            (b"<html><script>", Head::SaysNothing),
            (b"<?xml version=\"1.0\"?><svg", Head::SaysNothing),
            (b"2026-03-01 12:00 camera lost", Head::SaysNothing),
            (b"", Head::SaysNothing),
        ] {
            // No video is as short as the marks of one.
            let whole = if is == Head::Is(FileType::Webm) { [head, &[0; 300]].concat() } else { head.to_vec() };
            assert_eq!(FileType::of_head(&whole), is, "{:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn r82_an_extension_claims_one_type_and_programs_and_pages_claim_none() {
        let all: Vec<&str> = FileType::ALL.iter().flat_map(|kind| kind.extensions().iter().copied()).collect();
        for extension in &all {
            assert_eq!(all.iter().filter(|other| *other == extension).count(), 1, "{extension}");
            assert!(FileType::claimed_by(extension).is_some_and(|kind| kind.extensions().contains(extension)));
        }
        for bad in ["exe", "html", "svg", "js", "docx", "pdf", "PNG", ""] {
            assert_eq!(FileType::claimed_by(bad), None, "{bad}");
        }
    }

    #[test]
    fn r82_only_pictures_of_points_are_shown() {
        for kind in FileType::ALL {
            assert!(kind.shown_as().is_none() || kind.kind() == FileKind::Picture, "{kind}");
        }
        assert_eq!(FileType::Text.shown_as(), None);
    }
}
