//! A ZIP archive of files as they are, not compressed: local headers with their files, then the directory.
//!
//! Written here although there is a crate for it: the tables of its checksum alone are 16 of the 150 KB that the page's
//! module of formats may have, and it brings encryption and archives beyond 4 GB, none of which are needed.
//!
//! Source: APPNOTE.TXT 6.3.10, PKWARE

/// Midnight of 1 January 1980, the first day there is: the same network is written as the same bytes.
const TIME_AND_DATE: [u16; 2] = [0, 1 << 5 | 1];
/// The version that can read it.
const VERSION: u16 = 20;

/// An archive under construction.
pub(super) struct Zip {
    bytes: Vec<u8>,
    /// Entries of the directory.
    directory: Vec<u8>,
    files: u16,
    table: [u32; 256],
}

impl Zip {
    pub(super) fn new() -> Self {
        Self { bytes: vec![], directory: vec![], files: 0, table: checksum_table() }
    }

    /// Adds a file. All of them together stay below 4 GB, as networks do.
    pub(super) fn add(&mut self, name: &str, file: &[u8]) {
        let start = self.bytes.len() as u32;
        let sizes = [self.checksum(file), file.len() as u32, file.len() as u32];
        let common = [&[VERSION, 0, 0][..], &TIME_AND_DATE].concat();
        let common = Vec::from_iter(
            (common.into_iter().flat_map(u16::to_le_bytes))
                .chain(sizes.into_iter().flat_map(u32::to_le_bytes)),
        );
        let name_len = (name.len() as u16).to_le_bytes();
        for part in [b"PK\x03\x04", &common[..], &name_len, &[0; 2], name.as_bytes(), file] {
            self.bytes.extend(part);
        }
        // Two lengths, the disk, two kinds of attributes: none.
        let nothing = [0; 12];
        let made_by = VERSION.to_le_bytes();
        for part in
            [b"PK\x01\x02", &made_by[..], &common, &name_len, &nothing, &start.to_le_bytes(), name.as_bytes()]
        {
            self.directory.extend(part);
        }
        self.files += 1;
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let [start, length] = [self.bytes.len() as u32, self.directory.len() as u32];
        self.bytes.extend(self.directory);
        let count = self.files.to_le_bytes();
        for part in
            [b"PK\x05\x06", &[0; 4][..], &count, &count, &length.to_le_bytes(), &start.to_le_bytes(), &[0; 2]]
        {
            self.bytes.extend(part);
        }
        self.bytes
    }

    /// CRC-32.
    fn checksum(&self, bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| (sum >> 8) ^ self.table[usize::from(sum as u8 ^ byte)])
    }
}

fn checksum_table() -> [u32; 256] {
    std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |rest, _| (rest >> 1) ^ if rest & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_the_nine_digits_is_the_one_in_the_catalogue_of_crcs() {
        assert_eq!(Zip::new().checksum(b"123456789"), 0xcbf4_3926);
    }
}
