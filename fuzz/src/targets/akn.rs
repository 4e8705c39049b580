//! A document in Akoma Ntoso.

use plenary_documents::akn;

use super::docx::sound;
use crate::Target;
use crate::hall::en;

/// It is read or refused with a sentence; what is read fits a draft, as of a Word file.
pub(super) const TARGET: Target = Target {
    name: "akn",
    run,
    seeds,
};

fn run(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else {
        return;
    };
    match akn::read::read(source, &en()) {
        Ok(imported) => sound(imported),
        Err(why) => assert!(why.ends_with('.')),
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let whole = "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><statement><preamble><container name=\"p\">\
        <p eId=\"pp-1\"><i>Noting</i> a &amp; b,</p></container></preamble><mainBody><paragraph eId=\"a\"><num>1.</num><content><p>Decides \
        <ins>twice</ins> <del>once</del>:</p></content><subparagraph eId=\"b\"><num>(a)</num><content><p>one;</p></content></subparagraph>\
        </paragraph></mainBody></statement></akomaNtoso>";
    let bare = "<akomaNtoso><body><section><heading>Part</heading><p>Words<br/>over lines.</p></section></body></akomaNtoso>";
    let other =
        "<akomaNtoso><amendment><p>x</p><authorialNote>y</authorialNote></amendment></akomaNtoso>";
    [whole, bare, other].map(|s| s.as_bytes().to_vec()).into()
}
