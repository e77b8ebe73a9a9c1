//! libFuzzer on `plain` of [`depeche_fuzz::take`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| depeche_fuzz::take::plain(bytes));
