fn main() {
    let a: Vec<String> = std::env::args().collect();
    wasm_bindgen_cli_support::Bindgen::new()
        .web(true)
        .unwrap()
        .input_path(&a[1])
        .out_name("f")
        .generate(&a[2])
        .unwrap();
}
