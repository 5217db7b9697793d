use super::*;

#[test]
fn sum_of_is_the_sum_of_each_algorithm() {
    let files: [&[u8]; 4] = [b"a", b"b", b"", b"c"];
    let abc = "sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sum_of(files, abc), abc);
    assert_eq!(sum_of(files, "fnv1a64-0000000000000000"), "fnv1a64-e71fa2190541574b");
}

#[test]
fn missing_data_are_reported_with_how_to_make_them() {
    let spec = crate::spec::find(crate::spec::DEFAULT_PRESET).unwrap();
    let options = Source { data: Some("no/such/folder".into()), wishes: Wishes::default() };
    let failure = options.read(&spec).err().expect("no such folder");
    assert_eq!(failure.code, "not_found");
    assert!(failure.message.contains("cargo xtask data"), "{}", failure.message);
}

#[test]
fn a_header_that_claims_too_many_images_is_refused_before_anything_is_allocated() {
    let header = [2051u32, u32::MAX, 28, 28].map(u32::to_be_bytes).concat();
    assert_eq!(count(&header).unwrap_err().code, "bad_file");
    assert_eq!(count(&header[..6]).unwrap_err().code, "bad_file");
}
