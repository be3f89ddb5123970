//! Texts of which there are many, each compressed for itself against a sample of what they have in common.
//!
//! The sample never changes, or what was packed with it can no longer be read: another one gets another [`FORM`].

use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

use crate::error::Error;

/// What incidents and rooms say again and again, the most frequent last: nearer is cheaper to name.
const SAMPLE: &[u8] = include_bytes!("packed.dictionary");
/// Stands before what was packed with that sample.
const FORM: u8 = 1;
/// Higher ones take twice as long for a hundredth.
const LEVEL: i32 = 3;
/// No text is as long as this; what says that it is, is damaged.
const LONGEST: u64 = 64 * 1024 * 1024;

static TO_PACK: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(SAMPLE, LEVEL));
static TO_UNPACK: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(SAMPLE));

/// Packs texts. What it works with is made when there is a first one.
#[derive(Default)]
pub(super) struct Packer(Option<Compressor<'static>>);

impl Packer {
    pub(super) fn pack(&mut self, text: &str) -> Result<Vec<u8>, Error> {
        let compressor = match &mut self.0 {
            Some(compressor) => compressor,
            none => none.insert(Compressor::with_prepared_dictionary(&TO_PACK)?),
        };
        let packed = compressor.compress(text.as_bytes())?;
        Ok([&[FORM], packed.as_slice()].concat())
    }
}

/// Unpacks texts.
pub(super) struct Unpacker(Decompressor<'static>);

impl Unpacker {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self(Decompressor::with_prepared_dictionary(&TO_UNPACK)?))
    }

    /// A text of this table.
    pub(super) fn unpack(&mut self, table: &'static str, packed: &[u8]) -> Result<String, Error> {
        let bad = || Error::BadRow(table);
        let packed = packed.strip_prefix(&[FORM]).ok_or_else(bad)?;
        let bytes = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().filter(|bytes| *bytes <= LONGEST).ok_or_else(bad)?;
        let text = self.0.decompress(packed, bytes as usize).map_err(|_| bad())?;
        String::from_utf8(text).map_err(|_| bad())
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn fault_9_20_what_was_packed_is_unpacked_to_the_letter_and_nothing_else_is() {
        let (mut packer, mut unpacker) = (Packer::default(), Unpacker::new().unwrap());
        for text in ["", "ä", &"Quitte".repeat(10_000), std::str::from_utf8(SAMPLE).unwrap()] {
            let packed = packer.pack(text).unwrap();
            assert_eq!(unpacker.unpack("x", &packed).unwrap(), text);
            for damaged in [&packed[1..], &packed[..packed.len() - 1], &[]] {
                assert!(matches!(unpacker.unpack("x", damaged), Err(Error::BadRow("x"))));
            }
        }
    }

    /// Files of users hold what was packed with it.
    #[test]
    fn fault_9_20_the_sample_is_the_one_that_texts_were_packed_with() {
        let digest = Sha256::digest(SAMPLE).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!((FORM, digest.as_str()), (1, "b09b2d7d7a1dac957de29ab61d3ce7fa6aeaab7a6824cb5ed4d7ce53609b55a2"));
    }
}
