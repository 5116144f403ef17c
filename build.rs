//! The packs under `rules/` are compiled into the program; without this, cargo would not notice a rule that is added
//! or deleted.

fn main() {
    println!("cargo::rerun-if-changed=rules");
}
